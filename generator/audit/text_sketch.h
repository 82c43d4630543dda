/*
 * The sketch of a text: 128 bytes that tell how much of two texts is the same,
 * without the texts.
 *
 * A text is the set of its runs of five characters, white space and signs left
 * out. Of each such set the sketch keeps the smallest hash in each of 128 parts
 * of the range (MinHash by one permutation), so the share of bytes that two
 * sketches have in common is an estimate of the share of runs that two texts
 * have in common; texts that are equal have equal sketches. At 95 per cent the
 * estimate is good to 2 per cent.
 *
 * Figures count apart: a monthly report is the one of the month before but for
 * its figures, and is another text.
 *
 * Always true: it is a function of the text alone.
 */
#ifndef JIYUE_AUDIT_TEXT_SKETCH_H
#define JIYUE_AUDIT_TEXT_SKETCH_H

#include "base/str.h"

enum { SKETCH_VALUES = 128 };

struct text_sketch {
	uint64_t figures; /* digest of all digits, in their order */
	uint8_t values[SKETCH_VALUES];
};

/* False when the text has fewer characters: too little to be compared. */
MUST_USE bool text_sketch_make(struct text_sketch *out, str text, size_t least);

/* Per cent of the text that is the same; 0 when the figures differ. */
uint32_t text_sketch_percent(const struct text_sketch *a,
			     const struct text_sketch *b);

#endif
