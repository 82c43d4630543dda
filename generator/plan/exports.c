/*
 * What is exported is found anew by each build that asks: a pass over the types
 * of what a site publishes, or of all resources for the portal, is cheap beside
 * keeping a list that every edit would have to keep right.
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

size_t export_items(uint32_t **out, const struct arrangement *arrangement,
		    const struct site_plan *site, const struct export_row *row,
		    struct arena *arena)
{
	const struct catalog *catalog = arrangement->catalog;
	const struct site_lists *lists = site->lists;
	bool all = site->site->kind == KIND_PORTAL;
	size_t count = all ? catalog->count : lists->owned_count;
	struct list items;

	*out = NULL;
	list_init(&items, sizeof(struct dated));
	if (!all && !snapshot_trusts(catalog->snapshot, lists->owned,
				     count * sizeof(*lists->owned)))
		return 0;
	for (size_t i = 0; i < count; i++)
		add_member(&items, arrangement, site->site,
			   all ? (uint32_t)i : lists->owned[i], row, arena);
	*out = arena_array(arena, items.count, sizeof(**out));
	if (items.count > 1)
		qsort(items.items, items.count, sizeof(struct dated),
		      newest_first);
	for (size_t i = 0; i < items.count; i++)
		(*out)[i] = ((const struct dated *)items.items)[i].number;
	return items.count;
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
		size_t total = export_items(
			&numbers, planner->options->arrangement, planner->site,
			&export_rows[row], planner->arena);
		uint32_t full = list_page_count(total, EXPORT_SIZE);

		if (total > 0)
			add_export(planner, row, 0, 0,
				   total - full * EXPORT_SIZE);
		for (uint32_t k = 1; k <= full; k++)
			add_export(planner, row, k, total - k * EXPORT_SIZE,
				   EXPORT_SIZE);
	}
}

static bool is_changed(const struct changed_texts *texts, uint32_t number,
		       const struct export_row *row)
{
	return is_of(texts->catalog, number, row) &&
	       (texts->is_changed[number] || texts->has_new_row[number]);
}

bool shows_exported(const struct changed_texts *texts,
		    const struct site_plan *site, const struct page *page)
{
	const uint32_t *owned = site->lists->owned;
	const struct export_row *row = export_row_of(page);
	bool all = site->site->kind == KIND_PORTAL;
	size_t count = all ? texts->catalog->count : site->lists->owned_count;

	for (size_t i = 0; i < count; i++)
		if (is_changed(texts, all ? (uint32_t)i : owned[i], row))
			return true;
	return false;
}
