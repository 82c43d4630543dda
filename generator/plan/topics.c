/*
 * The keywords of all sections are gathered from the topics, then one walk from
 * the newest resource gives each keyword its resources. It ends as soon as all
 * have as many as a section shows.
 */
#include "plan/topics.h"

#include <stdlib.h>

#include "base/pack.h"

/* One more than is shown: a topic that has the keyword leaves itself out. */
enum { KEPT = SECTION_ITEMS_LIMIT + 1 };

struct collected {
	uint32_t count;
	uint32_t items[KEPT];
};

/* --- which keywords --- */

static void add_keywords(struct map *wanted, const struct catalog *catalog,
			 uint32_t number)
{
	struct resource resource;
	str rest, keyword;

	catalog_get(&resource, catalog, number);
	rest = resource.sections;
	while (unpack_text(&keyword, &rest))
		if (!map_has(wanted, keyword))
			map_add(wanted, keyword,
				arena_alloc(wanted->arena,
					    sizeof(struct collected)));
}

static void find_keywords(struct map *wanted,
			  const struct arrangement *arrangement)
{
	const struct catalog *catalog = arrangement->catalog;

	for (uint32_t i = 0; i < catalog->count; i++)
		if (resource_type_means(catalog_type(catalog, i),
					MEANS_SECTIONS) &&
		    arrangement_has_page(arrangement, i))
			add_keywords(wanted, catalog, i);
}

/* --- what has them --- */

/* How many keywords it was the last one for. */
static size_t collect(struct map *wanted, uint32_t number, str keywords)
{
	size_t filled = 0;
	str keyword;

	while (unpack_text(&keyword, &keywords)) {
		struct collected *of = map_get(wanted, keyword);

		/* a resource may name a keyword twice */
		if (of == NULL || of->count == KEPT ||
		    (of->count > 0 && of->items[of->count - 1] == number))
			continue;
		of->items[of->count++] = number;
		filled += of->count == KEPT;
	}
	return filled;
}

static size_t walk(struct map *wanted, const struct arrangement *arrangement)
{
	const struct catalog *catalog = arrangement->catalog;
	size_t filled = 0;
	size_t i = 0;

	for (; i < catalog->count && filled < wanted->count; i++) {
		uint32_t number = catalog->by_date[i];

		if (arrangement_has_page(arrangement, number))
			filled += collect(wanted, number,
					  catalog_text(catalog, number,
						       RESOURCE_KEYWORDS));
	}
	return i;
}

/* --- the index --- */

static int compare_entries(const void *left, const void *right)
{
	const struct map_entry *const *a = left;
	const struct map_entry *const *b = right;

	return str_compare((*a)->key, (*b)->key);
}

static const struct map_entry **sorted(const struct map *wanted)
{
	const struct map_entry **entries = arena_array(
		wanted->arena, wanted->count, sizeof(struct map_entry *));

	for (size_t i = 0; i < wanted->count; i++)
		entries[i] = &wanted->entries[i];
	qsort(entries, wanted->count, sizeof(struct map_entry *),
	      compare_entries);
	return entries;
}

static void lay_out(struct topics *out, const struct map *wanted,
		    struct arena *arena)
{
	const struct map_entry **entries = sorted(wanted);
	str *keywords = arena_array(arena, wanted->count, sizeof(str));
	uint32_t *starts =
		arena_array(arena, wanted->count + 1, sizeof(*starts));
	uint32_t *items;

	for (size_t i = 0; i < wanted->count; i++) {
		const struct collected *of = entries[i]->value;

		keywords[i] = arena_copy(arena, entries[i]->key);
		starts[i + 1] = starts[i] + of->count;
	}
	items = arena_array(arena, starts[wanted->count], sizeof(*items));
	for (size_t i = 0; i < wanted->count; i++) {
		const struct collected *of = entries[i]->value;

		memcpy(items + starts[i], of->items,
		       of->count * sizeof(*items));
	}
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
	struct map wanted;

	*out = (struct topics){ .arrangement = arrangement };
	arena_init(&scratch);
	map_init(&wanted, &scratch);
	find_keywords(&wanted, arrangement);
	if (wanted.count > 0) {
		out->looked_at = walk(&wanted, arrangement);
		lay_out(out, &wanted, arena);
	}
	arena_release(&scratch);
}

/* --- questions --- */

static int compare_keyword(const void *left, const void *right)
{
	return str_compare(*(const str *)left, *(const str *)right);
}

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

size_t topics_items(const struct topics *topics, str keyword, uint32_t topic,
		    uint32_t *out)
{
	const struct catalog *catalog = topics->arrangement->catalog;
	const str *found =
		topics->count == 0
			? NULL
			: bsearch(&keyword, topics->keywords, topics->count,
				  sizeof(keyword), compare_keyword);
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
