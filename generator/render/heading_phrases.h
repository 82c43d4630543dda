/*
 * Headings of a body say where their lines are broken best, as titles do: see
 * theme/title_phrases.h. A heading with marks of its own stays as it is.
 *
 * The result is `html` itself where there is nothing to mark, and in `arena`
 * otherwise.
 */
#ifndef JIYUE_RENDER_HEADING_PHRASES_H
#define JIYUE_RENDER_HEADING_PHRASES_H

#include "base/arena.h"
#include "base/str.h"

str heading_phrases(str html, struct arena *arena);

#endif
