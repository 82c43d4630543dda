/*
 * The text of one node on its way through the files that look for signs in it
 * (markdown_hint_texts.c, markdown_hint_marks.c,
 * markdown_hint_programs.c).
 *
 * Always true: `text` is the node's, `source` and `line` are slices of the
 * source. A node has a budget of messages and of searches in vain, so that
 * the cost stays linear.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_HINT_SCAN_H
#define JIYUE_MARKUP_MARKDOWN_HINT_SCAN_H

#include "markup/markdown_hints.h"

struct markdown_mark;

struct markdown_scan {
	const struct markdown_hints *hints;
	struct cmark_node *node;
	str text;   /* of the node */
	str source; /* the rest of the line, behind what was found last */
	str line;   /* all of it */
	size_t budget;
	size_t told; /* a mark of which the other half was told */
	const struct markdown_mark *mark; /* the next one of the node */
};

/* The part as it stands in the source; empty when it does not. */
str markdown_scan_place(struct markdown_scan *scan, str part);

/*
 * A warning about the part, with `help`; nothing where somebody escaped it.
 * Returns whether it was told.
 */
bool markdown_scan_report(struct markdown_scan *scan, str part, const char *id,
			  str message, str help);

/* As much of a text as a help shows. */
str markdown_scan_shown(str text);

/* Where `end` stands in the next `limit` bytes; STR_NONE: nowhere. */
size_t markdown_scan_within(str text, size_t at, const char *end, size_t limit);

/* markdown_hint_marks.c: what may begin at this byte; where to go on. */
size_t markdown_hint_mark(struct markdown_scan *scan, size_t at);

/* markdown_hint_programs.c: the same of a "{", a "\\" and "<%". */
size_t markdown_hint_program(struct markdown_scan *scan, size_t at);

/* Whether a shortcode at `at` of a line of the source was told. */
bool markdown_hint_shortcode(const struct markdown_hints *hints, str line,
			     size_t at);

/* The same of "&amp;nbsp;" and "&nbsp" without its end. */
bool markdown_hint_blank(const struct markdown_hints *hints, str line,
			 size_t at);

#endif
