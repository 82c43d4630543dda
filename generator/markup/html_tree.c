#include "markup/html_tree.h"

#include "markup/html.h"

/* The places of elements that open a line of their own. */
static const unsigned blocks =
	~(unsigned)(HTML_IN_LINE | HTML_RUBY_PART | HTML_MEDIA_PART);

struct writer {
	struct buf *out;
	bool in_link;
	bool in_open_tag; /* the last thing written is an open tag */
	bool gap;	  /* a dissolved block began or ended here */
};

struct html_node *html_node_add(struct html_node *parent, struct arena *arena)
{
	struct html_node *node = arena_alloc(arena, sizeof(*node));

	if (parent->last == NULL)
		parent->first = node;
	else
		parent->last->next = node;
	parent->last = node;
	return node;
}

/* What holds blocks by dissolving them is no block for its parents. */
void html_node_close(const struct html_node *node, struct html_node *parent)
{
	const struct html_element *element = node->element;
	bool passes_on = element->with_blocks != HTML_HOLDS;

	if ((element->place & blocks) != 0 || (passes_on && node->has_blocks))
		parent->has_blocks = true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static bool is_blank(const struct html_node *node)
{
	return node->element == NULL && str_trim(node->text).len == 0;
}

/* --- what is put around a node that may not stand here ------------------- */

static bool accepts(enum html_content content, const struct html_element *child)
{
	unsigned place = child == NULL ? HTML_IN_LINE : child->place;

	return (html_content_rule(content).accepts & place) != 0;
}

static const struct html_element *find_or_null(const char *name)
{
	return name == NULL ? NULL : html_element_find(name);
}

/*
 * The element that must be put around a node that may not stand here by
 * itself. NULL: it may, or there is none and its own tags go.
 */
static const struct html_element *wrapper_of(const struct html_node *node,
					     enum html_content content)
{
	const struct html_element *home = node->element;

	if (is_blank(node) || accepts(content, node->element))
		return NULL;
	while (home != NULL && !accepts(content, home))
		home = find_or_null(home->home);
	if (home != NULL)
		return home;
	return find_or_null(html_content_rule(content).wrapper);
}

/* --- writing ------------------------------------------------------------- */

static void write_siblings(struct writer *writer, const struct html_node *from,
			   const struct html_node *until,
			   enum html_content content);

/* Keeps words apart that stood in blocks of their own. */
static void write_gap(struct writer *writer)
{
	struct buf *out = writer->out;

	if (writer->gap && out->len > 0 && !writer->in_open_tag &&
	    !is_space(out->data[out->len - 1]))
		buf_add_byte(out, ' ');
	writer->gap = false;
}

static void write_text(struct writer *writer, str text)
{
	if (text.len == 0)
		return;
	if (is_space(text.data[0]))
		writer->gap = false;
	write_gap(writer);
	html_escape(writer->out, text);
	writer->in_open_tag = false;
}

static void write_open(struct writer *writer,
		       const struct html_element *element, str attributes)
{
	write_gap(writer);
	buf_add_byte(writer->out, '<');
	buf_add_c(writer->out, element->name);
	buf_add(writer->out, attributes);
	buf_add_byte(writer->out, '>');
	writer->in_open_tag = element->content != HTML_VOID;
}

static void write_close(struct writer *writer,
			const struct html_element *element)
{
	buf_add(writer->out, STR("</"));
	buf_add_c(writer->out, element->name);
	buf_add_byte(writer->out, '>');
	writer->in_open_tag = false;
	if ((element->place & blocks) != 0)
		writer->gap = false;
}

/* How an element that holds blocks is written; NULL: without its tags. */
static const struct html_element *form_of(const struct html_node *node,
					  enum html_content around,
					  enum html_content *content)
{
	bool opens = node->has_blocks &&
		     (html_content_rule(around).accepts & HTML_BLOCK) != 0;

	*content = node->element->content;
	if (!opens)
		return node->element;
	switch (node->element->with_blocks) {
	case HTML_OPENS:
		*content = HTML_LINK_FLOW;
		return node->element;
	case HTML_TURNS:
		*content = HTML_FLOW;
		return html_element_find("div");
	case HTML_VANISHES:
		*content = around;
		return NULL;
	default:
		return node->element;
	}
}

static void write_element(struct writer *writer, const struct html_node *node,
			  enum html_content around)
{
	enum html_content content;
	const struct html_element *form = form_of(node, around, &content);
	bool is_link = str_equal_c(STR("a"), node->element->name);
	bool was_in_link = writer->in_link;

	if (is_link && was_in_link) {
		form = NULL;
		content = around;
	}
	if (form != NULL)
		write_open(writer, form, node->text);
	if (form != NULL && form->content == HTML_VOID)
		return;
	writer->in_link = was_in_link || is_link;
	write_siblings(writer, node->first, NULL, content);
	writer->in_link = was_in_link;
	if (form != NULL)
		write_close(writer, form);
}

static void write_node(struct writer *writer, const struct html_node *node,
		       enum html_content content)
{
	if (node->element == NULL) {
		if (is_blank(node) || accepts(content, NULL))
			write_text(writer, node->text);
	} else if (accepts(content, node->element)) {
		write_element(writer, node, content);
	} else {
		writer->gap = true;
		write_siblings(writer, node->first, NULL, content);
		writer->gap = true;
	}
}

/* Neighbours that need the same element around them share one. */
static void write_siblings(struct writer *writer, const struct html_node *from,
			   const struct html_node *until,
			   enum html_content content)
{
	while (from != until) {
		const struct html_element *wrapper = wrapper_of(from, content);
		const struct html_node *end = from->next;

		if (wrapper == NULL) {
			write_node(writer, from, content);
		} else {
			while (end != until &&
			       (is_blank(end) ||
				wrapper_of(end, content) == wrapper))
				end = end->next;
			write_open(writer, wrapper, STR(""));
			write_siblings(writer, from, end, wrapper->content);
			write_close(writer, wrapper);
		}
		from = end;
	}
}

void html_tree_write(struct buf *out, const struct html_node *root)
{
	struct writer writer = { .out = out, .in_open_tag = true };

	write_siblings(&writer, root->first, NULL, HTML_FLOW);
}
