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

bool export_has(const struct resource_type *type)
{
	for (size_t i = 0; i < EXPORT_COUNT; i++)
		if (strcmp(type->name, export_rows[i].type) == 0)
			return true;
	return false;
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

struct dated {
	int64_t seconds;
	uint32_t number;
};

static int newest_first(const void *a, const void *b)
{
	const struct dated *one = a;
	const struct dated *other = b;

	if (one->seconds != other->seconds)
		return one->seconds > other->seconds ? -1 : 1;
	return one->number < other->number ? -1 : one->number > other->number;
}

static bool is_of(const struct catalog *catalog, uint32_t number,
		  const struct export_row *row)
{
	return catalog_has(catalog, number) &&
	       strcmp(catalog_type(catalog, number)->name, row->type) == 0;
}

/* The portal's are those of all sites. */
static bool is_member(const struct arrangement *arrangement,
		      const struct site *site, uint32_t number,
		      const struct export_row *row)
{
	const struct site *owner;

	if (!is_of(arrangement->catalog, number, row) ||
	    !arrangement_has_page(arrangement, number))
		return false;
	owner = arrangement_of(arrangement, number).site;
	return owner == site || (site->kind == KIND_PORTAL && owner != NULL &&
				 !site_is_notice_only(owner));
}

static void add_member(struct list *items,
		       const struct arrangement *arrangement,
		       const struct site *site, uint32_t number,
		       const struct export_row *row, struct arena *arena)
{
	struct resource resource;

	if (!is_member(arrangement, site, number, row))
		return;
	catalog_get(&resource, arrangement->catalog, number);
	*(struct dated *)list_add(items, arena) =
		(struct dated){ resource.date.seconds, number };
}

/* False when what it goes through cannot be trusted. */
static bool add_members(struct list *items, const struct planner *planner,
			const struct export_row *row)
{
	const struct arrangement *arrangement = planner->options->arrangement;
	const struct site_lists *lists = planner->site->lists;
	const struct site *site = planner->site->site;
	bool all = site->kind == KIND_PORTAL;
	size_t count = all ? arrangement->catalog->count : lists->owned_count;

	if (!all &&
	    !snapshot_trusts(arrangement->catalog->snapshot, lists->owned,
			     count * sizeof(*lists->owned)))
		return false;
	for (size_t i = 0; i < count; i++)
		add_member(items, arrangement, site,
			   all ? (uint32_t)i : lists->owned[i], row,
			   planner->arena);
	return true;
}

static void find_items(struct export_list *out, const struct planner *planner,
		       const struct export_row *row)
{
	struct list items;

	list_init(&items, sizeof(struct dated));
	if (!add_members(&items, planner, row) || items.count == 0)
		return;
	qsort(items.items, items.count, sizeof(struct dated), newest_first);
	out->count = items.count;
	out->numbers =
		arena_array(planner->arena, items.count, sizeof(*out->numbers));
	for (size_t i = 0; i < items.count; i++)
		out->numbers[i] = ((const struct dated *)items.items)[i].number;
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
		full = list_page_count(list->count, EXPORT_SIZE);
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

/* Where one comes, goes or has another date, all is planned anew. */
bool shows_exported(const struct changed_texts *texts,
		    const struct site_plan *site, const struct page *page)
{
	const uint32_t *numbers;
	size_t count = reads_exported(&numbers, site, page);

	for (size_t i = 0; i < count; i++)
		if (texts->is_changed[numbers[i]] ||
		    texts->has_new_row[numbers[i]])
			return true;
	return false;
}
