/*
 * The tree is written by recursion over nodes whose depth is bounded by the
 * parser's limit. Each node asks three questions of the table in html_allow.c:
 * may it stand here, is it to be wrapped, or is it to be dissolved so that its
 * contents stay. Words of blocks that are dissolved are kept apart by a space.
 */
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
	size_t depth;	  /* elements that are open */
	size_t deepest;	  /* at most so far */
};

struct html_node *html_node_add(struct html_node *parent, struct arena *arena)
{
	struct html_node *node = arena_alloc(arena, sizeof(*node));

	node->parent = parent;
	if (parent->last == NULL)
		parent->first = node;
	else
		parent->last->next = node;
	parent->last = node;
	return node;
}

/* What holds blocks by dissolving them is no block for its parents. */
void html_node_close(const struct html_node *node)
{
	const struct html_element *element = node->element;
	bool passes_on = element->with_blocks != HTML_HOLDS;

	if ((element->place & blocks) != 0 || (passes_on && node->has_blocks))
		node->parent->has_blocks = true;
}

/* Only <col> may stand in <colgroup>, and nothing could hold anything else. */
struct html_node *html_node_home(struct html_node *node,
				 const struct html_element *child)
{
	bool is_column = child != NULL && child->place == HTML_COLUMN;

	while (node->element != NULL && !is_column &&
	       node->element->content == HTML_COLUMNS)
		node = node->parent;
	return node;
}

static bool is_blank_text(const struct html_node *node)
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

	if (is_blank_text(node) || accepts(content, node->element))
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
	    !byte_is_space(out->data[out->len - 1]))
		buf_add_byte(out, ' ');
	writer->gap = false;
}

static void write_text(struct writer *writer, str text)
{
	if (text.len == 0)
		return;
	if (byte_is_space(text.data[0]))
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
	if (element->content == HTML_VOID)
		return;
	writer->depth++;
	if (writer->deepest < writer->depth)
		writer->deepest = writer->depth;
}

static void write_close(struct writer *writer,
			const struct html_element *element)
{
	buf_add(writer->out, STR("</"));
	buf_add_c(writer->out, element->name);
	buf_add_byte(writer->out, '>');
	writer->in_open_tag = false;
	writer->depth--;
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

/* --- html of ours --------------------------------------------------------- */

/* "p" of "<p class=…>" and of "</p>"; `end` is behind the tag. */
static str tag_at(str html, size_t at, size_t *end)
{
	size_t from = at + 1 + (html.data[at + 1] == '/');
	size_t to = from;

	while (html.data[to] != '>' && html.data[to] != ' ')
		to++;
	*end = at + str_find_byte(str_from(html, at), '>') + 1;
	return str_between(html, from, to);
}

/* Is the tag kept where only phrases may stand, or in a link? */
static bool is_kept(str name, bool only_phrases, bool in_link)
{
	const struct html_element *element;
	char text[16];

	if (name.len >= sizeof(text))
		return false;
	for (size_t i = 0; i < name.len; i++)
		text[i] = name.data[i];
	text[name.len] = '\0';
	element = html_element_find(text);
	if (element == NULL || (in_link && str_equal_c(name, "a")))
		return false;
	return !only_phrases || element->place == HTML_IN_LINE;
}

/* Without the tags that may not stand here; words stay apart. */
static void write_dissolved(struct writer *writer, str html, bool only_phrases)
{
	size_t from = 0;
	size_t at = 0;
	size_t end;

	while (at < html.len) {
		str name;

		if (html.data[at] != '<') {
			at++;
			continue;
		}
		name = tag_at(html, at, &end);
		if (!is_kept(name, only_phrases, writer->in_link)) {
			if (at > from) {
				write_gap(writer);
				buf_add(writer->out,
					str_between(html, from, at));
				writer->in_open_tag = false;
			}
			writer->gap |= !str_equal_c(name, "a");
			from = end;
		}
		at = end;
	}
	if (from < html.len) {
		write_gap(writer);
		buf_add(writer->out, str_from(html, from));
		writer->in_open_tag = false;
	}
}

static void write_place(struct writer *writer, const struct html_node *node,
			enum html_content around)
{
	bool only_phrases = !accepts(around, node->element);

	if (only_phrases || writer->in_link) {
		write_dissolved(writer, node->text, only_phrases);
		return;
	}
	write_gap(writer);
	buf_add(writer->out, node->text);
	writer->in_open_tag = false;
}

/* --- elements ------------------------------------------------------------- */

static void write_element(struct writer *writer, const struct html_node *node,
			  enum html_content around)
{
	enum html_content content;
	const struct html_element *form = form_of(node, around, &content);
	bool is_link = str_equal_c(STR("a"), node->element->name);
	bool was_in_link = writer->in_link;
	struct writer before = *writer;
	size_t start = writer->out->len;
	size_t contents;

	if (is_link && was_in_link) {
		form = NULL;
		content = around;
	}
	if (form != NULL)
		write_open(writer, form, node->text);
	if (form != NULL && form->content == HTML_VOID)
		return;
	writer->in_link = was_in_link || is_link;
	contents = writer->out->len;
	write_siblings(writer, node->first, NULL, content);
	writer->in_link = was_in_link;
	if (node->is_idle && form != NULL && writer->out->len == contents) {
		before.deepest = writer->deepest;
		*writer = before;
		writer->out->len = start;
		return;
	}
	if (form != NULL)
		write_close(writer, form);
}

static void write_node(struct writer *writer, const struct html_node *node,
		       enum html_content content)
{
	if (node->element == NULL) {
		if (is_blank_text(node) || accepts(content, NULL))
			write_text(writer, node->text);
	} else if (node->is_place) {
		write_place(writer, node, content);
	} else if (accepts(content, node->element)) {
		write_element(writer, node, content);
	} else {
		writer->gap = true;
		write_siblings(writer, node->first, NULL, content);
		writer->gap = true;
	}
}

/* The last of the neighbours that share an element around them. */
static const struct html_node *behind_shared(const struct html_node *from,
					     const struct html_node *until,
					     enum html_content content,
					     const struct html_element *wrapper)
{
	const struct html_node *end = from->next;

	for (const struct html_node *node = end; node != until;
	     node = node->next) {
		if (is_blank_text(node))
			continue;
		if (wrapper_of(node, content) != wrapper)
			break;
		end = node->next;
	}
	return end;
}

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
			end = behind_shared(from, until, content, wrapper);
			write_open(writer, wrapper, STR(""));
			write_siblings(writer, from, end, wrapper->content);
			write_close(writer, wrapper);
		}
		from = end;
	}
}

size_t html_tree_write(struct buf *out, const struct html_node *root)
{
	struct writer writer = { .out = out, .in_open_tag = true };

	write_siblings(&writer, root->first, NULL, HTML_FLOW);
	return writer.deepest;
}
