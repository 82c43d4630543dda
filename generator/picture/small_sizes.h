/*
 * Which smaller pictures are made of a picture: decided by its head alone, so
 * that the plan knows it, and a picture that is damaged further on changes no
 * address.
 *
 * A picture of few bytes is small enough; one that moves, one for printers
 * (CMYK), and one that would take more memory than a page may, stay as they
 * are. So every picture costs at most what the limits here say.
 */
#ifndef JIYUE_PICTURE_SMALL_SIZES_H
#define JIYUE_PICTURE_SMALL_SIZES_H

#include "picture/image_size.h"

enum {
	SMALL_LEAST_BYTES = 32 * 1024, /* a picture of less has none */
	SMALL_WIDTHS = 4,	       /* of one picture, at most */
	SMALL_WIDTH_LEAST = 160,       /* that a platform may ask for */
	SMALL_WIDTH_MOST = 3840,
	SMALL_PIXELS = 8 * 1024 * 1024, /* of what is made */
	SMALL_HEIGHT = 16383,		/* WebP has no higher ones */
	/* of what it is made from: read row by row, or as a whole */
	SMALL_SOURCE_ROWS = 128 * 1024 * 1024,
	SMALL_SOURCE_WHOLE = 12 * 1024 * 1024,
	SMALL_SCANS = 32, /* of a JPEG that comes in several */
};

struct small_sizes {
	uint32_t widths[SMALL_WIDTHS]; /* the narrowest first */
	size_t count;
};

/*
 * True when smaller ones may be made of the whole picture `bytes`; `size` is
 * as it is shown.
 */
MUST_USE bool small_source(struct image_size *size, str bytes);

/*
 * `wanted` are ascending. The picture's own width is one of them when the
 * widest is wider. `out` is empty where nothing is gained or can be made.
 */
void small_sizes(struct small_sizes *out, const struct image_size *size,
		 const uint32_t *wanted, size_t count);

/* How high it is then, as it is shown; at least 1. */
uint32_t small_height(const struct image_size *size, uint32_t width);

#endif
