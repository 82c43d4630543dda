/*
 * There are few of these pages, so a recalled plan has all of them, and what
 * they are is compared each time. A text goes by its id and not by its slug: a
 * column lists texts of many units, and two of them may have one slug.
 */
#include "plan/kiosk.h"

#include <inttypes.h>

static bool is_of_services(const struct column *column)
{
	return column->class_number == CLASS_SERVICE;
}

bool kiosk_has(const struct site *site, const struct column *column)
{
	return site->kiosk && !column->is_archived &&
	       column->list.live_count > 0 &&
	       (is_of_services(column) || column->class_number == CLASS_NEWS ||
		column->class_number == CLASS_NOTICE);
}

size_t kiosk_count(const struct column *column, const struct column_list *list)
{
	size_t limit = is_of_services(column) ? KIOSK_SERVICES : KIOSK_NEWS;

	return list->live_count < limit ? list->live_count : limit;
}

str kiosk_list_path(const struct column *column, struct arena *arena)
{
	return arena_printf(arena, "kiosk/%.*s/index.html",
			    STR_ARG(column->path));
}

str kiosk_text_path(const struct column *column,
		    const struct resource *resource, struct arena *arena)
{
	return arena_printf(arena, "kiosk/%.*s/%016" PRIx64 ".html",
			    STR_ARG(column->path), digest_of(resource->id).low);
}

bool kiosk_wants_asset(const struct site *site, str name)
{
	return site->kiosk || !str_starts_with(name, STR("kiosk."));
}

void source_kiosk_home(struct planner *planner)
{
	if (planner->site->site->kiosk)
		planner_add(planner, PAGE_KIOSK, STR("kiosk/index.html"));
}

void source_kiosk_lists(struct planner *planner)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];
		struct page *page;

		if (!kiosk_has(site, column))
			continue;
		page = planner_add(planner, PAGE_KIOSK_LIST,
				   kiosk_list_path(column, planner->arena));
		page->column = column;
		page->count = (uint32_t)kiosk_count(column, &column->list);
	}
}

static void add_texts(struct planner *planner, const struct column *column)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;
	size_t count = kiosk_count(column, &column->list);
	struct resource resource;
	struct page *page;

	if (!snapshot_trusts(catalog->snapshot, column->list.live,
			     count * sizeof(*column->list.live)))
		return;
	for (size_t i = 0; i < count; i++) {
		uint32_t number = column->list.live[i];

		if (!catalog_has(catalog, number))
			return;
		catalog_get(&resource, catalog, number);
		page = planner_add(
			planner, PAGE_KIOSK_TEXT,
			kiosk_text_path(column, &resource, planner->arena));
		page->resource = number;
		page->column = column;
	}
}

void source_kiosk_texts(struct planner *planner)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0; i < site->column_count; i++)
		if (kiosk_has(site, &site->columns[i]))
			add_texts(planner, &site->columns[i]);
}
