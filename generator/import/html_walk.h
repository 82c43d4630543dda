/*
 * The walk through the body of an old page: what import/html_body.c and
 * import/html_table.c share. Private to these.
 */
#ifndef JIYUE_IMPORT_HTML_WALK_H
#define JIYUE_IMPORT_HTML_WALK_H

#include "import/html_body.h"
#include "import/markdown_out.h"

enum { HTML_WALK_DEPTH = 256 };

enum element_kind {
	ELEMENT_INLINE,
	ELEMENT_BLOCK,
	ELEMENT_DROPPED, /* nobody misses it */
	ELEMENT_TOLD,	 /* dropped, and told */
	ELEMENT_HEADING,
	ELEMENT_STRONG,
	ELEMENT_EMPHASIS,
	ELEMENT_SMALL, /* sub and sup */
	ELEMENT_BREAK,
	ELEMENT_RULE,
	ELEMENT_LIST,
	ELEMENT_QUOTE,
	ELEMENT_CODE,
	ELEMENT_TABLE,
	ELEMENT_IMAGE,
	ELEMENT_LINK,
};

struct taking_body {
	struct html_body *body;
	struct markdown_out out;
	struct arena *arena;
	struct map told; /* names of elements */
	size_t depth;
	size_t lists; /* written so far, for signs that differ */
	bool is_in_link;
};

enum element_kind html_walk_kind(const struct page_node *node);

/* Writes the node, or all that is in it. */
void html_walk(struct taking_body *taking, const struct page_node *node);
void html_walk_children(struct taking_body *taking,
			const struct page_node *node);
void html_walk_table(struct taking_body *taking, const struct page_node *node);

/*
 * Where a link or picture leads from here: false when nowhere, or it is not
 * taken along (and that was told).
 */
MUST_USE bool html_walk_link_target(struct taking_body *taking, str *out,
				    const struct page_node *node);
MUST_USE bool html_walk_image_target(struct taking_body *taking, str *out,
				     const struct page_node *node);
/* What stands for the picture; the title of the page, if it says nothing. */
str html_walk_image_text(struct taking_body *taking,
			 const struct page_node *node);

/* The text of a node as it stands, at `depth` of the walk: no Markdown. */
void html_walk_text(struct buf *out, const struct page_node *node,
		    size_t depth);

#endif
