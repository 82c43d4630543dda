/*
 * The parser gives elements with their namespaces; what is kept is written at
 * once. Inside something that is taken out nothing is written until it ends.
 *
 * What editors note for themselves (metadata, names of layers: elements and
 * attributes of namespaces that nobody draws) goes without a word; what would
 * have done something is named.
 */
#include "markup/svg.h"

#include <string.h>

#include <libxml/parserInternals.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/unicode.h"
#include "markup/html.h"
#include "markup/html_guard.h"
#include "markup/svg_allow.h"
#include "markup/svg_uses.h"

static const char svg_space[] = "http://www.w3.org/2000/svg";
static const char html_space[] = "http://www.w3.org/1999/xhtml";
static const char link_space[] = "http://www.w3.org/1999/xlink";
static const char xml_space[] = "http://www.w3.org/XML/1998/namespace";

struct cleaning {
	xmlParserCtxtPtr parser;
	struct buf out;
	struct buf style; /* of the <style> that is open */
	struct map kinds; /* of what was taken out */
	struct buf removed;
	struct svg_uses uses;
	struct svg_report *report;
	struct arena *arena;
	size_t depth;
	size_t dropped; /* depth at which nothing is written; 0: none */
	const struct attribute *link; /* of the tag: the one that counts */
	bool in_style;
	bool is_tag_open; /* ">" is not written yet */
	const char *refused;
};

static str of(const xmlChar *text)
{
	return str_from_c((const char *)text);
}

static bool is_namespace(const xmlChar *uri, const char *space)
{
	return uri != NULL && strcmp((const char *)uri, space) == 0;
}

static void refuse(struct cleaning *cleaning, const char *why)
{
	if (cleaning->refused == NULL)
		cleaning->refused = why;
	xmlStopParser(cleaning->parser);
}

/* Each kind once, the first ones by name. */
static void note_removed(struct cleaning *cleaning, const char *before,
			 str name, const char *behind)
{
	str kind;

	if (unicode_unsafe_at(name, 0) != STR_NONE)
		name = STR("?");
	kind = arena_printf(cleaning->arena, "%s%.*s%s", before,
			    STR_ARG(unicode_prefix(name, 40)), behind);
	if (!map_add(&cleaning->kinds, kind, NULL))
		return;
	if (cleaning->report->kinds++ >= SVG_KINDS_NAMED)
		return;
	if (cleaning->removed.len > 0)
		buf_add_c(&cleaning->removed, ", ");
	buf_add(&cleaning->removed, kind);
}

static void end_tag(struct cleaning *cleaning)
{
	if (cleaning->is_tag_open)
		buf_add_byte(&cleaning->out, '>');
	cleaning->is_tag_open = false;
}

/* --- attributes --- */

/* As libxml2's SAX2 gives them: five pointers each. */
struct attribute {
	const xmlChar *name;
	const xmlChar *prefix;
	const xmlChar *uri;
	const xmlChar *value;
	const xmlChar *end;
};

static str value_of(const struct attribute *attribute)
{
	return (str){ (const char *)attribute->value,
		      (size_t)(attribute->end - attribute->value) };
}

static void write_attribute(struct cleaning *cleaning, const char *name,
			    str value)
{
	struct buf *out = &cleaning->out;

	buf_add_byte(out, ' ');
	buf_add_c(out, name);
	buf_add_c(out, "=\"");
	html_escape(out, value);
	buf_add_byte(out, '"');
}

static bool is_picture(str element)
{
	return str_equal_c(element, "image");
}

static bool has_link(str element)
{
	static const char *const names[] = {
		"use",	   "image",    "linearGradient", "radialGradient",
		"pattern", "textPath", "filter"
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_equal_c(element, names[i]))
			return true;
	return false;
}

static void write_link(struct cleaning *cleaning, str element, str value)
{
	if (!has_link(element) ||
	    !svg_allows_link(value, is_picture(element))) {
		note_removed(cleaning, "", STR("href"), "");
		return;
	}
	write_attribute(cleaning, "xmlns:xlink", str_from_c(link_space));
	write_attribute(cleaning, "xlink:href", str_trim(value));
}

static bool is_allowed(str name, str value)
{
	if (str_equal_c(name, "style"))
		return svg_allows_style(value);
	return str_equal_c(name, "class") ||
	       (svg_allows_attribute(name) && svg_allows_value(value));
}

/* Of another namespace, or for programs alone: nobody misses it. */
static bool is_private(const struct attribute *attribute)
{
	return (attribute->uri != NULL &&
		!is_namespace(attribute->uri, link_space)) ||
	       str_starts_with(of(attribute->name), STR("data-"));
}

static void add_attribute(struct cleaning *cleaning, str element,
			  const struct attribute *attribute)
{
	str name = of(attribute->name);
	str value = value_of(attribute);
	bool is_link = str_equal_c(name, "href");

	if (is_namespace(attribute->uri, xml_space)) {
		if (str_equal_c(name, "space") || str_equal_c(name, "lang"))
			write_attribute(cleaning,
					str_equal_c(name, "space") ? "xml:space"
								   : "xml:lang",
					value);
	} else if (is_private(attribute) ||
		   (attribute->uri != NULL && !is_link)) {
		return; /* xlink:title and its like */
	} else if (is_link) {
		if (attribute == cleaning->link)
			write_link(cleaning, element, value);
	} else if (is_allowed(name, value)) {
		write_attribute(cleaning, (const char *)attribute->name, value);
	} else {
		note_removed(cleaning, "", name, "");
	}
}

/* --- elements --- */

/* A link becomes a group, so that what stands in it is seen. */
static str name_kept(struct cleaning *cleaning, str name)
{
	if (!str_equal_c(name, "a"))
		return name;
	note_removed(cleaning, "<", name, ">");
	return STR("g");
}

static str find_attribute(const struct attribute *attributes, size_t count,
			  const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_c(of(attributes[i].name), name) &&
		    (attributes[i].uri == NULL ||
		     is_namespace(attributes[i].uri, link_space)))
			return str_trim(value_of(&attributes[i]));
	return STR("");
}

/* Many write both, for old browsers; of two the one without a prefix counts. */
static const struct attribute *find_link(const struct attribute *attributes,
					 size_t count)
{
	const struct attribute *found = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!str_equal_c(of(attributes[i].name), "href"))
			continue;
		if (attributes[i].uri == NULL)
			return &attributes[i];
		if (found == NULL &&
		    is_namespace(attributes[i].uri, link_space))
			found = &attributes[i];
	}
	return found;
}

static void open_element(struct cleaning *cleaning, str name,
			 const struct attribute *attributes, size_t count)
{
	str target = STR("");

	cleaning->link = find_link(attributes, count);
	if (cleaning->link != NULL && str_equal_c(name, "use"))
		target = str_trim(value_of(cleaning->link));
	svg_uses_open(&cleaning->uses, find_attribute(attributes, count, "id"),
		      str_starts_with(target, STR("#")) ? str_from(target, 1)
							: STR(""));
	end_tag(cleaning);
	buf_add_byte(&cleaning->out, '<');
	buf_add(&cleaning->out, name);
	if (cleaning->depth == 1)
		write_attribute(cleaning, "xmlns", str_from_c(svg_space));
	for (size_t i = 0; i < count; i++)
		add_attribute(cleaning, name, &attributes[i]);
	cleaning->is_tag_open = true;
	cleaning->in_style = str_equal_c(name, "style");
	cleaning->style.len = 0;
}

static bool is_metadata(str name)
{
	return str_equal_c(name, "metadata");
}

static void drop(struct cleaning *cleaning, str name, const xmlChar *uri)
{
	cleaning->dropped = cleaning->depth;
	if (is_namespace(uri, html_space) ||
	    (is_namespace(uri, svg_space) && !is_metadata(name)))
		note_removed(cleaning, "<", name, ">");
}

static void on_open(void *context, const xmlChar *local, const xmlChar *prefix,
		    const xmlChar *uri, int namespace_count,
		    const xmlChar **namespaces, int attribute_count,
		    int default_count, const xmlChar **attributes)
{
	struct cleaning *cleaning = context;
	str name = of(local);

	(void)prefix;
	(void)namespace_count;
	(void)namespaces;
	(void)default_count;
	if (cleaning->refused != NULL)
		return;
	if (++cleaning->depth > SVG_DEPTH) {
		refuse(cleaning, _("elements are nested deeper than 128"));
		return;
	}
	if (cleaning->depth == 1 &&
	    (!is_namespace(uri, svg_space) || !str_equal_c(name, "svg"))) {
		refuse(cleaning,
		       _("it is no drawing: it does not begin with "
			 "<svg xmlns=\"http://www.w3.org/2000/svg\">"));
		return;
	}
	if (cleaning->dropped != 0)
		return;
	if (is_namespace(uri, svg_space))
		name = name_kept(cleaning, name);
	if (cleaning->in_style || !is_namespace(uri, svg_space) ||
	    !svg_allows_element(name))
		drop(cleaning, of(local), uri);
	else
		open_element(cleaning, name,
			     (const struct attribute *)attributes,
			     (size_t)attribute_count);
}

static void write_style(struct cleaning *cleaning)
{
	str style = buf_str(&cleaning->style);

	if (style.len == 0) {
		cleaning->in_style = false;
	} else if (svg_allows_style(style)) {
		end_tag(cleaning);
		html_escape(&cleaning->out, style);
	} else {
		note_removed(cleaning, "<", STR("style"), ">");
	}
	cleaning->in_style = false;
}

static void on_close(void *context, const xmlChar *local, const xmlChar *prefix,
		     const xmlChar *uri)
{
	struct cleaning *cleaning = context;
	bool is_dropped = cleaning->dropped != 0;
	str name = of(local);

	(void)prefix;
	(void)uri;
	if (cleaning->refused != NULL)
		return;
	if (cleaning->dropped == cleaning->depth)
		cleaning->dropped = 0;
	cleaning->depth--;
	if (is_dropped)
		return;
	svg_uses_close(&cleaning->uses);
	if (cleaning->in_style)
		write_style(cleaning);
	if (cleaning->is_tag_open) {
		buf_add_c(&cleaning->out, "/>");
		cleaning->is_tag_open = false;
		return;
	}
	buf_add_c(&cleaning->out, "</");
	buf_add(&cleaning->out, str_equal_c(name, "a") ? STR("g") : name);
	buf_add_byte(&cleaning->out, '>');
}

static void on_text(void *context, const xmlChar *text, int length)
{
	struct cleaning *cleaning = context;
	str found = { (const char *)text, (size_t)length };

	if (cleaning->refused != NULL || cleaning->dropped != 0 ||
	    cleaning->depth == 0)
		return;
	if (cleaning->in_style) {
		buf_add(&cleaning->style, found);
		return;
	}
	end_tag(cleaning);
	html_escape(&cleaning->out, found);
}

/* --- what no drawing needs --- */

static void on_instruction(void *context, const xmlChar *target,
			   const xmlChar *data)
{
	struct cleaning *cleaning = context;

	(void)data;
	if (cleaning->refused == NULL &&
	    str_equal_c(of(target), "xml-stylesheet"))
		note_removed(cleaning, "<?", of(target), "?>");
}

/* Behind an outer declaration of types an unknown name is no mistake. */
static xmlEntityPtr on_entity(void *context, const xmlChar *name)
{
	xmlEntityPtr known = xmlGetPredefinedEntity(name);

	if (known == NULL)
		refuse(context, _("it uses entities (&name;) that a program "
				  "would have to declare"));
	return known;
}

static void on_error(void *context, const char *format, ...)
{
	struct cleaning *cleaning = context;
	const xmlError *error = &cleaning->parser->lastError;

	(void)format;
	if (cleaning->report->problem.len > 0 || error->message == NULL)
		return;
	cleaning->report->line = (size_t)error->line;
	cleaning->report->problem = arena_copy(
		cleaning->arena, str_trim(str_from_c(error->message)));
}

/* Only what is set here is called: nothing loads, declares or prints. */
static void set_handlers(struct cleaning *cleaning)
{
	xmlSAXHandler *handler = cleaning->parser->sax;

	memset(handler, 0, sizeof(*handler));
	handler->initialized = XML_SAX2_MAGIC;
	handler->startElementNs = on_open;
	handler->endElementNs = on_close;
	handler->characters = on_text;
	handler->ignorableWhitespace = on_text;
	handler->cdataBlock = on_text;
	handler->processingInstruction = on_instruction;
	handler->getEntity = on_entity;
	handler->error = on_error;
	cleaning->parser->userData = cleaning;
}

static const char *find_limit(str bytes)
{
	static const char *const declarations[] = { "<!ENTITY", "<!ATTLIST",
						    "<!ELEMENT", "<!NOTATION" };

	if (bytes.len > SVG_LIMIT)
		return _("it is larger than 4 MiB");
	if (unicode_invalid_at(bytes) != STR_NONE)
		return _("it is not UTF-8");
	if (!html_guard_attributes(bytes))
		return _("a tag has too many attributes");
	for (size_t i = 0; i < COUNT_OF(declarations); i++)
		if (str_find(bytes, str_from_c(declarations[i])) != STR_NONE)
			return _("it declares entities or types of its own");
	return NULL;
}

static bool parse(struct cleaning *cleaning)
{
	xmlCtxtUseOptions(cleaning->parser,
			  XML_PARSE_NONET | XML_PARSE_NOWARNING |
				  XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
	xmlParseDocument(cleaning->parser);
	if (cleaning->refused != NULL)
		cleaning->report->problem = str_from_c(cleaning->refused);
	else if (cleaning->parser->wellFormed == 1 &&
		 !svg_uses_fit(&cleaning->uses))
		cleaning->report->problem = str_from_c(
			_("its <use> elements would draw more than 100,000 "
			  "shapes"));
	else
		return cleaning->parser->wellFormed == 1;
	return false;
}

bool svg_clean(str *out, struct svg_report *report, str bytes,
	       struct arena *arena)
{
	struct cleaning cleaning = { .report = report, .arena = arena };
	const char *limit = find_limit(bytes);
	bool ok;

	*report = (struct svg_report){ 0 };
	if (limit != NULL) {
		report->problem = str_from_c(limit);
		return false;
	}
	cleaning.parser = xmlCreateMemoryParserCtxt(bytes.data, (int)bytes.len);
	if (cleaning.parser == NULL)
		return false;
	buf_init(&cleaning.out, arena);
	buf_init(&cleaning.style, arena);
	buf_init(&cleaning.removed, arena);
	map_init(&cleaning.kinds, arena);
	svg_uses_init(&cleaning.uses, arena);
	set_handlers(&cleaning);
	ok = parse(&cleaning);
	xmlFreeParserCtxt(cleaning.parser);
	buf_add_byte(&cleaning.out, '\n');
	report->removed = buf_str(&cleaning.removed);
	*out = buf_str(&cleaning.out);
	return ok;
}
