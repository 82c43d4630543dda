/*
 * Finished pages: they have their tags (rules.md R-META-01 to 04), which say
 * what readers see (R-META-05), they are light enough for a slow line
 * (R-PAGE-01, R-IMG-02), and another page leads to each (R-NAV-02).
 * audit/page_links.c has read them.
 */
#include "audit/page_links.h"
#include "audit/rule.h"
#include "snapshot/snapshot.h"

rule_function rule_jiucuo_missing, rule_page_heavy, rule_page_tag_differs,
	rule_page_tag_missing, rule_page_unlinked, rule_picture_heavy;

enum { KILOBYTE = 1024 };

static void set_path(struct diag *diag, const struct finding_log *log,
		     const struct page_found *page)
{
	diag->path = arena_printf(log->diags->arena, "%.*s/%.*s",
				  STR_ARG(page->site->site->domain),
				  STR_ARG(page->page->path));
}

/* --- tags ----------------------------------------------------------------- */

void rule_page_tag_differs(const struct rule_input *input,
			   struct finding_log *log)
{
	const struct page_links_found *found = input->facts->links;

	for (size_t i = 0; found != NULL && i < found->page_count; i++) {
		const struct page_found *page = &found->pages[i];

		for (size_t k = 0; page->unshown != NULL && k < PAGE_TAG_COUNT;
		     k++) {
			struct diag *diag;

			if (page->unshown[k].len == 0)
				continue;
			diag = finding_add(log, span_none(),
					   _("the tag %s says “%.*s”, which "
					     "the page does not show"),
					   page_tag_names[k],
					   STR_ARG(page->unshown[k]));
			set_path(diag, log, page);
			diag_help(log->diags, diag, "%s",
				  _("let the template show what the tag says"));
		}
	}
}

#define BIT(label) (1u << LABEL_##label)

/* What pages of a kind have to say of themselves. */
static uint32_t needed_labels(enum page_kind kind)
{
	const uint32_t every = BIT(SITE_NAME) | BIT(SITE_DOMAIN) |
			       BIT(SITE_CODE) | BIT(VIEWPORT) | BIT(LANGUAGE);
	const uint32_t column = BIT(COLUMN_NAME) | BIT(COLUMN_TYPE);

	switch (kind) {
	case PAGE_HOME:
		return every;
	case PAGE_LIST:
		return every | column;
	case PAGE_ARTICLE:
		return every | column | BIT(ARTICLE_TITLE) | BIT(PUB_DATE) |
		       BIT(CONTENT_SOURCE);
	default:
		return 0;
	}
}

/* A text, a column or a whole site that is kept as it was (article 20). */
static bool is_archived(const struct rule_input *input,
			const struct page_found *found)
{
	const struct page *page = found->page;

	if (found->site->site->state == STATE_ARCHIVED)
		return true;
	if (page->kind == PAGE_LIST)
		return page->column != NULL && page->column->is_archived;
	return page->kind == PAGE_ARTICLE &&
	       arrangement_of(input->plan->arrangement, page->resource)
		       .archived_since.is_set;
}

static uint32_t lacking_labels(const struct rule_input *input,
			       const struct page_found *found)
{
	uint32_t needed = needed_labels(found->page->kind);

	if (needed != 0 && is_archived(input, found))
		needed |= BIT(STAMP) | BIT(ARCHIVED);
	return needed & ~found->labels;
}

#undef BIT

/* A theme leaves a tag out everywhere: it is told once a site. */
struct missing {
	const struct page_found *first[PAGE_LABEL_COUNT];
	size_t pages[PAGE_LABEL_COUNT];
};

static void tell_missing(const struct missing *missing, struct finding_log *log)
{
	for (size_t i = 0; i < PAGE_LABEL_COUNT; i++) {
		struct diag *diag;

		if (missing->pages[i] == 0)
			continue;
		diag = finding_add(log, span_none(),
				   _("the page lacks the tag %s, or what it "
				     "says has not its form; pages of the "
				     "site: %zu"),
				   page_label_names[i], missing->pages[i]);
		set_path(diag, log, missing->first[i]);
		diag_help(log->diags, diag, "%s",
			  _("let the template have what the theme of the "
			    "program has: head.html prints all of them"));
	}
}

void rule_page_tag_missing(const struct rule_input *input,
			   struct finding_log *log)
{
	const struct page_links_found *found = input->facts->links;
	struct missing missing = { 0 };

	for (size_t i = 0; found != NULL && i < found->page_count; i++) {
		const struct page_found *page = &found->pages[i];
		uint32_t lacking = lacking_labels(input, page);

		for (size_t k = 0; k < PAGE_LABEL_COUNT; k++) {
			if ((lacking & 1u << k) == 0)
				continue;
			if (missing.pages[k]++ == 0)
				missing.first[k] = page;
		}
		if (i + 1 < found->page_count &&
		    found->pages[i + 1].site == page->site)
			continue;
		tell_missing(&missing, log);
		missing = (struct missing){ 0 };
	}
}

void rule_jiucuo_missing(const struct rule_input *input,
			 struct finding_log *log)
{
	const struct page_links_found *found = input->facts->links;

	for (size_t i = 0; found != NULL && i < found->page_count; i++) {
		const struct page_found *page = &found->pages[i];
		struct diag *diag;

		if (page->page->kind != PAGE_HOME || page->has_jiucuo ||
		    page->site->site->identity_code.len == 0)
			continue;
		diag = finding_add(log, span_none(),
				   _("the home page has no entry of "
				     "我为政府网站找错 with the code %.*s"),
				   STR_ARG(page->site->site->identity_code));
		set_path(diag, log, page);
		diag_help(log->diags, diag, "%s",
			  _("let the foot of the theme have "
			    "{{site.error_report_url}}"));
	}
}

/* --- weight --------------------------------------------------------------- */

static size_t asset_size(const struct theme_asset *asset,
			 struct snapshot_reader *reader,
			 struct diag_list *diags)
{
	size_t size = 0;

	if (asset->file == STR_NONE)
		return asset->data.len;
	return snapshot_size(&size, reader, asset->file, diags) ? size : 0;
}

/* The sizes of the styles and scripts of each site, by their bits. */
static size_t *code_sizes(const struct rule_input *input,
			  struct snapshot_reader *reader,
			  struct diag_list *diags)
{
	const struct page_plan *plan = input->plan;
	size_t *sizes = arena_array(input->arena, plan->count * PAGE_CODE_LIMIT,
				    sizeof(*sizes));

	for (size_t i = 0; i < plan->count; i++) {
		const struct theme *theme = plan->sites[i].theme;
		size_t next = i * PAGE_CODE_LIMIT;

		for (size_t k = 0; theme != NULL && k < theme->asset_count &&
				   next < (i + 1) * PAGE_CODE_LIMIT;
		     k++)
			if (page_loads_asset(&theme->assets[k]))
				sizes[next++] = asset_size(&theme->assets[k],
							   reader, diags);
	}
	return sizes;
}

static size_t code_of(const struct page_found *page, const size_t *sizes)
{
	const size_t *own =
		&sizes[(size_t)page->site->site->number * PAGE_CODE_LIMIT];
	size_t sum = 0;

	for (size_t i = 0; i < PAGE_CODE_LIMIT; i++)
		if ((page->code & (uint64_t)1 << i) != 0)
			sum += own[i];
	return sum;
}

static void tell_heavy(const struct rule_input *input, struct finding_log *log,
		       const struct page_found *page, size_t size,
		       enum limit limit)
{
	uint32_t most = rule_book_limit(input->book, limit);
	struct diag *diag;

	if (size <= (size_t)most * KILOBYTE)
		return;
	diag = finding_add(log, span_none(),
			   limit == LIMIT_PAGE_KILOBYTES
				   ? _("the page has %zu KB; %u are the most")
				   : _("the styles and scripts of the page "
				       "have %zu KB; %u are the most"),
			   (size + KILOBYTE - 1) / KILOBYTE, most);
	set_path(diag, log, page);
	diag_help(log->diags, diag, "%s",
		  _("on a slow line it takes longer than three seconds; split "
		    "it, or leave out what nobody needs"));
}

void rule_page_heavy(const struct rule_input *input, struct finding_log *log)
{
	const struct page_links_found *found = input->facts->links;
	struct snapshot_reader *reader;
	const size_t *sizes;

	if (found == NULL)
		return;
	reader = snapshot_reader_open(input->plan->snapshot, log->diags);
	if (reader == NULL)
		return;
	sizes = code_sizes(input, reader, log->diags);
	for (size_t i = 0; i < found->page_count; i++) {
		const struct page_found *page = &found->pages[i];

		tell_heavy(input, log, page, page->size, LIMIT_PAGE_KILOBYTES);
		tell_heavy(input, log, page, code_of(page, sizes),
			   LIMIT_CODE_KILOBYTES);
	}
	snapshot_reader_close(reader);
}

static bool is_picture(str path)
{
	static const char *const endings[] = { ".png",	".jpg", ".jpeg", ".gif",
					       ".webp", ".svg", ".avif", NULL };

	for (const char *const *ending = endings; *ending != NULL; ending++)
		if (str_ends_with(path, str_from_c(*ending)))
			return true;
	return false;
}

static void look_at_picture(const struct rule_input *input,
			    struct snapshot_reader *reader, uint32_t file,
			    struct finding_log *log)
{
	uint32_t most = rule_book_limit(input->book, LIMIT_PICTURE_KILOBYTES);
	struct span span = { file, 0, 0 };
	size_t size;

	if (!snapshot_size(&size, reader, file, log->diags) ||
	    size <= (size_t)most * KILOBYTE)
		return;
	diag_help(log->diags,
		  finding_add(log, span,
			      _("the picture has %zu KB; %u are the most"),
			      (size + KILOBYTE - 1) / KILOBYTE, most),
		  "%s", _("make it smaller, or save it as WebP"));
}

void rule_picture_heavy(const struct rule_input *input, struct finding_log *log)
{
	const struct page_plan *plan = input->plan;
	struct snapshot_reader *reader =
		snapshot_reader_open(plan->snapshot, log->diags);

	for (size_t i = 0; reader != NULL && i < plan->count; i++)
		for (size_t k = 0; k < plan->sites[i].count; k++) {
			const struct page *page = &plan->sites[i].pages[k];

			if (page_kinds[page->kind].is_file &&
			    is_picture(page->path))
				look_at_picture(input, reader, page->first,
						log);
		}
	snapshot_reader_close(reader);
}

/* --- ways ----------------------------------------------------------------- */

void rule_page_unlinked(const struct rule_input *input, struct finding_log *log)
{
	const struct page_links_found *found = input->facts->links;

	for (size_t i = 0; found != NULL && i < found->page_count; i++) {
		const struct page_found *page = &found->pages[i];
		struct diag *diag;

		if (!page->is_lone)
			continue;
		diag = finding_add(log, span_none(), "%s",
				   _("no page leads to this one, so no reader "
				     "comes here from the home page"));
		set_path(diag, log, page);
		diag_help(log->diags, diag, "%s",
			  _("let a column list it, or link to it"));
	}
}
