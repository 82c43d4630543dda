/*
 * Texts that are one and the same, of all texts of a library.
 *
 * Sketches are compared when sixteen bytes at the same place are equal in both
 * (of two texts that have 95 per cent in common, 99 in 100 pairs have such a
 * place). So the time goes with the number of texts, not of pairs; of a text
 * that stands there a hundred times, each is held against a few.
 *
 * Always true: which pairs are found depends on the sketches and the order of
 * age alone. Memory: 32 bytes a text.
 */
#ifndef JIYUE_AUDIT_TEXT_TWINS_H
#define JIYUE_AUDIT_TEXT_TWINS_H

#include "audit/text_sketch.h"
#include "base/arena.h"

/* One text. */
struct sketched_text {
	struct text_sketch sketch;
	uint32_t resource;
	bool is_sketched; /* long enough */
};

struct sketched_texts {
	struct sketched_text *items;
	size_t count;
};

struct text_twin {
	uint32_t newer; /* resources */
	uint32_t older;
	uint32_t percent;
};

struct text_twins {
	const struct text_twin *items; /* by resource; one a newer text */
	size_t count;
	size_t compared; /* pairs of sketches: grows with the texts, not with
			    their square */
};

/* `ranks`: by resource, the newest first. */
void text_twins_find(struct text_twins *out, const struct sketched_texts *texts,
		     const uint32_t *ranks, uint32_t percent,
		     struct arena *arena);

#endif
