/*
 * libxml2 reads it with a handler that knows no entity and loads nothing. What
 * is refused is told by name space and not by element: a name space that is
 * declared may be used in ways that nobody looks at here.
 */
#include "markup/xml_data.h"

#include <string.h>

#include <libxml/parserInternals.h>

#include "base/diag.h"
#include "base/unicode.h"
#include "markup/html_guard.h"

struct checking {
	xmlParserCtxtPtr parser;
	struct xml_problem *problem;
	struct arena *arena;
	size_t depth;
	const char *active; /* what a browser would do something with */
	const char *refused;
};

static void stop(struct checking *checking)
{
	checking->problem->line =
		(size_t)xmlSAX2GetLineNumber(checking->parser);
	xmlStopParser(checking->parser);
}

static void find_active(struct checking *checking, const char *what)
{
	if (checking->active == NULL && checking->refused == NULL) {
		checking->active = what;
		stop(checking);
	}
}

static void refuse(struct checking *checking, const char *why)
{
	if (checking->active == NULL && checking->refused == NULL) {
		checking->refused = why;
		stop(checking);
	}
}

/* A namespace that is declared may be used in ways that are not looked at. */
static const char *active_space(const xmlChar *uri)
{
	static const struct {
		const char *uri;
		const char *what;
	} spaces[] = {
		{ "http://www.w3.org/1999/xhtml", N_("it has HTML in it") },
		{ "http://www.w3.org/2000/svg", N_("it has a drawing in it") },
		{ "http://www.w3.org/1998/Math/MathML",
		  N_("it has MathML in it") },
		{ "http://www.w3.org/1999/XSL/Transform",
		  N_("it has XSLT in it") },
		{ "http://www.w3.org/2001/XInclude",
		  N_("it has XInclude in it") },
	};

	for (size_t i = 0; uri != NULL && i < COUNT_OF(spaces); i++)
		if (strcmp((const char *)uri, spaces[i].uri) == 0)
			return spaces[i].what;
	return NULL;
}

static void on_open(void *context, const xmlChar *local, const xmlChar *prefix,
		    const xmlChar *uri, int namespace_count,
		    const xmlChar **namespaces, int attribute_count,
		    int default_count, const xmlChar **attributes)
{
	struct checking *checking = context;

	(void)local;
	(void)prefix;
	(void)uri;
	(void)attribute_count;
	(void)default_count;
	(void)attributes;
	if (++checking->depth > HTML_GUARD_DEPTH)
		refuse(checking, _("elements are nested deeper than 256"));
	for (int i = 0; i < namespace_count; i++) {
		const char *what = active_space(namespaces[2 * i + 1]);

		if (what != NULL)
			find_active(checking, _(what));
	}
}

static void on_close(void *context, const xmlChar *local, const xmlChar *prefix,
		     const xmlChar *uri)
{
	struct checking *checking = context;

	(void)local;
	(void)prefix;
	(void)uri;
	checking->depth--;
}

static void on_instruction(void *context, const xmlChar *target,
			   const xmlChar *data)
{
	(void)data;
	if (strcmp((const char *)target, "xml-stylesheet") == 0)
		find_active(context, _("it names a style sheet "
				       "(<?xml-stylesheet?>)"));
}

static void on_doctype(void *context, const xmlChar *name,
		       const xmlChar *external, const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	find_active(context, _("it has a document type declaration "
			       "(<!DOCTYPE>)"));
}

static void on_error(void *context, const char *format, ...)
{
	struct checking *checking = context;
	const xmlError *error = &checking->parser->lastError;

	(void)format;
	if (checking->problem->message.len > 0 || error->message == NULL ||
	    checking->refused != NULL || checking->active != NULL)
		return;
	checking->problem->line = (size_t)error->line;
	checking->problem->message = arena_copy(
		checking->arena, str_trim(str_from_c(error->message)));
}

static void set_handlers(struct checking *checking)
{
	xmlSAXHandler *handler = checking->parser->sax;

	memset(handler, 0, sizeof(*handler));
	handler->initialized = XML_SAX2_MAGIC;
	handler->startElementNs = on_open;
	handler->endElementNs = on_close;
	handler->processingInstruction = on_instruction;
	handler->internalSubset = on_doctype;
	handler->error = on_error;
	checking->parser->userData = checking;
}

/* Between the quotes of the declaration; empty when it names none. */
static str declared_encoding(str bytes)
{
	str head = str_between(bytes, 0, str_find(bytes, STR("?>")));
	size_t at = str_find(head, STR("encoding"));
	size_t quote;
	str rest;

	if (!str_starts_with(head, STR("<?xml")) || at == STR_NONE)
		return STR("");
	rest = str_from(head, at);
	for (quote = 0; quote < rest.len && rest.data[quote] != '"' &&
			rest.data[quote] != '\'';)
		quote++;
	if (quote >= rest.len)
		return STR("?");
	at = str_find_byte(str_from(rest, quote + 1), rest.data[quote]);
	return str_between(rest, quote + 1,
			   at == STR_NONE ? rest.len : quote + 1 + at);
}

static const char *find_limit(str bytes)
{
	str encoding;

	if (str_starts_with(bytes, STR("\xef\xbb\xbf")))
		bytes = str_from(bytes, 3);
	encoding = declared_encoding(bytes);
	if (bytes.len == 0)
		return _("the file is empty");
	if (bytes.len > XML_LIMIT_XML)
		return _("the file is too large");
	if (unicode_invalid_at(bytes) != STR_NONE ||
	    (encoding.len > 0 &&
	     !str_equal_ignoring_case(encoding, STR("utf-8")) &&
	     !str_equal_ignoring_case(encoding, STR("us-ascii"))))
		return _("it is not UTF-8");
	return html_guard_attributes(bytes)
		       ? NULL
		       : _("a tag has too many attributes");
}

enum xml_data xml_data_check(str bytes, struct xml_problem *problem,
			     struct arena *arena)
{
	struct checking checking = { .problem = problem, .arena = arena };
	const char *limit = find_limit(bytes);
	bool ok;

	*problem = (struct xml_problem){ 0, STR("") };
	if (limit != NULL) {
		problem->message = str_from_c(limit);
		return XML_DATA_BROKEN;
	}
	checking.parser = xmlCreateMemoryParserCtxt(bytes.data, (int)bytes.len);
	if (checking.parser == NULL)
		return XML_DATA_BROKEN;
	set_handlers(&checking);
	xmlCtxtUseOptions(checking.parser, XML_PARSE_NONET |
						   XML_PARSE_NOWARNING |
						   XML_PARSE_IGNORE_ENC);
	xmlParseDocument(checking.parser);
	ok = checking.parser->wellFormed == 1;
	xmlFreeParserCtxt(checking.parser);
	if (checking.active != NULL || checking.refused != NULL)
		problem->message =
			str_from_c(checking.active != NULL ? checking.active
							   : checking.refused);
	if (checking.active != NULL)
		return XML_DATA_ACTIVE;
	return ok && checking.refused == NULL ? XML_DATA_FITS : XML_DATA_BROKEN;
}
