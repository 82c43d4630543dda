/*
 * Width and height of a picture, from the head of its bytes: with them a
 * browser leaves the room before the picture is there, and no text jumps.
 *
 * At most IMAGE_HEAD bytes are looked at; what they do not say is not guessed.
 */
#ifndef JIYUE_PICTURE_IMAGE_SIZE_H
#define JIYUE_PICTURE_IMAGE_SIZE_H

#include "base/str.h"

enum { IMAGE_HEAD = 1024 * 1024, IMAGE_SIDE_LIMIT = 65535 };

struct image_size {
	uint32_t width; /* pixels, as it is shown */
	uint32_t height;
};

/* PNG, JPEG, GIF, WebP and SVG. False: unknown, or a side of nothing. */
MUST_USE bool image_size(struct image_size *out, str bytes);

#endif
