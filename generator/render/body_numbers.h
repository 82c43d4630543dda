/*
 * Telephone numbers of a body can be called and stay on one line: (0000) 1200
 * 0609 becomes a link, other groups of figures <span class="number">; in both
 * the theme breaks no line. The text itself is as it was written, so that what
 * is copied from a page can be dialled.
 *
 * The result is `html` itself where there is none, and in `arena` otherwise.
 */
#ifndef JIYUE_RENDER_BODY_NUMBERS_H
#define JIYUE_RENDER_BODY_NUMBERS_H

#include "base/arena.h"
#include "base/str.h"

str body_numbers(str html, struct arena *arena);

#endif
