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
	[PAGE_ACCESSIBILITY] = render_accessibility,
	[PAGE_FACETS] = render_facets,
	[PAGE_STATISTICS] = render_statistics,
	[PAGE_KIOSK] = render_kiosk,
	[PAGE_KIOSK_LIST] = render_kiosk_list,
	[PAGE_KIOSK_TEXT] = render_kiosk_text,
	[PAGE_SEARCH] = render_search,
	[PAGE_NOT_FOUND] = render_not_found,
	[PAGE_GONE] = render_gone,
	[PAGE_SITEMAP_INDEX] = render_sitemap_index,
	[PAGE_SITEMAP_COLUMNS] = render_sitemap_columns,
	[PAGE_SITEMAP_PART] = render_sitemap_part,
	[PAGE_ATOM] = render_atom,
	[PAGE_JSON_FEED] = render_json_feed,
	[PAGE_RSS] = render_rss,
	[PAGE_GROUP_FEED] = render_rss,
	[PAGE_TOPIC_FEED] = render_rss,
	[PAGE_TEXT] = render_text_file,
	[PAGE_EXPORT] = render_export,
	[PAGE_SEARCH_INDEX] = render_search_index,
	[PAGE_SEARCH_BLOCK] = render_search_block,
	[PAGE_SEARCH_SHARD] = render_search_shard,
	[PAGE_ROBOTS] = render_robots,
	[PAGE_ATTACHMENT] = render_attachment,
	[PAGE_PICTURE] = render_picture,
	[PAGE_CARD] = render_card,
	[PAGE_ASSET] = render_asset,
};

_Static_assert(COUNT_OF(functions) == PAGE_KIND_COUNT,
	       "each kind of plan/page.c has a row here");

bool render_page(str *out, const struct render_job *job)
{
	return functions[job->page->kind](out, job);
}

/* What each template is checked against, but for those of types and lists. */
static const struct theme_page fixed_pages[] = {
	{ .template_name = "home", .shape = &home_shape },
	{ .template_name = "notice", .shape = &plain_shape },
	{ .template_name = "column", .shape = &listing_shape },
	{ .template_name = "sitemap", .shape = &sitemap_shape },
	{ .template_name = "archive", .shape = &archive_shape },
	{ .template_name = "sites", .shape = &sites_shape },
	{ .template_name = "accessibility", .shape = &accessibility_shape },
	{ .template_name = "facets", .shape = &facets_shape },
	{ .template_name = "statistics", .shape = &statistics_shape },
	{ .template_name = "kiosk", .shape = &kiosk_shape },
	{ .template_name = "kiosk_list", .shape = &kiosk_list_shape },
	{ .template_name = "kiosk_text", .shape = &kiosk_text_shape },
	{ .template_name = "search", .shape = &search_shape },
	{ .template_name = "not_found", .shape = &plain_shape },
	{ .template_name = "gone", .shape = &gone_shape },
};

/* A theme may do without the special templates. */
static struct theme_page type_page(const struct resource_type *type,
				   struct arena *arena)
{
	return (struct theme_page){
		.template_name = type->templates[0],
		.shape = type_shape_make(type, arena),
		.names = type->templates,
	};
}

static struct theme_page layout_page(const char *layout, struct arena *arena)
{
	const char **names = arena_array(arena, 3, sizeof(*names));

	names[0] = arena_printf(arena, "column-%s", layout).data;
	names[1] = "column";
	return (struct theme_page){
		.template_name = names[0],
		.shape = &listing_shape,
		.names = names,
	};
}

/* Those of types come first, by number. */
const struct theme_page *
render_pages(size_t *count, const struct schema *schema, struct arena *arena)
{
	struct theme_page *pages =
		arena_array(arena,
			    schema->type_count + COUNT_OF(fixed_pages) +
				    schema->layout_count,
			    sizeof(*pages));
	size_t filled = schema->type_count;

	for (size_t i = 0; i < schema->type_count; i++)
		pages[i] = type_page(&schema->types[i], arena);
	memcpy(pages + filled, fixed_pages, sizeof(fixed_pages));
	filled += COUNT_OF(fixed_pages);
	for (size_t i = 0; i < schema->layout_count; i++)
		if (strcmp(schema->layouts[i], LAYOUT_LIST) != 0)
			pages[filled++] =
				layout_page(schema->layouts[i], arena);
	*count = filled;
	return pages;
}

const struct shape *render_type_shape(const struct theme *theme,
				      const struct resource_type *type)
{
	return theme->pages[type->number].shape;
}
