/*
 * What is looked at before cmark sees a text, because cmark 0.30.2 takes
 * quadratic time for a few shapes of input.
 *
 * Always true: the scan is one pass; a text it accepts keeps every factor
 * that cmark multiplies the length with below the constants here.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_GUARD_H
#define JIYUE_MARKUP_MARKDOWN_GUARD_H

#include "base/diag.h"
#include "base/source.h"

enum {
	MARKDOWN_BODY_LIMIT = 8 * 1024 * 1024,
	MARKDOWN_LINE_LIMIT = 64 * 1024,
	/* quotes and lists inside each other */
	MARKDOWN_NESTING_LIMIT = 48,
	/* emphasis inside emphasis, and blocks, in cmark's tree */
	MARKDOWN_TREE_LIMIT = 256,
	/* in one paragraph (lines without an empty one between) */
	MARKDOWN_IMAGE_LIMIT = 200,
	MARKDOWN_DECLARATION_LIMIT = 200,
	MARKDOWN_EMPHASIS_LIMIT = 20000,
	/* bytes that link definitions may grow to where they are used */
	MARKDOWN_EXPANSION_LIMIT = 32 * 1024 * 1024,
	MARKDOWN_FOOTNOTE_LIMIT = 5000,
	MARKDOWN_COLUMN_LIMIT = 200,
	MARKDOWN_CELL_LIMIT = 100000,
	/* bytes of memory that making the page of a text may take */
	MARKDOWN_MEMORY_LIMIT = 128 * 1024 * 1024,
	/* of HTML: no page has more (render/view_page.c) */
	MARKDOWN_HTML_LIMIT = 8 * 1024 * 1024,
};

/*
 * Records "markdown-limit" at the place and returns false. `memory`: bytes that
 * the caller has for this text, at most MARKDOWN_MEMORY_LIMIT.
 */
MUST_USE bool markdown_guard(const struct source *source, size_t start,
			     size_t memory, struct diag_list *diags);

/* One over-the-limit message: `what` is translated, `help` too. */
void markdown_limit_error(struct diag_list *diags, struct span span,
			  const char *what, size_t limit, const char *help);

#endif
