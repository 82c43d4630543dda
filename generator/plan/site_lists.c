/*
 * What a site owns is sorted once by column, year and date; the parts of
 * sitemaps, archives and feeds are slices of that. For the newest of all
 * columns the heads of their lists are enough, since no other can be among
 * them.
 */
#include "plan/site_lists.h"

#include "base/number.h"

#include <stdlib.h>

/* --- what each site publishes --- */

/* How the published resources of a site stand: by column, year and date. */
struct owned {
	uint32_t column;
	int32_t year;
	uint32_t rank; /* by date */
	uint32_t number;
};

static int compare_owned(const void *left, const void *right)
{
	const struct owned *a = left;
	const struct owned *b = right;

	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	if (a->year != b->year)
		return a->year > b->year ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

static int compare_archived(const void *left, const void *right, void *context)
{
	const struct arrangement *arrangement = context;
	const uint32_t *ranks = arrangement->catalog->ranks;
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;
	int order = moment_compare(arrangement->places[b].archived_since,
				   arrangement->places[a].archived_since);

	return order != 0 ? order
			  : (ranks[a] > ranks[b]) - (ranks[a] < ranks[b]);
}

static struct owned owned_of(const struct arrangement *arrangement,
			     uint32_t number)
{
	struct resource resource;

	catalog_get(&resource, arrangement->catalog, number);
	return (struct owned){ arrangement->places[number].column,
			       moment_date(resource.date).year,
			       arrangement->catalog->ranks[number], number };
}

/* How many resources each site publishes; places of the first, and the end. */
static size_t *count_owned(const struct arrangement *arrangement,
			   struct arena *arena)
{
	size_t sites = arrangement->cluster->count;
	size_t *starts = arena_array(arena, sites + 1, sizeof(*starts));

	for (uint32_t i = 0; i < arrangement->catalog->count; i++)
		if (arrangement_has_page(arrangement, i))
			starts[arrangement->places[i].site]++;
	for (size_t i = 0; i < sites; i++)
		starts[i + 1] += starts[i];
	return starts;
}

/* A site's rows are sorted by column and year. */
static void cut_parts(struct site_lists *lists, const struct owned *rows,
		      struct arena *arena)
{
	struct sitemap_part *part = NULL;
	struct list parts;

	list_init(&parts, sizeof(*part));
	for (uint32_t i = 0; i < lists->owned_count; i++) {
		bool same = part != NULL && part->column == rows[i].column &&
			    part->year == rows[i].year;

		if (!same || part->count == SITEMAP_ADDRESSES) {
			uint32_t number = same ? part->number + 1 : 0;

			part = list_add(&parts, arena);
			*part = (struct sitemap_part){ .first = i,
						       .column = rows[i].column,
						       .year = rows[i].year,
						       .number = number };
		}
		part->count++;
	}
	lists->parts = parts.items;
	lists->part_count = parts.count;
}

static void distribute(struct site_lists *lists,
		       const struct arrangement *arrangement,
		       struct arena *arena)
{
	size_t sites = arrangement->cluster->count;
	struct arena scratch;
	size_t *starts;
	struct owned *all;
	uint32_t *numbers;

	arena_init(&scratch);
	starts = count_owned(arrangement, &scratch);
	all = arena_array(&scratch, starts[sites], sizeof(*all));
	numbers = arena_array(arena, starts[sites], sizeof(*numbers));
	for (uint32_t i = 0; i < arrangement->catalog->count; i++)
		if (arrangement_has_page(arrangement, i)) {
			size_t site = arrangement->places[i].site - 1;

			all[starts[site] + lists[site].owned_count++] =
				owned_of(arrangement, i);
		}
	for (size_t i = 0; i < sites; i++) {
		qsort(all + starts[i], lists[i].owned_count, sizeof(*all),
		      compare_owned);
		lists[i].owned = numbers + starts[i];
		cut_parts(&lists[i], all + starts[i], arena);
	}
	for (size_t i = 0; i < starts[sites]; i++)
		numbers[i] = all[i].number;
	arena_release(&scratch);
}

static void gather_archived(struct site_lists *lists,
			    const struct arrangement *arrangement,
			    struct arena *arena)
{
	size_t count = 0;
	uint32_t *archived;

	for (size_t i = 0; i < lists->owned_count; i++)
		count += arrangement->places[lists->owned[i]].visibility ==
			 VISIBLE_ARCHIVED;
	archived = arena_array(arena, count, sizeof(*archived));
	for (size_t i = 0; i < lists->owned_count; i++)
		if (arrangement->places[lists->owned[i]].visibility ==
		    VISIBLE_ARCHIVED)
			archived[lists->archived_count++] = lists->owned[i];
	qsort_r(archived, count, sizeof(*archived), compare_archived,
		(void *)arrangement);
	lists->archived = archived;
}

/* --- what the search finds --- */

struct search {
	struct list found; /* uint32_t */
	bool *is_found;	   /* by resource number; cleared behind each site */
	struct arena *arena;
};

static void find(struct search *search, uint32_t number)
{
	if (search->is_found[number])
		return;
	search->is_found[number] = true;
	*(uint32_t *)list_add(&search->found, search->arena) = number;
}

static void find_services(struct search *search, const struct column *column,
			  const struct catalog *catalog)
{
	for (size_t i = 0; i < column->list.live_count; i++) {
		uint32_t number = column->list.live[i];

		if (catalog_type(catalog, number)->found_everywhere)
			find(search, number);
	}
}

/* What a site publishes that is no notice about itself. */
static bool is_on_live_site(const struct arrangement *arrangement,
			    uint32_t number)
{
	uint32_t site = arrangement->places[number].site;

	return arrangement_has_page(arrangement, number) &&
	       !site_is_notice_only(&arrangement->cluster->sites[site - 1]);
}

static void find_all(struct search *search,
		     const struct arrangement *arrangement)
{
	for (uint32_t i = 0; i < arrangement->catalog->count; i++)
		if (is_on_live_site(arrangement, i))
			find(search, i);
}

static void find_own(struct search *search, const struct site_lists *lists,
		     const struct site *site, const struct catalog *catalog)
{
	for (size_t i = 0; i < lists->owned_count; i++)
		find(search, lists->owned[i]);
	for (size_t i = 0; i < site->column_count; i++)
		find_services(search, &site->columns[i], catalog);
}

static void find_searched(struct site_lists *lists, const struct site *site,
			  const struct arrangement *arrangement, bool *is_found,
			  struct arena *arena)
{
	struct search search = { .is_found = is_found, .arena = arena };
	struct list blocks;
	uint32_t *numbers;

	list_init(&search.found, sizeof(uint32_t));
	if (site->kind == KIND_PORTAL)
		find_all(&search, arrangement);
	else
		find_own(&search, lists, site, arrangement->catalog);
	numbers = search.found.items;
	for (size_t i = 0; i < search.found.count; i++)
		is_found[numbers[i]] = false;
	search_blocks_cut(&blocks, numbers, search.found.count,
			  arrangement->catalog, arena);
	lists->searched = numbers;
	lists->searched_count = search.found.count;
	lists->blocks = blocks.items;
	lists->block_count = blocks.count;
}

bool site_lists_trust_search(const struct site_lists *lists,
			     const struct snapshot *snapshot)
{
	bool ok = snapshot_trusts(snapshot, lists->searched,
				  lists->searched_count * sizeof(uint32_t)) &&
		  snapshot_trusts(snapshot, lists->blocks,
				  lists->block_count * sizeof(*lists->blocks));

	for (size_t i = 0; ok && i < lists->block_count; i++)
		ok = lists->blocks[i].first <= lists->searched_count &&
		     lists->blocks[i].count <=
			     lists->searched_count - lists->blocks[i].first;
	if (!ok)
		snapshot_damaged(snapshot);
	return ok;
}

/* --- the newest below each column --- */

static size_t drop_repeated(uint32_t *items, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (kept == 0 || items[kept - 1] != items[i])
			items[kept++] = items[i];
	return kept;
}

/*
 * The first `limit` of each list are enough: no more can be among the newest,
 * unless a list is sorted otherwise; then all of it is looked at.
 */
static size_t candidates(const struct column *column, size_t limit)
{
	bool by_date = column->query.sort == SORT_NEWEST;

	return by_date && column->list.live_count > limit
		       ? limit
		       : column->list.live_count;
}

struct column_newest site_lists_newest(const struct site *site,
				       const struct column *top,
				       const struct catalog *catalog,
				       size_t limit, struct arena *arena)
{
	struct column_newest newest = { 0 };
	size_t count = 0;
	uint32_t *items;

	for (size_t i = top->number; i < top->subtree_end; i++)
		count += candidates(&site->columns[i], limit);
	items = arena_array(arena, count, sizeof(*items));
	count = 0;
	for (size_t i = top->number; i < top->subtree_end; i++) {
		const struct column *column = &site->columns[i];
		size_t wanted = candidates(column, limit);

		if (column->is_archived && !top->is_archived)
			continue;
		for (size_t j = 0; j < wanted; j++)
			items[count++] = column->list.live[j];
	}
	qsort_r(items, count, sizeof(*items), catalog_compare_newest,
		(void *)catalog);
	count = drop_repeated(items, count);
	newest.items = items;
	newest.count = count < limit ? count : limit;
	return newest;
}

static void find_newest(struct site_lists *lists, const struct site *site,
			const struct catalog *catalog, size_t limit,
			struct arena *arena)
{
	struct column_newest *newest =
		arena_array(arena, site->column_count, sizeof(*newest));

	for (size_t i = 0; i < site->column_count; i++)
		newest[i] = site_lists_newest(site, &site->columns[i], catalog,
					      limit, arena);
	lists->newest = newest;
}

struct site_lists *site_lists_make(const struct arrangement *arrangement,
				   size_t limit, struct arena *arena)
{
	const struct cluster *cluster = arrangement->cluster;
	struct site_lists *lists =
		arena_array(arena, cluster->count, sizeof(*lists));

	bool *is_found = arena_array(arena, arrangement->catalog->count,
				     sizeof(*is_found));

	distribute(lists, arrangement, arena);
	for (size_t i = 0; i < cluster->count; i++) {
		gather_archived(&lists[i], arrangement, arena);
		find_newest(&lists[i], &cluster->sites[i], arrangement->catalog,
			    limit, arena);
		find_searched(&lists[i], &cluster->sites[i], arrangement,
			      is_found, arena);
	}
	return lists;
}

/*
 * Leaders stand in an order that says who they are: what is newest of them and
 * of others would break it. So the first list below that has an order of its
 * own speaks for a column that selects nothing itself.
 */
static const struct column *find_ordered(const struct column *column)
{
	const struct column *end =
		column + (column->subtree_end - column->number);

	for (const struct column *below = column + 1;
	     !column->has_query && below < end; below++)
		if (below->has_query && below->child_count == 0 &&
		    below->query.sort == SORT_ORDER &&
		    below->list.live_count > 0)
			return below;
	return column;
}

struct column_newest site_lists_block(const struct site_lists *lists,
				      const struct column *column, size_t limit)
{
	struct column_newest rows;

	column = find_ordered(column);
	rows = lists->newest[column->number];
	if (column->has_query && column->child_count == 0)
		rows = (struct column_newest){ column->list.live,
					       column->list.live_count };
	if (rows.count > limit)
		rows.count = limit;
	return rows;
}

/* Blocks are few and short: all that was shown is looked through. */
static size_t add_unshown(uint32_t *shown, size_t count,
			  struct column_newest rows, size_t limit)
{
	size_t behind = count;

	for (size_t i = 0; i < rows.count && behind < count + limit; i++)
		if (!u32_is_among(rows.items[i], shown, behind))
			shown[behind++] = rows.items[i];
	return behind;
}

const struct column_newest *site_lists_home(const struct site_lists *lists,
					    const struct site *site,
					    const struct snapshot *snapshot,
					    struct arena *arena)
{
	struct column_newest *blocks =
		arena_array(arena, site->block_count, sizeof(*blocks));
	uint32_t *shown;
	size_t count = 0;
	size_t room = 0;

	for (size_t i = 0; i < site->block_count; i++)
		room += site->blocks[i].limit;
	shown = arena_array(arena, room, sizeof(*shown));
	for (size_t i = 0; i < site->block_count; i++) {
		const struct home_block *block = &site->blocks[i];
		struct column_newest rows =
			site_lists_block(lists, block->column, room);
		size_t before = count;

		if (block->kind == AS_SHORTCUT ||
		    (block->column->is_archived &&
		     site->state != STATE_ARCHIVED) ||
		    !snapshot_trusts(snapshot, rows.items,
				     rows.count * sizeof(*rows.items)))
			continue;
		count = add_unshown(shown, count, rows, block->limit);
		blocks[i] = (struct column_newest){ shown + before,
						    count - before };
	}
	return blocks;
}

/* --- years --- */

static int16_t year_at(const struct column *column,
		       const struct catalog *catalog, size_t place)
{
	struct resource resource;

	catalog_get(&resource, catalog, column->list.live[place]);
	return moment_date(resource.date).year;
}

/* The first place from `place` on that is of another year. */
static size_t end_of_year(const struct column *column,
			  const struct catalog *catalog, size_t place)
{
	int16_t year = year_at(column, catalog, place);
	size_t low = place + 1;
	size_t high = column->list.live_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (year_at(column, catalog, middle) == year)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t column_years(struct column_year out[COLUMN_YEARS_MOST],
		    const struct column *column, const struct catalog *catalog,
		    size_t page_size)
{
	size_t total = column->list.live_count;
	size_t numbered = total < 2 * page_size ? 0 : total / page_size - 1;
	size_t count = 0;

	if (column->query.sort != SORT_NEWEST || numbered == 0)
		return 0;
	for (size_t place = 0; place < total && count < COLUMN_YEARS_MOST;
	     place = end_of_year(column, catalog, place)) {
		size_t newest = total - numbered * page_size;

		out[count++] = (struct column_year){
			year_at(column, catalog, place),
			place < newest
				? 0
				: (uint32_t)((total - place + page_size - 1) /
					     page_size)
		};
	}
	return count;
}

/* --- feeds --- */

struct dated_row {
	int64_t seconds;
	uint32_t number;
};

static int compare_rows(const void *left, const void *right)
{
	const struct dated_row *a = left;
	const struct dated_row *b = right;

	if (a->seconds != b->seconds)
		return a->seconds > b->seconds ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

/* Those of the columns of the top, in no order, some of them twice. */
static struct dated_row *top_rows(size_t *count, const struct site_lists *lists,
				  const struct site *site,
				  const struct catalog *catalog,
				  struct arena *arena)
{
	struct dated_row *rows;
	size_t room = 0;

	*count = 0;
	for (size_t i = 0; i < site->column_count;
	     i = site->columns[i].subtree_end)
		room += lists->newest[i].count;
	rows = arena_array(arena, room, sizeof(*rows));
	for (size_t i = 0; i < site->column_count;
	     i = site->columns[i].subtree_end)
		for (size_t j = 0; !site->columns[i].is_archived &&
				   j < lists->newest[i].count;
		     j++) {
			uint32_t number = lists->newest[i].items[j];
			struct resource resource;

			if (!catalog_has(catalog, number))
				continue;
			catalog_get(&resource, catalog, number);
			rows[(*count)++] =
				(struct dated_row){ resource.date.seconds,
						    number };
		}
	return rows;
}

struct column_newest site_lists_feed(const struct site_lists *lists,
				     const struct site *site,
				     const struct column *column,
				     const struct arrangement *arrangement,
				     struct arena *arena)
{
	size_t limit = arrangement->cluster->platform.feed_size;
	struct dated_row *rows;
	uint32_t *items;
	size_t count;
	size_t kept = 0;

	if (column != NULL)
		return lists->newest[column->number];
	rows = top_rows(&count, lists, site, arrangement->catalog, arena);
	items = arena_array(arena, count, sizeof(*items));
	if (count > 1)
		qsort(rows, count, sizeof(*rows), compare_rows);
	for (size_t i = 0; i < count && kept < limit; i++)
		if (kept == 0 || items[kept - 1] != rows[i].number)
			items[kept++] = rows[i].number;
	return (struct column_newest){ items, kept };
}
