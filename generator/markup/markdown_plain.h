/*
 * The text of a part of the tree without its marks: for summaries, feeds,
 * contents, ids and descriptions of pictures.
 *
 * Always true: struck text (~~…~~, <del>, <s>) and references to footnotes are
 * left out; a line break inside Chinese text leaves no gap; white space in
 * between is one space.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_PLAIN_H
#define JIYUE_MARKUP_MARKDOWN_PLAIN_H

#include "base/buf.h"
#include "markup/markdown_footnotes.h"

struct cmark_node;

/* All text below the node, images' descriptions included. */
str markdown_plain_text(struct cmark_node *node,
			const struct markdown_footnotes *footnotes,
			struct arena *arena);

/* The text of paragraphs below the root, up to `characters`. */
str markdown_plain_summary(struct cmark_node *root,
			   const struct markdown_footnotes *footnotes,
			   size_t characters, struct arena *arena);

/*
 * All that is read in the HTML of markdown_render, raw HTML and footnotes
 * included: a line for each block, the cells of a row on one line, descriptions
 * of pictures where these stand. No line is empty.
 */
str markdown_plain_page(str html, struct arena *arena);

/* A text without the line breaks that stand inside Chinese. */
str markdown_plain_joined(str text, struct arena *arena);

/* Whether a soft break stands inside Chinese text, where it is nothing. */
bool markdown_plain_is_joined(struct cmark_node *soft_break,
			      const struct markdown_footnotes *footnotes);

#endif
