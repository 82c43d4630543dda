/*
 * The lists of columns and sites: what moved is taken out of those that listed
 * it and put into those that list it now. Of the others the numbers alone are
 * others.
 */
#include "record/plan_edit.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/pack.h"
#include "site/placing.h"

static const uint32_t none = RESOURCE_NONE;

/* --- columns --- */

/* A list of a column, and what is put into it. */
struct list_edit {
	struct plan_edit *edit;
	const struct site *site;
	struct column *column;
	struct column_edit *row;
	struct list put;	  /* uint32_t: into its live list */
	struct list put_archived; /* the same of the archived */
	bool was_listed;	  /* one of them */
};

static enum listing listing_of(const struct list_edit *list,
			       const struct resource *resource,
			       const struct stored_placement *place)
{
	struct candidate candidate = candidate_of(resource);

	if (place->visibility == VISIBLE_NOT ||
	    !placing_selects(list->column, resource->unit, &candidate))
		return LISTING_NONE;
	return placing_listed(place, list->site, list->column, candidate.date);
}

static void look_at(struct list_edit *list, const struct moved_resource *moved)
{
	enum listing was = moved->before == none ? LISTING_NONE
						 : listing_of(list, &moved->was,
							      &moved->from);
	enum listing is = moved->now == none
				  ? LISTING_NONE
				  : listing_of(list, &moved->is, &moved->to);
	struct list *put =
		is == LISTING_LIVE ? &list->put : &list->put_archived;

	list->was_listed |= was == LISTING_LIVE &&
			    u32_is_among(moved->before, list->row->before.live,
					 list->row->before.live_count);
	list->row->is_edited |= was != LISTING_NONE || is != LISTING_NONE;
	if (is != LISTING_NONE)
		*(uint32_t *)list_add(put, list->edit->arena) = moved->now;
}

static struct numbers merged(const struct list_edit *list,
			     const uint32_t *before, size_t count,
			     const struct list *put)
{
	const struct plan_edit *edit = list->edit;
	const struct column_query *query = &list->column->query;
	struct column_sort sorter = { edit->image->catalog, query };
	struct numbers stayed = { NULL, count };
	struct numbers more = { put->items, put->count };

	stayed.items = plan_edit_stayed(edit, before, &stayed.count);
	if (query->sort == SORT_NEWEST)
		return plan_edit_merge(stayed, more, catalog_compare_newest,
				       (void *)sorter.catalog, edit->arena);
	return plan_edit_merge(stayed, more, column_sort_compare, &sorter,
			       edit->arena);
}

/* Stands it where it stood before, as far as its date says? */
static bool has_held(const struct plan_edit *edit, struct numbers before,
		     uint32_t number)
{
	const struct moved_resource *moved = edit->moved.items;

	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].now == number)
			return moved[i].before != none &&
			       moved[i].was.date.seconds ==
				       moved[i].is.date.seconds &&
			       u32_is_among(moved[i].before, before.items,
					    before.count);
	return true;
}

/*
 * What stands behind the end of a list that was full is not known, but that it
 * comes behind all of them. So the list is certain up to the last of those that
 * stand where they stood.
 */
static size_t count_certain(const struct plan_edit *edit, struct numbers before,
			    struct numbers now)
{
	size_t count = now.count;

	while (count > 0 && !has_held(edit, before, now.items[count - 1]))
		count--;
	return count;
}

/* From the oldest on: how many of two lists are the same. */
static size_t same_from_oldest(const struct plan_edit *edit,
			       struct column_list before, struct numbers now)
{
	size_t same = 0;

	while (same < before.live_count && same < now.count) {
		uint32_t was = before.live[before.live_count - 1 - same];
		uint32_t is = now.items[now.count - 1 - same];

		if (edit->is_moved[was] || edit->now_of[was] != is)
			break;
		same++;
	}
	return same;
}

static bool edit_list(struct list_edit *list)
{
	struct column_list *out = &list->column->list;
	struct column_list before = list->row->before;
	struct numbers was = { before.live, before.live_count };
	size_t limit = list->column->query.limit;
	struct numbers live, archived;

	live = merged(list, before.live, before.live_count, &list->put);
	archived = merged(list, before.archived, before.archived_count,
			  &list->put_archived);
	if (limit > 0 && was.count >= limit && list->was_listed &&
	    (list->column->query.sort != SORT_NEWEST ||
	     count_certain(list->edit, was, live) < limit))
		return false;
	if (limit > 0 && live.count > limit)
		live.count = limit;
	list->row->oldest = same_from_oldest(list->edit, before, live);
	*out = (struct column_list){ live.items, live.count, archived.items,
				     archived.count };
	return true;
}

static void renumber_list(struct plan_edit *edit, struct column_list *list)
{
	if (renumbering_is_none(&edit->resources))
		return;
	list->live = plan_edit_stayed(edit, list->live, &list->live_count);
	list->archived =
		plan_edit_stayed(edit, list->archived, &list->archived_count);
}

static bool edit_column(struct plan_edit *edit, const struct site *site,
			size_t number)
{
	const struct moved_resource *moved = edit->moved.items;
	struct list_edit list = {
		.edit = edit,
		.site = site,
		.column = &site->columns[number],
		.row = &edit->columns[edit->column_starts[site->number] +
				      number],
	};

	list.row->before = list.column->list;
	list_init(&list.put, sizeof(uint32_t));
	list_init(&list.put_archived, sizeof(uint32_t));
	if (list.column->has_query)
		for (size_t i = 0; i < edit->moved.count; i++)
			look_at(&list, &moved[i]);
	edit->is_edited[site->number] |= list.row->is_edited;
	if (list.row->is_edited)
		return edit_list(&list);
	renumber_list(edit, &list.column->list);
	return true;
}

static bool edit_columns(struct plan_edit *edit)
{
	const struct cluster *cluster = edit->arrangement.cluster;
	size_t count = 0;

	edit->column_starts =
		arena_array(edit->arena, cluster->count, sizeof(size_t));
	for (size_t i = 0; i < cluster->count; i++) {
		edit->column_starts[i] = count;
		count += cluster->sites[i].column_count;
	}
	edit->columns = arena_array(edit->arena, count, sizeof(*edit->columns));
	for (size_t i = 0; i < cluster->count; i++)
		for (size_t k = 0; k < cluster->sites[i].column_count; k++)
			if (!edit_column(edit, &cluster->sites[i], k))
				return false;
	return true;
}

/* --- what a site publishes --- */

static int year_of(const struct resource *resource)
{
	return moment_date(resource->date).year;
}

/* By column, year and date, as plan/site_lists.c has them. */
static int compare_owned(const void *left, const void *right, void *context)
{
	const struct arrangement *arrangement = context;
	const struct stored_placement *places = arrangement->places;
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;
	struct resource one, other;

	if (places[a].column != places[b].column)
		return places[a].column < places[b].column ? -1 : 1;
	catalog_get(&one, arrangement->catalog, a);
	catalog_get(&other, arrangement->catalog, b);
	if (year_of(&one) != year_of(&other))
		return year_of(&one) > year_of(&other) ? -1 : 1;
	return catalog_compare_newest(left, right,
				      (void *)arrangement->catalog);
}

static int compare_archived(const void *left, const void *right, void *context)
{
	const struct arrangement *arrangement = context;
	const struct stored_placement *places = arrangement->places;
	int order =
		moment_compare(places[*(const uint32_t *)right].archived_since,
			       places[*(const uint32_t *)left].archived_since);

	return order != 0 ? order
			  : catalog_compare_newest(
				    left, right, (void *)arrangement->catalog);
}

static bool is_on(const struct stored_placement *place, const struct site *site)
{
	return stored_placement_has_page(place) &&
	       place->site == site->number + 1;
}

/* What moved and is published here now; archived alone when it is asked. */
static struct numbers put_on(const struct plan_edit *edit,
			     const struct site *site, bool only_archived)
{
	const struct moved_resource *moved = edit->moved.items;
	struct list put;

	list_init(&put, sizeof(uint32_t));
	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].now != none && is_on(&moved[i].to, site) &&
		    (!only_archived ||
		     moved[i].to.visibility == VISIBLE_ARCHIVED))
			*(uint32_t *)list_add(&put, edit->arena) = moved[i].now;
	return (struct numbers){ put.items, put.count };
}

/* A column and a year. */
struct heap {
	uint32_t column;
	int32_t year;
	int64_t count;
};

static int compare_heaps(const void *left, const void *right)
{
	const struct heap *a = left;
	const struct heap *b = right;

	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return (a->year < b->year) - (a->year > b->year);
}

static void add_heap(struct list *heaps, struct heap heap, struct arena *arena)
{
	struct heap *items = heaps->items;

	for (size_t i = 0; i < heaps->count; i++)
		if (compare_heaps(&items[i], &heap) == 0) {
			items[i].count += heap.count;
			return;
		}
	*(struct heap *)list_add(heaps, arena) = heap;
}

static void gather_heaps(struct list *heaps, const struct plan_edit *edit,
			 const struct site *site)
{
	const struct site_lists *before = &edit->before.lists[site->number];
	const struct moved_resource *moved = edit->moved.items;

	list_init(heaps, sizeof(struct heap));
	for (size_t i = 0; i < before->part_count; i++)
		add_heap(heaps,
			 (struct heap){ before->parts[i].column,
					before->parts[i].year,
					before->parts[i].count },
			 edit->arena);
	for (size_t i = 0; i < edit->moved.count; i++) {
		if (moved[i].before != none && is_on(&moved[i].from, site))
			add_heap(heaps,
				 (struct heap){ moved[i].from.column,
						year_of(&moved[i].was), -1 },
				 edit->arena);
		if (moved[i].now != none && is_on(&moved[i].to, site))
			add_heap(heaps,
				 (struct heap){ moved[i].to.column,
						year_of(&moved[i].is), 1 },
				 edit->arena);
	}
	if (heaps->count > 0)
		qsort(heaps->items, heaps->count, sizeof(struct heap),
		      compare_heaps);
}

static bool cut_parts(struct site_lists *lists, struct plan_edit *edit,
		      const struct site *site)
{
	struct list heaps, parts;
	const struct heap *items;
	uint32_t first = 0;

	gather_heaps(&heaps, edit, site);
	items = heaps.items;
	list_init(&parts, sizeof(struct sitemap_part));
	for (size_t i = 0; i < heaps.count; i++)
		for (int64_t at = 0; at < items[i].count;
		     at += SITEMAP_ADDRESSES) {
			int64_t rest = items[i].count - at;
			struct sitemap_part *part =
				list_add(&parts, edit->arena);

			*part = (struct sitemap_part){
				.first = first,
				.count = rest < SITEMAP_ADDRESSES
						 ? (uint32_t)rest
						 : SITEMAP_ADDRESSES,
				.column = items[i].column,
				.year = items[i].year,
				.number = (uint32_t)(at / SITEMAP_ADDRESSES),
			};
			first += part->count;
		}
	lists->parts = parts.items;
	lists->part_count = parts.count;
	return first == lists->owned_count;
}

static bool edit_owned(struct plan_edit *edit, const struct site *site)
{
	struct site_lists *lists = &edit->image->lists[site->number];
	const struct site_lists *before = &edit->before.lists[site->number];
	void *arrangement = edit->image->arrangement;
	struct numbers owned = { NULL, before->owned_count };
	struct numbers archived = { NULL, before->archived_count };

	owned.items = plan_edit_stayed(edit, before->owned, &owned.count);
	owned = plan_edit_merge(owned, put_on(edit, site, false), compare_owned,
				arrangement, edit->arena);
	archived.items =
		plan_edit_stayed(edit, before->archived, &archived.count);
	archived = plan_edit_merge(archived, put_on(edit, site, true),
				   compare_archived, arrangement, edit->arena);
	lists->owned = owned.items;
	lists->owned_count = owned.count;
	lists->archived = archived.items;
	lists->archived_count = archived.count;
	return cut_parts(lists, edit, site);
}

static void renumber_owned(struct plan_edit *edit, const struct site *site)
{
	struct site_lists *lists = &edit->image->lists[site->number];

	if (renumbering_is_none(&edit->resources))
		return;
	lists->owned =
		plan_edit_stayed(edit, lists->owned, &lists->owned_count);
	lists->archived =
		plan_edit_stayed(edit, lists->archived, &lists->archived_count);
}

/* --- the newest below each column --- */

static bool is_below_edited(const struct plan_edit *edit,
			    const struct site *site, size_t number)
{
	size_t start = edit->column_starts[site->number];

	for (size_t i = number; i < site->columns[number].subtree_end; i++)
		if (edit->columns[start + i].is_edited)
			return true;
	return false;
}

static void edit_newest(struct plan_edit *edit, const struct site *site)
{
	struct site_lists *lists = &edit->image->lists[site->number];
	const struct cluster *cluster = edit->arrangement.cluster;
	struct column_newest *newest =
		arena_array(edit->arena, site->column_count, sizeof(*newest));

	for (size_t i = 0; i < site->column_count; i++) {
		newest[i] = lists->newest[i];
		if (is_below_edited(edit, site, i))
			newest[i] = site_lists_newest(
				site, &site->columns[i], edit->image->catalog,
				cluster->platform.feed_size, edit->arena);
		else if (!renumbering_is_none(&edit->resources))
			newest[i].items = plan_edit_stayed(
				edit, newest[i].items, &newest[i].count);
	}
	lists->newest = newest;
}

static void find_owners(struct plan_edit *edit)
{
	const struct moved_resource *moved = edit->moved.items;

	for (size_t i = 0; i < edit->moved.count; i++) {
		if (moved[i].before != none &&
		    stored_placement_has_page(&moved[i].from))
			edit->owns_moved[moved[i].from.site - 1] = true;
		if (moved[i].now != none &&
		    stored_placement_has_page(&moved[i].to))
			edit->owns_moved[moved[i].to.site - 1] = true;
	}
}

bool plan_edit_lists(struct plan_edit *edit)
{
	const struct cluster *cluster = edit->arrangement.cluster;
	struct site_lists *lists =
		arena_array(edit->arena, cluster->count, sizeof(*lists));

	edit->is_edited = arena_array(edit->arena, cluster->count, 1);
	edit->owns_moved = arena_array(edit->arena, cluster->count, 1);
	memcpy(lists, edit->before.lists, cluster->count * sizeof(*lists));
	edit->image->lists = lists;
	find_owners(edit);
	if (!edit_columns(edit))
		return false;
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		edit_newest(edit, site);
		if (!edit->owns_moved[i])
			renumber_owned(edit, site);
		else if (!edit_owned(edit, site))
			return false;
	}
	return plan_edit_search(edit);
}

/* --- topics --- */

/* Rows of a keyword: its own, and those up to the day of an archived topic. */
static bool is_row_of(str row, str keyword)
{
	return str_starts_with(row, keyword) &&
	       (row.len == keyword.len || row.data[keyword.len] == '\n');
}

struct topic_row {
	uint32_t items[SECTION_ITEMS_KEPT];
	uint32_t count;
};

static bool has_keyword(str packed, str row, bool *is_open)
{
	str keyword;

	while (unpack_text(&keyword, &packed))
		if (is_row_of(row, keyword)) {
			*is_open = row.len == keyword.len;
			return true;
		}
	return false;
}

/* False: what stands behind a full row is not known. */
static bool edit_row(struct topic_row *out, struct plan_edit *edit,
		     size_t number)
{
	const struct topics *before = &edit->before.topics;
	const struct moved_resource *moved = edit->moved.items;
	const uint32_t *items = before->items + before->starts[number];
	struct numbers put, now;
	struct numbers was = { items, before->starts[number + 1] -
					      before->starts[number] };
	struct numbers stayed = was;
	struct list list;
	bool is_open;

	list_init(&list, sizeof(uint32_t));
	for (size_t i = 0; i < edit->moved.count; i++) {
		edit->has_topics |=
			moved[i].before != none &&
			u32_is_among(moved[i].before, items, was.count);
		if (moved[i].now == none ||
		    !stored_placement_has_page(&moved[i].to) ||
		    !has_keyword(moved[i].is.keywords, before->keywords[number],
				 &is_open))
			continue;
		if (!is_open)
			return false;
		*(uint32_t *)list_add(&list, edit->arena) = moved[i].now;
	}
	edit->has_topics |= list.count > 0;
	put = (struct numbers){ list.items, list.count };
	stayed.items = plan_edit_stayed(edit, items, &stayed.count);
	now = plan_edit_merge(stayed, put, catalog_compare_newest,
			      edit->image->catalog, edit->arena);
	if (was.count == SECTION_ITEMS_KEPT &&
	    count_certain(edit, was, now) < SECTION_ITEMS_KEPT)
		return false;
	out->count = now.count < SECTION_ITEMS_KEPT ? (uint32_t)now.count
						    : SECTION_ITEMS_KEPT;
	plan_edit_copy(out->items, now.items, out->count);
	return true;
}

bool plan_edit_topics(struct plan_edit *edit)
{
	const struct topics *before = &edit->before.topics;
	struct topics *now = &edit->image->topics;
	uint32_t *starts =
		arena_array(edit->arena, before->count + 1, sizeof(*starts));
	struct list items;

	list_init(&items, sizeof(uint32_t));
	for (size_t i = 0; i < before->count; i++) {
		struct topic_row row;

		if (before->starts[i] > before->starts[i + 1] ||
		    before->starts[i + 1] > before->item_count ||
		    !edit_row(&row, edit, i))
			return false;
		for (uint32_t k = 0; k < row.count; k++)
			*(uint32_t *)list_add(&items, edit->arena) =
				row.items[k];
		starts[i + 1] = (uint32_t)items.count;
	}
	now->starts = starts;
	now->items = items.items;
	now->item_count = items.count;
	return true;
}
