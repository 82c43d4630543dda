/*
 * The address of a text says its column and month, and what a site publishes
 * stands by column and year, newest first: each row of the statistics is found
 * there in logarithmic time, in a recalled plan as well, which has not all
 * pages.
 */
#include "plan/hot_pages.h"

#include "plan/notices.h"
#include "plan/pinned_rows.h"

struct finding_hot {
	const struct site *site;
	const struct site_lists *lists;
	const struct arrangement *arrangement;
	const struct column *top; /* NULL: all columns of the site */
	struct list shown;	  /* struct column_newest: by the same page */
};

static int32_t month_of(const struct finding_hot *finding, uint32_t number)
{
	struct resource resource;
	struct date date;

	if (!catalog_has(finding->arrangement->catalog, number))
		return 0;
	catalog_get(&resource, finding->arrangement->catalog, number);
	date = moment_date(resource.date);
	return date.year * 100 + date.month;
}

/* The first of the part that is not after the month. */
static uint32_t month_start(const struct finding_hot *finding,
			    const struct sitemap_part *part, int32_t month)
{
	const uint32_t *rows = finding->lists->owned + part->first;
	uint32_t low = 0;
	uint32_t high = part->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (month_of(finding, rows[middle]) > month)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t find_in_part(const struct finding_hot *finding,
			     const struct sitemap_part *part,
			     const struct page_hits *row)
{
	const uint32_t *rows = finding->lists->owned + part->first;
	struct resource resource;

	for (uint32_t i = month_start(finding, part, row->month);
	     i < part->count && month_of(finding, rows[i]) == row->month; i++) {
		catalog_get(&resource, finding->arrangement->catalog, rows[i]);
		if (str_equal(resource.slug, row->slug))
			return rows[i];
	}
	return RESOURCE_NONE;
}

static bool trusts_part(const struct finding_hot *finding,
			const struct sitemap_part *part)
{
	const struct snapshot *snapshot =
		finding->arrangement->catalog->snapshot;
	const struct site_lists *lists = finding->lists;

	if (part->first > lists->owned_count ||
	    part->count > lists->owned_count - part->first) {
		snapshot_damaged(snapshot);
		return false;
	}
	return snapshot_trusts(snapshot, lists->owned + part->first,
			       part->count * sizeof(*lists->owned));
}

static uint32_t find_text(const struct finding_hot *finding,
			  const struct column *column,
			  const struct page_hits *row)
{
	const struct site_lists *lists = finding->lists;
	uint32_t found = RESOURCE_NONE;

	if (!snapshot_trusts(finding->arrangement->catalog->snapshot,
			     lists->parts,
			     lists->part_count * sizeof(*lists->parts)))
		return RESOURCE_NONE;
	for (size_t i = 0; i < lists->part_count && found == RESOURCE_NONE;
	     i++) {
		const struct sitemap_part *part = &lists->parts[i];

		if (part->column == column->number &&
		    part->year == row->month / 100 &&
		    trusts_part(finding, part))
			found = find_in_part(finding, part, row);
	}
	return found;
}

static void add_gone(struct hot_pages *out, const struct page_hits *row)
{
	if (out->gone == NULL)
		out->gone = row;
	out->gone_count++;
}

static void add_shown(struct finding_hot *finding, struct column_newest rows,
		      struct arena *arena)
{
	if (rows.count > 0)
		*(struct column_newest *)list_add(&finding->shown, arena) =
			rows;
}

static bool is_shown(const struct finding_hot *finding, uint32_t number)
{
	const struct column_newest *shown = finding->shown.items;

	for (size_t i = 0; i < finding->shown.count; i++)
		for (size_t j = 0; j < shown[i].count; j++)
			if (shown[i].items[j] == number)
				return true;
	return false;
}

static bool is_below(const struct column *column, const struct column *top)
{
	return top == NULL || (column->number >= top->number &&
			       column->number < top->subtree_end);
}

static void take_row(struct hot_pages *out, const struct finding_hot *finding,
		     const struct page_hits *row)
{
	const struct column *column =
		site_find_column(finding->site, row->column);
	uint32_t number = RESOURCE_NONE;

	/* the page of a copy belongs to another site */
	if (column != NULL &&
	    (column->show == SHOW_COPY || !is_below(column, finding->top)))
		return;
	if (column != NULL)
		number = find_text(finding, column, row);
	if (number == RESOURCE_NONE)
		add_gone(out, row);
	else if (!is_shown(finding, number) &&
		 arrangement_of(finding->arrangement, number).visibility ==
			 VISIBLE_LIVE)
		out->items[out->count++] = number;
}

static void find_hot(struct hot_pages *out, const struct finding_hot *finding)
{
	const struct site_hits *hits = &finding->site->hits;

	*out = (struct hot_pages){ 0 };
	for (size_t i = 0; i < hits->count && out->count < HOT_PAGES_LIMIT; i++)
		take_row(out, finding, &hits->items[i]);
}

void hot_pages_of_home(struct hot_pages *out, const struct site *site,
		       const struct site_lists *lists,
		       const struct arrangement *arrangement)
{
	struct finding_hot finding = { site, lists, arrangement, NULL, { 0 } };
	uint32_t notices[NOTICES_LIMIT];
	const struct column_newest *blocks;
	struct arena arena;

	*out = (struct hot_pages){ 0 };
	if (site->hits.count == 0)
		return;
	arena_init(&arena);
	list_init(&finding.shown, sizeof(struct column_newest));
	blocks = site_lists_home(lists, site, arrangement->catalog->snapshot,
				 &arena);
	for (size_t i = 0; i < site->block_count; i++)
		add_shown(&finding, blocks[i], &arena);
	add_shown(&finding,
		  (struct column_newest){
			  notices, notices_of(arrangement, site, notices) },
		  &arena);
	find_hot(out, &finding);
	arena_release(&arena);
}

void hot_pages_of_column(struct hot_pages *out, const struct site *site,
			 const struct site_lists *lists,
			 const struct arrangement *arrangement,
			 const struct column *column, size_t rows)
{
	struct finding_hot finding = {
		site, lists, arrangement, column, { 0 }
	};
	struct arena arena;

	*out = (struct hot_pages){ 0 };
	if (site->hits.count == 0 || column->is_archived)
		return;
	arena_init(&arena);
	list_init(&finding.shown, sizeof(struct column_newest));
	add_shown(&finding, (struct column_newest){ column->list.live, rows },
		  &arena);
	add_shown(&finding, pinned_rows(arrangement, column, rows, &arena),
		  &arena);
	for (size_t i = column->number + 1; i < column->subtree_end;
	     i = site->columns[i].subtree_end)
		add_shown(&finding,
			  site_lists_block(lists, &site->columns[i],
					   CHILD_BLOCK_ITEMS),
			  &arena);
	find_hot(out, &finding);
	out->gone = NULL;
	out->gone_count = 0;
	arena_release(&arena);
}
