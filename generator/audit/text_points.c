/*
 * A point at a time is folded, as what it becomes must know where it stood: a
 * library that folds whole texts keeps no places.
 */
#include "audit/text_points.h"

#include <assert.h>

#include "base/unicode.h"

struct folding {
	uint32_t *points;
	uint32_t *places;
	size_t count;
	size_t room;
	struct arena *arena;
};

static void make_room(struct folding *folding, size_t room)
{
	uint32_t *points = arena_raw(folding->arena, room * sizeof(*points));
	uint32_t *places =
		arena_raw(folding->arena, (room + 1) * sizeof(*places));

	for (size_t i = 0; i < folding->count; i++) {
		points[i] = folding->points[i];
		places[i] = folding->places[i];
	}
	folding->points = points;
	folding->places = places;
	folding->room = room;
}

static void add_point(struct folding *folding, uint32_t point, size_t place)
{
	if (folding->count == folding->room)
		make_room(folding, folding->room * 2);
	folding->points[folding->count] = point;
	folding->places[folding->count++] = (uint32_t)place;
}

/* Most of a Chinese text: nothing is to be done with it. */
static bool is_plain(uint32_t point)
{
	return (point >= 0x4e00 && point <= 0x9fff) || point == '\n' ||
	       (point >= ' ' && point < 'A') || (point > 'Z' && point < 0x7f);
}

static void fold_point(struct folding *folding, uint32_t point, size_t place)
{
	uint32_t parts[UNICODE_PARTS];
	size_t count = unicode_compatible(parts, point);

	for (size_t i = 0; i < count; i++)
		add_point(folding, unicode_lower(parts[i]), place);
}

static void finish(struct text_points *out, const struct folding *folding,
		   str text)
{
	folding->places[folding->count] = (uint32_t)text.len;
	*out = (struct text_points){ text, folding->points, folding->places,
				     folding->count };
}

void text_points_fold(struct text_points *out, str text, struct arena *arena)
{
	struct folding folding = { .arena = arena };
	size_t at = 0;

	assert(text.len < UINT32_MAX);
	make_room(&folding, text.len / 2 + 16);
	while (at < text.len) {
		size_t place = at;
		uint32_t point = unicode_next(text, &at);

		if (is_plain(point))
			add_point(&folding, point, place);
		else
			fold_point(&folding, point, place);
	}
	finish(out, &folding, text);
}

void text_points_decode(struct text_points *out, str text, struct arena *arena)
{
	struct folding folding = { .arena = arena };
	size_t at = 0;

	assert(text.len < UINT32_MAX);
	make_room(&folding, text.len / 2 + 16);
	while (at < text.len) {
		size_t place = at;

		add_point(&folding, unicode_next(text, &at), place);
	}
	finish(out, &folding, text);
}

str text_points_slice(const struct text_points *folded, size_t start,
		      size_t end)
{
	return str_between(folded->text, folded->places[start],
			   folded->places[end]);
}

bool text_points_has(const struct text_points *points, size_t at, str word)
{
	size_t byte = 0;

	for (; byte < word.len; at++)
		if (at >= points->count ||
		    points->points[at] !=
			    unicode_lower(unicode_next(word, &byte)))
			return false;
	return true;
}

bool text_points_has_one(const struct text_points *points, size_t at,
			 const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (text_points_has(points, at, str_from_c(words[i])))
			return true;
	return false;
}

bool text_points_has_within(const struct text_points *points, size_t from,
			    size_t to, const char *const *words)
{
	for (size_t at = from; at < to && at < points->count; at++)
		if (text_points_has_one(points, at, words))
			return true;
	return false;
}

bool text_points_has_before(const struct text_points *points, size_t at,
			    size_t count, const char *const *words)
{
	size_t first = at > count ? at - count : 0;

	while (at > first) {
		if (text_points_at(points, --at) == '\n')
			return false;
		if (text_points_has_one(points, at, words))
			return true;
	}
	return false;
}

bool text_points_next(struct text_line *line, const struct text_points *points,
		      size_t *at)
{
	if (*at >= points->count)
		return false;
	line->start = *at;
	while (text_points_at(points, *at) != '\n')
		(*at)++;
	line->end = (*at)++;
	return true;
}
