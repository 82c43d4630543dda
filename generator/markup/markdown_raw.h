/*
 * Raw HTML while it is cleaned, and what is told about it.
 *
 * Private to markup/markdown*.c.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_RAW_H
#define JIYUE_MARKUP_MARKDOWN_RAW_H

#include "markup/html.h"
#include "markup/markdown_writer.h"

struct markdown_piece {
	struct cmark_node *node;
	size_t at; /* in `out` */
	str html;
	size_t fragment_at;
	struct list lines; /* of `html`; none until somebody asks */
};

/* The raw pieces below one parent, and what of ours is between them. */
struct markdown_assembly {
	struct markdown_writer *writer;
	size_t start; /* in `out` */
	bool is_leaf;
	struct markdown_piece *pieces;
	size_t piece_count;
	str written; /* ours, since the start */
	str *places;
};

/* For html_options; the context is a struct markdown_assembly. */
bool markdown_raw_address(void *context, struct html_target *target,
			  enum html_use use, size_t at);
void markdown_remark(void *context, const struct html_remark *remark);

/* Something that begins in a piece and does not end there. */
void markdown_remark_open(struct markdown_assembly *assembly, size_t piece,
			  size_t at);

/* The pieces are beyond a limit and are left out. */
void markdown_remark_limit(struct markdown_assembly *assembly);

/* Where `len` bytes at this byte of the fragment stand in the source. */
struct span markdown_raw_span(struct markdown_assembly *assembly, size_t at,
			      size_t len);

#endif
