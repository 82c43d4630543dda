/*
 * Makes a picture smaller while its rows come in: every pixel of the small one
 * is the mean of the area that it covers, in whole numbers, so it is the same
 * on every machine. Only the small picture is kept.
 *
 * Colours of what can be seen through count by how much of them is seen.
 */
#ifndef JIYUE_PICTURE_SHRINK_H
#define JIYUE_PICTURE_SHRINK_H

#include "base/arena.h"

struct shrink {
	uint32_t from_width, from_height;
	uint32_t width, height;
	uint32_t channels; /* 3: RGB, 4: with alpha */
	uint8_t *pixels;   /* of the small one; white where no row came */
	uint64_t *sums;	   /* of the row that is being made */
	uint64_t covered;  /* of that row, in parts of `from_height` */
	uint32_t row;	   /* that is being made */
};

/* No side of the small one is larger. Memory is the arena's. */
void shrink_begin(struct shrink *out, uint32_t from_width, uint32_t from_height,
		  uint32_t width, uint32_t height, uint32_t channels,
		  struct arena *arena);

/* The next row of `from_width` pixels; what comes behind the last is left. */
void shrink_row(struct shrink *shrink, const uint8_t *row);

#endif
