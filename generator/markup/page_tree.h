/*
 * A page of another site, or a part of a Word file, as a tree that can be
 * asked with XPath (libxml2). HTML is repaired as it comes, upper-case tags
 * and missing ends included; XML must be well-formed.
 *
 * Always true: nothing is fetched, no DTD is read and no entity of a document
 * is expanded; the tree is read-only; texts are UTF-8 and live as long as it.
 * Limits: HTML 8 MiB and 256 attributes in a tag, XML 32 MiB; 256 elements
 * inside each other; an XPath has 5,000,000 steps.
 */
#ifndef JIYUE_MARKUP_PAGE_TREE_H
#define JIYUE_MARKUP_PAGE_TREE_H

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

enum {
	PAGE_TREE_HTML_LIMIT = 8 * 1024 * 1024,
	PAGE_TREE_XML_LIMIT = 32 * 1024 * 1024,
	PAGE_TREE_STEPS = 5 * 1000 * 1000,
};

struct page_tree;
struct page_node;
struct page_query;

/* NULL when it is over a limit, or XML with a mistake. */
struct page_tree *page_tree_open_html(str text);
struct page_tree *page_tree_open_xml(str text);
void page_tree_close(struct page_tree *tree);

/* NULL: of an empty page. */
const struct page_node *page_tree_root(const struct page_tree *tree);

/* Small letters in HTML; without the prefix in XML; empty: a text. */
str page_node_name(const struct page_node *node);
bool page_node_is(const struct page_node *node, const char *name);

/* Is it one of `count` names? */
bool page_node_is_one_of(const struct page_node *node, const char *const *names,
			 size_t count);
bool page_node_is_text(const struct page_node *node);
/* Of a text; that of an element is page_node_add_text's. */
str page_node_text(const struct page_node *node);

/* Elements and texts; comments and the like are passed over. */
const struct page_node *page_node_first(const struct page_node *node);
const struct page_node *page_node_next(const struct page_node *node);

/* Empty when it is not there; `name` without a prefix. */
str page_node_attribute(const struct page_node *node, const char *name);

/* NULL: no XPath. */
struct page_query *page_query_open(str xpath);
void page_query_close(struct page_query *query);

/*
 * The elements that it finds, in the order of the page (const struct page_node
 * *), and where it finds attributes or texts, these (str, in the arena). Either
 * may be NULL. False when it takes more steps than allowed.
 */
MUST_USE bool page_query_find(struct page_tree *tree,
			      const struct page_query *query,
			      struct list *nodes, struct list *texts,
			      struct arena *arena);

#endif
