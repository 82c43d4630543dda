/*
 * Runs are hashed while the text is gone through once: a polynomial over the
 * last five characters, mixed afterwards so that its bits are as good as
 * chance.
 */
#include "audit/text_sketch.h"

#include <string.h>

#include "base/unicode.h"

enum { RUN = 5, PART_BITS = 7 };

_Static_assert(1 << PART_BITS == SKETCH_VALUES, "a part for each value");

#define FACTOR UINT64_C(0x9e3779b97f4a7c15)

static uint64_t mix(uint64_t value)
{
	value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
	return value ^ (value >> 31);
}

struct sketching {
	uint64_t least[SKETCH_VALUES]; /* UINT64_MAX: none yet */
	uint64_t figures;
	uint32_t last[RUN];
	uint64_t hash;
	uint64_t power; /* FACTOR to the RUN */
	size_t count;	/* characters */
};

static void add_character(struct sketching *work, uint32_t code_point)
{
	uint32_t *oldest = &work->last[work->count % RUN];
	uint64_t mixed, *least;

	work->hash = work->hash * FACTOR + code_point -
		     (work->count < RUN ? 0 : work->power * *oldest);
	*oldest = code_point;
	if (unicode_is_digit(code_point))
		work->figures = mix(work->figures + FACTOR + code_point);
	if (++work->count < RUN)
		return;
	mixed = mix(work->hash);
	least = &work->least[mixed >> (64 - PART_BITS)];
	if (mixed < *least)
		*least = mixed;
}

/*
 * A part that no run fell into takes the value of the next one that has some,
 * changed by how far that is, so that short texts are compared alike.
 */
static uint8_t value_of(const struct sketching *work, size_t part)
{
	size_t far = 0;

	while (work->least[(part + far) % SKETCH_VALUES] == UINT64_MAX)
		far++;
	return (uint8_t)mix(work->least[(part + far) % SKETCH_VALUES] +
			    far * FACTOR);
}

bool text_sketch_make(struct text_sketch *out, str text, size_t least)
{
	struct sketching work = { .power = 1 };
	size_t at = 0;

	for (size_t i = 0; i < RUN; i++)
		work.power *= FACTOR;
	memset(work.least, 0xff, sizeof(work.least));
	while (at < text.len) {
		uint32_t code_point = unicode_next(text, &at);

		if (unicode_is_word(code_point))
			add_character(&work, unicode_lower(code_point));
	}
	if (work.count < RUN || work.count < least)
		return false;
	out->figures = work.figures;
	for (size_t i = 0; i < SKETCH_VALUES; i++)
		out->values[i] = value_of(&work, i);
	return true;
}

uint32_t text_sketch_percent(const struct text_sketch *a,
			     const struct text_sketch *b)
{
	uint32_t equal = 0;

	if (a->figures != b->figures)
		return 0;
	for (size_t i = 0; i < SKETCH_VALUES; i++)
		equal += a->values[i] == b->values[i];
	return equal * 100 / SKETCH_VALUES;
}
