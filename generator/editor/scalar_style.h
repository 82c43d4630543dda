/* How one value of front matter is best written: with quotes or without. */
#ifndef JIYUE_EDITOR_SCALAR_STYLE_H
#define JIYUE_EDITOR_SCALAR_STYLE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * `written` as it stands in the file, or the same value with other quotes:
 * none around words, single ones around what needs some, or what a program
 * that knows more kinds than text would take for a number, a date or a truth.
 * Values of several lines, and those with escapes, stay as they are.
 */
str scalar_style(str written, str value, struct arena *arena);

#endif
