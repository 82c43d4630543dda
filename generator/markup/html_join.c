/*
 * Texts of a tree as they are read: what stood between two that are left out
 * (a comment, an empty element) parts them no more, and a line break inside
 * Chinese is nothing.
 *
 * It is done on the finished tree, because what follows a text decides whether
 * its line break is inside Chinese.
 */
#include "markup/html_tree.h"
#include "markup/markdown_plain.h"

/* There a line break is what was written. */
static bool is_preformatted(const struct html_node *node)
{
	for (; node != NULL; node = node->parent)
		if (node->element != NULL &&
		    (str_equal_c(STR("pre"), node->element->name) ||
		     (node->element->instead != NULL &&
		      str_equal_c(STR("pre"), node->element->instead))))
			return true;
	return false;
}

static bool is_text(const struct html_node *node)
{
	return node != NULL && node->element == NULL && !node->is_place;
}

/* Of what is not written it does not matter that it stands between texts. */
static bool is_nothing(const struct html_node *node)
{
	return node != NULL && node->is_idle && node->first == NULL;
}

/* Texts side by side are one: what stood between them is left out. */
static void join_followers(struct html_node *node, struct arena *arena)
{
	struct buf text;

	if (!is_text(node->next) && !is_nothing(node->next))
		return;
	buf_init(&text, arena);
	buf_add(&text, node->text);
	for (; is_text(node->next) || is_nothing(node->next);
	     node->next = node->next->next)
		if (is_text(node->next))
			buf_add(&text, node->next->text);
	node->text = buf_str(&text);
	if (node->next == NULL)
		node->parent->last = node;
}

/* Inside Chinese a line break is nothing, in raw HTML as in Markdown. */
static void join_text(struct html_node *node, struct arena *arena)
{
	join_followers(node, arena);
	if (str_find_byte(node->text, '\n') != STR_NONE &&
	    !is_preformatted(node->parent))
		node->text = markdown_plain_joined(node->text, arena);
}

static struct html_node *behind(struct html_node *node)
{
	while (node->next == NULL && node->parent != NULL)
		node = node->parent;
	return node->next;
}

void html_tree_join(struct html_node *root, struct arena *arena)
{
	struct html_node *node = root->first;

	while (node != NULL) {
		if (is_text(node))
			join_text(node, arena);
		node = node->first != NULL ? node->first : behind(node);
	}
}
