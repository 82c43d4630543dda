/*
 * Blocks that CommonMark reads as paragraphs and quotes, made of its tree:
 *
 *	> [!NOTE]           a callout, as GitHub has them
 *	> 文字
 *
 *	术语                a list of terms, as PHP Markdown Extra has them
 *	: 说明
 *
 * Always true: a quote with user data is a callout; a custom block is a list
 * of terms, and its children are custom blocks with user data, each with one
 * paragraph.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_SHAPES_H
#define JIYUE_MARKUP_MARKDOWN_SHAPES_H

#include "base/diag.h"
#include "markup/markdown_text.h"

struct cmark_node;

enum markdown_callout_kind {
	MARKDOWN_CALLOUT_NOTE,
	MARKDOWN_CALLOUT_TIP,
	MARKDOWN_CALLOUT_IMPORTANT,
	MARKDOWN_CALLOUT_WARNING,
	MARKDOWN_CALLOUT_CAUTION,
	MARKDOWN_CALLOUT_KINDS,
};

struct markdown_callout {
	enum markdown_callout_kind kind;
	str title; /* as written behind the kind; empty: the kind's label */
};

/* "note" and so on, as classes have it. */
extern const char *const markdown_callout_names[MARKDOWN_CALLOUT_KINDS];

enum markdown_term { MARKDOWN_TERM, MARKDOWN_TERM_TEXT };

/* Changes the tree. A callout of an unknown kind has a warning. */
void markdown_shapes_find(struct cmark_node *tree,
			  const struct markdown_text *text,
			  struct diag_list *diags);

/* NULL: an ordinary quote, no part of a list of terms. */
const struct markdown_callout *markdown_callout_of(struct cmark_node *quote);
const enum markdown_term *markdown_term_of(struct cmark_node *part);

#endif
