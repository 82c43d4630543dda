/*
 * A fragment as text that libxml2 reads as it was meant. Private to markup/.
 */
#ifndef JIYUE_MARKUP_HTML_PREPARE_H
#define JIYUE_MARKUP_HTML_PREPARE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Inside an open body, with line ends as browsers see them and without control
 * characters. `*before` is the number of bytes that come before the fragment.
 */
str html_prepare(str fragment, size_t *before, struct arena *arena);

#endif
