/*
 * A card: what a page is called, on its site's colour, as programs show it
 * where somebody passes an address on (Open Graph). A PNG of 1200 by 630.
 *
 * The font is one of those that systems have for Chinese; none is in the
 * program, as each is larger than it. It counts as a library of the program
 * does: record/version.h knows it, and the same font gives the same bytes.
 */
#ifndef JIYUE_PICTURE_CARD_H
#define JIYUE_PICTURE_CARD_H

#include "base/arena.h"
#include "base/str.h"

enum { CARD_WIDTH = 1200, CARD_HEIGHT = 630 };

struct card {
	str title;	 /* one to four lines; what is more is cut off */
	str name;	 /* whose it is: a line below */
	uint32_t ground; /* 0xRRGGBB */
	uint32_t ink;
};

/* The file of the first font that is there, or NULL: no cards. */
const char *card_font(void);

/* Read with that font. False: it cannot be read. */
MUST_USE bool card_draw(str *out, const struct card *card, struct arena *arena);

/* Of "#rrggbb"; false when it is written in another way. */
MUST_USE bool card_colour(uint32_t *out, str text);

#endif
