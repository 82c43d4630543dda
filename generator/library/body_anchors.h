/*
 * What links to the page of a resource may lead to: the ids of its body.
 *
 * They are a function of the body alone, so they are known without the page:
 * a page that links to a heading of another one reads that one's text, not its
 * HTML.
 */
#ifndef JIYUE_LIBRARY_BODY_ANCHORS_H
#define JIYUE_LIBRARY_BODY_ANCHORS_H

#include "markup/markdown.h"
#include "snapshot/snapshot.h"

/* The options on which ids depend, as every body is rendered with them. */
struct markdown_options body_markdown_options(void);

/*
 * Reads a file below content/. False when it cannot be read or rendered, which
 * is told where its own page is made, and when that would take more memory than
 * a thread has beside that of the page it is making: then a link into it stays
 * as written, and a check proves it on the finished page.
 */
MUST_USE bool body_anchors_read(struct anchors *out,
				struct snapshot_reader *reader, size_t file,
				struct arena *arena);

#endif
