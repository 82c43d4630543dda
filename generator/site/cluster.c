/*
 * Files are read in the order in which they depend on each other: the
 * platform, the types, the sites, their old addresses. Each kind is read, and
 * what has mistakes is looked for in the history and read again; only after
 * that does the next begin, so that it never sees a half of it.
 */
#include "site/cluster.h"

#include "picture/card.h"
#include "site/cluster_reader.h"
#include "site/near_names.h"
#include "site/severity.h"
#include "snapshot/version_search.h"

#define AT(member) offsetof(struct platform, member)

static const char *const card_choices[] = { "none", "sites", "columns", "texts",
					    NULL };

static const struct setting platform_rows[] = {
	{ "name", SETTING_TEXT, AT(name), "示范市政府网站集约化平台", NULL,
	  N_("the name of the cluster") },
	{ "portal", SETTING_ID, AT(portal), "www", NULL,
	  N_("id of the site of the city itself") },
	{ "time_zone", SETTING_OFFSET, AT(offset), NULL, NULL,
	  N_("of dates without an offset") },
	{ "language", SETTING_LANGUAGE, AT(language), NULL, NULL,
	  N_("of pages, unless a site has its own") },
	{ "theme", SETTING_ID, AT(theme), NULL, NULL,
	  N_("of sites that name none") },
	{ "archive_stamp", SETTING_TEXT, AT(archive_stamp), NULL, NULL,
	  N_("shown wherever something is archived") },
	{ "notice", SETTING_TEXT, AT(notice), NULL, NULL,
	  N_("a line in the footer of every page") },
	{ "leave_exempt", SETTING_HOSTS, AT(leave_exempt), NULL, NULL,
	  N_("hosts that need no notice before the reader leaves; a leading "
	     "dot is for all below it") },
	{ "frames", SETTING_HOSTS, AT(frames), NULL, NULL,
	  N_("hosts of players that raw HTML may lead to") },
	{ "severity", SETTING_NODE, AT(severity), NULL, NULL,
	  N_("which messages are errors and which are warnings") },
	{ "attachments", SETTING_EXTENSIONS, AT(attachments), NULL, NULL,
	  N_("more extensions that attachments may have") },
	{ "picture_widths", SETTING_WIDTHS, AT(picture_widths), NULL, NULL,
	  N_("of the smaller pictures (WebP) that are made of large ones, in "
	     "pixels; [] for none") },
	{ "cards", SETTING_CHOICE, AT(cards), NULL, card_choices,
	  N_("pictures with the title for those who pass addresses on (Open "
	     "Graph): of sites, of columns too, of texts too") },
	{ "security_contact", SETTING_TEXT, AT(security_contact), NULL, NULL,
	  N_("where to tell of a weakness: mailto:, https:// or tel:, for "
	     "security.txt") },
	{ "addresses", SETTING_TEXTS, AT(addresses), NULL, NULL,
	  N_("of the servers, IPv4 and IPv6, for the zone file") },
	{ "name_servers", SETTING_HOSTS, AT(name_servers), NULL, NULL,
	  N_("that answer for the domains, for the zone file") },
	{ "certificate_issuers", SETTING_HOSTS, AT(certificate_issuers), NULL,
	  NULL, N_("who alone may give certificates (CAA)") },
	{ "page_size", SETTING_NUMBER, AT(page_size), NULL, NULL,
	  N_("entries on a page of a list") },
	{ "feed_size", SETTING_NUMBER, AT(feed_size), NULL, NULL,
	  N_("entries of a feed") },
};

const struct setting_table platform_settings[] = {
	{ N_("sites/platform.yaml"), platform_rows, COUNT_OF(platform_rows) },
	{ 0 },
};

/* rules.md C.4: hosts that need no leave-site notice */
static const str default_exempt[] = { { ".gov.cn", 7 }, { ".政务", 7 } };

/* A phone's screen and a column of text, and twice that. */
static const uint32_t default_widths[] = { 640, 1280 };

static struct platform default_platform(void)
{
	return (struct platform){
		.offset = 8 * 60,
		.language = STR("zh-CN"),
		.theme = STR("default"),
		.archive_stamp = STR("内容已保存"),
		.leave_exempt = { default_exempt, COUNT_OF(default_exempt) },
		.picture_widths = { default_widths, COUNT_OF(default_widths) },
		.page_size = 20,
		.feed_size = 20,
	};
}

/* Without a font pages have the site's own picture, and nothing is lost. */
static void look_for_font(struct platform *platform,
			  const struct yaml_node *root, struct diag_list *diags)
{
	const struct yaml_node *cards = yaml_get(root, STR("cards"));
	struct diag *diag;

	if (platform->cards == CARDS_NONE || cards == NULL ||
	    card_font() != NULL)
		return;
	platform->cards = CARDS_NONE;
	diag = diag_warning(diags, cards->span, "card-font", "%s",
			    _("no Chinese font is installed: pages have the "
			      "site's own picture instead of cards"));
	diag_help(diags, diag, "%s",
		  _("install one: apt-get install fonts-noto-cjk"));
}

static bool read_platform(struct platform *out, const struct snapshot *snapshot,
			  struct snapshot_reader *reader, struct arena *arena,
			  struct diag_list *diags)
{
	size_t file = snapshot_find(snapshot, STR("sites/platform.yaml"));
	struct settings_reader settings = { NULL,  0,	     arena,
					    diags, snapshot, NULL };
	struct yaml_node *root = arena_alloc(arena, sizeof(*root));
	struct source source;
	bool ok;

	*out = default_platform();
	if (file == STR_NONE) {
		struct diag *diag = diag_failure(diags, "platform-missing",
						 _("the library has no "
						   "sites/platform.yaml"));

		str near = near_names_platform(snapshot, arena);

		if (near.len > 0)
			diag_help(diags, diag,
				  _("rename %.*s to sites/platform.yaml"),
				  STR_ARG(near));
		else
			diag_help(diags, diag,
				  _("it names the cluster and its portal: "
				    "name:, portal:"));
		return false;
	}
	if (!snapshot_read_text(&source, reader, file, arena, diags))
		return false;
	ok = yaml_parse(root, &source, 0, source.text.len, YAML_SETTINGS_LIMIT,
			arena, diags);
	if (!ok && root->count == 0)
		return false;
	ok &= settings_read(out, root, platform_rows, COUNT_OF(platform_rows),
			    &settings);
	if (ok)
		out->portal_span = yaml_get(root, STR("portal"))->span;
	if (ok)
		look_for_font(out, root, diags);
	out->theme_span = yaml_get(root, STR("theme")) != NULL
				  ? yaml_get(root, STR("theme"))->span
				  : span_none();
	return ok;
}

/* sites/<id>/site.yaml gives the id; other files give the empty text. */
static str site_id(str path)
{
	str rest;
	size_t slash;

	if (!str_starts_with(path, STR("sites/")) ||
	    !str_ends_with(path, STR("/site.yaml")))
		return (str){ "", 0 };
	rest = str_from(path, 6);
	slash = str_find_byte(rest, '/');
	if (slash == STR_NONE || slash + sizeof("/site.yaml") - 1 != rest.len)
		return (str){ "", 0 };
	return str_between(rest, 0, slash);
}

/* --- reading, and reading what there was before --------------------------- */

bool cluster_read_platform(struct cluster *out,
			   const struct cluster_reader *reader,
			   const struct snapshot *snapshot,
			   struct snapshot_reader *files,
			   struct diag_list *diags)
{
	bool ok = read_platform(&out->platform, snapshot, files, reader->arena,
				diags);

	return severity_read(&out->levels, out->platform.severity,
			     reader->snapshot, reader->arena, diags) &&
	       ok;
}

bool cluster_read_site(struct site *out, const struct cluster_reader *reader,
		       struct snapshot_reader *files, size_t file,
		       struct diag_list *diags)
{
	const struct cluster *cluster = reader->cluster;
	struct source source;
	struct site_context context = {
		.source = &source,
		.language = cluster->platform.language,
		.theme = cluster->platform.theme,
		.theme_span = cluster->platform.theme_span,
		.reader = { &cluster->schema, cluster->platform.offset,
			    reader->arena, diags, reader->snapshot,
			    reader->unknown_types },
	};

	if (!snapshot_read_text(&source, files, file, reader->arena, diags))
		return false;
	context.id = site_id(source.path);
	return site_read(out, &context);
}

static bool has_theme(const struct cluster_reader *reader, str name)
{
	return !reader->wants_theme || cluster_had_theme(reader, name);
}

/*
 * A version that lacks nothing but types asks for them: when they turn out to
 * be gone (site/gone_types.h), all is read again, and it counts.
 */
static void ask_for_types(const struct cluster_reader *reader,
			  struct version_sought *item, const struct list *names)
{
	const str *items = names->items;

	if (reader->unknown_types == NULL || item->is_unsettled)
		return;
	item->is_unsettled = true;
	for (size_t i = 0; i < names->count; i++)
		*(str *)list_add(reader->unknown_types, reader->arena) =
			arena_copy(reader->arena, items[i]);
}

static bool can_read_site(struct cluster_reader *reader,
			  const struct version *version, size_t file,
			  struct diag_list *ignored)
{
	struct site site;

	return cluster_read_site(&site, reader, version->reader, file,
				 ignored) &&
	       has_theme(reader, site.theme);
}

/* Of an older commit: nobody hears of its mistakes. */
static bool can_be_read(struct cluster_reader *reader,
			const struct version_sought *item,
			const struct version *version,
			struct diag_list *ignored)
{
	size_t file = snapshot_find(version->snapshot, item->path);
	struct cluster tried = *reader->cluster;
	bool ok;

	if (file == STR_NONE)
		return false;
	if (cluster_try_beside(&ok, reader, item->path, version->reader, file,
			       ignored) ||
	    cluster_try_words(&ok, reader, item->path, version->reader, file,
			      ignored))
		return ok;
	if (str_equal(item->path, STR("sites/platform.yaml")))
		return cluster_read_platform(&tried, reader, version->snapshot,
					     version->reader, ignored) &&
		       has_theme(reader, tried.platform.theme);
	if (str_starts_with(item->path, STR("sites/types/")))
		return cluster_can_read_type(reader, version, file, ignored);
	return can_read_site(reader, version, file, ignored);
}

/* What counts is read again, so nothing of the attempts is kept. */
static bool is_correct(void *context, struct version_sought *item,
		       const struct version *version)
{
	const struct cluster_reader *whole = context;
	struct cluster_reader reader = *whole;
	struct diag_list ignored;
	struct list lacking;
	struct arena scratch;
	bool ok;

	arena_init(&scratch);
	list_init(&lacking, sizeof(str));
	diag_list_init_part(&ignored, &scratch, reader.diags);
	reader.arena = &scratch;
	reader.unknown_types = &lacking;
	ok = can_be_read(&reader, item, version, &ignored);
	if (!ok && lacking.count > 0 && lacking.count == ignored.error_count)
		ask_for_types(whole, item, &lacking);
	arena_release(&scratch);
	return ok;
}

struct digest cluster_version_key(void *context,
				  const struct version_sought *item,
				  const struct version *version)
{
	struct digest key = { 0 };
	size_t first, behind;

	(void)context;
	digest_add(&key,
		   (str){ (const char *)item->blob_id, SNAPSHOT_ID_SIZE });
	snapshot_range(version->snapshot, STR("sites/types/"), &first, &behind);
	for (; first < behind; first++) {
		digest_add(&key, snapshot_path(version->snapshot, first));
		digest_add(&key, snapshot_blob(version->snapshot, first));
	}
	return key;
}

/* The names of the folders right below that one. */
static struct digest digest_of_folders(const struct snapshot *snapshot,
				       str parent)
{
	struct digest digest = { 0 };
	str last = STR("");
	size_t first, behind;

	snapshot_range(snapshot, parent, &first, &behind);
	for (; first < behind; first++) {
		str rest = str_from(snapshot_path(snapshot, first), parent.len);
		size_t slash = str_find_byte(rest, '/');
		str name = str_between(rest, 0, slash == STR_NONE ? 0 : slash);

		if (!str_equal(name, last))
			digest_add(&digest, name);
		last = name;
	}
	return digest;
}

/* Of what the platform and the types say, in the versions that count. */
struct digest cluster_digest_settings(const struct cluster *cluster,
				      const struct snapshot *snapshot)
{
	size_t platform = snapshot_find(snapshot, STR("sites/platform.yaml"));
	struct digest digest = { 0 };

	if (platform != STR_NONE)
		digest_add(&digest, snapshot_blob(snapshot, platform));
	digest_add_digest(&digest, cluster->schema.digest);
	return digest;
}

/*
 * What the verdict about a version depends on beside its own commit. Which
 * units there are decides which word of the platform is right.
 */
static struct digest context_of(const struct cluster_reader *reader, str path)
{
	struct digest digest =
		str_equal(path, STR("sites/platform.yaml"))
			? digest_of_folders(reader->snapshot, STR("content/"))
			: cluster_digest_settings(reader->cluster,
						  reader->snapshot);

	if (reader->wants_theme)
		digest_add_digest(&digest, digest_of_folders(reader->snapshot,
							     STR("themes/")));
	return digest;
}

/*
 * Where a file that is gone is a mistake itself, nobody removed it on purpose:
 * a commit without it is like one with mistakes, and not the first of it.
 */
static bool is_missed(str path)
{
	return str_equal(path, STR("sites/platform.yaml")) ||
	       cluster_misses_type(path);
}

/*
 * From here on the files (uint32_t) have the bytes of their newest correct
 * version; those that have none are left in the list.
 */
void cluster_mend(struct cluster_reader *reader, struct list *files)
{
	struct version_search search = {
		.snapshot = reader->snapshot,
		.folder = reader->sources->folder,
		.offset = reader->cluster->platform.offset,
		.memory = reader->sources->memory,
		.items = arena_array(reader->arena, files->count,
				     sizeof(*search.items)),
		.count = files->count,
		.context = reader,
		.key = cluster_version_key,
		.take = is_correct,
	};
	uint32_t *numbers = files->items;

	for (size_t i = 0; i < files->count; i++) {
		search.items[i].file = numbers[i];
		search.items[i].path =
			snapshot_path(reader->snapshot, numbers[i]);
		search.items[i].context =
			context_of(reader, search.items[i].path);
		search.items[i].is_elsewhere = is_missed(search.items[i].path);
		if (cluster_types_need(NULL, search.items[i].path))
			search.needs = cluster_types_need;
	}
	version_search_run(&search, reader->arena);
	version_search_patch(reader->snapshot, &search, reader->arena);
	if (reader->wants_theme)
		version_search_tell_found(&search, reader->diags);
	else
		version_search_tell(&search, reader->diags);
	files->count = 0;
	for (size_t i = 0; i < search.count; i++)
		if (!search.items[i].is_found)
			numbers[files->count++] = search.items[i].file;
}

void cluster_add_file(struct list *files, size_t file, struct arena *arena)
{
	*(uint32_t *)list_add(files, arena) = (uint32_t)file;
}

static bool find_platform(struct cluster_reader *reader)
{
	size_t file =
		snapshot_find(reader->snapshot, STR("sites/platform.yaml"));
	struct diag_list ignored;
	struct list files;

	if (cluster_read_platform(reader->cluster, reader, reader->snapshot,
				  reader->files, reader->diags))
		return true;
	if (file == STR_NONE || reader->diags->failed)
		return false;
	list_init(&files, sizeof(uint32_t));
	cluster_add_file(&files, file, reader->arena);
	cluster_mend(reader, &files);
	diag_list_init(&ignored, reader->arena);
	if (files.count == 0 &&
	    cluster_read_platform(reader->cluster, reader, reader->snapshot,
				  reader->files, &ignored))
		return true;
	/* without it nothing can be said of any page, so none is touched */
	diag_help(reader->diags,
		  diag_error(reader->diags,
			     (struct span){ (uint32_t)file, 0, 0 },
			     "platform-none",
			     _("there is no version of this without mistakes, "
			       "so nothing is built")),
		  _("what was built before stays; mend the mistakes above"));
	return false;
}

static void add_site(struct cluster *cluster, size_t file,
		     const struct cluster_reader *reader,
		     struct diag_list *diags, struct list *broken)
{
	struct site *site = &cluster->sites[cluster->count];

	if (!cluster_read_site(site, reader, reader->files, file, diags)) {
		cluster_add_file(broken, file, reader->arena);
		return;
	}
	site->number = (uint32_t)cluster->count;
	cluster->count++;
}

static void read_all_sites(struct cluster *cluster,
			   const struct cluster_reader *reader,
			   struct diag_list *diags, struct list *broken)
{
	const struct snapshot *snapshot = reader->snapshot;
	size_t first, behind;

	cluster->count = 0;
	list_init(broken, sizeof(uint32_t));
	snapshot_range(snapshot, STR("sites/"), &first, &behind);
	for (size_t i = first; i < behind; i++)
		if (site_id(snapshot_path(snapshot, i)).len > 0)
			add_site(cluster, i, reader, diags, broken);
}

static size_t count_sites(const struct snapshot *snapshot)
{
	size_t first, behind, count = 0;

	snapshot_range(snapshot, STR("sites/"), &first, &behind);
	for (size_t i = first; i < behind; i++)
		count += site_id(snapshot_path(snapshot, i)).len > 0;
	return count;
}

static void read_sites(struct cluster *cluster, struct cluster_reader *reader)
{
	struct diag_list ignored;
	struct list broken;

	cluster->sites =
		arena_array(reader->arena, count_sites(reader->snapshot),
			    sizeof(*cluster->sites));
	read_all_sites(cluster, reader, reader->diags, &broken);
	if (reader->diags->failed)
		return;
	if (broken.count > 0) {
		cluster_mend(reader, &broken);
		diag_list_init_part(&ignored, reader->arena, reader->diags);
		read_all_sites(cluster, reader, &ignored, &broken);
	}
	if (!cluster_check_site_themes(reader)) {
		diag_list_init_part(&ignored, reader->arena, reader->diags);
		read_all_sites(cluster, reader, &ignored, &broken);
	}
	for (size_t i = 0; i < broken.count; i++)
		*(str *)list_add(&cluster->broken, reader->arena) = site_id(
			snapshot_path(reader->snapshot,
				      ((const uint32_t *)broken.items)[i]));
}

/* The other sites are published without it, as without any other site. */
static void find_portal(struct cluster *cluster, struct diag_list *diags)
{
	struct diag *diag;

	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal(cluster->sites[i].id, cluster->platform.portal))
			cluster->portal = &cluster->sites[i];
	if (cluster->portal != NULL)
		return;
	diag = diag_error(
		diags, cluster->platform.portal_span, "portal-missing",
		_("there is no usable site “%.*s” (sites/%.*s/site.yaml)"),
		STR_ARG(cluster->platform.portal),
		STR_ARG(cluster->platform.portal));
	diag_help(diags, diag,
		  _("the other sites are published without links to it"));
}

bool cluster_read(struct cluster *out, const struct cluster_sources *sources,
		  struct arena *arena, struct diag_list *diags)
{
	struct cluster_reader reader = {
		.cluster = out,
		.sources = sources,
		.snapshot = sources->snapshot,
		.files = sources->reader,
		.arena = arena,
		.diags = diags,
		.unknown_types = &out->unknown_types,
	};

	*out = (struct cluster){ 0 };
	map_init(&out->by_unit, arena);
	map_init(&out->by_domain, arena);
	map_init(&out->by_name, arena);
	list_init(&out->broken, sizeof(str));
	list_init(&out->unknown_types, sizeof(str));
	if (!find_platform(&reader))
		return false;
	cluster_check_theme(&reader);
	diag_set_levels(diags, &out->levels);
	if (!cluster_find_types(&reader))
		return false;
	out->verdicts = cluster_digest_settings(out, reader.snapshot);
	read_sites(out, &reader);
	cluster_settle_domains(out, &reader);
	cluster_index_domains(out, arena);
	cluster_settle_units(out, &reader);
	cluster_read_beside(out, &reader);
	cluster_read_words(out, &reader);
	near_names_check_files(reader.snapshot, diags);
	find_portal(out, diags);
	return !diags->failed;
}

bool cluster_has_mark(const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (cluster->sites[i].conac.len > 0)
			return true;
	return false;
}
