/*
 * The body of an old page as Markdown: paragraphs, headings, lists, quotes,
 * tables, pictures and links; what a theme says (fonts, colours, tables for
 * layout) goes, and no text. A table with merged cells stays HTML.
 *
 * Private to import/.
 */
#ifndef JIYUE_IMPORT_HTML_BODY_H
#define JIYUE_IMPORT_HTML_BODY_H

#include "import/link_book.h"
#include "markup/page_tree.h"

struct html_body {
	struct import_making *making;
	struct link_book *book; /* NULL: nothing is taken along */
	size_t file;
	str place;
	bool is_late; /* leads to a text of which nothing is known yet */
};

str html_body_take(struct html_body *body, const struct page_node *root);

/* HTML out of an export. */
str html_body_of_fragment(struct import_making *making, str html);

#endif
