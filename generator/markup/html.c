/*
 * libxml2 calls us for every tag as it reads; we keep what html_allow.c names
 * in a tree of our own and write that. libxml2 never builds a tree: its memory
 * is small, and the limit on nesting stands where elements are opened.
 *
 * It closes and opens elements as browsers do, and tells of them as if they
 * were written. So a token is looked for in the text wherever one is needed:
 * between the end of the last one (`behind`) and where the parser is now.
 */
#include "markup/html.h"

#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "markup/html_attribute.h"
#include "markup/html_guard.h"
#include "markup/html_prepare.h"
#include "markup/html_tree.h"
#include "markup/html_value.h"

enum {
	FRAME_DEPTH = 2, /* html and body */
	/* elements of ours around and between those that strangers wrote */
	TRUSTED_DEPTH = HTML_GUARD_DEPTH + 8,
};

struct open_element {
	struct html_node *node;	 /* where its contents go */
	struct html_node *outer; /* the first that was made for it, or NULL */
	size_t start;		 /* of its tag */
	bool is_trusted;
	bool is_known; /* in the table, and stays */
	bool is_link;  /* <a href> */
	bool may_stay_open;
	bool is_apart;
};

struct reading {
	struct html_filter filter;
	htmlParserCtxtPtr parser;
	struct html_node root;
	size_t depth;
	size_t trusted;	     /* elements of ours among the open ones */
	size_t most_trusted; /* at a time */
	size_t dropped_from; /* depth of the element that is dropped; 0: none */
	size_t behind;	     /* the last token, in the text */
	size_t ended_links;  /* by other links, before their end tags */
	bool is_over;
	struct open_element
		open[FRAME_DEPTH + HTML_GUARD_DEPTH + TRUSTED_DEPTH];
};

static struct html_node *current(struct reading *reading)
{
	return reading->depth == 0 ? &reading->root
				   : reading->open[reading->depth - 1].node;
}

/* --- where the parser is -------------------------------------------------- */

static size_t position(const struct reading *reading)
{
	const xmlParserInput *input = reading->parser->input;
	size_t at =
		(size_t)input->consumed + (size_t)(input->cur - input->base);

	return at < reading->filter.text.len ? at : reading->filter.text.len;
}

/* Declarations and such, which nobody is told of. */
static size_t skip_untold(const struct reading *reading, size_t at)
{
	str text = reading->filter.text;

	while (at + 1 < text.len && text.data[at] == '<' &&
	       (text.data[at + 1] == '!' || text.data[at + 1] == '?')) {
		str rest = str_from(text, at);
		size_t end = str_find_byte(rest, '>');

		if (end == STR_NONE)
			return at;
		at += end + 1;
		rest = str_from(text, at);
		end = str_find_byte(rest, '<');
		at = end == STR_NONE ? text.len : at + end;
	}
	return at;
}

/* The start of the token that the parser is in or behind. */
static size_t token_start(const struct reading *reading)
{
	str rest = str_from(reading->filter.text, reading->behind);
	size_t at = str_find_byte(rest, '<');

	if (at == STR_NONE)
		return reading->behind;
	return skip_untold(reading, reading->behind + at);
}

static void set_token(struct reading *reading, str element)
{
	reading->filter.element = element;
	reading->filter.start = token_start(reading);
	reading->filter.end = position(reading);
	if (reading->filter.end < reading->filter.start)
		reading->filter.end = reading->filter.start;
}

static bool is_name_byte(char c)
{
	return byte_is_letter(c) || byte_is_digit(c) || c == ':' || c == '-' ||
	       c == '_';
}

static bool is_token(const struct reading *reading, const char *start,
		     const char *name)
{
	str token = str_from(reading->filter.text, token_start(reading));
	size_t len = strlen(start) + strlen(name);

	return str_starts_with(token, str_from_c(start)) &&
	       str_equal_ignoring_case(str_between(token, strlen(start), len),
				       str_from_c(name)) &&
	       (token.len <= len || !is_name_byte(token.data[len]));
}

/* Is it the end tag of this element that the parser is behind? */
static bool is_end_tag(const struct reading *reading, const char *name)
{
	return is_token(reading, "</", name);
}

static void remark(struct reading *reading, enum html_reason reason,
		   bool has_gone)
{
	struct html_remark remark = { .reason = reason,
				      .element = reading->filter.element,
				      .has_gone = has_gone,
				      .start = reading->filter.start,
				      .end = reading->filter.end };

	html_filter_tell(&reading->filter, &remark);
}

/* Of an element that is open, told at its tag. */
static void remark_open(struct reading *reading,
			const struct open_element *open, const char *name,
			enum html_reason reason)
{
	reading->filter.element = str_from_c(name);
	reading->filter.start = open->start;
	reading->filter.end = open->start + 1 + strlen(name);
	remark(reading, reason, reason == HTML_REASON_SWALLOWED);
}

/* --- elements ------------------------------------------------------------- */

static bool is_page_frame(const char *name)
{
	return strcmp(name, "html") == 0 || strcmp(name, "body") == 0;
}

static struct html_node *add_node(struct html_node *parent,
				  const struct html_element *element, str text,
				  struct arena *arena)
{
	struct html_node *node = html_node_add(parent, arena);

	node->element = element;
	node->text = text;
	return node;
}

/* A picture that cannot be shown is said in words, as Markdown does. */
static void add_text(struct reading *reading, str text)
{
	if (text.len > 0)
		add_node(html_node_home(current(reading), NULL), NULL, text,
			 reading->filter.arena);
}

/* A page inside the page becomes a link to it. */
static void add_frame(struct reading *reading,
		      const struct html_written *written)
{
	const struct html_options *options = reading->filter.options;
	struct arena *arena = reading->filter.arena;
	str label =
		written->label.len > 0 ? written->label : options->frame_label;
	size_t at = str_find(written->text, STR(" src=\""));
	struct html_node *node;
	str parts[3];

	parts[0] = str_between(written->text, 0, at);
	parts[1] = STR(" href=\"");
	parts[2] = str_from(written->text, at + 6);
	node = add_node(html_node_home(current(reading), NULL),
			html_element_find("a"), arena_join(arena, parts, 3),
			arena);
	add_node(node, NULL, label, arena);
	html_node_close(node);
}

static void add_anchor(struct html_node *parent, str id, struct arena *arena)
{
	struct html_node *node =
		add_node(parent, html_element_find("span"), STR(""), arena);
	struct buf text;

	buf_init(&text, arena);
	buf_add(&text, STR(" id=\""));
	html_escape(&text, id);
	buf_add_byte(&text, '"');
	node->text = buf_str(&text);
	html_node_close(node);
}

/* <span style="font-weight: bold"> becomes <span><b>. */
static struct html_node *add_inside(struct html_node *node, unsigned inside,
				    struct arena *arena)
{
	for (size_t i = 0; i < html_style_element_count; i++)
		if (inside & 1u << i)
			node = add_node(
				node, html_element_find(html_style_elements[i]),
				STR(""), arena);
	return node;
}

static str class_text(const struct html_element *element, str attributes,
		      struct arena *arena)
{
	if (element->class_name == NULL ||
	    str_find(attributes, STR(" class=")) != STR_NONE)
		return attributes;
	return arena_printf(arena, "%.*s class=\"%s\"", STR_ARG(attributes),
			    element->class_name);
}

/* An allowed element of a stranger. */
static void add_element(struct reading *reading, struct open_element *open,
			const struct html_element *found,
			const xmlChar **attributes)
{
	struct arena *arena = reading->filter.arena;
	const struct html_element *element =
		found->instead == NULL ? found
				       : html_element_find(found->instead);
	struct html_written written;

	if (str_equal_c(STR("h1"), found->name))
		remark(reading, HTML_REASON_TITLE, false);
	if (!html_has_required(element, attributes)) {
		remark(reading, element->reason, false);
		add_text(reading,
			 html_filter_text(&reading->filter,
					  str_from_c(html_attribute_value(
						  attributes, STR("alt")))));
		return;
	}
	html_attributes(&written, &reading->filter, element, attributes);
	if (!written.is_whole) {
		add_text(reading, written.alt);
		return;
	}
	if (written.is_dead)
		element = html_element_find("span");
	open->outer =
		add_node(html_node_home(current(reading), element), element,
			 class_text(found, written.text, arena), arena);
	open->outer->is_idle =
		element->is_idle_empty &&
		str_find(open->outer->text, STR(" id=\"")) == STR_NONE;
	if (element->content == HTML_VOID) {
		html_node_close(open->outer);
		open->outer = NULL;
		return;
	}
	if (written.inner_id.len > 0 && element->content == HTML_PHRASES)
		add_anchor(open->outer, written.inner_id, arena);
	open->node = add_inside(open->outer, written.inside, arena);
}

static void drop(struct reading *reading, const struct html_element *element,
		 const xmlChar **attributes)
{
	struct html_written written = { .is_whole = false };

	if (!element->is_alone)
		reading->dropped_from = reading->depth + 1;
	if (element->required != NULL)
		html_attributes(&written, &reading->filter, element,
				attributes);
	if (written.is_whole)
		add_frame(reading, &written);
	else
		remark(reading, element->reason, !element->is_alone);
}

static bool has_font_of_signs(const xmlChar **attributes)
{
	return html_value_names_signs(
		str_from_c(html_attribute_value(attributes, STR("face"))));
}

static void open_strange(struct reading *reading, struct open_element *open,
			 const char *name, const xmlChar **attributes)
{
	const struct html_element *element = html_element_find(name);

	open->is_link = strcmp(name, "a") == 0 &&
			html_attribute_value(attributes, STR("href")) != NULL;
	if (element == NULL) {
		remark(reading, html_element_reason(str_from_c(name)), false);
		return;
	}
	open->may_stay_open = element->may_stay_open;
	open->is_apart = element->is_apart;
	open->is_known = !element->is_dropped && !element->is_unwrapped;
	if (open->is_apart)
		add_text(reading, STR(" "));
	if (element->is_dropped)
		drop(reading, element, attributes);
	else if (element->is_unwrapped)
		remark(reading,
		       has_font_of_signs(attributes) ? HTML_REASON_SIGNS
						     : element->reason,
		       false);
	else
		add_element(reading, open, element, attributes);
}

static void add_place(struct reading *reading, size_t number)
{
	const struct html_element *element = &html_place_element;
	struct html_node *node = add_node(
		html_node_home(current(reading), element), element,
		reading->filter.options->places[number], reading->filter.arena);

	node->is_place = true;
	html_node_close(node);
}

/*
 * A link of ours inside one of a stranger, with something between: the
 * stranger's link becomes text.
 */
static void unlink_strangers(struct reading *reading)
{
	for (size_t i = 0; i < reading->depth; i++) {
		struct open_element *open = &reading->open[i];

		if (!open->is_link || open->is_trusted || open->outer == NULL)
			continue;
		open->is_link = false;
		open->outer->element = html_element_find("span");
		open->outer->text = STR("");
		remark_open(reading, open, "a", HTML_REASON_LINK_IN_LINK);
	}
}

/* Ours: a place, or a tag that needs no cleaning. */
static void open_trusted(struct reading *reading, struct open_element *open,
			 const char *name, const xmlChar **attributes)
{
	const struct html_options *options = reading->filter.options;
	const struct html_element *element = html_element_find(name);
	str mark = str_from_c(html_attribute_value(attributes, options->mark));
	uint64_t number;

	if (str_to_u64(&number, mark) && number < options->place_count) {
		add_place(reading, (size_t)number);
		return;
	}
	if (element == NULL || reading->dropped_from != 0)
		return;
	open->is_link = strcmp(name, "a") == 0;
	if (open->is_link)
		unlink_strangers(reading);
	open->outer =
		add_node(html_node_home(current(reading), element), element,
			 html_trusted_attributes(&reading->filter, attributes),
			 reading->filter.arena);
	open->node = open->outer;
	if (element->content != HTML_VOID)
		return;
	html_node_close(open->outer);
	open->node = current(reading);
	open->outer = NULL;
}

/* Is the tag one of ours? Nobody else knows the mark. */
static bool is_trusted(const struct reading *reading,
		       const xmlChar **attributes)
{
	str mark = reading->filter.options->mark;

	return mark.len > 0 && html_attribute_value(attributes, mark) != NULL;
}

static bool is_too_deep(const struct reading *reading)
{
	return reading->depth == COUNT_OF(reading->open) ||
	       reading->depth - reading->trusted >=
		       FRAME_DEPTH + HTML_GUARD_DEPTH;
}

static void on_open(void *context, const xmlChar *name_,
		    const xmlChar **attributes)
{
	struct reading *reading = context;
	const char *name = (const char *)name_;
	struct open_element open = { .node = current(reading),
				     .is_trusted =
					     is_trusted(reading, attributes) };

	if (is_too_deep(reading)) {
		reading->is_over = true;
		xmlStopParser(reading->parser);
		return;
	}
	set_token(reading, str_from_c(name));
	open.start = reading->filter.start;
	if (open.is_trusted)
		open_trusted(reading, &open, name, attributes);
	else if (reading->dropped_from == 0 && !is_page_frame(name))
		open_strange(reading, &open, name, attributes);
	reading->trusted += open.is_trusted;
	if (reading->most_trusted < reading->trusted)
		reading->most_trusted = reading->trusted;
	reading->open[reading->depth++] = open;
	reading->behind = position(reading);
}

/* --- ends ----------------------------------------------------------------- */

static bool is_void(const char *name)
{
	const struct html_element *element = html_element_find(name);

	return element != NULL && element->content == HTML_VOID;
}

/*
 * Closed by something else than its end tag: a link by the next one, or by the
 * end of what it stands in. <a name> was often left open.
 */
static void remark_unclosed(struct reading *reading,
			    const struct open_element *open, const char *name)
{
	if (open->is_link && is_token(reading, "<", "a")) {
		reading->ended_links++;
		set_token(reading, str_from_c(name));
		if (open->is_trusted)
			remark(reading, HTML_REASON_LINK_IN_LINK, false);
		else
			remark_open(reading, open, name,
				    HTML_REASON_LINK_IN_LINK);
	} else if (open->is_known && !open->may_stay_open && !is_void(name) &&
		   (open->is_link || strcmp(name, "a") != 0)) {
		remark_open(reading, open, name, HTML_REASON_UNCLOSED);
	}
}

/* A script or style that never ends takes all that is behind it with it. */
static bool has_swallowed(const struct reading *reading, const char *name)
{
	return position(reading) >= reading->filter.text.len &&
	       (strcmp(name, "script") == 0 || strcmp(name, "style") == 0);
}

static void close_nodes(const struct open_element *open)
{
	struct html_node *node = open->node;

	if (open->outer == NULL)
		return;
	while (node != open->outer) {
		html_node_close(node);
		node = node->parent;
	}
	html_node_close(node);
}

static void on_close(void *context, const xmlChar *name_)
{
	struct reading *reading = context;
	const char *name = (const char *)name_;
	bool is_closed = is_end_tag(reading, name);
	struct open_element open;

	if (reading->depth == 0)
		return;
	open = reading->open[--reading->depth];
	if (reading->is_over)
		return;
	reading->trusted -= open.is_trusted;
	if (reading->dropped_from == reading->depth + 1) {
		reading->dropped_from = 0;
		if (!is_closed && has_swallowed(reading, name))
			remark_open(reading, &open, name,
				    HTML_REASON_SWALLOWED);
	} else if (!is_closed && reading->dropped_from == 0) {
		remark_unclosed(reading, &open, name);
	}
	close_nodes(&open);
	if (open.is_apart && reading->dropped_from == 0)
		add_text(reading, STR(" "));
	if (is_closed)
		reading->behind = position(reading);
}

/* --- text and the rest ---------------------------------------------------- */

static void on_text(void *context, const xmlChar *text, int len)
{
	struct reading *reading = context;
	str kept;

	reading->behind = position(reading);
	if (reading->dropped_from != 0)
		return;
	kept = html_filter_text(&reading->filter,
				(str){ (const char *)text, (size_t)len });
	if (kept.len > 0)
		add_node(html_node_home(current(reading), NULL), NULL, kept,
			 reading->filter.arena);
}

/* Comments and instructions, which nobody sees. */
static void on_comment(void *context, const xmlChar *text)
{
	struct reading *reading = context;

	(void)text;
	reading->behind = position(reading);
}

/* Of a program that made pages: what it would have written is not there. */
static void on_instruction(void *context, const xmlChar *target,
			   const xmlChar *text)
{
	struct reading *reading = context;
	str name = str_from_c((const char *)target);
	size_t start =
		reading->behind +
		str_find_byte(str_from(reading->filter.text, reading->behind),
			      '<');

	on_comment(context, text);
	if (reading->dropped_from != 0 || reading->is_over ||
	    !str_equal_ignoring_case(name, STR("php")))
		return;
	reading->filter.element = STR("?php");
	reading->filter.start = start;
	reading->filter.end = reading->behind;
	remark(reading, HTML_REASON_ACTIVE, true);
}

/* Would the end tag have closed something that stays? */
static bool is_missed(const char *name)
{
	const struct html_element *element = html_element_find(name);

	return element != NULL && !element->is_unwrapped &&
	       !element->is_dropped && strcmp(name, "p") != 0 &&
	       !is_page_frame(name);
}

/*
 * An end tag that closes nothing. </br> is a line break, as browsers see it;
 * </p> behind a table was right where the table closed the paragraph.
 */
static void on_stray(struct reading *reading, const char *name)
{
	struct html_node *node;

	set_token(reading, str_from_c(name));
	reading->behind = position(reading);
	if (reading->dropped_from != 0)
		return;
	if (strcmp(name, "br") == 0) {
		node = add_node(html_node_home(current(reading), NULL),
				html_element_find("br"), STR(""),
				reading->filter.arena);
		html_node_close(node);
	} else if (strcmp(name, "a") == 0 && reading->ended_links > 0) {
		reading->ended_links--;
	} else if (is_missed(name)) {
		remark(reading, HTML_REASON_STRAY, false);
	}
}

static void on_error(void *context, xmlErrorPtr error)
{
	struct reading *reading = context;

	if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 != NULL &&
	    error->str2 == NULL && is_end_tag(reading, error->str1))
		on_stray(reading, error->str1);
}

static bool parse(struct reading *reading)
{
	htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(
		reading->filter.text.data, (int)reading->filter.text.len);

	if (parser == NULL)
		return false;
	memset(parser->sax, 0, sizeof(*parser->sax));
	parser->sax->initialized = XML_SAX2_MAGIC;
	parser->sax->startElement = on_open;
	parser->sax->endElement = on_close;
	parser->sax->characters = on_text;
	parser->sax->ignorableWhitespace = on_text;
	parser->sax->comment = on_comment;
	parser->sax->processingInstruction = on_instruction;
	parser->sax->serror = on_error;
	parser->userData = reading;
	reading->parser = parser;
	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
					   HTML_PARSE_NOWARNING |
					   HTML_PARSE_NONET |
					   HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
	htmlParseDocument(parser);
	htmlFreeParserCtxt(parser);
	return !reading->is_over;
}

bool html_clean(str *out, str fragment, const struct html_options *options,
		struct arena *arena)
{
	struct reading reading = { .filter = { .options = options,
					       .arena = arena } };
	struct buf written;

	*out = STR("");
	if (fragment.len > HTML_LIMIT)
		return false;
	reading.filter.text =
		html_prepare(fragment, &reading.filter.before, arena);
	map_init(&reading.filter.own_ids, arena);
	if (!html_guard_attributes(reading.filter.text) || !parse(&reading))
		return false;
	if (options->joins_lines)
		html_tree_join(&reading.root, arena);
	buf_init(&written, arena);
	/* what is put around a cell or an item counts like what was written */
	if (html_tree_write(&written, &reading.root) >
	    HTML_GUARD_DEPTH + reading.most_trusted)
		return false;
	*out = buf_str(&written);
	return true;
}
