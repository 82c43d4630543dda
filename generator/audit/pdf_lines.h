/*
 * The text of a PDF has its lines as they stand on paper: a sentence goes on in
 * the next one, and so may a word or a number. A line as long as those of a
 * paragraph that ends with a Chinese character goes on where the next one
 * begins with one.
 */
#ifndef JIYUE_AUDIT_PDF_LINES_H
#define JIYUE_AUDIT_PDF_LINES_H

#include "base/arena.h"
#include "base/str.h"

/* The same with the lines of paragraphs joined; in the arena. */
str pdf_lines_joined(str text, struct arena *arena);

#endif
