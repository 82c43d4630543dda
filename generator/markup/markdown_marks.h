/*
 * What our own pass finds in the text of a finished tree: ~~struck~~ text and
 * bare https:// addresses.
 *
 * Always true: the user data of a text node is its struct markdown_marks or
 * NULL; an opening mark and its closing one have the same parent.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_MARKS_H
#define JIYUE_MARKUP_MARKDOWN_MARKS_H

#include "base/diag.h"
#include "markup/markdown_text.h"

struct cmark_node;

enum markdown_mark_kind {
	MARKDOWN_MARK_NONE, /* plain text after all */
	MARKDOWN_MARK_DELETED,
	MARKDOWN_MARK_DELETED_END,
	MARKDOWN_MARK_ADDRESS,
};

struct markdown_mark {
	enum markdown_mark_kind kind;
	size_t at; /* byte of the node's text */
	size_t length;
	struct markdown_mark *next; /* in the same node */
};

struct markdown_marks {
	struct markdown_mark *first;
	struct markdown_mark *last;
};

void markdown_marks_find(struct cmark_node *tree,
			 const struct markdown_text *text, struct arena *arena);

/* Length of the http:// or https:// address at the start; 0: none. */
size_t markdown_address_length(str text);

#endif
