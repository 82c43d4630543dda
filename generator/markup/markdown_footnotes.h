/*
 * Footnotes: "[^label]: text" at the margin, with following lines that belong
 * to the paragraph or are indented by four.
 *
 * cmark knows none. So a definition is moved to the front of the text as a
 * block quote, and "[^label]: <mark and number>" beside it defines a link:
 * then cmark itself finds the references, with escapes and code respected.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_FOOTNOTES_H
#define JIYUE_MARKUP_MARKDOWN_FOOTNOTES_H

#include "base/diag.h"
#include "markup/markdown_text.h"

struct cmark_node;

struct markdown_footnote {
	str label; /* as written, without ^ */
	struct span span;
	struct cmark_node *node; /* the block quote, in the final tree */
	size_t number;		 /* 1 for the first referred to; 0: never */
	size_t reference_count;
	str html; /* once written */
};

struct markdown_footnotes {
	struct markdown_footnote *items;
	size_t count;
	str mark; /* of the addresses that mean one; in no other */
};

/*
 * Rewrites `text` when the tree of it has definitions. Lines inside code and
 * HTML are left alone. False after an error.
 */
MUST_USE bool markdown_footnotes_move(struct markdown_footnotes *out,
				      struct markdown_text *text,
				      struct cmark_node *tree,
				      struct diag_list *diags);

/* The footnote that a link of the final tree means, or NULL. */
struct markdown_footnote *
markdown_footnote_of(const struct markdown_footnotes *footnotes, str url);

/* The label of "[^label]" at the start of `text`; empty: there is none. */
str markdown_footnote_label(str text);

#endif
