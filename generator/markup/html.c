/*
 * libxml2 calls us for every tag as it reads; we keep what html_allow.c names
 * in a tree of our own and write that. libxml2 never builds a tree: its memory
 * is small, and the limit on nesting stands where elements are opened.
 */
#include "markup/html.h"

#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/unicode.h"
#include "markup/html_attribute.h"
#include "markup/html_guard.h"
#include "markup/html_tree.h"

/* Text behind an open body is not put into a paragraph by libxml2. */
static const char head[] = "<html><body>";

enum { HEAD_ELEMENTS = 2 };

struct reading {
	struct html_filter filter;
	htmlParserCtxtPtr parser;
	struct html_node root;
	/* of each open element, the node its contents go to */
	struct html_node *open[HTML_GUARD_DEPTH + HEAD_ELEMENTS];
	size_t depth;
	size_t dropped_from; /* depth of the element that is dropped; 0: none */
	bool is_over;
};

static struct html_node *current(struct reading *reading)
{
	return reading->depth == 0 ? &reading->root
				   : reading->open[reading->depth - 1];
}

/* The allowed element, or NULL when only the contents are kept. */
static const struct html_element *choose(struct reading *reading,
					 const char *name)
{
	const struct html_element *element = html_element_find(name);

	if (element == NULL || element->is_dropped || element->instead != NULL)
		html_filter_removed(&reading->filter, str_from_c(name));
	if (element != NULL && element->instead != NULL)
		return html_element_find(element->instead);
	if (element != NULL && element->is_dropped) {
		reading->dropped_from = reading->depth + 1;
		return NULL;
	}
	return element;
}

/* The contents of elements libxml2 does not know to be void follow them. */
static struct html_node *add_element(struct reading *reading, const char *name,
				     const xmlChar **attributes)
{
	struct html_node *parent = current(reading);
	const struct html_element *element = choose(reading, name);
	struct html_node *node;
	str text;

	if (element == NULL)
		return parent;
	if (!html_attributes(&text, &reading->filter, element, attributes)) {
		html_filter_removed(&reading->filter, str_from_c(name));
		return parent;
	}
	node = html_node_add(parent, reading->filter.arena);
	node->element = element;
	node->text = text;
	if (element->content != HTML_VOID)
		return node;
	html_node_close(node, parent);
	return parent;
}

static bool is_page_frame(const xmlChar *name)
{
	return xmlStrEqual(name, BAD_CAST "html") ||
	       xmlStrEqual(name, BAD_CAST "body");
}

static void on_open(void *context, const xmlChar *name,
		    const xmlChar **attributes)
{
	struct reading *reading = context;
	struct html_node *node = current(reading);

	if (reading->depth == COUNT_OF(reading->open)) {
		reading->is_over = true;
		xmlStopParser(reading->parser);
		return;
	}
	if (reading->dropped_from == 0 && !is_page_frame(name))
		node = add_element(reading, (const char *)name, attributes);
	reading->open[reading->depth++] = node;
}

static void on_close(void *context, const xmlChar *name)
{
	struct reading *reading = context;
	struct html_node *node = current(reading);

	(void)name;
	if (reading->depth == 0)
		return;
	if (reading->dropped_from == reading->depth)
		reading->dropped_from = 0;
	reading->depth--;
	if (node != current(reading))
		html_node_close(node, current(reading));
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct reading *reading = context;
	struct html_node *node;
	str kept;

	if (reading->dropped_from != 0)
		return;
	kept = html_filter_text(&reading->filter,
				(str){ (const char *)text, (size_t)len });
	if (kept.len == 0)
		return;
	node = html_node_add(current(reading), reading->filter.arena);
	node->text = kept;
}

/*
 * Adds one character of the fragment. Control characters go (a NUL would end
 * the text for libxml2), line ends become what a browser sees.
 */
static void add_prepared(struct buf *out, uint32_t c)
{
	if (c == '\r')
		c = '\n';
	if (c == '\f')
		c = ' ';
	if (c != '\n' && c != '\t' && unicode_is_control(c))
		return;
	if ((c & 0xfffe) == 0xfffe)
		return;
	buf_add_utf8(out, c);
}

static str prepare(str fragment, struct arena *arena)
{
	struct buf out;
	size_t at = 0;

	buf_init(&out, arena);
	buf_add_c(&out, head);
	while (at < fragment.len) {
		uint32_t c = unicode_next(fragment, &at);

		if (c != '\r' || at == fragment.len ||
		    fragment.data[at] != '\n')
			add_prepared(&out, c);
	}
	return buf_str(&out);
}

static bool parse(struct reading *reading, str text)
{
	htmlParserCtxtPtr parser =
		htmlCreateMemoryParserCtxt(text.data, (int)text.len);

	if (parser == NULL)
		return false;
	memset(parser->sax, 0, sizeof(*parser->sax));
	parser->sax->startElement = on_open;
	parser->sax->endElement = on_close;
	parser->sax->characters = on_text;
	parser->sax->ignorableWhitespace = on_text;
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
		struct html_removed *removed, struct arena *arena)
{
	struct reading reading = { .filter = { .options = options,
					       .arena = arena } };
	struct buf written;
	str text;

	*out = STR("");
	if (removed != NULL)
		*removed = (struct html_removed){ STR(""), 0 };
	if (fragment.len > HTML_LIMIT)
		return false;
	text = prepare(fragment, arena);
	map_init(&reading.filter.ids, arena);
	if (!html_guard_attributes(text) || !parse(&reading, text))
		return false;
	buf_init(&written, arena);
	html_tree_write(&written, &reading.root);
	*out = buf_str(&written);
	if (removed != NULL)
		*removed = reading.filter.removed;
	return true;
}
