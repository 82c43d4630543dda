/*
 * All numbers of the image are of before and stay so: what moved is collected
 * as pairs (as it was, as it is), the arrays are copied with the numbers of
 * now, and only the few places where something moved are looked at. Whatever
 * cannot be said by looking at the pairs alone makes the whole edit give up, as
 * planning anew is always right.
 */
#include "record/plan_edit.h"

#include <stdlib.h>

#include "base/sorted.h"
#include "record/references.h"
#include "site/placing.h"

static const uint32_t none = RESOURCE_NONE;

void plan_edit_init(struct plan_edit *edit, struct plan_image *image,
		    struct arena *arena)
{
	*edit = (struct plan_edit){ .image = image,
				    .before = *image,
				    .catalog = *image->catalog,
				    .arrangement = *image->arrangement,
				    .index = *image->index,
				    .arena = arena };
	edit->before.catalog = &edit->catalog;
	edit->before.arrangement = &edit->arrangement;
	edit->before.index = &edit->index;
	edit->catalog.index = &edit->index;
	edit->arrangement.catalog = &edit->catalog;
	edit->before.relations.arrangement = &edit->arrangement;
	edit->before.topics.arrangement = &edit->arrangement;
	list_init(&edit->moved, sizeof(struct moved_resource));
}

/* --- numbers --- */

/* Resources stand in the order of their files. */
static bool number_went(struct plan_edit *edit)
{
	const struct renumbering *files = &edit->files;
	uint32_t *went =
		arena_array(edit->arena, files->went_count, sizeof(*went));

	for (size_t i = 0; i < files->went_count; i++) {
		went[i] = edit->catalog.numbers[files->went[i]];
		if (went[i] >= edit->catalog.count)
			return false;
	}
	edit->resources.went = went;
	edit->resources.went_count = files->went_count;
	return true;
}

static bool number_came(struct plan_edit *edit, const struct snapshot *now)
{
	const struct renumbering *files = &edit->files;
	uint32_t *came =
		arena_array(edit->arena, files->came_count, sizeof(*came));
	str *paths =
		arena_array(edit->arena, files->came_count, sizeof(*paths));

	for (size_t i = 0; i < files->came_count; i++) {
		/* files of before that stand in front of it, and stayed */
		uint32_t next = files->came[i] - (uint32_t)i;
		struct renumbering only = { NULL, 0, files->went,
					    files->went_count };
		uint32_t file = renumbering_before(&only, next);
		size_t place = sorted_count_below(edit->catalog.files,
						  edit->catalog.count, file);

		paths[i] = snapshot_path(now, files->came[i]);
		if (!catalog_is_resource_path(paths[i]))
			return false;
		came[i] =
			(uint32_t)(place -
				   sorted_count_below(
					   edit->resources.went,
					   edit->resources.went_count, place) +
				   i);
	}
	edit->image->index->came = paths;
	edit->resources.came = came;
	edit->resources.came_count = files->came_count;
	return true;
}

static void number_all(struct plan_edit *edit, const struct snapshot *now)
{
	struct catalog *catalog = edit->image->catalog;
	const struct catalog *before = &edit->catalog;
	size_t count = before->count + edit->resources.came_count -
		       edit->resources.went_count;
	uint32_t *files = arena_array(edit->arena, count, sizeof(*files));
	uint32_t *numbers =
		arena_raw(edit->arena, now->count * sizeof(*numbers));
	uint8_t *types = arena_array(edit->arena, count, 1);

	memset(numbers, 0xff, now->count * sizeof(*numbers));
	for (uint32_t i = 0; i < before->count; i++) {
		uint32_t number = renumbering_now(&edit->resources, i);

		if (number == none)
			continue;
		files[number] = renumbering_now(&edit->files, before->files[i]);
		types[number] = before->types[i];
	}
	for (size_t i = 0; i < edit->resources.came_count; i++)
		files[edit->resources.came[i]] = edit->files.came[i];
	for (uint32_t i = 0; i < count; i++)
		numbers[files[i]] = i;
	catalog->snapshot = now;
	catalog->count = count;
	catalog->files = files;
	catalog->numbers = numbers;
	catalog->types = types;
	catalog->index->moves = &edit->resources;
}

static bool has_order(const struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->count; i++)
		if (catalog->files[i] >= catalog->snapshot->count ||
		    (i > 0 && catalog->files[i] <= catalog->files[i - 1]))
			return false;
	return true;
}

bool plan_edit_number(struct plan_edit *edit, const struct snapshot *now)
{
	if (!trust_holds_all(edit->catalog.snapshot->trust) ||
	    !has_order(&edit->catalog) || !number_went(edit) ||
	    !number_came(edit, now))
		return false;
	number_all(edit, now);
	return true;
}

/* --- what can be moved --- */

/* Nothing names it, and it names nothing. */
static bool stands_alone(const struct resource *resource,
			 const struct resource_type *type)
{
	return !resource->has_folder && resource->interprets.len == 0 &&
	       resource->sections.len == 0 && resource->related.len == 0 &&
	       !resource->keep_until.is_set && resource->replaced_by.len == 0 &&
	       resource->replaces.len == 0 && resource->result.len == 0 &&
	       (resource->image.len == 0 ||
		str_starts_with(resource->image, STR("https://"))) &&
	       !resource_type_means(type, MEANS_SECTIONS) &&
	       !type->found_everywhere;
}

/* Is it published, or not yet, as it says? Nothing is said of either. */
static bool is_quiet(const struct stored_placement *place,
		     const struct resource *resource)
{
	if (place->visibility == VISIBLE_NOT)
		return resource->status == STATUS_DRAFT ||
		       resource->status == STATUS_IN_REVIEW ||
		       resource->publish_at.is_set;
	return place->site != 0 && place->visibility != VISIBLE_GONE;
}

static bool is_simple(const struct plan_edit *edit,
		      const struct resource *resource,
		      const struct stored_placement *place)
{
	const struct arrangement *arrangement = edit->image->arrangement;
	const struct site *site =
		cluster_owner(arrangement->cluster, resource->unit);

	return site != NULL && !site_is_notice_only(site) &&
	       stands_alone(resource, schema_type(edit->catalog.schema,
						  resource->type)) &&
	       is_quiet(place, resource);
}

/* The id that the path gives, which no other has. */
static bool has_free_id(const struct plan_edit *edit,
			const struct resource *resource)
{
	str folder = STR("content/");
	str path = str_between(resource->path, folder.len,
			       resource->path.len - STR(".md").len);

	return !references_await(&edit->before.references) &&
	       str_equal(resource->id, path) &&
	       catalog_find_id(&edit->catalog, resource->id) == none;
}

static bool take_before(const struct plan_edit *edit,
			struct moved_resource *moved)
{
	const struct plan_image *before = &edit->before;

	catalog_get(&moved->was, &edit->catalog, moved->before);
	if (edit->catalog.snapshot->trust->is_lost ||
	    !catalog_has_item(&edit->catalog, before->references.named, 1,
			      moved->before) ||
	    before->references.named[moved->before] ||
	    !catalog_has_item(&edit->catalog, edit->arrangement.places,
			      sizeof(moved->from), moved->before))
		return false;
	moved->from = edit->arrangement.places[moved->before];
	return is_simple(edit, &moved->was, &moved->from);
}

static bool take_now(const struct plan_edit *edit, struct moved_resource *moved,
		     str packed)
{
	const struct catalog *catalog = edit->image->catalog;
	uint32_t file = catalog_file(catalog, moved->now);

	if (!resource_unpack(&moved->is, packed,
			     snapshot_path(catalog->snapshot, file), file) ||
	    !resource_is_lasting(&moved->is))
		return false;
	moved->is.number = moved->now;
	moved->to = placing_of(edit->image->arrangement, &moved->is);
	return is_simple(edit, &moved->is, &moved->to) &&
	       (moved->before == none ? has_free_id(edit, &moved->is)
				      : str_equal(moved->is.id, moved->was.id));
}

bool plan_edit_add(struct plan_edit *edit, uint32_t before, uint32_t now,
		   str packed)
{
	struct moved_resource *moved = list_add(&edit->moved, edit->arena);

	moved->before = before;
	moved->now = now;
	if (before != none && !take_before(edit, moved))
		return false;
	if (now == none)
		return map_get(&edit->catalog.own_ids, moved->was.id) == NULL;
	return take_now(edit, moved, packed);
}

/* --- arrays --- */

uint32_t *plan_edit_stayed(const struct plan_edit *edit,
			   const uint32_t *numbers, size_t *count)
{
	uint32_t *stayed = arena_array(edit->arena, *count, sizeof(*stayed));
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++)
		if (!edit->is_moved[numbers[i]])
			stayed[kept++] = edit->now_of[numbers[i]];
	*count = kept;
	return stayed;
}

void plan_edit_copy(uint32_t *out, const uint32_t *from, size_t count)
{
	if (count > 0)
		memcpy(out, from, count * sizeof(*out));
}

/* The first place behind all that stand before the number. */
static size_t place_for(struct numbers in, size_t from, uint32_t number,
			plan_edit_compare *compare, void *context)
{
	size_t low = from;
	size_t high = in.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&in.items[middle], &number, context) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct numbers plan_edit_merge(struct numbers stayed, struct numbers put,
			       plan_edit_compare *compare, void *context,
			       struct arena *arena)
{
	size_t total = stayed.count + put.count;
	uint32_t *out = arena_array(arena, total, sizeof(*out));
	uint32_t *sorted = arena_array(arena, put.count, sizeof(*sorted));
	size_t from = 0, count = 0;

	plan_edit_copy(sorted, put.items, put.count);
	if (put.count > 0)
		qsort_r(sorted, put.count, sizeof(*sorted), compare, context);
	for (size_t i = 0; i < put.count; i++) {
		size_t place =
			place_for(stayed, from, sorted[i], compare, context);

		plan_edit_copy(out + count, stayed.items + from, place - from);
		count += place - from;
		from = place;
		out[count++] = sorted[i];
	}
	plan_edit_copy(out + count, stayed.items + from, stayed.count - from);
	return (struct numbers){ out, total };
}

static void index_moved(struct plan_edit *edit)
{
	const struct moved_resource *moved = edit->moved.items;
	size_t count = edit->catalog.count;

	edit->is_moved = arena_array(edit->arena, count, 1);
	edit->now_of = arena_raw(edit->arena, count * sizeof(uint32_t));
	for (uint32_t i = 0; i < count; i++)
		edit->now_of[i] = renumbering_now(&edit->resources, i);
	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].before != none)
			edit->is_moved[moved[i].before] = true;
}

/* An array with an item a resource; those that came have zeroes. */
static void *moved_array(const struct plan_edit *edit, const void *before,
			 size_t size)
{
	char *now = arena_array(edit->arena, edit->image->catalog->count, size);
	const char *from = before;

	if (renumbering_is_none(&edit->resources)) {
		memcpy(now, from, edit->catalog.count * size);
		return now;
	}
	for (uint32_t i = 0; i < edit->catalog.count; i++)
		if (edit->now_of[i] != none)
			memcpy(now + edit->now_of[i] * size, from + i * size,
			       size);
	return now;
}

/* The same, of numbers of resources; those that came have none. */
static uint32_t *moved_numbers(const struct plan_edit *edit,
			       const uint32_t *before)
{
	uint32_t *now = moved_array(edit, before, sizeof(*now));

	for (size_t i = 0; i < edit->resources.came_count; i++)
		now[edit->resources.came[i]] = none;
	for (uint32_t i = 0; i < edit->image->catalog->count; i++)
		if (now[i] != none)
			now[i] = now[i] < edit->catalog.count
					 ? edit->now_of[now[i]]
					 : none;
	return now;
}

/* All numbers that arrays have must be of resources. */
static bool are_numbers(const struct plan_edit *edit, const uint32_t *numbers,
			size_t count, bool with_none)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] >= edit->catalog.count &&
		    !(with_none && numbers[i] == none))
			return false;
	return true;
}

static bool are_lists(const struct plan_edit *edit)
{
	const struct cluster *cluster = edit->arrangement.cluster;
	bool ok = true;

	for (size_t i = 0; ok && i < cluster->count; i++) {
		const struct site_lists *lists = &edit->before.lists[i];

		ok = are_numbers(edit, lists->owned, lists->owned_count,
				 false) &&
		     are_numbers(edit, lists->archived, lists->archived_count,
				 false) &&
		     are_numbers(edit, lists->searched, lists->searched_count,
				 false);
		for (size_t k = 0; ok && k < cluster->sites[i].column_count;
		     k++) {
			struct column_list list =
				cluster->sites[i].columns[k].list;

			ok = are_numbers(edit, list.live, list.live_count,
					 false) &&
			     are_numbers(edit, list.archived,
					 list.archived_count, false) &&
			     are_numbers(edit, lists->newest[k].items,
					 lists->newest[k].count, false);
		}
	}
	return ok;
}

static bool are_places(const struct plan_edit *edit)
{
	for (uint32_t i = 0; i < edit->catalog.count; i++) {
		struct placement placement =
			arrangement_of(&edit->arrangement, i);

		if (placement.site == NULL &&
		    arrangement_has_page(&edit->arrangement, i))
			return false;
	}
	return !edit->catalog.snapshot->trust->is_lost;
}

static bool are_dates(const struct plan_edit *edit)
{
	const struct plan_dates *dates = &edit->before.dates;

	for (size_t i = 0; i < dates->count; i++)
		if (dates->items[i].resource >= edit->catalog.count)
			return false;
	return true;
}

/* Once for all, so that nothing below need look again. */
static bool is_sound(const struct plan_edit *edit)
{
	const struct plan_image *before = &edit->before;
	size_t count = edit->catalog.count;

	return trust_holds_all(edit->catalog.snapshot->trust) &&
	       are_numbers(edit, edit->catalog.by_date, count, false) &&
	       are_numbers(edit, edit->catalog.ranks, count, false) &&
	       are_numbers(edit, before->relations.named_items,
			   before->relations.named_count, false) &&
	       before->relations.named_starts[count] ==
		       before->relations.named_count &&
	       are_numbers(edit, before->relations.replacements, count, true) &&
	       are_numbers(edit, before->relations.replaced, count, true) &&
	       are_numbers(edit, before->topics.items,
			   before->topics.item_count, false) &&
	       are_places(edit) && are_dates(edit) && are_lists(edit);
}

/* --- what is one a resource --- */

static void place_all(struct plan_edit *edit)
{
	const struct moved_resource *moved = edit->moved.items;
	struct stored_placement *places =
		moved_array(edit, edit->arrangement.places, sizeof(*places));
	uint8_t *types = moved_array(edit, edit->catalog.types, 1);
	uint64_t *rows = moved_array(edit, edit->before.rows, sizeof(*rows));
	uint8_t *named = moved_array(edit, edit->before.references.named, 1);

	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].now != none) {
			places[moved[i].now] = moved[i].to;
			types[moved[i].now] = (uint8_t)moved[i].is.type;
		}
	edit->image->arrangement->places = places;
	edit->image->catalog->types = types;
	edit->image->rows = rows;
	edit->image->references.named = named;
}

/* Newest first; numbers follow the paths. */
static int compare_dates(const void *left, const void *right, void *context)
{
	const struct catalog *catalog = context;
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;
	struct resource one, other;

	catalog_get(&one, catalog, a);
	catalog_get(&other, catalog, b);
	if (one.date.seconds != other.date.seconds)
		return one.date.seconds < other.date.seconds ? 1 : -1;
	return (a > b) - (a < b);
}

static struct numbers moved_now(const struct plan_edit *edit)
{
	const struct moved_resource *moved = edit->moved.items;
	uint32_t *numbers =
		arena_array(edit->arena, edit->moved.count, sizeof(*numbers));
	size_t count = 0;

	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].now != none)
			numbers[count++] = moved[i].now;
	return (struct numbers){ numbers, count };
}

static void order_by_date(struct plan_edit *edit)
{
	struct catalog *catalog = edit->image->catalog;
	struct numbers stayed = { NULL, edit->catalog.count };
	struct numbers all;
	uint32_t *ranks;

	stayed.items =
		plan_edit_stayed(edit, edit->catalog.by_date, &stayed.count);
	all = plan_edit_merge(stayed, moved_now(edit), compare_dates, catalog,
			      edit->arena);
	ranks = arena_raw(edit->arena, all.count * sizeof(*ranks));
	for (uint32_t i = 0; i < all.count; i++)
		ranks[all.items[i]] = i;
	catalog->by_date = all.items;
	catalog->ranks = ranks;
}

static void move_ids(struct plan_edit *edit)
{
	const struct map *before = &edit->catalog.own_ids;
	struct map *now = &edit->image->catalog->own_ids;

	map_init(now, edit->arena);
	for (size_t i = 0; i < before->count; i++) {
		uint32_t number =
			(uint32_t)(uintptr_t)before->entries[i].value - 1;

		if (number < edit->catalog.count &&
		    edit->now_of[number] != none)
			map_set(now, before->entries[i].key,
				(void *)(uintptr_t)(edit->now_of[number] + 1));
	}
}

/* --- relations: what moved has none --- */

static void move_named(struct plan_edit *edit)
{
	struct relations *now = &edit->image->relations;
	const struct relations *before = &edit->before.relations;
	size_t count = edit->image->catalog->count;
	uint32_t *starts = arena_array(edit->arena, count + 1, sizeof(*starts));
	uint32_t *items =
		arena_array(edit->arena, before->named_count, sizeof(*items));

	for (uint32_t i = 0; i < count; i++) {
		uint32_t was = renumbering_before(&edit->resources, i);

		starts[i + 1] =
			was == none ? starts[i] : before->named_starts[was + 1];
	}
	for (size_t i = 0; i < before->named_count; i++)
		items[i] = edit->now_of[before->named_items[i]];
	now->named_starts = starts;
	now->named_items = items;
}

/* What a limit pushed out stands in no list of its own any more. */
static void displace_pushed(uint32_t *positions, const struct plan_edit *edit,
			    const struct site *site,
			    const struct column *column)
{
	const struct column_list *before =
		&edit->columns[edit->column_starts[site->number] +
			       column->number]
			 .before;
	size_t count = before->live_count;
	size_t pushed = count < edit->moved.count ? count : edit->moved.count;

	for (size_t i = count - pushed; i < count; i++) {
		uint32_t number = before->live[i];
		const struct stored_placement *place =
			&edit->arrangement.places[number];

		if (edit->now_of[number] != none &&
		    place->site == site->number + 1 &&
		    place->column == column->number)
			positions[edit->now_of[number]] = none;
	}
}

static void place_list(uint32_t *positions, const struct plan_edit *edit,
		       const struct site *site, const struct column *column)
{
	for (uint32_t i = 0; i < column->list.live_count; i++) {
		uint32_t number = column->list.live[i];
		const struct stored_placement *place =
			&edit->image->arrangement->places[number];

		if (place->site == site->number + 1 &&
		    place->column == column->number)
			positions[number] = i;
	}
}

static void move_positions(struct plan_edit *edit)
{
	const struct cluster *cluster = edit->arrangement.cluster;
	const struct moved_resource *moved = edit->moved.items;
	uint32_t *positions = moved_array(
		edit, edit->before.relations.positions, sizeof(*positions));

	for (size_t i = 0; i < edit->moved.count; i++)
		if (moved[i].now != none)
			positions[moved[i].now] = none;
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		for (size_t k = 0; k < site->column_count; k++) {
			if (!edit->columns[edit->column_starts[i] + k]
				     .is_edited)
				continue;
			displace_pushed(positions, edit, site,
					&site->columns[k]);
			place_list(positions, edit, site, &site->columns[k]);
		}
	}
	edit->image->relations.positions = positions;
}

static void move_relations(struct plan_edit *edit)
{
	struct relations *now = &edit->image->relations;
	const struct relations *before = &edit->before.relations;

	move_positions(edit);
	if (renumbering_is_none(&edit->resources))
		return;
	move_named(edit);
	now->replacements = moved_numbers(edit, before->replacements);
	now->replaced = moved_numbers(edit, before->replaced);
}

/* --- files --- */

static void move_history(struct plan_edit *edit)
{
	const struct snapshot *now = edit->image->catalog->snapshot;
	const struct file_history *before = edit->before.history;
	struct file_history *history;

	if (renumbering_is_none(&edit->files))
		return;
	history = arena_array(edit->arena, now->count, sizeof(*history));
	for (uint32_t i = 0; i < now->count; i++) {
		uint32_t was = renumbering_before(&edit->files, i);

		if (was != none)
			history[i] = before[was];
	}
	edit->image->history = history;
}

static void move_edges(struct plan_edit *edit)
{
	const struct plan_edge *before = edit->before.references.edges;
	struct plan_edge *now;
	size_t count = 0;

	if (renumbering_is_none(&edit->resources))
		return;
	now = arena_array(edit->arena, edit->before.references.edge_count,
			  sizeof(*now));
	for (size_t i = 0; i < edit->before.references.edge_count; i++) {
		uint32_t number = before[i].resource < edit->catalog.count
					  ? edit->now_of[before[i].resource]
					  : none;

		if (number != none)
			now[count++] =
				(struct plan_edge){ before[i].name, number };
	}
	edit->image->references.edges = now;
	edit->image->references.edge_count = count;
}

/* --- moments --- */

/* What time alone changes of those that moved is another. */
static void move_dates(struct plan_edit *edit)
{
	const struct plan_dates *before = &edit->before.dates;
	const struct moved_resource *moved = edit->moved.items;
	struct moment as_of = edit->image->arrangement->as_of;
	struct list now;

	list_init(&now, sizeof(struct dated_change));
	list_reserve(&now, before->count + edit->moved.count, edit->arena);
	for (size_t i = 0; i < before->count; i++) {
		struct dated_change change = before->items[i];

		if (edit->is_moved[change.resource])
			continue;
		change.resource = edit->now_of[change.resource];
		*(struct dated_change *)list_add(&now, edit->arena) = change;
	}
	for (size_t i = 0; i < edit->moved.count; i++) {
		struct moment next;

		if (moved[i].now == none)
			continue;
		next = resource_next(&moved[i].is, as_of).moment;
		if (next.is_set)
			*(struct dated_change *)list_add(&now, edit->arena) =
				(struct dated_change){ next.seconds,
						       moved[i].now, 0 };
	}
	dated_changes_sort(&now);
	edit->image->dates = (struct plan_dates){ now.items, now.count };
}

bool plan_edit_apply(struct plan_edit *edit)
{
	index_moved(edit);
	if (!is_sound(edit))
		return false;
	place_all(edit);
	order_by_date(edit);
	move_ids(edit);
	if (!plan_edit_lists(edit) || !plan_edit_topics(edit))
		return false;
	move_relations(edit);
	move_history(edit);
	move_edges(edit);
	move_dates(edit);
	return !edit->catalog.snapshot->trust->is_lost;
}
