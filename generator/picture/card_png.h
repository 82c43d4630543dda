/* The PNG of a card's steps from its ground to its ink. */
#ifndef JIYUE_PICTURE_CARD_PNG_H
#define JIYUE_PICTURE_CARD_PNG_H

#include "base/buf.h"
#include "picture/card.h"

/* `steps` are CARD_WIDTH * CARD_HEIGHT bytes. */
MUST_USE bool card_png(str *out, const uint8_t *steps, const struct card *card,
		       struct arena *arena);

#endif
