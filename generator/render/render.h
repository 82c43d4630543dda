/*
 * Pages to bytes: one file here is one kind of page; render.c has the table.
 *
 * Always true: rendering reads the frozen plan and the snapshot and writes to
 * its own arena; it opens no file for writing and shares nothing, so that any
 * number of threads give the same bytes.
 */
#ifndef JIYUE_RENDER_RENDER_H
#define JIYUE_RENDER_RENDER_H

#include "plan/page_plan.h"

struct render_context {
	const struct page_plan *plan;
	const struct extracts *extracts; /* what texts say; or NULL */
	struct kept_bytes *kept; /* of bodies; or NULL: render/kept_body.h */
	/* of a recalled plan, by resource: it is not what it was; or NULL */
	const bool *is_changed;
};

struct page_frame;
struct target_anchors;

struct render_job {
	const struct render_context *context;
	const struct site_plan *site;
	const struct page *page;
	struct snapshot_reader *reader;
	struct arena *arena; /* scratch: emptied after the page */
	struct diag_list *diags;
	struct list *dependencies; /* str: see plan/build_record.h; or NULL */
	str before; /* of a block of the search: as the last build left it */
	struct page_frame *frame;	/* the thread's; or NULL */
	struct target_anchors *targets; /* the thread's; or NULL */
	bool *asks_all; /* set: a recalled plan cannot tell; or NULL */
};

/* The bytes of the page, in the job's arena. False after an error. */
MUST_USE bool render_page(str *out, const struct render_job *job);

/*
 * What each template must be checked against when a theme loads: for the kinds
 * of pages, and for each type of resource with its own fields.
 */
const struct theme_page *
render_pages(size_t *count, const struct schema *schema, struct arena *arena);

/* The shape of pages of a type, in a theme that was loaded with these. */
const struct shape *render_type_shape(const struct theme *theme,
				      const struct resource_type *type);

/* The functions of the table, one a file. */
bool render_home(str *out, const struct render_job *job);
bool render_notice(str *out, const struct render_job *job);
bool render_listing(str *out, const struct render_job *job);
bool render_article(str *out, const struct render_job *job);
bool render_sitemap_page(str *out, const struct render_job *job);
bool render_archive(str *out, const struct render_job *job);
bool render_sites(str *out, const struct render_job *job);
bool render_accessibility(str *out, const struct render_job *job);
bool render_statistics(str *out, const struct render_job *job);
bool render_facets(str *out, const struct render_job *job);
bool render_kiosk(str *out, const struct render_job *job);
bool render_kiosk_list(str *out, const struct render_job *job);
bool render_kiosk_text(str *out, const struct render_job *job);
bool render_search(str *out, const struct render_job *job);
bool render_search_index(str *out, const struct render_job *job);
bool render_search_block(str *out, const struct render_job *job);
/* Empty: they are made from other files, by pipeline/search_maker.h. */
bool render_search_shard(str *out, const struct render_job *job);
bool render_gone(str *out, const struct render_job *job);
bool render_not_found(str *out, const struct render_job *job);
bool render_sitemap_index(str *out, const struct render_job *job);
bool render_sitemap_columns(str *out, const struct render_job *job);
bool render_sitemap_part(str *out, const struct render_job *job);
bool render_atom(str *out, const struct render_job *job);
bool render_json_feed(str *out, const struct render_job *job);
bool render_rss(str *out, const struct render_job *job);
bool render_text_file(str *out, const struct render_job *job);
bool render_export(str *out, const struct render_job *job);
bool render_robots(str *out, const struct render_job *job);
bool render_picture(str *out, const struct render_job *job);
bool render_card(str *out, const struct render_job *job);
bool render_attachment(str *out, const struct render_job *job);
bool render_asset(str *out, const struct render_job *job);

#endif
