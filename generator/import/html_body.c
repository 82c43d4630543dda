/*
 * What an element is decides a table of names; all that is not in it is text
 * with something around it, and the text counts. Old pages put blocks into
 * <font> and text into <table>, so a block may begin anywhere.
 */
#include "import/html_walk.h"

#include <string.h>

#include "base/unicode.h"

static const struct {
	const char *name;
	enum element_kind kind;
} elements[] = {
	{ "a", ELEMENT_LINK },		 { "address", ELEMENT_BLOCK },
	{ "applet", ELEMENT_TOLD },	 { "article", ELEMENT_BLOCK },
	{ "aside", ELEMENT_BLOCK },	 { "audio", ELEMENT_TOLD },
	{ "b", ELEMENT_STRONG },	 { "blockquote", ELEMENT_QUOTE },
	{ "br", ELEMENT_BREAK },	 { "button", ELEMENT_DROPPED },
	{ "canvas", ELEMENT_TOLD },	 { "caption", ELEMENT_BLOCK },
	{ "center", ELEMENT_BLOCK },	 { "dd", ELEMENT_BLOCK },
	{ "dir", ELEMENT_LIST },	 { "div", ELEMENT_BLOCK },
	{ "dl", ELEMENT_BLOCK },	 { "dt", ELEMENT_BLOCK },
	{ "em", ELEMENT_EMPHASIS },	 { "embed", ELEMENT_TOLD },
	{ "fieldset", ELEMENT_BLOCK },	 { "figcaption", ELEMENT_BLOCK },
	{ "figure", ELEMENT_BLOCK },	 { "footer", ELEMENT_BLOCK },
	{ "form", ELEMENT_BLOCK },	 { "frame", ELEMENT_TOLD },
	{ "frameset", ELEMENT_TOLD },	 { "h1", ELEMENT_HEADING },
	{ "h2", ELEMENT_HEADING },	 { "h3", ELEMENT_HEADING },
	{ "h4", ELEMENT_HEADING },	 { "h5", ELEMENT_HEADING },
	{ "h6", ELEMENT_HEADING },	 { "head", ELEMENT_DROPPED },
	{ "header", ELEMENT_BLOCK },	 { "hr", ELEMENT_RULE },
	{ "i", ELEMENT_EMPHASIS },	 { "iframe", ELEMENT_TOLD },
	{ "img", ELEMENT_IMAGE },	 { "input", ELEMENT_DROPPED },
	{ "li", ELEMENT_BLOCK },	 { "link", ELEMENT_DROPPED },
	{ "main", ELEMENT_BLOCK },	 { "map", ELEMENT_DROPPED },
	{ "marquee", ELEMENT_BLOCK },	 { "math", ELEMENT_TOLD },
	{ "menu", ELEMENT_LIST },	 { "meta", ELEMENT_DROPPED },
	{ "nav", ELEMENT_BLOCK },	 { "noscript", ELEMENT_DROPPED },
	{ "object", ELEMENT_TOLD },	 { "ol", ELEMENT_LIST },
	{ "p", ELEMENT_BLOCK },		 { "param", ELEMENT_DROPPED },
	{ "pre", ELEMENT_CODE },	 { "script", ELEMENT_DROPPED },
	{ "section", ELEMENT_BLOCK },	 { "select", ELEMENT_DROPPED },
	{ "strong", ELEMENT_STRONG },	 { "style", ELEMENT_DROPPED },
	{ "sub", ELEMENT_SMALL },	 { "sup", ELEMENT_SMALL },
	{ "svg", ELEMENT_TOLD },	 { "table", ELEMENT_TABLE },
	{ "tbody", ELEMENT_BLOCK },	 { "td", ELEMENT_BLOCK },
	{ "template", ELEMENT_DROPPED }, { "textarea", ELEMENT_DROPPED },
	{ "tfoot", ELEMENT_BLOCK },	 { "th", ELEMENT_BLOCK },
	{ "thead", ELEMENT_BLOCK },	 { "title", ELEMENT_DROPPED },
	{ "tr", ELEMENT_BLOCK },	 { "ul", ELEMENT_LIST },
	{ "video", ELEMENT_TOLD },
};

enum element_kind html_walk_kind(const struct page_node *node)
{
	size_t low = 0;
	size_t high = COUNT_OF(elements);
	str name = page_node_name(node);

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order =
			str_compare(name, str_from_c(elements[middle].name));

		if (order == 0)
			return elements[middle].kind;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return ELEMENT_INLINE;
}

static bool is_hidden(const struct page_node *node)
{
	str style = page_node_attribute(node, "style");
	size_t at = str_find(style, STR("display"));
	str rest;

	if (at == STR_NONE)
		return false;
	rest = str_trim(str_from(style, at + strlen("display")));
	if (str_at(rest, 0) != ':')
		return false;
	return str_starts_with(str_trim(str_from(rest, 1)), STR("none"));
}

static void tell_dropped(struct taking_body *taking, str name)
{
	if (map_add(&taking->told, arena_copy(taking->arena, name), taking))
		making_say(taking->body->making, IMPORT_NOTE,
			   _("<%.*s> was left out"), STR_ARG(name));
}

void html_walk_children(struct taking_body *taking,
			const struct page_node *node)
{
	const struct page_node *child;

	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child))
		html_walk(taking, child);
}

/* --- links and pictures --------------------------------------------------- */

static enum address_result find(struct taking_body *taking, str *out,
				str address)
{
	struct html_body *body = taking->body;
	enum address_result result;

	if (body->book == NULL) {
		*out = address;
		return str_find(address, STR("://")) == STR_NONE
			       ? ADDRESS_NOWHERE
			       : ADDRESS_OUTSIDE;
	}
	result = link_book_find(out, body->book, body->file, body->place,
				address, taking->arena);
	if (result == ADDRESS_LATER)
		body->is_late = true;
	return result;
}

static bool is_told_address(str address)
{
	return address.len > 0 && address.data[0] != '#' &&
	       !str_starts_with(address, STR("javascript:"));
}

static void tell_dead(struct taking_body *taking, str address)
{
	if (is_told_address(address))
		making_say(taking->body->making, IMPORT_NOTE,
			   _("“%.*s” leads nowhere and is text now"),
			   STR_ARG(unicode_prefix(address, 80)));
}

/* In "<…>": what could end it is encoded. */
static void add_address(struct markdown_out *out, str address)
{
	struct buf text;

	buf_init(&text, out->arena);
	buf_add_c(&text, "](<");
	for (size_t i = 0; i < address.len; i++) {
		char c = address.data[i];

		if (c == '<' || c == '>' || c == '\\' || c == '\n' ||
		    c == '&' || c == '|')
			buf_printf(&text, c == '&' ? "\\%c" : "%%%02X", c);
		else
			buf_add_byte(&text, c);
	}
	buf_add_c(&text, ">)");
	markdown_out_raw(out, buf_str(&text));
}

static bool has_text(const struct page_node *node, size_t depth)
{
	const struct page_node *child;

	if (page_node_is_text(node))
		return unicode_trim(page_node_text(node)).len > 0;
	if (depth > HTML_WALK_DEPTH)
		return false;
	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child))
		if (has_text(child, depth + 1))
			return true;
	return false;
}

/* A block in it, or a picture: then the link itself is not worth it. */
static bool has_more_than_text(const struct page_node *node, size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node); child != NULL && depth < 8;
	     child = page_node_next(child)) {
		enum element_kind kind = page_node_is_text(child)
						 ? ELEMENT_INLINE
						 : html_walk_kind(child);

		if (kind == ELEMENT_BREAK ||
		    (kind != ELEMENT_INLINE && kind != ELEMENT_STRONG &&
		     kind != ELEMENT_EMPHASIS && kind != ELEMENT_SMALL) ||
		    has_more_than_text(child, depth + 1))
			return true;
	}
	return depth >= 8 && child != NULL;
}

bool html_walk_link_target(struct taking_body *taking, str *out,
			   const struct page_node *node)
{
	str address = page_node_attribute(node, "href");
	enum address_result result;

	if (address.len == 0 || taking->is_in_link || !has_text(node, 0) ||
	    has_more_than_text(node, 0))
		return false;
	result = find(taking, out, address);
	if (result == ADDRESS_NOWHERE)
		tell_dead(taking, address);
	return result == ADDRESS_LEADS || result == ADDRESS_OUTSIDE;
}

static void walk_link(struct taking_body *taking, const struct page_node *node)
{
	unsigned wanted = taking->out.wanted;
	str found;

	if (!html_walk_link_target(taking, &found, node)) {
		html_walk_children(taking, node);
		return;
	}
	markdown_out_settle(&taking->out);
	markdown_out_raw(&taking->out, STR("["));
	taking->is_in_link = true;
	html_walk_children(taking, node);
	taking->out.gap = false;
	taking->out.wanted = 0;
	markdown_out_settle(&taking->out);
	taking->out.wanted = wanted;
	taking->is_in_link = false;
	add_address(&taking->out, found);
}

str html_walk_image_text(struct taking_body *taking,
			 const struct page_node *node)
{
	str text = unicode_trim(page_node_attribute(node, "alt"));

	if (text.len == 0)
		text = unicode_trim(page_node_attribute(node, "title"));
	if (text.len == 0)
		text = new_resource_text(&taking->body->making->resource,
					 "title");
	return unicode_prefix(text, 200);
}

bool html_walk_image_target(struct taking_body *taking, str *out,
			    const struct page_node *node)
{
	str address = page_node_attribute(node, "src");

	if (address.len == 0 || taking->is_in_link)
		return false;
	switch (find(taking, out, address)) {
	case ADDRESS_LEADS:
		return true;
	case ADDRESS_OUTSIDE:
		making_say(taking->body->making, IMPORT_NOTE,
			   _("the picture “%.*s” lies elsewhere and was not "
			     "taken"),
			   STR_ARG(unicode_prefix(address, 80)));
		return false;
	default:
		making_say(taking->body->making, IMPORT_NOTE,
			   _("there is no picture “%.*s”"),
			   STR_ARG(unicode_prefix(address, 80)));
		return false;
	}
}

static void walk_image(struct taking_body *taking, const struct page_node *node)
{
	struct markdown_out *out = &taking->out;
	struct buf label;
	str found;

	if (!html_walk_image_target(taking, &found, node))
		return;
	markdown_out_settle(out);
	buf_init(&label, taking->arena);
	buf_add_c(&label, "![");
	markdown_out_escape(&label, html_walk_image_text(taking, node));
	markdown_out_raw(out, buf_str(&label));
	add_address(out, found);
}

/* --- lists, quotes, code -------------------------------------------------- */

static void walk_item(struct taking_body *taking, const struct page_node *node,
		      str first, bool is_next)
{
	static const char blanks[] = "        ";
	size_t mark;

	if (!has_text(node, 0)) {
		html_walk_children(taking, node);
		return;
	}
	if (!markdown_out_enter(&taking->out, first,
				(str){ blanks, first.len < 8 ? first.len : 8 },
				is_next, &mark)) {
		html_walk_children(taking, node);
		return;
	}
	html_walk_children(taking, node);
	markdown_out_leave(&taking->out, mark);
}

static void walk_list(struct taking_body *taking, const struct page_node *node)
{
	bool is_counted = page_node_is(node, "ol");
	bool is_other = taking->lists++ % 2 == 1;
	const struct page_node *child;
	unsigned number = 0;

	markdown_out_end(&taking->out);
	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child)) {
		str first = is_counted ? arena_printf(taking->arena, "%u%s ",
						      number + 1,
						      is_other ? ")" : ".")
				       : (is_other ? STR("* ") : STR("- "));

		if (!page_node_is(child, "li")) {
			html_walk(taking, child);
			continue;
		}
		walk_item(taking, child, first, number++ > 0);
	}
	markdown_out_end(&taking->out);
}

static void walk_quote(struct taking_body *taking, const struct page_node *node)
{
	size_t mark;

	if (!has_text(node, 0) ||
	    !markdown_out_enter(&taking->out, STR("> "), STR("> "), false,
				&mark)) {
		html_walk_children(taking, node);
		return;
	}
	html_walk_children(taking, node);
	markdown_out_leave(&taking->out, mark);
}

void html_walk_text(struct buf *out, const struct page_node *node, size_t depth)
{
	const struct page_node *child;

	if (page_node_is_text(node)) {
		buf_add(out, page_node_text(node));
		return;
	}
	if (page_node_is(node, "br"))
		buf_add_byte(out, '\n');
	for (child = page_node_first(node);
	     child != NULL && depth < HTML_WALK_DEPTH;
	     child = page_node_next(child))
		if (html_walk_kind(child) != ELEMENT_DROPPED)
			html_walk_text(out, child, depth + 1);
}

static void walk_code(struct taking_body *taking, const struct page_node *node)
{
	str fence = STR("```````");
	struct buf lines;
	str text;

	buf_init(&lines, taking->arena);
	html_walk_text(&lines, node, 0);
	text = buf_str(&lines);
	if (str_is_blank(text))
		return;
	markdown_out_block(&taking->out,
			   arena_printf(taking->arena, "%.*s\n%.*s\n%.*s",
					STR_ARG(fence), STR_ARG(text),
					STR_ARG(fence)));
}

/* --- the tree ------------------------------------------------------------- */

static void walk_flagged(struct taking_body *taking,
			 const struct page_node *node, unsigned flag)
{
	unsigned before = taking->out.wanted;

	taking->out.wanted |= flag;
	html_walk_children(taking, node);
	taking->out.wanted = before;
}

static void walk_small(struct taking_body *taking, const struct page_node *node)
{
	str name = page_node_name(node);

	if (!has_text(node, 0) || has_more_than_text(node, 0)) {
		html_walk_children(taking, node);
		return;
	}
	markdown_out_settle(&taking->out);
	markdown_out_raw(&taking->out,
			 arena_printf(taking->arena, "<%.*s>", STR_ARG(name)));
	html_walk_children(taking, node);
	markdown_out_settle(&taking->out);
	markdown_out_raw(&taking->out,
			 arena_printf(taking->arena, "</%.*s>", STR_ARG(name)));
}

static void walk_block(struct taking_body *taking, const struct page_node *node,
		       int heading)
{
	markdown_out_end(&taking->out);
	taking->out.heading = heading;
	html_walk_children(taking, node);
	markdown_out_end(&taking->out);
	taking->out.heading = 0;
}

static void walk_element(struct taking_body *taking,
			 const struct page_node *node)
{
	switch (html_walk_kind(node)) {
	case ELEMENT_DROPPED:
		return;
	case ELEMENT_TOLD:
		tell_dropped(taking, page_node_name(node));
		return;
	case ELEMENT_BLOCK:
		walk_block(taking, node, 0);
		return;
	case ELEMENT_HEADING:
		walk_block(taking, node, page_node_name(node).data[1] - '0');
		return;
	case ELEMENT_STRONG:
		walk_flagged(taking, node,
			     taking->out.heading > 0 ? 0 : MARKDOWN_OUT_STRONG);
		return;
	case ELEMENT_EMPHASIS:
		walk_flagged(taking, node, MARKDOWN_OUT_EMPHASIS);
		return;
	case ELEMENT_SMALL:
		walk_small(taking, node);
		return;
	case ELEMENT_BREAK:
		markdown_out_break(&taking->out);
		return;
	case ELEMENT_RULE:
		markdown_out_block(&taking->out, STR("***"));
		return;
	case ELEMENT_LIST:
		walk_list(taking, node);
		return;
	case ELEMENT_QUOTE:
		walk_quote(taking, node);
		return;
	case ELEMENT_CODE:
		walk_code(taking, node);
		return;
	case ELEMENT_TABLE:
		html_walk_table(taking, node);
		return;
	case ELEMENT_IMAGE:
		walk_image(taking, node);
		return;
	case ELEMENT_LINK:
		walk_link(taking, node);
		return;
	case ELEMENT_INLINE:
		html_walk_children(taking, node);
		return;
	}
}

void html_walk(struct taking_body *taking, const struct page_node *node)
{
	if (page_node_is_text(node)) {
		markdown_out_text(&taking->out, page_node_text(node));
		return;
	}
	if (taking->depth > HTML_WALK_DEPTH || is_hidden(node)) {
		if (has_text(node, 0))
			making_say(taking->body->making, IMPORT_NOTE, "%s",
				   _("what was hidden was left out"));
		return;
	}
	taking->depth++;
	walk_element(taking, node);
	taking->depth--;
}

str html_body_take(struct html_body *body, const struct page_node *root)
{
	struct taking_body taking = { .body = body,
				      .arena = body->making->arena };
	struct buf out;

	buf_init(&out, taking.arena);
	markdown_out_init(&taking.out, &out, taking.arena);
	map_init(&taking.told, taking.arena);
	if (root != NULL)
		html_walk_children(&taking, root);
	markdown_out_end(&taking.out);
	return buf_str(&out);
}

str html_body_of_fragment(struct import_making *making, str html)
{
	struct html_body body = { .making = making };
	struct page_tree *tree = page_tree_open_html(html);
	str text = STR("");

	if (tree == NULL)
		return text;
	text = html_body_take(&body, page_tree_root(tree));
	page_tree_close(tree);
	return text;
}
