/*
 * The parts of an official document that are set in a way of their own, known
 * by their form: whom it is addressed to (the first paragraph, which ends in
 * ：), who signed it and when (short paragraphs before one that is a date),
 * and the title of the document that it issues (a heading that stands in 《》
 * in the title). They get the classes official-to, official-sign and
 * official-title; what they look like is for the theme.
 *
 * Reads the body of the page once, from front to back; the text stays as it
 * is. The result is `html` itself where there is nothing to mark, and in
 * `arena` otherwise.
 */
#ifndef JIYUE_RENDER_OFFICIAL_FORM_H
#define JIYUE_RENDER_OFFICIAL_FORM_H

#include "base/arena.h"
#include "base/str.h"

str official_form(str html, str title, struct arena *arena);

#endif
