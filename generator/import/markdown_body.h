/*
 * The body of another generator's Markdown: addresses in it are followed, and
 * its shortcodes are named. All else stays as it is written.
 *
 * Private to import/.
 */
#ifndef JIYUE_IMPORT_MARKDOWN_BODY_H
#define JIYUE_IMPORT_MARKDOWN_BODY_H

#include "import/link_book.h"

struct markdown_body {
	struct import_making *making;
	struct link_book *book; /* NULL: addresses stay as they are */
	size_t file;
	str place;
	bool is_late; /* leads to a text of which nothing is known yet */
};

str markdown_body_take(struct markdown_body *body, str text);

#endif
