/*
 * What has an end of its own in a style sheet, whatever stands in it: texts,
 * comments and brackets.
 */
#ifndef JIYUE_THEME_CSS_PIECES_H
#define JIYUE_THEME_CSS_PIECES_H

#include <stdbool.h>

#include "base/str.h"

/* Behind the text, comment or bracket that begins at `at`; else `at`. */
size_t css_skip_closed(str css, size_t at);

/* Does a comment begin there? */
bool css_is_comment(str css, size_t at);

#endif
