/*
 * What the search of a site finds: what moved is taken out of it and put in
 * again, and the blocks around it are cut once more. The services of others,
 * which a site finds too, do not move.
 */
#include "record/plan_edit.h"

static const uint32_t none = RESOURCE_NONE;

/* The portal finds what all sites publish. */
static bool finds(const struct site *site, const struct stored_placement *place)
{
	return stored_placement_has_page(place) &&
	       (site->kind == KIND_PORTAL || place->site == site->number + 1);
}

static struct numbers found_now(const struct plan_edit *edit,
				const struct site *site)
{
	const struct moved_resource *moved = edit->moved.items;
	struct list put;

	list_init(&put, sizeof(uint32_t));
	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].now != none && finds(site, &moved[i].to))
			*(uint32_t *)list_add(&put, edit->arena) = moved[i].now;
	return (struct numbers){ put.items, put.count };
}

static bool has_moved(const struct plan_edit *edit, const struct site *site)
{
	const struct moved_resource *moved = edit->moved.items;

	for (size_t i = 0; i < edit->moved.count; i++)
		if ((moved[i].before != none && finds(site, &moved[i].from)) ||
		    (moved[i].now != none && finds(site, &moved[i].to)))
			return true;
	return false;
}

/* A service that a full list pushes out is found no more. */
static bool may_push_service(const struct plan_edit *edit,
			     const struct site *site)
{
	const struct column_edit *rows =
		&edit->columns[edit->column_starts[site->number]];

	for (size_t i = 0; i < site->column_count; i++) {
		const struct column_list *list = &rows[i].before;

		if (!rows[i].is_edited || site->columns[i].query.limit == 0)
			continue;
		for (size_t k = 0; k < list->live_count; k++)
			if (catalog_type(&edit->catalog, list->live[k])
				    ->found_everywhere)
				return true;
	}
	return false;
}

static bool stays(const struct plan_edit *edit, uint32_t was, uint32_t is)
{
	return !edit->is_moved[was] && edit->now_of[was] == is;
}

static struct search_before compare(const struct plan_edit *edit,
				    const struct site_lists *lists,
				    struct numbers now)
{
	struct search_before before = { .blocks = lists->blocks,
					.block_count = lists->block_count,
					.count = lists->searched_count };
	size_t fewer = now.count < before.count ? now.count : before.count;

	while (before.same_front < fewer &&
	       stays(edit, lists->searched[before.same_front],
		     now.items[before.same_front]))
		before.same_front++;
	while (before.same_back < fewer &&
	       stays(edit, lists->searched[before.count - 1 - before.same_back],
		     now.items[now.count - 1 - before.same_back]))
		before.same_back++;
	return before;
}

/*
 * When its terms are spread over more files, or over fewer, all of them are
 * made again, from all blocks: of a large search a whole plan costs no more.
 */
enum { SPREAD_LIMIT = 16384 };

static bool edit_searched(struct plan_edit *edit, const struct site *site)
{
	const struct site_lists *old = &edit->before.lists[site->number];
	struct site_lists *lists = &edit->image->lists[site->number];
	struct catalog *catalog = edit->image->catalog;
	struct search_cut *cut = &edit->searches[site->number];
	struct numbers now = { NULL, old->searched_count };
	struct search_before before;
	struct list blocks;
	bool is_spread;

	now.items = plan_edit_stayed(edit, old->searched, &now.count);
	now = plan_edit_merge(now, found_now(edit, site), search_compare,
			      catalog, edit->arena);
	before = compare(edit, old, now);
	is_spread = search_shard_count(before.count) !=
		    search_shard_count(now.count);
	if ((is_spread && now.count > SPREAD_LIMIT) ||
	    may_push_service(edit, site) ||
	    !search_blocks_edit(&blocks, cut, &before, now.items, now.count,
				catalog, edit->arena))
		return false;
	if (is_spread)
		*cut = (struct search_cut){ 0, blocks.count,
					    before.block_count };
	lists->searched = now.items;
	lists->searched_count = now.count;
	lists->blocks = blocks.items;
	lists->block_count = blocks.count;
	return true;
}

bool plan_edit_search(struct plan_edit *edit)
{
	const struct cluster *cluster = edit->arrangement.cluster;

	edit->searches = arena_array(edit->arena, cluster->count,
				     sizeof(*edit->searches));
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];
		struct site_lists *lists = &edit->image->lists[i];

		if (has_moved(edit, site)) {
			if (!edit_searched(edit, site))
				return false;
		} else if (may_push_service(edit, site)) {
			return false;
		} else if (!renumbering_is_none(&edit->resources)) {
			lists->searched = plan_edit_stayed(
				edit, lists->searched, &lists->searched_count);
		}
	}
	return true;
}
