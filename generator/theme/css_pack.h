/*
 * A style sheet without what is there for its author: comments, but for those
 * that begin with an exclamation mark, and blanks beside the first of a row. A
 * fifth of what a reader of the default theme loads is gone, and every rule
 * stays.
 */
#ifndef JIYUE_THEME_CSS_PACK_H
#define JIYUE_THEME_CSS_PACK_H

#include "base/arena.h"
#include "base/str.h"

/* In the arena. Texts and what stands in brackets stay as they are. */
str css_pack(str css, struct arena *arena);

#endif
