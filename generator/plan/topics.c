/*
 * The keywords of all sections are gathered from the topics, then one walk from
 * the newest resource gives each keyword its resources. It ends as soon as all
 * have as many as a section shows.
 *
 * An archived topic changes no more: its sections have the newest up to the day
 * it was archived. So a keyword can be wanted several times, each time up to
 * another moment; each has a row of its own, with the moment behind the
 * keyword. The rows of a keyword stand from the latest moment to the earliest,
 * as the walk comes to them: those that take what is found are always
 * neighbours, and a hundred thousand archived topics cost no more than what
 * they show.
 */
#include "plan/topics.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/pack.h"

struct wanted_row {
	str keyword;
	int64_t until; /* the last second that counts */
	uint32_t count;
	uint32_t items[SECTION_ITEMS_KEPT];
};

/* The rows of one keyword. From `full` up to `begun` they take what is found.
 */
struct keyword_rows {
	size_t full;
	size_t begun;
	size_t end;
};

struct wanted {
	struct list rows;    /* struct wanted_row, sorted */
	struct map keywords; /* struct keyword_rows */
};

/* --- which keywords --- */

/* A day without an hour is meant as a whole. */
static int64_t last_second(struct moment archived_since)
{

	return archived_since.seconds +
	       (archived_since.has_time ? 0 : SECONDS_A_DAY - 1);
}

static int64_t closed_since(const struct arrangement *arrangement,
			    uint32_t topic)
{
	struct placement placement = arrangement_of(arrangement, topic);

	return placement.visibility == VISIBLE_ARCHIVED
		       ? last_second(placement.archived_since)
		       : INT64_MAX;
}

/* A keyword and a moment as one text; no keyword has a line break. */
static str key_of(str keyword, int64_t until, struct arena *arena)
{
	if (until == INT64_MAX)
		return keyword;
	return arena_printf(arena, "%.*s\n%lld", STR_ARG(keyword),
			    (long long)until);
}

static void add_keywords(struct wanted *wanted,
			 const struct arrangement *arrangement, uint32_t number)
{
	int64_t until = closed_since(arrangement, number);
	struct resource resource;
	str rest, keyword;

	catalog_get(&resource, arrangement->catalog, number);
	rest = resource.sections;
	while (unpack_text(&keyword, &rest)) {
		struct wanted_row *row =
			list_add(&wanted->rows, wanted->keywords.arena);

		*row = (struct wanted_row){ .keyword = keyword,
					    .until = until };
	}
}

static int compare_wanted(const void *left, const void *right)
{
	const struct wanted_row *a = left;
	const struct wanted_row *b = right;
	int order = str_compare(a->keyword, b->keyword);

	return order != 0 ? order
			  : (a->until < b->until) - (a->until > b->until);
}

static void sort_rows(struct list *list)
{
	struct wanted_row *rows = list->items;
	size_t kept = 0;

	if (list->count > 0)
		qsort(rows, list->count, sizeof(*rows), compare_wanted);
	for (size_t i = 0; i < list->count; i++)
		if (kept == 0 || compare_wanted(&rows[kept - 1], &rows[i]) != 0)
			rows[kept++] = rows[i];
	list->count = kept;
}

static void find_rows_of_keywords(struct wanted *wanted)
{
	const struct wanted_row *rows = wanted->rows.items;
	struct keyword_rows *of = NULL;

	for (size_t i = 0; i < wanted->rows.count; i++) {
		if (i == 0 ||
		    !str_equal(rows[i].keyword, rows[i - 1].keyword)) {
			of = arena_alloc(wanted->keywords.arena, sizeof(*of));
			*of = (struct keyword_rows){ .full = i, .begun = i };
			map_add(&wanted->keywords, rows[i].keyword, of);
		}
		of->end = i + 1;
	}
}

static void find_keywords(struct wanted *wanted,
			  const struct arrangement *arrangement)
{
	const struct catalog *catalog = arrangement->catalog;

	for (uint32_t i = 0; i < catalog->count; i++)
		if (resource_type_means(catalog_type(catalog, i),
					MEANS_SECTIONS) &&
		    arrangement_has_page(arrangement, i))
			add_keywords(wanted, arrangement, i);
	sort_rows(&wanted->rows);
	find_rows_of_keywords(wanted);
}

/* --- what has them --- */

static void add_item(struct wanted_row *row, uint32_t number)
{
	/* a resource may name a keyword twice */
	if (row->count == 0 || row->items[row->count - 1] != number)
		row->items[row->count++] = number;
}

/* How many rows it was the last one for. */
static size_t collect_one(struct keyword_rows *of, struct wanted_row *rows,
			  uint32_t number, struct moment date)
{
	size_t full = of->full;

	while (of->begun < of->end && date.seconds <= rows[of->begun].until)
		of->begun++;
	for (size_t i = full; i < of->begun; i++)
		add_item(&rows[i], number);
	/* whoever began earlier has no fewer */
	while (of->full < of->begun &&
	       rows[of->full].count == SECTION_ITEMS_KEPT)
		of->full++;
	return of->full - full;
}

static size_t collect(struct wanted *wanted, uint32_t number,
		      const struct resource *resource)
{
	str rest = resource->keywords;
	size_t filled = 0;
	str keyword;

	while (unpack_text(&keyword, &rest)) {
		struct keyword_rows *of = map_get(&wanted->keywords, keyword);

		if (of != NULL)
			filled += collect_one(of, wanted->rows.items, number,
					      resource->date);
	}
	return filled;
}

static size_t walk(struct wanted *wanted, const struct arrangement *arrangement)
{
	const struct catalog *catalog = arrangement->catalog;
	size_t filled = 0;
	size_t i = 0;

	for (; i < catalog->count && filled < wanted->rows.count; i++) {
		uint32_t number = catalog->by_date[i];
		struct resource resource;

		if (!arrangement_has_page(arrangement, number))
			continue;
		catalog_get(&resource, catalog, number);
		filled += collect(wanted, number, &resource);
	}
	return i;
}

/* --- the index --- */

/* A row and the key it is found by. */
struct keyed_row {
	str key;
	const struct wanted_row *wanted;
};

static int compare_rows(const void *left, const void *right)
{
	const struct keyed_row *a = left;
	const struct keyed_row *b = right;

	return str_compare(a->key, b->key);
}

static const struct keyed_row *by_key(const struct list *wanted,
				      struct arena *arena)
{
	struct keyed_row *rows =
		arena_array(arena, wanted->count, sizeof(*rows));
	const struct wanted_row *row = wanted->items;

	for (size_t i = 0; i < wanted->count; i++)
		rows[i] = (struct keyed_row){
			key_of(row[i].keyword, row[i].until, arena), &row[i]
		};
	qsort(rows, wanted->count, sizeof(*rows), compare_rows);
	return rows;
}

static void lay_out(struct topics *out, const struct keyed_row *rows,
		    size_t count, struct arena *arena)
{
	str *keywords = arena_array(arena, count, sizeof(str));
	uint32_t *starts = arena_array(arena, count + 1, sizeof(*starts));
	uint32_t *items;

	for (size_t i = 0; i < count; i++) {
		keywords[i] = arena_copy(arena, rows[i].key);
		starts[i + 1] = starts[i] + rows[i].wanted->count;
	}
	items = arena_array(arena, starts[count], sizeof(*items));
	for (size_t i = 0; i < count; i++)
		memcpy(items + starts[i], rows[i].wanted->items,
		       rows[i].wanted->count * sizeof(*items));
	out->keywords = keywords;
	out->count = count;
	out->starts = starts;
	out->items = items;
	out->item_count = starts[count];
}

void topics_make(struct topics *out, const struct arrangement *arrangement,
		 struct arena *arena)
{
	struct arena scratch;
	struct wanted wanted;

	*out = (struct topics){ .arrangement = arrangement };
	arena_init(&scratch);
	list_init(&wanted.rows, sizeof(struct wanted_row));
	map_init(&wanted.keywords, &scratch);
	find_keywords(&wanted, arrangement);
	if (wanted.rows.count > 0) {
		out->looked_at = walk(&wanted, arrangement);
		lay_out(out, by_key(&wanted.rows, &scratch), wanted.rows.count,
			arena);
	}
	arena_release(&scratch);
}

/* --- questions --- */

/* The keyword's items; none when the record is damaged. */
static size_t items_of(const struct topics *topics, size_t keyword,
		       const uint32_t **out)
{
	const struct snapshot *snapshot =
		topics->arrangement->catalog->snapshot;
	uint32_t start = topics->starts[keyword];
	uint32_t end = topics->starts[keyword + 1];

	*out = topics->items + start;
	if (start <= end && end <= topics->item_count &&
	    snapshot_trusts(snapshot, *out, (end - start) * sizeof(**out)))
		return end - start;
	snapshot_damaged(snapshot);
	return 0;
}

static const str *find_row(const struct topics *topics, str keyword,
			   uint32_t topic)
{
	const str *found = NULL;
	struct arena scratch;
	str key;

	arena_init(&scratch);
	key = key_of(keyword, closed_since(topics->arrangement, topic),
		     &scratch);
	if (topics->count > 0)
		found = bsearch(&key, topics->keywords, topics->count,
				sizeof(key), str_compare_items);
	arena_release(&scratch);
	return found;
}

size_t topics_items(const struct topics *topics, str keyword, uint32_t topic,
		    uint32_t *out)
{
	const struct catalog *catalog = topics->arrangement->catalog;
	const str *found = find_row(topics, keyword, topic);
	const uint32_t *items;
	size_t count = 0;
	size_t kept;

	if (found == NULL)
		return 0;
	kept = items_of(topics, (size_t)(found - topics->keywords), &items);
	for (size_t i = 0; i < kept && count < SECTION_ITEMS_LIMIT; i++)
		if (items[i] != topic && catalog_has(catalog, items[i]))
			out[count++] = items[i];
	return count;
}
