/*
 * SAX and not a tree: a file is as large as its site, and the proof asks for a
 * few of its elements. Text is gathered in one buffer a depth, used again for
 * the next element there, so memory follows the nesting.
 */
#include "markup/xml_reader.h"

#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/buf.h"
#include "base/diag.h"
#include "markup/html_guard.h"

/*
 * The places of `open` are used again and again: an element's attributes go to
 * the buffer of its depth, so a file of any length needs the same memory.
 */
struct xml_element {
	str name;
	struct buf attributes; /* name NUL value NUL … */
	struct xml_element *parent;
	size_t text_start;
	bool wants_text;
};

struct reading {
	const struct xml_visitor *visitor;
	xmlParserCtxtPtr parser;
	struct xml_element open[HTML_GUARD_DEPTH];
	size_t depth;
	struct buf text;
	size_t wanted; /* open elements whose text is asked for */
	const char *refused;
	struct arena *arena;
	struct xml_problem *problem; /* the first one */
};

str xml_element_name(const struct xml_element *element)
{
	return element->name;
}

bool xml_element_is(const struct xml_element *element, const char *name)
{
	return str_equal_c(element->name, name);
}

bool xml_element_attribute(const struct xml_element *element, const char *name,
			   str *value)
{
	str rest = buf_str(&element->attributes);
	str key;
	str found;

	while (rest.len > 0) {
		str_split_next(&rest, '\0', &key);
		str_split_next(&rest, '\0', &found);
		if (!str_equal_c(key, name))
			continue;
		if (value != NULL)
			*value = found;
		return true;
	}
	return false;
}

const struct xml_element *xml_element_parent(const struct xml_element *element)
{
	return element->parent;
}

static void explain(struct xml_problem *problem, struct arena *arena,
		    size_t line, const char *message)
{
	problem->line = line;
	problem->message = arena_copy(arena, str_trim(str_from_c(message)));
}

static bool wants_text(const struct xml_visitor *visitor, str name)
{
	str rest = str_from_c(visitor->text_of);
	str word;

	while (str_split_next(&rest, ' ', &word))
		if (str_equal(word, name))
			return true;
	return false;
}

static void refuse(struct reading *reading, const char *why)
{
	reading->refused = why;
	xmlStopParser(reading->parser);
}

static void keep_attributes(struct buf *out, const xmlChar **attributes)
{
	out->len = 0;
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
		buf_add_c(out, (const char *)attributes[0]);
		buf_add_byte(out, '\0');
		buf_add_c(out, (const char *)attributes[1]);
		buf_add_byte(out, '\0');
	}
}

static void on_open(void *context, const xmlChar *name,
		    const xmlChar **attributes)
{
	struct reading *reading = context;
	struct xml_element *element;

	if (reading->refused != NULL)
		return;
	if (reading->depth == COUNT_OF(reading->open)) {
		refuse(reading, _("elements are nested deeper than 256"));
		return;
	}
	element = &reading->open[reading->depth];
	element->parent =
		reading->depth == 0 ? NULL : &reading->open[reading->depth - 1];
	element->name = str_from_c((const char *)name);
	keep_attributes(&element->attributes, attributes);
	element->wants_text = wants_text(reading->visitor, element->name);
	element->text_start = reading->text.len;
	reading->wanted += element->wants_text;
	reading->depth++;
	if (reading->visitor->open != NULL)
		reading->visitor->open(reading->visitor->context, element);
}

static void on_close(void *context, const xmlChar *name)
{
	struct reading *reading = context;
	struct xml_element *element;

	(void)name;
	if (reading->refused != NULL || reading->depth == 0)
		return;
	element = &reading->open[--reading->depth];
	if (!element->wants_text)
		return;
	reading->visitor->text(
		reading->visitor->context, element,
		str_from(buf_str(&reading->text), element->text_start));
	if (--reading->wanted == 0)
		reading->text.len = 0;
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct reading *reading = context;

	if (reading->wanted > 0)
		buf_add(&reading->text,
			(str){ (const char *)text, (size_t)len });
}

static void on_doctype(void *context, const xmlChar *name,
		       const xmlChar *external, const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	refuse(context, _("a document type declaration is not allowed here"));
}

/* The first mistake says most; those after it mostly follow from it. */
static void on_error(void *context, const char *format, ...)
{
	struct reading *reading = context;
	const xmlError *error = &reading->parser->lastError;

	(void)format;
	if (reading->problem->message.len == 0)
		explain(reading->problem, reading->arena, (size_t)error->line,
			error->message);
}

/* Only what is set here is called: nothing loads, declares or prints. */
static void set_handlers(struct reading *reading, enum xml_syntax syntax)
{
	xmlSAXHandler *handler = reading->parser->sax;

	memset(handler, 0, sizeof(*handler));
	handler->startElement = on_open;
	handler->endElement = on_close;
	handler->characters = on_text;
	handler->ignorableWhitespace = on_text;
	if (syntax == XML_SYNTAX_XML) {
		handler->error = on_error;
		handler->cdataBlock = on_text;
		handler->internalSubset = on_doctype;
	}
	reading->parser->userData = reading;
}

/*
 * NOENT decodes &amp; in attributes; other entities cannot be declared, since
 * a document type declaration stops the parser.
 */
static bool parse_xml(xmlParserCtxtPtr parser)
{
	xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT |
					  XML_PARSE_NOWARNING |
					  XML_PARSE_IGNORE_ENC);
	xmlParseDocument(parser);
	return parser->wellFormed == 1;
}

static bool parse_html(xmlParserCtxtPtr parser)
{
	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
					   HTML_PARSE_NOWARNING |
					   HTML_PARSE_NONET |
					   HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
	htmlParseDocument(parser);
	return true;
}

static bool is_within_limits(str file, enum xml_syntax syntax,
			     struct arena *arena, struct xml_problem *problem)
{
	size_t limit = syntax == XML_SYNTAX_XML ? (size_t)XML_LIMIT_XML
						: (size_t)XML_LIMIT_HTML;

	if (file.len == 0 || file.len > limit) {
		explain(problem, arena, 0,
			file.len == 0 ? _("the file is empty")
				      : _("the file is too large"));
		return false;
	}
	if (!html_guard_attributes(file)) {
		explain(problem, arena, 0, _("a tag has too many attributes"));
		return false;
	}
	return true;
}

bool xml_read(str file, enum xml_syntax syntax,
	      const struct xml_visitor *visitor, struct arena *arena,
	      struct xml_problem *problem)
{
	bool is_xml = syntax == XML_SYNTAX_XML;
	struct reading *reading;
	xmlParserCtxtPtr parser;
	bool ok;

	*problem = (struct xml_problem){ 0, STR("") };
	if (!is_within_limits(file, syntax, arena, problem))
		return false;
	parser = is_xml ? xmlCreateMemoryParserCtxt(file.data, (int)file.len)
			: htmlCreateMemoryParserCtxt(file.data, (int)file.len);
	if (parser == NULL)
		return false;
	reading = arena_alloc(arena, sizeof(*reading));
	reading->visitor = visitor;
	reading->parser = parser;
	reading->arena = arena;
	reading->problem = problem;
	buf_init(&reading->text, arena);
	for (size_t i = 0; i < COUNT_OF(reading->open); i++)
		buf_init(&reading->open[i].attributes, arena);
	set_handlers(reading, syntax);
	ok = (is_xml ? parse_xml(parser) : parse_html(parser)) &&
	     reading->refused == NULL;
	if (reading->refused != NULL)
		explain(problem, arena, 0, reading->refused);
	xmlFreeParserCtxt(parser);
	return ok;
}
