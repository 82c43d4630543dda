/*
 * Each list of numbers is ascending, because resources are added so, and their
 * paths ascend with them. So what a list or a folder has of a range is a slice
 * that two binary searches find, and its length is known before anything is
 * looked at.
 */
#include "site/query_index.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/pack.h"
#include "base/sorted.h"

/* A row of numbers in a list, or without one the numbers themselves. */
struct slice {
	const uint32_t *numbers;
	size_t first;
	size_t behind;
};

/* One way to come by the candidates: all of these slices. */
struct way {
	struct slice *slices;
	size_t count;
	size_t length; /* of all */
};

void query_index_init(struct query_index *index,
		      const struct candidate *candidates, struct arena *arena)
{
	*index = (struct query_index){ .candidates = candidates,
				       .arena = arena };
	for (size_t i = 0; i < QUERY_TEXT_COUNT; i++)
		map_init(&index->texts[i], arena);
	for (size_t i = 0; i < RESOURCE_TYPE_LIMIT; i++)
		list_init(&index->types[i], sizeof(uint32_t));
}

/* --- filling -------------------------------------------------------------- */

static void want_texts(struct query_index *index, enum query_text kind,
		       const struct text_list *texts)
{
	for (size_t i = 0; i < texts->count; i++) {
		struct list *numbers;

		if (map_has(&index->texts[kind], texts->items[i]))
			continue;
		numbers = arena_alloc(index->arena, sizeof(*numbers));
		list_init(numbers, sizeof(uint32_t));
		map_add(&index->texts[kind], texts->items[i], numbers);
	}
}

void query_index_want(struct query_index *index,
		      const struct column_query *query)
{
	want_texts(index, QUERY_TOPIC, &query->topics);
	want_texts(index, QUERY_KEYWORD, &query->keywords);
	want_texts(index, QUERY_AUDIENCE, &query->audience);
	for (uint32_t i = 0; i < RESOURCE_TYPE_LIMIT; i++)
		if (type_set_has(&query->types, i))
			type_set_add(&index->wanted, i);
}

/* A resource may name a keyword twice. */
static void add_number(struct list *numbers, uint32_t number,
		       struct arena *arena)
{
	const uint32_t *items;

	if (numbers == NULL)
		return;
	items = numbers->items;
	if (numbers->count == 0 || items[numbers->count - 1] != number)
		*(uint32_t *)list_add(numbers, arena) = number;
}

static void add_text(struct query_index *index, enum query_text kind, str text,
		     uint32_t number)
{
	add_number(map_get(&index->texts[kind], text), number, index->arena);
}

static void add_texts(struct query_index *index, enum query_text kind,
		      str packed, uint32_t number)
{
	str text;

	while (index->texts[kind].count > 0 && unpack_text(&text, &packed))
		add_text(index, kind, text, number);
}

/* A topic, and each one above it. */
static void add_topic(struct query_index *index, str topic, uint32_t number)
{
	size_t levels = 0;

	if (index->texts[QUERY_TOPIC].count == 0)
		return;
	for (size_t i = 0; i < topic.len && levels < QUERY_BORDER_LIMIT; i++) {
		if (topic.data[i] != '\\')
			continue;
		add_text(index, QUERY_TOPIC, str_between(topic, 0, i), number);
		levels++;
	}
	add_text(index, QUERY_TOPIC, topic, number);
}

void query_index_add(struct query_index *index, uint32_t number)
{
	const struct candidate *candidate = &index->candidates[number];

	if (type_set_has(&index->wanted, candidate->type))
		add_number(&index->types[candidate->type], number,
			   index->arena);
	add_topic(index, candidate->topic, number);
	add_texts(index, QUERY_KEYWORD, candidate->keywords, number);
	add_texts(index, QUERY_AUDIENCE, candidate->audience, number);
}

/* --- asking --------------------------------------------------------------- */

static size_t place_in(const struct list *numbers, size_t number)
{
	return sorted_count_below(numbers->items, numbers->count, number);
}

static void add_slice(struct way *way, const struct list *numbers, size_t first,
		      size_t behind)
{
	struct slice *slice = &way->slices[way->count++];

	*slice = (struct slice){ .numbers = numbers->items,
				 .first = place_in(numbers, first),
				 .behind = place_in(numbers, behind) };
	way->length += slice->behind - slice->first;
}

static struct way by_texts(const struct query_index *index,
			   enum query_text kind, const struct text_list *texts,
			   size_t first, size_t behind, struct arena *arena)
{
	struct way way = { .slices = arena_array(arena, texts->count,
						 sizeof(*way.slices)) };

	for (size_t i = 0; i < texts->count; i++)
		add_slice(&way, map_get(&index->texts[kind], texts->items[i]),
			  first, behind);
	return way;
}

static struct way by_types(const struct query_index *index,
			   const struct type_set *types, size_t first,
			   size_t behind, struct arena *arena)
{
	struct way way = { .slices = arena_array(arena, RESOURCE_TYPE_LIMIT,
						 sizeof(*way.slices)) };

	for (uint32_t i = 0; i < RESOURCE_TYPE_LIMIT; i++)
		if (type_set_has(types, i))
			add_slice(&way, &index->types[i], first, behind);
	return way;
}

/* The first path of the range that does not stand before the prefix. */
static size_t path_place(const struct query_index *index, str prefix,
			 size_t first, size_t behind)
{
	const struct sorted_rows range = {
		index->candidates + first,
		behind - first,
		sizeof(*index->candidates),
		offsetof(struct candidate, path),
	};

	return first + sorted_count_before(&range, prefix);
}

/* Behind "content/a/" comes what is not below it from "content/a0" on. */
static struct way by_folders(const struct query_index *index,
			     const struct text_list *folders, size_t first,
			     size_t behind, struct arena *arena)
{
	struct way way = { .slices = arena_array(arena, folders->count,
						 sizeof(*way.slices)) };

	for (size_t i = 0; i < folders->count; i++) {
		struct slice *slice = &way.slices[way.count++];

		slice->first =
			path_place(index,
				   arena_printf(arena, "content/%.*s/",
						STR_ARG(folders->items[i])),
				   first, behind);
		slice->behind =
			path_place(index,
				   arena_printf(arena, "content/%.*s0",
						STR_ARG(folders->items[i])),
				   slice->first, behind);
		way.length += slice->behind - slice->first;
	}
	return way;
}

static void choose(struct way *best, struct way way)
{
	if (way.count > 0 && way.length < best->length)
		*best = way;
}

/* Slices may have a resource in common. */
static size_t write_out(uint32_t *out, const struct way *way)
{
	size_t count = 0;
	size_t kept = 0;

	for (size_t i = 0; i < way->count; i++) {
		const struct slice *slice = &way->slices[i];

		for (size_t k = slice->first; k < slice->behind; k++)
			out[count++] = slice->numbers == NULL
					       ? (uint32_t)k
					       : slice->numbers[k];
	}
	if (way->count < 2 || count == 0)
		return count;
	qsort(out, count, sizeof(*out), u32_compare_items);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || out[kept - 1] != out[i])
			out[kept++] = out[i];
	return kept;
}

size_t query_index_take(uint32_t *out, struct query_index *index,
			const struct column_query *query, size_t first,
			size_t behind)
{
	struct slice all = { .first = first, .behind = behind };
	struct way best = { .slices = &all,
			    .count = 1,
			    .length = behind - first };
	struct arena scratch;
	size_t count;

	arena_init(&scratch);
	choose(&best, by_types(index, &query->types, first, behind, &scratch));
	choose(&best, by_texts(index, QUERY_TOPIC, &query->topics, first,
			       behind, &scratch));
	choose(&best, by_texts(index, QUERY_KEYWORD, &query->keywords, first,
			       behind, &scratch));
	choose(&best, by_texts(index, QUERY_AUDIENCE, &query->audience, first,
			       behind, &scratch));
	choose(&best,
	       by_folders(index, &query->folders, first, behind, &scratch));
	count = write_out(out, &best);
	arena_release(&scratch);
	index->looked_at += count;
	return count;
}
