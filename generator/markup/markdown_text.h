/*
 * The text that cmark reads: lines of the source, some moved or replaced, and
 * for each line where in the source it came from.
 *
 * Always true: lines end in "\n" and nothing else; `lines` has one entry for
 * each; finding a place in the source is one look into the table.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_TEXT_H
#define JIYUE_MARKUP_MARKDOWN_TEXT_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/source.h"

struct cmark_node;

struct markdown_line {
	size_t start;  /* in the text */
	size_t length; /* without its end */
	size_t origin; /* byte of the source behind the first `skip` bytes */
	size_t skip;   /* bytes at the front that are not in the source */
};

/* Bytes of ours inside a line, which the source does not have. */
struct markdown_insert {
	size_t end;   /* in the text, behind them */
	size_t total; /* of this and all before */
};

struct markdown_text {
	const struct source *source;
	struct arena *arena;
	struct buf bytes;
	struct list lines;   /* struct markdown_line */
	struct list inserts; /* struct markdown_insert */
	struct map shifts;   /* by node, of markdown_text_find_breaks */
};

/* Where a node begins and ends, from 1; a line below 1: nobody knows. */
struct markdown_spot {
	int line;
	int column;
	int end_line;
	int end_column;
};

void markdown_text_init(struct markdown_text *text, const struct source *source,
			struct arena *arena);

/* Where the line at `at` ends: before its \n, \r or \r\n. */
size_t markdown_text_line_end(str text, size_t at);

/* All lines of the source from `start` on. */
void markdown_text_load(struct markdown_text *text, size_t start);

/* One line: `prefix` is ours, `content` came from `origin` in the source. */
void markdown_text_add(struct markdown_text *text, str prefix, str content,
		       size_t origin);

/*
 * A line in parts: a part of the source, or a sign of ours that stands for
 * `replaced` bytes of it. The end has the line's `origin` and `skip`.
 */
void markdown_text_part(struct markdown_text *text, str part);
void markdown_text_sign(struct markdown_text *text, str sign, size_t replaced);
void markdown_text_end(struct markdown_text *text,
		       const struct markdown_line *like);

/* A copy of line `number` (from 0) of another text. */
void markdown_text_copy(struct markdown_text *text,
			const struct markdown_text *from, size_t number);

/* Line `number` from 0, without its end. */
str markdown_text_line(const struct markdown_text *text, size_t number);

/* Byte of the source for a byte of a line. */
size_t markdown_text_origin(const struct markdown_text *text, size_t number,
			    size_t byte);

/*
 * By line (from 0): whether it is inside a block of code or HTML. `count`
 * lines, in the arena.
 */
const bool *markdown_text_literal(struct cmark_node *tree, size_t count,
				  struct arena *arena);

/*
 * cmark does not count the lines that end with a backslash: finds them, so that
 * what stands behind them has its place. Once, on the tree as it was parsed.
 */
void markdown_text_find_breaks(struct markdown_text *text,
			       struct cmark_node *tree);

struct markdown_spot markdown_text_spot(const struct markdown_text *text,
					struct cmark_node *node);

/* Where a node of the tree of this text stands in the source. */
struct span markdown_text_span(const struct markdown_text *text,
			       struct cmark_node *node);

#endif
