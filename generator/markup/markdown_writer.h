/*
 * What the files that write HTML from cmark's tree share.
 *
 * Always true: everything in `out` is well-formed HTML of ours; raw HTML waits
 * in `pieces` until markdown_raw_end has cleaned it.
 *
 * Private to markup/markdown*.c.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_WRITER_H
#define JIYUE_MARKUP_MARKDOWN_WRITER_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "markup/heading_id.h"
#include "markup/markdown.h"
#include "markup/markdown_footnotes.h"
#include "markup/markdown_signs.h"
#include "markup/markdown_tables.h"
#include "markup/markdown_text.h"

struct cmark_node;

/* A text that was parsed, with what was moved to its front. */
struct markdown_tree {
	struct markdown_text text;
	struct cmark_node *root;
	struct markdown_tables tables;
	struct markdown_footnotes footnotes;
	struct markdown_signs signs;
	struct cmark_node **cells;
	struct cmark_node *moved; /* parent of cells and footnotes */
};

/* The link that is open; links do not nest. */
struct markdown_link {
	bool is_open; /* <a> was written */
	str note;
	struct markdown_footnote *footnote; /* written behind the text */
};

struct markdown_writer {
	const struct markdown_options *options;
	struct markdown_tree *tree;
	struct arena *arena;
	struct diag_list *diags;
	struct buf out;
	struct heading_ids ids;
	struct list headings;	    /* struct markdown_heading */
	struct list outside;	    /* struct markdown_outside */
	struct map outside_numbers; /* address to size_t, from 1 */
	str first_image;
	struct markdown_link link;
	struct map footnote_labels; /* to struct markdown_footnote */
	struct list footnote_order; /* struct markdown_footnote * */
	struct list frames;	    /* of raw HTML, innermost last */
	struct list pieces;
	str raw_mark; /* in no other text */
	size_t skip;  /* bytes of the next text that are written already */
	int level;    /* of the heading before */
};

/* Text with < > & " escaped and without control characters. */
void markdown_write_text(struct markdown_writer *writer, str text);

/* --- markdown_links.c ----------------------------------------------------- */

void markdown_link_open(struct markdown_writer *writer, struct cmark_node *node,
			str url, str title);
void markdown_link_close(struct markdown_writer *writer);
void markdown_image(struct markdown_writer *writer, struct cmark_node *node);
/* The id of the notice before leaving for this address. */
str markdown_notice(struct markdown_writer *writer, str address);

void markdown_footnote_reference(struct markdown_writer *writer,
				 struct markdown_footnote *footnote);

/* --- markdown_raw.c --------------------------------------------------------
 */

void markdown_raw_init(struct markdown_writer *writer);

/* Call before and behind the children of each node that has any. */
void markdown_raw_begin(struct markdown_writer *writer,
			struct cmark_node *parent);
void markdown_raw_end(struct markdown_writer *writer,
		      struct cmark_node *parent);

/* One HTML node, to be cleaned together with its neighbours. */
void markdown_raw_add(struct markdown_writer *writer, struct cmark_node *node);

/* --- markdown_html.c ------------------------------------------------------ */

/* Everything below the node. */
void markdown_write_children(struct markdown_writer *writer,
			     struct cmark_node *node);

/* Whether a text starts with the brackets of a task list's item. */
bool markdown_is_task_text(struct cmark_node *text);

/* A new line unless `out` is at the start of one. */
void markdown_write_break(struct markdown_writer *writer);

#endif
