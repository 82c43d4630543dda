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

size_t export_items(uint32_t **out, const struct arrangement *arrangement,
		    const struct site_lists *lists,
		    const struct export_row *row, struct arena *arena)
{
	const struct catalog *catalog = arrangement->catalog;
	struct dated *items;
	size_t count = 0;
	size_t filled = 0;

	*out = NULL;
	if (!snapshot_trusts(catalog->snapshot, lists->owned,
			     lists->owned_count * sizeof(*lists->owned)))
		return 0;
	for (size_t i = 0; i < lists->owned_count; i++)
		count += is_of(catalog, lists->owned[i], row);
	items = arena_array(arena, count, sizeof(*items));
	*out = arena_array(arena, count, sizeof(**out));
	for (size_t i = 0; i < lists->owned_count; i++) {
		struct resource resource;

		if (!is_of(catalog, lists->owned[i], row))
			continue;
		catalog_get(&resource, catalog, lists->owned[i]);
		items[filled++] = (struct dated){ resource.date.seconds,
						  lists->owned[i] };
	}
	if (count > 1)
		qsort(items, count, sizeof(*items), newest_first);
	for (size_t i = 0; i < count; i++)
		(*out)[i] = items[i].number;
	return count;
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
	for (uint32_t row = 0; row < EXPORT_COUNT; row++) {
		uint32_t *numbers;
		size_t total =
			export_items(&numbers, planner->options->arrangement,
				     planner->site->lists, &export_rows[row],
				     planner->arena);
		uint32_t full = list_page_count(total, EXPORT_SIZE);

		if (total > 0)
			add_export(planner, row, 0, 0,
				   total - full * EXPORT_SIZE);
		for (uint32_t k = 1; k <= full; k++)
			add_export(planner, row, k, total - k * EXPORT_SIZE,
				   EXPORT_SIZE);
	}
}

bool shows_exported(const struct changed_texts *texts,
		    const struct site_plan *site, const struct page *page)
{
	const uint32_t *owned = site->lists->owned;
	const struct export_row *row = export_row_of(page);

	for (size_t i = 0; i < site->lists->owned_count; i++)
		if (is_of(texts->catalog, owned[i], row) &&
		    (texts->is_changed[owned[i]] ||
		     texts->has_new_row[owned[i]]))
			return true;
	return false;
}
