/*
 * Character references (&#x202e;) that stand for a character which no text may
 * have. cmark gives them as they are, and two noncharacters as bytes that are
 * no UTF-8.
 *
 * Always true afterwards: no string of the tree has such a character, so that
 * nothing made from it (page, heading ids, summary, search text) has one.
 * U+FFFD stands in its place, as CommonMark does with &#0;, and each has a
 * warning. The addresses that stand for footnotes begin with one and stay.
 *
 * Private to markup/markdown*.c.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_REFERENCES_H
#define JIYUE_MARKUP_MARKDOWN_REFERENCES_H

#include "base/diag.h"

struct markdown_tree;

void markdown_references_clean(const struct markdown_tree *tree,
			       struct diag_list *diags);

#endif
