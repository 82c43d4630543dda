#include "audit/folded_text.h"

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

void folded_text_make(struct folded_text *out, str text, struct arena *arena)
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
	folding.places[folding.count] = (uint32_t)text.len;
	*out = (struct folded_text){ text, folding.points, folding.places,
				     folding.count };
}

str folded_text_slice(const struct folded_text *folded, size_t start,
		      size_t end)
{
	return str_between(folded->text, folded->places[start],
			   folded->places[end]);
}
