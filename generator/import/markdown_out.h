/*
 * Markdown that says exactly what it is given: blocks inside lists and quotes,
 * and lines of text with emphasis and links, every sign that would mean
 * something escaped.
 *
 * Private to import/.
 */
#ifndef JIYUE_IMPORT_MARKDOWN_OUT_H
#define JIYUE_IMPORT_MARKDOWN_OUT_H

#include "base/buf.h"

enum {
	MARKDOWN_OUT_STRONG = 1,
	MARKDOWN_OUT_EMPHASIS = 2,
	MARKDOWN_OUT_NESTING = 16, /* lists and quotes inside each other */
};

struct markdown_out {
	struct buf *out;
	struct arena *arena;
	struct buf prefix; /* of every line of the block */
	size_t first_from; /* of the prefix: not on the first line … */
	struct buf first;  /* … which has this there; empty: as all */
	struct buf line;   /* the paragraph in work */
	unsigned flags;	   /* that are open in it */
	unsigned wanted;   /* by the text that comes */
	bool is_blank;	   /* the last sign of the line is white space */
	bool gap;	   /* white space is to come, if text comes */
	bool gap_is_line;  /* it is the end of a line and nothing else */
	uint32_t last;	   /* character of the text */
	size_t depth;
	bool is_cell; /* of a table: one line, in which a block is a gap */
	int heading;  /* of the paragraph in work; 0: none */
	int last_heading;
};

void markdown_out_init(struct markdown_out *writer, struct buf *out,
		       struct arena *arena);

/* Text of the paragraph in work; white space is one blank. */
void markdown_out_text(struct markdown_out *writer, str text);
/* Markdown or HTML of ours, as it is. */
void markdown_out_raw(struct markdown_out *writer, str text);
void markdown_out_break(struct markdown_out *writer);
/* Ends emphasis, so that a link or the like may begin. */
void markdown_out_settle(struct markdown_out *writer);

/* Ends the paragraph in work, if there is any text in it. */
void markdown_out_end(struct markdown_out *writer);

/* A block of lines that are as they must be. */
void markdown_out_block(struct markdown_out *writer, str lines);

/*
 * Around what stands in an item ("- ", "1. ") or quote ("> "); false when it is
 * nested too deeply: then its blocks stand where they are. `is_next`: an item
 * behind another one.
 */
bool markdown_out_enter(struct markdown_out *writer, str first, str rest,
			bool is_next, size_t *mark);
void markdown_out_leave(struct markdown_out *writer, size_t mark);

/*
 * A cell of a table: what is walked between these is one line, and `out` gets
 * it. `kept` holds what the writer was in.
 */
void markdown_out_begin_cell(struct markdown_out *writer,
			     struct markdown_out *kept);
void markdown_out_end_cell(struct buf *out, struct markdown_out *writer,
			   const struct markdown_out *kept);

/* The text escaped, as one line. */
void markdown_out_escape(struct buf *out, str text);

#endif
