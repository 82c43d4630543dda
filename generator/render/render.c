#include "render/render.h"

#include "render/shapes.h"
#include "render/type_shape.h"

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
	[PAGE_SITES] = render_sites,
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

/* What each template is checked against, but for those of types. */
static const struct theme_page fixed_pages[] = {
	{ "home", &home_shape, NULL },
	{ "notice", &plain_shape, NULL },
	{ "column", &listing_shape, NULL },
	{ "column-services", &listing_shape, NULL },
	{ "column-leaders", &listing_shape, NULL },
	{ "column-organs", &listing_shape, NULL },
	{ "column-topics", &listing_shape, NULL },
	{ "column-page", &listing_shape, NULL },
	{ "sitemap", &sitemap_shape, NULL },
	{ "archive", &archive_shape, NULL },
	{ "sites", &sites_shape, NULL },
	{ "search", &search_shape, NULL },
	{ "not_found", &plain_shape, NULL },
};

const struct theme_page *
render_pages(size_t *count, const struct schema *schema, struct arena *arena)
{
	size_t fixed = COUNT_OF(fixed_pages);
	struct theme_page *pages =
		arena_array(arena, fixed + schema->type_count, sizeof(*pages));

	memcpy(pages, fixed_pages, sizeof(fixed_pages));
	for (size_t i = 0; i < schema->type_count; i++) {
		const struct resource_type *type = &schema->types[i];

		pages[fixed + i] = (struct theme_page){
			.template_name = type->templates[0],
			.shape = type_shape_make(type, arena),
			.names = type->templates,
		};
	}
	*count = fixed + schema->type_count;
	return pages;
}

const struct shape *render_type_shape(const struct theme *theme,
				      const struct resource_type *type)
{
	return theme->pages[COUNT_OF(fixed_pages) + type->number].shape;
}
