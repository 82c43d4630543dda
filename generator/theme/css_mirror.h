/*
 * A style sheet for languages that are written from right to left: what stood
 * at the left stands at the right. Sites in such a language get every style
 * sheet of their theme so, and no theme has to know of it.
 */
#ifndef JIYUE_THEME_CSS_MIRROR_H
#define JIYUE_THEME_CSS_MIRROR_H

#include "base/arena.h"
#include "base/str.h"

/* "ar", "fa-IR": is the language written from right to left? */
bool language_is_rtl(str language);

/* In the arena. Selectors, comments, texts and addresses stay as they are. */
str css_mirror(str css, struct arena *arena);

#endif
