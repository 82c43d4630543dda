#include "render/render.h"

#include "render/shapes.h"

typedef bool render_function(str *out, const struct render_job *job);

/* What makes the bytes of a kind; all else of it is in plan/page.c. */
static render_function *const functions[] = {
	[PAGE_HOME] = render_home,
	[PAGE_NOTICE] = render_notice,
	[PAGE_LIST] = render_listing,
	[PAGE_ARTICLE] = render_article,
	[PAGE_COPY] = render_article,
	[PAGE_SITEMAP] = render_sitemap_page,
	[PAGE_ARCHIVE] = render_archive,
	[PAGE_SEARCH] = render_search,
	[PAGE_NOT_FOUND] = render_not_found,
	[PAGE_SITEMAP_INDEX] = render_sitemap_index,
	[PAGE_SITEMAP_COLUMNS] = render_sitemap_columns,
	[PAGE_SITEMAP_PART] = render_sitemap_part,
	[PAGE_ATOM] = render_atom,
	[PAGE_JSON_FEED] = render_json_feed,
	[PAGE_SEARCH_INDEX] = render_search_index,
	[PAGE_ROBOTS] = render_robots,
	[PAGE_REDIRECTS] = render_redirects,
	[PAGE_ATTACHMENT] = render_attachment,
	[PAGE_ASSET] = render_asset,
};

_Static_assert(COUNT_OF(functions) == PAGE_KIND_COUNT,
	       "each kind of plan/page.c has a row here");

bool render_page(str *out, const struct render_job *job)
{
	return functions[job->page->kind](out, job);
}

const struct theme_page render_templates[] = {
	{ "home", &home_shape },
	{ "notice", &plain_shape },
	{ "column", &listing_shape },
	{ "column-services", &listing_shape },
	{ "column-leaders", &listing_shape },
	{ "column-organs", &listing_shape },
	{ "column-topics", &listing_shape },
	{ "column-page", &listing_shape },
	{ "article", &detail_shape },
	{ "article-policy", &detail_shape },
	{ "article-interpretation", &detail_shape },
	{ "article-service", &detail_shape },
	{ "article-profile", &detail_shape },
	{ "article-organ", &detail_shape },
	{ "article-leader", &detail_shape },
	{ "article-topic_site", &detail_shape },
	{ "sitemap", &sitemap_shape },
	{ "archive", &archive_shape },
	{ "search", &search_shape },
	{ "not_found", &plain_shape },
};

const size_t render_template_count = COUNT_OF(render_templates);
