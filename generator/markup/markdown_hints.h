/*
 * Text that is almost Markdown: what was meant would be published as it was
 * typed, so the editor is told the right form.
 *
 * Looks at the finished tree, so code, raw HTML and addresses are never meant,
 * and what stands behind a backslash is text. Only warnings. Cost is linear.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_HINTS_H
#define JIYUE_MARKUP_MARKDOWN_HINTS_H

#include "base/diag.h"
#include "markup/markdown_text.h"

struct cmark_node;

struct markdown_hints {
	const struct markdown_text *text;
	struct arena *arena;
	struct diag_list *diags;
};

/*
 * All below `tree`: the root, or the parent of what was moved to the front,
 * where lines are cells and notes, and may begin as they like.
 */
void markdown_hints_check(const struct markdown_hints *hints,
			  struct cmark_node *tree, bool is_moved);

/* Characters without width in the body, which begins at `start`. */
void markdown_hints_unseen(const struct markdown_hints *hints, size_t start);

/* --- for the files of this module ------------------------------------------
 */

/* Line `number` (from 1) as it stands in the source, without its end. */
str markdown_hint_line(const struct markdown_hints *hints, int number);

/* The same from the place on where the node begins. */
str markdown_hint_rest(const struct markdown_hints *hints,
		       struct cmark_node *node);

/* `part` is a slice of the source. */
struct span markdown_hint_span(const struct markdown_hints *hints, str part);

/* Where a run of these characters ends. */
size_t markdown_hint_skip(str text, size_t at, const char *characters);

/* markdown_hint_lines.c: how the lines of a paragraph begin. */
void markdown_hint_lines(const struct markdown_hints *hints,
			 struct cmark_node *paragraph);
/* markdown_hint_tables.c: whether the paragraph would be a table: with tabs, or
 * without its dashes. */
void markdown_hint_table(const struct markdown_hints *hints,
			 struct cmark_node *paragraph);

/* markdown_hint_definitions.c: lines that say where links lead, and none. */
void markdown_hint_definitions(const struct markdown_hints *hints,
			       struct cmark_node *tree);

/* markdown_hint_raw.c: Markdown inside a block of raw HTML. */
void markdown_hint_raw(const struct markdown_hints *hints,
		       struct cmark_node *block);

/* markdown_hint_texts.c: signs inside a line. */
void markdown_hint_text(const struct markdown_hints *hints,
			struct cmark_node *node);

#endif
