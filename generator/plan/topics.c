/*
 * The keywords of all sections are gathered from the topics, then one walk from
 * the newest resource gives each keyword its resources. It ends as soon as all
 * have as many as a section shows.
 *
 * An archived topic changes no more: its sections have the newest up to the day
 * it was archived. So a keyword can be wanted several times, each time up to
 * another day; each has a row of its own, with the day behind the keyword.
 */
#include "plan/topics.h"

#include <stdlib.h>

#include "base/pack.h"

struct collected {
	struct moment until;	/* set: nothing that is newer */
	struct collected *next; /* the same keyword up to another day */
	uint32_t count;
	uint32_t items[SECTION_ITEMS_KEPT];
};

struct wanted {
	struct map keywords; /* struct collected, the first of its chain */
	size_t count;	     /* of all chains */
};

/* --- which keywords --- */

static struct moment closed_since(const struct arrangement *arrangement,
				  uint32_t topic)
{
	struct placement placement = arrangement_of(arrangement, topic);

	return placement.visibility == VISIBLE_ARCHIVED
		       ? placement.archived_since
		       : (struct moment){ 0 };
}

/* A keyword and a day as one text; no keyword has a line break. */
static str key_of(str keyword, struct moment until, struct arena *arena)
{
	if (!until.is_set)
		return keyword;
	return arena_printf(arena, "%.*s\n%lld", STR_ARG(keyword),
			    (long long)until.seconds);
}

static bool is_same_day(struct moment a, struct moment b)
{
	return a.is_set == b.is_set && (!a.is_set || a.seconds == b.seconds);
}

static void add_keyword(struct wanted *wanted, str keyword, struct moment until)
{
	struct arena *arena = wanted->keywords.arena;
	struct collected *first = map_get(&wanted->keywords, keyword);
	struct collected *added;

	for (struct collected *of = first; of != NULL; of = of->next)
		if (is_same_day(of->until, until))
			return;
	added = arena_alloc(arena, sizeof(*added));
	added->until = until;
	wanted->count++;
	if (first == NULL) {
		map_add(&wanted->keywords, keyword, added);
	} else {
		added->next = first->next;
		first->next = added;
	}
}

static void add_keywords(struct wanted *wanted,
			 const struct arrangement *arrangement, uint32_t number)
{
	struct moment until = closed_since(arrangement, number);
	struct resource resource;
	str rest, keyword;

	catalog_get(&resource, arrangement->catalog, number);
	rest = resource.sections;
	while (unpack_text(&keyword, &rest))
		add_keyword(wanted, keyword, until);
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
}

/* --- what has them --- */

/* A day without an hour is meant as a whole. */
static bool is_newer(struct moment date, struct moment until)
{
	enum { DAY = 24 * 60 * 60 };

	if (!until.is_set)
		return false;
	return until.has_time ? moment_compare(date, until) > 0
			      : date.seconds >= until.seconds + DAY;
}

/* Was it the last one of those? */
static bool collect_one(struct collected *of, uint32_t number,
			struct moment date)
{
	/* a resource may name a keyword twice */
	if (of->count == SECTION_ITEMS_KEPT || is_newer(date, of->until) ||
	    (of->count > 0 && of->items[of->count - 1] == number))
		return false;
	of->items[of->count++] = number;
	return of->count == SECTION_ITEMS_KEPT;
}

/* How many rows it was the last one for. */
static size_t collect(struct wanted *wanted, uint32_t number,
		      const struct resource *resource)
{
	str rest = resource->keywords;
	size_t filled = 0;
	str keyword;

	while (unpack_text(&keyword, &rest))
		for (struct collected *of = map_get(&wanted->keywords, keyword);
		     of != NULL; of = of->next)
			filled += collect_one(of, number, resource->date);
	return filled;
}

static size_t walk(struct wanted *wanted, const struct arrangement *arrangement)
{
	const struct catalog *catalog = arrangement->catalog;
	size_t filled = 0;
	size_t i = 0;

	for (; i < catalog->count && filled < wanted->count; i++) {
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

struct row {
	str key;
	const struct collected *of;
};

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left;
	const struct row *b = right;

	return str_compare(a->key, b->key);
}

static const struct row *sorted(const struct wanted *wanted)
{
	const struct map *keywords = &wanted->keywords;
	struct row *rows =
		arena_array(keywords->arena, wanted->count, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < keywords->count; i++)
		for (const struct collected *of = keywords->entries[i].value;
		     of != NULL; of = of->next)
			rows[count++] = (struct row){
				key_of(keywords->entries[i].key, of->until,
				       keywords->arena),
				of,
			};
	qsort(rows, count, sizeof(*rows), compare_rows);
	return rows;
}

static void lay_out(struct topics *out, const struct wanted *wanted,
		    struct arena *arena)
{
	const struct row *rows = sorted(wanted);
	str *keywords = arena_array(arena, wanted->count, sizeof(str));
	uint32_t *starts =
		arena_array(arena, wanted->count + 1, sizeof(*starts));
	uint32_t *items;

	for (size_t i = 0; i < wanted->count; i++) {
		keywords[i] = arena_copy(arena, rows[i].key);
		starts[i + 1] = starts[i] + rows[i].of->count;
	}
	items = arena_array(arena, starts[wanted->count], sizeof(*items));
	for (size_t i = 0; i < wanted->count; i++)
		memcpy(items + starts[i], rows[i].of->items,
		       rows[i].of->count * sizeof(*items));
	out->keywords = keywords;
	out->count = wanted->count;
	out->starts = starts;
	out->items = items;
	out->item_count = starts[wanted->count];
}

void topics_make(struct topics *out, const struct arrangement *arrangement,
		 struct arena *arena)
{
	struct arena scratch;
	struct wanted wanted = { 0 };

	*out = (struct topics){ .arrangement = arrangement };
	arena_init(&scratch);
	map_init(&wanted.keywords, &scratch);
	find_keywords(&wanted, arrangement);
	if (wanted.count > 0) {
		out->looked_at = walk(&wanted, arrangement);
		lay_out(out, &wanted, arena);
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
