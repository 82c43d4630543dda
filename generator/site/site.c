/*
 * The domain becomes a folder's name and part of every address, so it is
 * looked at letter by letter and not by a pattern. What the measures ask of a
 * site (identity code, sponsor, record numbers) is checked here, where the
 * line to mend is known.
 */
#include "site/site.h"

#include "base/unicode.h"
#include "site/column_reader.h"
#include "site/near_names.h"

const char *const site_kinds[] = { "portal", "department", "county",
				   "zone",   "foreign",	   NULL };
const char *const site_states[] = { "live",   "temporarily_offline",
				    "closed", "archived",
				    "moved",  NULL };
static const char *const review_kinds[] = { "off", "trailers", "signed", NULL };
static const char *const block_kinds[] = { "lead",     "list",	 "services",
					   "policies", "topics", "profile",
					   "shortcut", "people", "figures",
					   NULL };

struct site_settings {
	struct site site;
	const struct yaml_node *links;
	const struct yaml_node *hot;
	const struct yaml_node *home;
	const struct yaml_node *columns;
};

#define AT(member) offsetof(struct site_settings, member)

static const struct setting site_rows[] = {
	{ "kind", SETTING_CHOICE, AT(site.kind), "department", site_kinds,
	  N_("what the site is") },
	{ "state", SETTING_CHOICE, AT(site.state), NULL, site_states,
	  N_("live, or closed in one of these ways") },
	{ "name", SETTING_TEXT, AT(site.name), "示范市教育局", NULL,
	  N_("in full, as it stands in titles") },
	{ "short_name", SETTING_TEXT, AT(site.short_name), NULL, NULL,
	  N_("where there is little room") },
	{ "domain", SETTING_TEXT, AT(site.domain), "jyj.shifan.gov.cn", NULL,
	  N_("every address begins with it") },
	{ "chinese_domain", SETTING_TEXT, AT(site.chinese_domain), NULL, NULL,
	  N_("a second domain in Chinese") },
	{ "identity_code", SETTING_TEXT, AT(site.identity_code),
	  "\"6199000012\"", NULL,
	  N_("网站标识码, ten digits in quotation marks") },
	{ "archived_on", SETTING_DATE, AT(site.archived_on), NULL, NULL,
	  N_("from this day on everything has the stamp") },
	{ "moved_to", SETTING_URL, AT(site.moved_to), NULL, NULL,
	  N_("where a site went that has moved") },
	{ "state_note", SETTING_TEXT, AT(site.state_note), NULL, NULL,
	  N_("what the page of a closed site says") },
	{ "units", SETTING_TEXTS, AT(site.units), NULL, NULL,
	  N_("folders below content/ whose owner it is") },
	{ "theme", SETTING_ID, AT(site.theme), NULL, NULL,
	  N_("a folder below themes/") },
	{ "language", SETTING_LANGUAGE, AT(site.language), NULL, NULL,
	  N_("of its pages") },
	{ "sponsor", SETTING_TEXT, AT(site.sponsor), "示范市教育局", NULL,
	  N_("主办单位") },
	{ "operator", SETTING_TEXT, AT(site.operator_name), NULL, NULL,
	  N_("承办单位") },
	{ "phone", SETTING_TEXT, AT(site.phone), "(0000) 1200 0001", NULL,
	  N_("of the one who answers for the site") },
	{ "address", SETTING_TEXT, AT(site.address), NULL, NULL,
	  N_("of the same") },
	{ "office_hours", SETTING_TEXT, AT(site.office_hours), NULL, NULL,
	  N_("when the house is open") },
	{ "postcode", SETTING_TEXT, AT(site.postcode), NULL, NULL,
	  N_("of the same") },
	{ "icp", SETTING_TEXT, AT(site.icp), "示ICP备00000001号-1", NULL,
	  N_("ICP备案编号") },
	{ "police_record", SETTING_TEXT, AT(site.police_record),
	  "示公网安备00000000000001号", NULL, N_("公安备案号") },
	{ "conac", SETTING_TEXT, AT(site.conac), NULL, NULL,
	  N_("党政机关网站标识") },
	{ "review", SETTING_CHOICE, AT(site.review), NULL, review_kinds,
	  N_("what is asked before a text is published: nothing; trailers of "
	     "commits by those whom roles.yaml names; or that these commits "
	     "are signed, too, by keys of allowed_signers") },
	{ "review_since", SETTING_TEXT, AT(site.review_since), NULL, NULL,
	  N_("a commit, 40 digits: what the library had there counts as "
	     "reviewed") },
	{ "ipv6", SETTING_TRUTH, AT(site.ipv6), NULL, NULL,
	  N_("whether the footer says that IPv6 is served") },
	{ "contact_changed_on", SETTING_DATE, AT(site.contact_changed_on), NULL,
	  NULL, N_("when the domain's contact became another") },
	{ "contact_entered_on", SETTING_DATE, AT(site.contact_entered_on), NULL,
	  NULL, N_("when that was entered in the national system") },
	{ "no_services", SETTING_TRUTH, AT(site.no_services), NULL, NULL,
	  N_("it offers no services (办事服务)") },
	{ "kiosk", SETTING_TRUTH, AT(site.kiosk), NULL, NULL,
	  N_("pages for self-service machines below /kiosk/") },
	{ "notice", SETTING_TEXT, AT(site.notice), NULL, NULL,
	  N_("stands on top of every page, in place of the platform's") },
	{ "description", SETTING_TEXT, AT(site.description),
	  "示范市教育局门户网站", NULL,
	  N_("for search engines, at most some hundred characters") },
	{ "keywords", SETTING_TEXTS, AT(site.keywords), NULL, NULL,
	  N_("for search engines") },
	{ "links", SETTING_NODE, AT(links), NULL, NULL,
	  N_("other sites, in the footer") },
	{ "hot", SETTING_NODE, AT(hot), NULL, NULL,
	  N_("what many look for, below the search of the home page") },
	{ "home", SETTING_NODE, AT(home), NULL, NULL,
	  N_("the blocks of the home page") },
	{ "columns", SETTING_NODE, AT(columns),
	  "[{id: tzgg, name: 通知公告, …}]", NULL, N_("the tree of columns") },
};

static const struct setting link_rows[] = {
	{ "name", SETTING_TEXT, offsetof(struct site_link, name),
	  "市人民政府门户网站", NULL, N_("as it reads") },
	{ "url", SETTING_URL, offsetof(struct site_link, url),
	  "https://www.shifan.gov.cn/", NULL, N_("where it leads") },
};

struct block_settings {
	str column;
	int kind;
	uint32_t limit;
	str name;
};

static const struct setting block_rows[] = {
	{ "column", SETTING_TEXT, offsetof(struct block_settings, column),
	  "tzgg", NULL, N_("path of the column it shows") },
	{ "as", SETTING_CHOICE, offsetof(struct block_settings, kind), "list",
	  block_kinds, N_("how") },
	{ "limit", SETTING_NUMBER, offsetof(struct block_settings, limit), NULL,
	  NULL, N_("entries") },
	{ "name", SETTING_TEXT, offsetof(struct block_settings, name), NULL,
	  NULL, N_("in place of the name of the column") },
};

const struct setting_table site_settings[] = {
	{ N_("sites/<id>/site.yaml"), site_rows, COUNT_OF(site_rows) },
	{ N_("an entry of links: and hot:"), link_rows, COUNT_OF(link_rows) },
	{ N_("an entry of home:"), block_rows, COUNT_OF(block_rows) },
	{ 0 },
};

enum { BLOCK_ITEMS_DEFAULT = 6 };

static bool is_list(const struct yaml_node *node, const char *key,
		    const struct settings_reader *reader)
{
	if (node->kind == YAML_SEQUENCE)
		return true;
	diag_help(reader->diags,
		  diag_error(reader->diags, node->span, "setting-list",
			     _("“%s” is a list: begin each line with “- ”"),
			     key),
		  _("for example: %s"),
		  strcmp(key, "home") == 0 ? "- {column: tzgg, as: list}"
					   : "- {name: 示范市人民政府, url: "
					     "\"https://www.shifan.gov.cn/\"}");
	return false;
}

static bool read_links(const struct site_link **out, size_t *count,
		       const struct yaml_node *node, const char *key,
		       const struct settings_reader *reader)
{
	struct site_link *links;
	bool ok = true;

	if (!is_list(node, key, reader))
		return false;
	links = arena_array(reader->arena, node->count, sizeof(*links));
	for (size_t i = 0; i < node->count; i++)
		ok &= settings_read(&links[i], &node->items[i], link_rows,
				    COUNT_OF(link_rows), reader);
	*out = links;
	*count = node->count;
	return ok;
}

static bool unknown_column(const struct site *site, str path, struct span span,
			   const struct settings_reader *reader)
{
	str *paths =
		arena_array(reader->arena, site->column_count, sizeof(*paths));
	struct diag *diag =
		diag_error(reader->diags, span, "column-unknown",
			   _("this site has no column “%.*s”"), STR_ARG(path));
	str nearest;

	for (size_t i = 0; i < site->column_count; i++)
		paths[i] = site->columns[i].path;
	nearest = str_nearest(path, paths, site->column_count);
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else
		diag_help(reader->diags, diag,
			  _("a column below another has both ids: zwgk/zcwj"));
	return false;
}

static bool read_block(struct home_block *block, const struct site *site,
		       const struct yaml_node *node,
		       const struct settings_reader *reader)
{
	struct block_settings settings = { .limit = BLOCK_ITEMS_DEFAULT };

	if (!settings_read(&settings, node, block_rows, COUNT_OF(block_rows),
			   reader))
		return false;
	block->column = site_find_column(site, settings.column);
	block->kind = settings.kind;
	block->limit = settings.limit;
	block->name = settings.name;
	return block->column != NULL ||
	       unknown_column(site, settings.column,
			      yaml_get(node, STR("column"))->span, reader);
}

static bool read_blocks(struct site *site, const struct yaml_node *node,
			const struct settings_reader *reader)
{
	struct home_block *blocks;
	bool ok = true;

	if (!is_list(node, "home", reader))
		return false;
	blocks = arena_array(reader->arena, node->count, sizeof(*blocks));
	for (size_t i = 0; i < node->count; i++)
		ok &= read_block(&blocks[i], site, &node->items[i], reader);
	site->blocks = blocks;
	site->block_count = node->count;
	return ok;
}

/* Without `home:` each top column is a list. */
static void default_blocks(struct site *site, struct arena *arena)
{
	struct home_block *blocks =
		arena_array(arena, site->column_count, sizeof(*blocks));

	for (size_t i = 0; i < site->column_count; i++)
		if (site->columns[i].depth == 0)
			blocks[site->block_count++] = (struct home_block){
				.column = &site->columns[i],
				.kind = AS_LIST,
				.limit = BLOCK_ITEMS_DEFAULT
			};
	site->blocks = blocks;
}

/* What is wrong with a label of a host name, or NULL (RFC 1035, 2.3.1). */
static const char *label_mistake(str label, bool is_chinese)
{
	enum { LABEL_LIMIT = 63 };
	size_t at = 0;

	if (label.len == 0)
		return _("two dots follow each other, or one stands at an "
			 "end");
	if (label.len > LABEL_LIMIT)
		return _("a part between dots has at most 63 bytes");
	if (label.data[0] == '-' || label.data[label.len - 1] == '-')
		return _("a part between dots neither begins nor ends with "
			 "\"-\"");
	while (at < label.len) {
		uint32_t c = unicode_next(label, &at);
		bool is_ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			     c == '-';

		if (!is_ok && !(is_chinese && c >= 0x80 && unicode_is_word(c)))
			return _("write it without https:// and in small "
				 "letters: jyj.shifan.gov.cn");
	}
	return NULL;
}

/* It names a folder of the output, so that it must not be a way out of it. */
static const char *host_mistake(str domain, bool is_chinese)
{
	enum { HOST_LIMIT = 253 };
	const char *mistake = NULL;
	size_t labels = 0;
	str rest = domain;
	str label;

	if (domain.len > HOST_LIMIT)
		return _("it has at most 253 bytes");
	if (domain.len == 0 || domain.data[domain.len - 1] == '.')
		return _("two dots follow each other, or one stands at an "
			 "end");
	while (mistake == NULL && str_split_next(&rest, '.', &label)) {
		mistake = label_mistake(label, is_chinese);
		labels++;
	}
	if (mistake == NULL && labels < 2)
		return _("write it without https:// and in small letters: "
			 "jyj.shifan.gov.cn");
	return mistake;
}

static bool check_host(str domain, bool is_chinese, struct span span,
		       const struct settings_reader *reader)
{
	const char *mistake = host_mistake(domain, is_chinese);
	struct diag *diag;

	if (mistake == NULL)
		return true;
	diag = diag_error(reader->diags, span, "site-domain",
			  _("“%.*s” is no host name"),
			  STR_ARG(unicode_prefix(domain, 80)));
	diag_help(reader->diags, diag, "%s", mistake);
	return false;
}

static bool check_domain(struct site *site, const struct yaml_node *root,
			 const struct settings_reader *reader)
{
	bool ok = check_host(site->domain, false, site->domain_span, reader);

	if (site->chinese_domain.len == 0)
		return ok;
	site->chinese_domain_span = yaml_get(root, STR("chinese_domain"))->span;
	return check_host(site->chinese_domain, true, site->chinese_domain_span,
			  reader) &&
	       ok;
}

/* rules.md H.2: ten digits, or bm and eight digits */
static bool check_identity_code(const struct site *site, struct span span,
				const struct settings_reader *reader)
{
	str digits = site->identity_code;
	uint64_t number;

	if (str_starts_with(digits, STR("bm")))
		digits = str_from(digits, 2);
	if (site->identity_code.len == 10 && str_to_u64(&number, digits))
		return true;
	diag_error(reader->diags, span, "site-identity-code",
		   _("an identity code (政府网站标识码) has 10 digits, or bm "
		     "and 8 digits"));
	return false;
}

static bool read_columns(struct site *site, const struct yaml_node *node,
			 const struct settings_reader *reader)
{
	struct column_tree tree;
	bool ok = column_tree_read(&tree, node, reader);

	site->columns = tree.columns;
	site->column_count = tree.count;
	return ok;
}

static bool read_parts(struct site_settings *settings,
		       const struct site_context *context)
{
	const struct settings_reader *reader = &context->reader;
	struct site *site = &settings->site;
	bool ok = read_columns(site, settings->columns, reader);

	if (settings->links != NULL)
		ok &= read_links(&site->links, &site->link_count,
				 settings->links, "links", reader);
	if (settings->hot != NULL)
		ok &= read_links(&site->hot, &site->hot_count, settings->hot,
				 "hot", reader);
	if (settings->home != NULL)
		ok &= read_blocks(site, settings->home, reader);
	else
		default_blocks(site, reader->arena);
	return ok;
}

static void fill_defaults(struct site *site, const struct site_context *context)
{
	if (site->short_name.len == 0)
		site->short_name = site->name;
	if (site->units.count == 0) {
		str *unit = arena_alloc(context->reader.arena, sizeof(*unit));

		*unit = context->id;
		site->units = (struct text_list){ unit, 1 };
	}
}

static void fill_spans(struct site *site, const struct yaml_node *root,
		       const struct site_context *context)
{
	const struct settings_reader *reader = &context->reader;
	const struct yaml_node *units = yaml_get(root, STR("units"));
	const struct yaml_node *theme = yaml_get(root, STR("theme"));
	const struct yaml_node *since = yaml_get(root, STR("review_since"));

	site->domain_span = yaml_get(root, STR("domain"))->span;
	site->theme_span = theme != NULL ? theme->span : context->theme_span;
	if (site->review != REVIEW_OFF)
		site->review_span =
			since != NULL ? since->span
				      : yaml_get(root, STR("review"))->span;
	site->units_span = units != NULL ? units->span : site->domain_span;
	if (units != NULL)
		near_names_check_folders(&site->units, units, NEAR_NAMES_UNITS,
					 reader);
}

static void undated_archive(struct span span, struct diag_list *diags)
{
	struct diag *diag =
		diag_error(diags, span, "site-archived",
			   _("an archived site needs “archived_on”"));

	diag_help(diags, diag, _("for example: %s: %s"), "archived_on",
		  "2026-03-01");
}

bool site_read(struct site *out, const struct site_context *context)
{
	const struct settings_reader *reader = &context->reader;
	struct site_settings settings = { 0 };
	struct site *site = &settings.site;
	struct yaml_node *root = arena_alloc(reader->arena, sizeof(*root));
	bool ok;

	site->theme = context->theme;
	site->language = context->language;
	site->id = context->id;
	site->file = source_file(context->source->number);
	ok = yaml_parse(root, context->source, 0, context->source->text.len,
			YAML_SETTINGS_LIMIT, reader->arena, reader->diags);
	if (!ok && root->count == 0)
		return false;
	ok &= settings_read(&settings, root, site_rows, COUNT_OF(site_rows),
			    reader);
	if (!ok) {
		/* so that all mistakes of the file are said at once */
		if (settings.columns != NULL)
			(void)!read_parts(&settings, context);
		return false;
	}
	fill_spans(site, root, context);
	fill_defaults(site, context);
	if (!check_domain(site, root, reader) ||
	    !check_identity_code(
		    site, yaml_get(root, STR("identity_code"))->span, reader) ||
	    !read_parts(&settings, context))
		return false;
	if (site->state == STATE_ARCHIVED && !site->archived_on.is_set) {
		undated_archive(yaml_get(root, STR("state"))->span,
				reader->diags);
		return false;
	}
	*out = *site;
	return true;
}

bool site_is_notice_only(const struct site *site)
{
	return site->state == STATE_CLOSED || site->state == STATE_MOVED ||
	       site->state == STATE_TEMPORARILY_OFFLINE;
}

const struct column *site_find_column(const struct site *site, str path)
{
	for (size_t i = 0; i < site->column_count; i++)
		if (str_equal(site->columns[i].path, path))
			return &site->columns[i];
	return NULL;
}
