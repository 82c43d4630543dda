/*
 * Tables as GitHub writes them: a row of heads, a row of dashes with as many
 * cells, rows up to the end of the paragraph.
 *
 * cmark reads them as a paragraph. So each cell becomes a paragraph of its
 * own at the front of the text, where cmark reads what is in it, with the
 * link definitions of the whole text; a line that marks the place stays where
 * the table was.
 *
 * Always true: rows * columns of all tables stay below MARKDOWN_CELL_LIMIT.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_TABLES_H
#define JIYUE_MARKUP_MARKDOWN_TABLES_H

#include "base/diag.h"
#include "markup/markdown_text.h"

struct cmark_node;

enum markdown_align {
	MARKDOWN_ALIGN_NONE,
	MARKDOWN_ALIGN_LEFT,
	MARKDOWN_ALIGN_CENTER,
	MARKDOWN_ALIGN_RIGHT,
};

struct markdown_row {
	size_t first_cell; /* paragraph at the front of the text */
	size_t cell_count; /* at most the columns; the others are empty */
};

struct markdown_table {
	size_t place; /* line of the final text, from 1 */
	size_t column_count;
	const enum markdown_align *aligns;
	struct list rows; /* struct markdown_row; the first is the head */
};

struct markdown_tables {
	struct markdown_table *items; /* in the order of their places */
	size_t count;
	size_t cell_count; /* paragraphs at the front */
};

/*
 * Rewrites `text` when its tree has tables. False after an error. A row with
 * more cells than the head has a warning, and what is too much stands in its
 * last cell; GitHub drops it, as we do when `plain`.
 */
MUST_USE bool markdown_tables_move(struct markdown_tables *out,
				   struct markdown_text *text,
				   struct cmark_node *tree, bool plain,
				   struct diag_list *diags);

/* The table whose place is this line (from 1), or NULL. */
const struct markdown_table *
markdown_table_at(const struct markdown_tables *tables, size_t line);

#endif
