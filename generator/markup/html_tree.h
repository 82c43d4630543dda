/*
 * The tree html_clean keeps of a fragment, and how it is written.
 *
 * Browsers repair trees by rules of their own: a block closes the <p> around
 * it, text in a <table> moves before it. What a browser would move could end
 * up where nobody checked it, so the tree is written in a form that needs no
 * repair: strangers get the element they need around them (a lone <td> its
 * row, body and table), paragraphs that hold blocks become <div>, blocks where
 * only phrases may stand are dissolved.
 *
 * Private to markup/html*.c.
 */
#ifndef JIYUE_MARKUP_HTML_TREE_H
#define JIYUE_MARKUP_HTML_TREE_H

#include "base/buf.h"
#include "markup/html_allow.h"

struct html_node {
	const struct html_element *element; /* NULL: text */
	/*
	 * Not escaped; of an element: its attributes, as written; of a place:
	 * the HTML of ours that stands in it.
	 */
	str text;
	struct html_node *parent;
	struct html_node *first;
	struct html_node *last;
	struct html_node *next;
	bool has_blocks; /* somewhere below */
	bool is_place;
	bool is_idle; /* not written when it is empty */
};

struct html_node *html_node_add(struct html_node *parent, struct arena *arena);

/* Tells the parent what is in a node that is complete. */
void html_node_close(const struct html_node *node);

/*
 * The node to which a child of this kind (NULL: text) is added when `node` is
 * the one that is open: that, or one above it where nothing else could stand.
 */
struct html_node *html_node_home(struct html_node *node,
				 const struct html_element *child);

/*
 * Writes the contents of the root. Gives how many elements stand inside each
 * other, with those that are put around what may not stand by itself.
 */
size_t html_tree_write(struct buf *out, const struct html_node *root);

/*
 * Makes one text of those side by side, and takes line breaks inside Chinese
 * out (markup/html_join.c).
 */
void html_tree_join(struct html_node *root, struct arena *arena);

#endif
