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
#include "markup/anchors.h"
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
	bool is_dead; /* it leads nowhere, and its text stands alone */
	str note;
	struct markdown_footnote *footnote; /* written behind the text */
};

struct markdown_writer {
	const struct markdown_options *options;
	struct markdown_tree *tree;
	struct arena *arena;
	struct diag_list *diags;
	struct buf out;
	struct span full_at; /* the part that `out` had no room for */
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
	str raw_mark;		   /* in no other text */
	struct map raw_ids;	   /* with their prefix */
	struct list remarks;	   /* about raw HTML */
	struct map remark_numbers; /* by what they are about */
	struct list jumps;	   /* struct markdown_jump */
	size_t dead_jumps;	   /* of them lead nowhere, so far */
	struct anchors anchors;	   /* once all is written */
	size_t skip; /* bytes of the next text that are written already */
	int level;   /* of the heading before */
};

/* Text with < > & " escaped and without control characters. */
void markdown_write_text(struct markdown_writer *writer, str text);

/* --- markdown_links.c ----------------------------------------------------- */

void markdown_link_open(struct markdown_writer *writer, struct cmark_node *node,
			str url, str title);
void markdown_link_close(struct markdown_writer *writer);
void markdown_image(struct markdown_writer *writer, struct cmark_node *node);
/* ' width="640" height="480"' of a picture; empty: not known. */
str markdown_size_attributes(const struct markdown_writer *writer,
			     const struct markdown_target *target);
/*
 * The attributes of a link out of the cluster, href included: it leads to the
 * notice before leaving for the address.
 */
str markdown_outside_attributes(struct markdown_writer *writer, str address,
				str *href);

void markdown_footnote_reference(struct markdown_writer *writer,
				 struct markdown_footnote *footnote);

/* --- markdown_jumps.c: links inside the text -------------------------------
 */

struct markdown_jump {
	str fragment; /* as written, without "#" */
	struct span span;
};

/*
 * The address to write for "#fragment" until all is written and it is known
 * which ids there are.
 */
str markdown_jump_add(struct markdown_writer *writer, str fragment,
		      struct span span);

/* Finds the ids and puts them into the links, or makes text of these. */
void markdown_jumps_end(struct markdown_writer *writer);

/* --- markdown_headings.c -------------------------------------------------- */

/* Gives headings of raw HTML their ids, and puts all headings into order. */
void markdown_headings_join(struct markdown_writer *writer);

/* --- markdown_raw.c, markdown_remarks.c ----------------------------------- */

void markdown_raw_init(struct markdown_writer *writer);

/*
 * Call before and behind the children of each node that has any; `start` is
 * where in `out` its own tag begins.
 */
void markdown_raw_begin(struct markdown_writer *writer,
			struct cmark_node *parent, size_t start);
void markdown_raw_end(struct markdown_writer *writer,
		      struct cmark_node *parent);
/* And this behind its closing tag. */
void markdown_raw_closed(struct markdown_writer *writer,
			 struct cmark_node *parent);

/* One HTML node, to be cleaned together with its neighbours. */
void markdown_raw_add(struct markdown_writer *writer, struct cmark_node *node);

/* A word that nobody can write into the text. */
str markdown_raw_mark(struct markdown_writer *writer);

void markdown_remarks_init(struct markdown_writer *writer);
/* Says what was not kept of all raw HTML. */
void markdown_remarks_tell(struct markdown_writer *writer);

/* --- markdown_html.c ------------------------------------------------------ */

/* Everything below the node. */
void markdown_write_children(struct markdown_writer *writer,
			     struct cmark_node *node);

/* Whether a text starts with the brackets of a task list's item. */
bool markdown_is_task_text(struct cmark_node *text);

/* A new line unless `out` is at the start of one. */
void markdown_write_break(struct markdown_writer *writer);

#endif
