/*
 * What is exported is found by a pass over the types of what a site publishes,
 * or of all resources for the portal: once for all files of a site, as there
 * are as many files as there are hundreds of texts. It is not kept in the
 * record, where every edit would have to keep it right.
 */
#include "plan/exports.h"

#include <stdlib.h>
#include <string.h>

const struct export_row export_rows[EXPORT_COUNT] = {
	{ "policy", "policies" },
	{ "qa", "qa" },
	{ "service", "services" },
};

size_t export_row_for(const struct resource_type *type)
{
	size_t i = 0;

	while (i < EXPORT_COUNT && strcmp(type->name, export_rows[i].type) != 0)
		i++;
	return i;
}

bool type_has_text_file(const struct resource_type *type)
{
	return strcmp(type->name, "policy") == 0 ||
	       strcmp(type->name, "service") == 0;
}

const struct export_row *export_row_of(const struct page *page)
{
	return &export_rows[page->number % EXPORT_COUNT];
}

uint32_t export_number_of(const struct page *page)
{
	return page->number / EXPORT_COUNT;
}

str export_path(const struct export_row *row, uint32_t number,
		struct arena *arena)
{
	return number == 0
		       ? arena_printf(arena, "%s.json", row->name)
		       : arena_printf(arena, "%s-%u.json", row->name, number);
}

/* --- which, in which order --- */

/* The portal's are those of all sites. */
static bool is_published(const struct arrangement *arrangement,
			 const struct site *site, uint32_t number)
{
	const struct site *owner;

	if (!arrangement_has_page(arrangement, number))
		return false;
	owner = arrangement_of(arrangement, number).site;
	return owner == site || (site->kind == KIND_PORTAL && owner != NULL &&
				 !site_is_notice_only(owner));
}

/* Of a resource each; it costs nothing to have all of them looked at. */
static bool trusts(const struct catalog *catalog, const uint32_t *numbers,
		   size_t count)
{
	return snapshot_trusts(catalog->snapshot, numbers,
			       count * sizeof(*numbers));
}

/*
 * What the site publishes, the portal: what all do, newest first then. NULL
 * when it cannot be trusted.
 */
static const uint32_t *published(size_t *count, const struct catalog *catalog,
				 const struct site *site,
				 const struct site_lists *lists)
{
	bool all = site->kind == KIND_PORTAL;
	const uint32_t *numbers = all ? catalog->by_date : lists->owned;

	*count = all ? catalog->count : lists->owned_count;
	return snapshot_trusts(catalog->snapshot, catalog->types,
			       catalog->count) &&
			       trusts(catalog, catalog->ranks,
				      catalog->count) &&
			       trusts(catalog, numbers, *count)
		       ? numbers
		       : NULL;
}

static bool is_member(const struct arrangement *arrangement,
		      const struct site *site, uint32_t number,
		      const struct resource_type *type)
{
	const struct catalog *catalog = arrangement->catalog;

	return catalog_has(catalog, number) &&
	       schema_type(catalog->schema, catalog->types[number]) == type &&
	       is_published(arrangement, site, number);
}

size_t export_count(const struct arrangement *arrangement,
		    const struct site *site, const struct site_lists *lists,
		    const struct export_row *row)
{
	const struct catalog *catalog = arrangement->catalog;
	const struct resource_type *type =
		schema_find(catalog->schema, str_from_c(row->type));
	size_t count, found = 0;
	const uint32_t *numbers = published(&count, catalog, site, lists);

	for (size_t i = 0; numbers != NULL && i < count; i++)
		found += is_member(arrangement, site, numbers[i], type);
	return found;
}

uint32_t export_page_count(size_t count)
{
	return list_page_count(count, EXPORT_SIZE);
}

static void sort_newest(struct list *items, const struct catalog *catalog)
{
	if (items->count > 1)
		qsort_r(items->items, items->count, items->item_size,
			catalog_compare_newest, (void *)catalog);
}

static void find_items(struct export_list *out, const struct planner *planner,
		       const struct export_row *row)
{
	const struct arrangement *arrangement = planner->options->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	const struct site *site = planner->site->site;
	const struct resource_type *type =
		schema_find(catalog->schema, str_from_c(row->type));
	size_t count;
	const uint32_t *numbers =
		published(&count, catalog, site, planner->site->lists);
	struct list items;

	list_init(&items, sizeof(uint32_t));
	for (size_t i = 0; numbers != NULL && i < count; i++)
		if (is_member(arrangement, site, numbers[i], type))
			*(uint32_t *)list_add(&items, planner->arena) =
				numbers[i];
	if (site->kind != KIND_PORTAL)
		sort_newest(&items, catalog);
	*out = (struct export_list){ items.items, items.count };
}

const struct export_list *export_list_of(const struct site_plan *site,
					 const struct page *page)
{
	return &site->exports[page->number % EXPORT_COUNT];
}

/* --- pages --- */

static void add_export(struct planner *planner, uint32_t row, uint32_t number,
		       size_t first, size_t count)
{
	struct page *page = planner_add(
		planner, PAGE_EXPORT,
		export_path(&export_rows[row], number, planner->arena));

	page->number = number * EXPORT_COUNT + row;
	page->first = (uint32_t)first;
	page->count = (uint32_t)count;
}

void source_exports(struct planner *planner)
{
	struct export_list *lists =
		arena_array(planner->arena, EXPORT_COUNT, sizeof(*lists));

	for (uint32_t row = 0; row < EXPORT_COUNT; row++) {
		struct export_list *list = &lists[row];
		uint32_t full;

		find_items(list, planner, &export_rows[row]);
		full = export_page_count(list->count);
		if (list->count > 0)
			add_export(planner, row, 0, 0,
				   list->count - (size_t)full * EXPORT_SIZE);
		for (uint32_t k = 1; k <= full; k++)
			add_export(planner, row, k,
				   list->count - (size_t)k * EXPORT_SIZE,
				   EXPORT_SIZE);
	}
	planner->site->exports = lists;
}

size_t reads_exported(const uint32_t **out, const struct site_plan *site,
		      const struct page *page)
{
	*out = export_list_of(site, page)->numbers + page->first;
	return page->count;
}

/* Where one comes, goes or has another date, all of its row are looked at. */
bool shows_exported(const struct changed_texts *texts,
		    const struct site_plan *site, const struct page *page)
{
	const uint32_t *numbers;
	size_t count = reads_exported(&numbers, site, page);

	if (texts->exports_moved & 1u << page->number % EXPORT_COUNT)
		return true;
	for (size_t i = 0; i < count; i++)
		if (texts->is_changed[numbers[i]] ||
		    texts->has_new_row[numbers[i]])
			return true;
	return false;
}
