/*
 * Which pages to look at: those whose window of a list has something in it now
 * or had before. The lists of before and of now are walked side by side around
 * each place where something moved. Too many are no mistake, as fingerprints
 * are compared; one too few would be, so each kind of page has its line here.
 */
#include "record/plan_edit_shown.h"

#include "base/number.h"
#include "markup/url_path.h"
#include "plan/exports.h"
#include "plan/feed_groups.h"
#include "plan/page_sources.h"
#include "plan/kiosk.h"
#include "plan/permalink.h"
#include "record/references.h"

static const uint32_t none = RESOURCE_NONE;

/* --- who shows it --- */

/* Those of a list around a place whose own column it is, by numbers of now. */
static void show_window(const struct plan_edit *edit, struct new_rows *rows,
			const struct column *column, struct numbers list,
			size_t place)
{
	enum { WINDOW = RELATED_WINDOW + 1 };
	size_t first = place > WINDOW ? place - WINDOW : 0;
	size_t behind = place + WINDOW + 1;

	for (size_t i = first; i < behind && i < list.count; i++) {
		uint32_t number = list.items[i];

		if (number != none &&
		    arrangement_of(edit->image->arrangement, number).column ==
			    column)
			new_rows_show(rows, number);
	}
}

/* The same numbers as they are now; what went has none. */
static struct numbers renumbered(const struct plan_edit *edit,
				 struct column_list list, size_t first,
				 size_t behind)
{
	uint32_t *numbers =
		arena_array(edit->arena, behind - first, sizeof(*numbers));

	for (size_t i = first; i < behind; i++)
		numbers[i - first] = edit->now_of[list.live[i]];
	return (struct numbers){ numbers, behind - first };
}

/* `place` is of the list of before. */
static void show_around_before(const struct plan_edit *edit,
			       struct new_rows *rows,
			       const struct column *column,
			       struct column_list list, size_t place)
{
	enum { WINDOW = RELATED_WINDOW + 1 };
	size_t first = place > WINDOW ? place - WINDOW : 0;
	size_t behind = place + WINDOW + 1 < list.live_count
				? place + WINDOW + 1
				: list.live_count;

	show_window(edit, rows, column, renumbered(edit, list, first, behind),
		    place - first);
}

static const struct column *column_of(const struct plan_edit *edit,
				      const struct stored_placement *place)
{
	return &edit->arrangement.cluster->sites[place->site - 1]
			.columns[place->column];
}

static bool *flags_of_moved(const struct plan_edit *edit)
{
	const struct moved_resource *moved = edit->moved.items;
	bool *flags = arena_array(edit->arena, edit->image->catalog->count, 1);

	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].now != none)
			flags[moved[i].now] = true;
	return flags;
}

/*
 * Around each place where one stood or stands, in every list that had or has
 * it: others than its own column may be theirs. What a limit pushed out stands
 * at the end.
 */
static void show_around(const struct plan_edit *edit, struct new_rows *rows,
			const struct column *column,
			const struct column_edit *row, const bool *is_moved)
{
	struct numbers now = { column->list.live, column->list.live_count };
	size_t count = row->before.live_count;
	size_t pushed = column->query.limit > 0 ? edit->moved.count : 0;

	for (size_t i = 0; i < count; i++)
		if (edit->is_moved[row->before.live[i]] || i + pushed >= count)
			show_around_before(edit, rows, column, row->before, i);
	for (size_t i = 0; i < now.count; i++)
		if (is_moved[now.items[i]])
			show_window(edit, rows, column, now, i);
}

static void show_lists(const struct plan_edit *edit, struct new_rows *rows)
{
	const struct cluster *cluster = edit->arrangement.cluster;
	const bool *is_moved = flags_of_moved(edit);

	for (size_t i = 0; i < cluster->count; i++)
		for (size_t k = 0; k < cluster->sites[i].column_count; k++) {
			const struct column_edit *row =
				&edit->columns[edit->column_starts[i] + k];

			if (row->is_edited)
				show_around(edit, rows,
					    &cluster->sites[i].columns[k], row,
					    is_moved);
		}
}

static void show_found(const struct plan_edit *edit, struct new_rows *rows,
		       uint32_t name)
{
	struct list found;
	const uint32_t *numbers;

	list_init(&found, sizeof(uint32_t));
	references_find(&edit->image->references, name, &found, edit->arena);
	numbers = found.items;
	for (size_t i = 0; i < found.count; i++)
		if (catalog_has(edit->image->catalog, numbers[i]))
			new_rows_show(rows, numbers[i]);
}

static void show_referring(const struct plan_edit *edit, struct new_rows *rows,
			   const struct moved_resource *moved)
{
	const struct resource *resource =
		moved->now != none ? &moved->is : &moved->was;

	show_found(edit, rows, reference_to_path(resource->path));
	show_found(edit, rows, reference_to_id(resource->id));
}

/* Bodies that lead to an address that is gone. */
static void show_left(const struct plan_edit *edit, struct new_rows *rows)
{
	const struct cluster *cluster = edit->arrangement.cluster;

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];
		struct list left = plan_edit_left(edit, site);
		const str *paths = left.items;

		for (size_t k = 0; k < left.count; k++)
			show_found(edit, rows,
				   reference_to_page(site->domain, paths[k]));
	}
}

void plan_edit_show(const struct plan_edit *edit, struct new_rows *rows)
{
	const struct cluster *cluster = edit->arrangement.cluster;
	const struct moved_resource *moved = edit->moved.items;

	for (size_t i = 0; i < edit->moved.count; i++)
		show_referring(edit, rows, &moved[i]);
	show_lists(edit, rows);
	show_left(edit, rows);
	if (!renumbering_is_none(&edit->files))
		show_found(edit, rows, reference_to_near());
	if (edit->has_topics)
		new_rows_show_topics(rows, edit->image);
	for (size_t i = 0; i < cluster->count; i++)
		rows->is_listed_on[i] |= edit->is_edited[i];
}

const struct list_change *const *plan_edit_changes(const struct plan_edit *edit)
{
	const struct cluster *cluster = edit->arrangement.cluster;
	const struct list_change **all =
		arena_array(edit->arena, cluster->count, sizeof(*all));

	for (size_t i = 0; i < cluster->count; i++) {
		size_t count = cluster->sites[i].column_count;
		const struct column_edit *rows =
			&edit->columns[edit->column_starts[i]];
		struct list_change *changes =
			arena_array(edit->arena, count, sizeof(*changes));

		for (size_t k = 0; k < count; k++)
			changes[k] = (struct list_change){
				rows[k].is_edited, rows[k].oldest,
				rows[k].before.live_count
			};
		all[i] = changes;
	}
	return all;
}

/* --- what is gone --- */

static void leave(struct list *left, const struct plan_edit *edit, str path)
{
	*(str *)list_add(left, edit->arena) = path;
}

static bool had_page(const struct moved_resource *moved)
{
	return moved->before != none && stored_placement_has_page(&moved->from);
}

static void leave_articles(struct list *left, const struct plan_edit *edit,
			   const struct site *site)
{
	const struct moved_resource *moved = edit->moved.items;

	for (size_t i = 0; i < edit->moved.count; i++) {
		const struct column *column;

		if (!had_page(&moved[i]) ||
		    moved[i].from.site != site->number + 1)
			continue;
		column = column_of(edit, &moved[i].from);
		leave(left, edit,
		      permalink_path(&moved[i].was, column, edit->arena));
		if (type_has_text_file(schema_type(edit->catalog.schema,
						   moved[i].was.type)))
			leave(left, edit,
			      permalink_beside(&moved[i].was, column, "txt",
					       edit->arena));
		if (edit->arrangement.cluster->platform.cards == CARDS_TEXTS)
			leave(left, edit,
			      permalink_beside(&moved[i].was, column, "png",
					       edit->arena));
	}
}

static void leave_copies(struct list *left, const struct plan_edit *edit,
			 const struct site *site, const struct column *column,
			 struct column_list before)
{
	const struct moved_resource *moved = edit->moved.items;

	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].before != none &&
		    moved[i].from.site != site->number + 1 &&
		    u32_is_among(moved[i].before, before.live,
				 before.live_count))
			leave(left, edit,
			      permalink_path(&moved[i].was, column,
					     edit->arena));
}

/* Of what a limit pushed out of a list; what stays has its copy. */
static void leave_pushed(struct list *left, const struct plan_edit *edit,
			 const struct site *site, const struct column *column,
			 struct column_list before)
{
	struct resource resource;
	size_t count = before.live_count;

	for (size_t n = 0; n < edit->moved.count && n < count; n++) {
		uint32_t number = before.live[count - 1 - n];

		if (column->query.limit == 0 ||
		    arrangement_of(&edit->arrangement, number).site == site ||
		    u32_is_among(edit->now_of[number], column->list.live,
				 column->list.live_count))
			continue;
		catalog_get(&resource, &edit->catalog, number);
		leave(left, edit,
		      permalink_path(&resource, column, edit->arena));
	}
}

static void leave_list(struct list *left, const struct plan_edit *edit,
		       const struct column *column, struct column_list before)
{
	size_t size = edit->arrangement.cluster->platform.page_size;
	uint32_t now = list_page_count(column->list.live_count, size);
	uint32_t was = list_page_count(before.live_count, size);

	for (uint32_t k = now + 1; k <= was; k++)
		leave(left, edit, list_page_path(column, k, edit->arena));
}

/* A topic or an audience of none of the newest rows any more has no feed. */
static void leave_groups(struct list *left, const struct plan_edit *edit,
			 const struct column *column, struct column_list before)
{
	struct column of_before = *column;
	const struct feed_group *groups;
	struct list found;

	if (!column->has_facets)
		return;
	of_before.list = before;
	feed_groups_find(&found, &of_before, &edit->catalog, edit->arena);
	groups = found.items;
	for (size_t i = 0; i < found.count; i++)
		leave(left, edit,
		      feed_group_path(column, groups[i].key, edit->arena));
}

static void leave_parts(struct list *left, const struct plan_edit *edit,
			const struct site *site)
{
	const struct site_lists *lists = &edit->before.lists[site->number];

	for (size_t i = 0; i < lists->part_count; i++)
		if (lists->parts[i].column < site->column_count)
			leave(left, edit,
			      sitemap_part_path(
				      &site->columns[lists->parts[i].column],
				      &lists->parts[i], edit->arena));
}

static void leave_blocks(struct list *left, const struct plan_edit *edit,
			 const struct site *site)
{
	const struct search_cut *cut = &edit->searches[site->number];
	const struct site_lists *lists = &edit->before.lists[site->number];

	for (size_t i = cut->first; i < cut->end_before; i++)
		leave(left, edit,
		      search_block_path(lists->blocks[i].number, edit->arena));
}

static void leave_shards(struct list *left, const struct plan_edit *edit,
			 const struct site *site)
{
	uint32_t was = search_shard_count(
		edit->before.lists[site->number].searched_count);
	uint32_t now = search_shard_count(
		edit->image->lists[site->number].searched_count);

	for (uint32_t i = now; i < was; i++)
		leave(left, edit, search_shard_path(i, edit->arena));
}

/* Its list, and what was among the newest. */
static void leave_kiosk(struct list *left, const struct plan_edit *edit,
			const struct site *site, const struct column *column,
			struct column_list before)
{
	size_t count = kiosk_count(column, &before);
	struct resource resource;

	if (!site->kiosk ||
	    !snapshot_trusts(edit->catalog.snapshot, before.live,
			     count * sizeof(*before.live)))
		return;
	leave(left, edit, kiosk_list_path(column, edit->arena));
	for (size_t i = 0; i < count; i++) {
		if (!catalog_has(&edit->catalog, before.live[i]))
			return;
		catalog_get(&resource, &edit->catalog, before.live[i]);
		leave(left, edit,
		      kiosk_text_path(column, &resource, edit->arena));
	}
}

/* --- exports --- */

static bool is_exported(const struct site *site,
			const struct stored_placement *place)
{
	return stored_placement_has_page(place) &&
	       (site->kind == KIND_PORTAL || place->site == site->number + 1);
}

/* How many of the row had a page on the site, or have one now. */
static size_t count_exported(const struct plan_edit *edit,
			     const struct site *site, size_t row, bool is_now)
{
	const struct moved_resource *moved = edit->moved.items;
	size_t count = 0;

	for (size_t i = 0; i < edit->moved.count; i++) {
		bool is_there =
			(is_now ? moved[i].now : moved[i].before) != none;
		const struct resource *resource =
			is_now ? &moved[i].is : &moved[i].was;

		count += is_there &&
			 is_exported(site,
				     is_now ? &moved[i].to : &moved[i].from) &&
			 export_row_for(schema_type(edit->catalog.schema,
						    resource->type)) == row;
	}
	return count;
}

unsigned plan_edit_exports(const struct plan_edit *edit,
			   const struct site *site)
{
	unsigned rows = 0;

	for (unsigned i = 0; i < EXPORT_COUNT; i++)
		if (count_exported(edit, site, i, false) > 0 ||
		    count_exported(edit, site, i, true) > 0)
			rows |= 1u << i;
	return rows;
}

/* Files are numbered from the oldest, so those at the end are gone. */
static void leave_exports(struct list *left, const struct plan_edit *edit,
			  const struct site *site)
{
	for (size_t i = 0; i < EXPORT_COUNT; i++) {
		size_t went = count_exported(edit, site, i, false);
		size_t came = count_exported(edit, site, i, true);
		size_t now;

		if (went <= came)
			continue;
		now = export_count(edit->image->arrangement, site,
				   &edit->image->lists[site->number],
				   &export_rows[i]);
		for (uint32_t k = export_page_count(now) + 1;
		     k <= export_page_count(now + went - came); k++)
			leave(left, edit,
			      export_path(&export_rows[i], k, edit->arena));
		if (now == 0)
			leave(left, edit,
			      export_path(&export_rows[i], 0, edit->arena));
	}
}

struct list plan_edit_left(const struct plan_edit *edit,
			   const struct site *site)
{
	const struct column_edit *rows =
		&edit->columns[edit->column_starts[site->number]];
	struct list left;

	list_init(&left, sizeof(str));
	if (site_is_notice_only(site))
		return left;
	leave_articles(&left, edit, site);
	leave_blocks(&left, edit, site);
	leave_shards(&left, edit, site);
	leave_exports(&left, edit, site);
	if (edit->owns_moved[site->number])
		leave_parts(&left, edit, site);
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (!rows[i].is_edited)
			continue;
		leave_list(&left, edit, column, rows[i].before);
		leave_kiosk(&left, edit, site, column, rows[i].before);
		leave_groups(&left, edit, column, rows[i].before);
		if (column->show != SHOW_COPY)
			continue;
		leave_copies(&left, edit, site, column, rows[i].before);
		leave_pushed(&left, edit, site, column, rows[i].before);
	}
	return left;
}

/* --- what leads to a page that is gone --- */

/* Is the resource of this id one that moved? */
static bool names_moved(const struct plan_edit *edit, str id)
{
	const struct moved_resource *moved = edit->moved.items;

	for (size_t i = 0; i < edit->moved.count; i++)
		if ((moved[i].before != none &&
		     str_equal(moved[i].was.id, id)) ||
		    (moved[i].now != none && str_equal(moved[i].is.id, id)))
			return true;
	return false;
}

/* Of whichever site; `path` is folded. */
static bool may_lead(const struct plan_edit *edit,
		     const struct redirect_row *row, str path)
{
	str id = STR("id:");
	str target, host;
	size_t at;

	if (str_starts_with(row->target, id))
		return names_moved(edit, str_from(row->target, id.len));
	target = row->target;
	at = str_find(target, STR("://"));
	if (at != STR_NONE) {
		host = str_from(target, at + 3);
		at = str_find_byte(host, '/');
		target = at == STR_NONE ? STR("/") : str_from(host, at);
	}
	if (row->has_rest)
		return str_starts_with(
			path, url_path_folded_key(target, edit->arena));
	target = url_path_fold(url_path_decode(target, edit->arena),
			       edit->arena);
	return str_find(target, str_file_name(path)) != STR_NONE;
}

bool plan_edit_is_target(const struct plan_edit *edit, str path)
{
	const struct cluster *cluster = edit->arrangement.cluster;

	path = url_path_fold(path, edit->arena);
	for (size_t i = 0; i < cluster->count; i++) {
		const struct redirect_rows *rows = &cluster->sites[i].redirects;

		for (size_t k = 0; k < rows->count; k++)
			if (may_lead(edit, &rows->items[k], path))
				return true;
	}
	return false;
}
