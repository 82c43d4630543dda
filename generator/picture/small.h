/*
 * A smaller picture as WebP.
 *
 * Always the same bytes for the same picture, width and libraries, whatever
 * the threads and the machine. A picture that is damaged is made as far as it
 * can be read, and is white from there on: what browsers show of the picture
 * itself is no more. Memory is bounded by the limits of small_sizes.h; only
 * for what they let through may it be called.
 */
#ifndef JIYUE_PICTURE_SMALL_H
#define JIYUE_PICTURE_SMALL_H

#include "base/arena.h"
#include "base/str.h"

/*
 * `width` is one of small_sizes'. `is_damaged` (or NULL): it could not be read
 * to its end. False: no such picture can be written.
 */
MUST_USE bool small_picture(str *out, bool *is_damaged, str bytes,
			    uint32_t width, struct arena *arena);

#endif
