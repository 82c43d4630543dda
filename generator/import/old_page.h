/*
 * One page of an old site, asked for its parts: meta tags, what stands behind a
 * word, XPath, the element that holds the text.
 *
 * Private to import/.
 */
#ifndef JIYUE_IMPORT_OLD_PAGE_H
#define JIYUE_IMPORT_OLD_PAGE_H

#include "base/map.h"
#include "markup/page_tree.h"

/* XPaths that are compiled once for all pages. */
struct old_page_queries {
	struct map compiled; /* expression to struct page_query * */
	struct arena *arena;
};

struct old_page {
	struct page_tree *tree;
	struct arena *arena; /* of this page */
	struct old_page_queries *queries;
	struct map metas; /* name in small letters to str * */
	str text;	  /* of the whole page; made when it is asked for */
	bool has_text;
	bool has_frames; /* it is nothing but frames */
};

void old_page_queries_init(struct old_page_queries *queries,
			   struct arena *arena);
void old_page_queries_release(struct old_page_queries *queries);

/* Whether the expression can be asked: an XPath may have a mistake. */
MUST_USE bool old_page_may_ask(struct old_page_queries *queries,
			       str expression);

/* False: the page is over a limit, or empty. */
MUST_USE bool old_page_open(struct old_page *out, str text,
			    struct old_page_queries *queries,
			    struct arena *arena);
void old_page_close(struct old_page *page);

/*
 * "meta:PubDate"; "after:发布时间", what stands behind the word and a colon up
 * to the end of the line; "word:来源", the same up to the next blank; an XPath.
 */
void old_page_find(const struct old_page *page, str expression,
		   struct list *values);

/* The first element that the XPath finds and that has text; or NULL. */
const struct page_node *old_page_element(const struct old_page *page,
					 str xpath);

/* The element in which most of the page's own text stands; or NULL. */
const struct page_node *old_page_densest(const struct old_page *page);

#endif
