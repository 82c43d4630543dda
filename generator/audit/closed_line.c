#include "audit/closed_line.h"

#include "base/unicode.h"

/* A character, or the star behind the mark of a secret. */
static bool is_character(uint32_t point)
{
	return unicode_is_ideograph(point) || point == 0x2605 ||
	       point == 0x2606;
}

/* How many blanks at `at` stand between characters. */
static size_t blanks_at(const struct text_points *text, size_t first, size_t at)
{
	size_t behind = at;

	while (text_points_at(text, behind) == ' ')
		behind++;
	if (behind == at || at == first ||
	    !is_character(text->points[at - 1]) ||
	    !is_character(text_points_at(text, behind)))
		return 0;
	return behind - at;
}

static bool has_blanks(const struct text_points *text,
		       const struct text_line *line)
{
	for (size_t at = line->start; at < line->end; at++)
		if (text->points[at] == ' ' &&
		    blanks_at(text, line->start, at) > 0)
			return true;
	return false;
}

bool closed_line_make(struct closed_line *out, const struct text_points *whole,
		      const struct text_line *line, struct arena *arena)
{
	size_t room = line->end - line->start;
	uint32_t *points, *origins, *places;
	size_t count = 0;

	if (!has_blanks(whole, line))
		return false;
	points = arena_raw(arena, room * sizeof(*points));
	origins = arena_raw(arena, room * sizeof(*origins));
	places = arena_raw(arena, (room + 1) * sizeof(*places));
	for (size_t at = line->start; at < line->end; at++) {
		at += blanks_at(whole, line->start, at);
		points[count] = whole->points[at];
		origins[count] = (uint32_t)at;
		places[count++] = whole->places[at];
	}
	places[count] = whole->places[line->end];
	*out = (struct closed_line){ whole,
				     { whole->text, points, places, count },
				     origins };
	return true;
}

/* Signs that stand in sentences, and neither in titles nor in cells. */
static bool is_sentence(const struct text_points *line)
{
	for (size_t i = 0; i < line->count; i++)
		if (unicode_is_among(line->points[i], "。,;!?"))
			return true;
	return false;
}

bool closed_line_breaks(const struct closed_line *line, size_t start,
			size_t end)
{
	const struct text_points *whole = line->whole;
	size_t first = line->origins[start];
	size_t last = line->origins[end - 1];

	if (last - first == end - 1 - start)
		return false;
	return end - start > 2 || first == 0 ||
	       !is_character(whole->points[first - 1]) ||
	       !is_character(text_points_at(whole, last + 1)) ||
	       is_sentence(&line->text);
}
