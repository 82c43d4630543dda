/*
 * Reads written XML and HTML files back, element by element, for the proof
 * that what was published is what was meant.
 *
 * Always true: nothing is fetched, no DTD is loaded, no entity but the five of
 * XML is expanded (a document type declaration in XML is an error); memory is
 * bounded by nesting and by the longest text asked for, not by the file.
 * Limits: XML 60 MiB, HTML 8 MiB, nesting 256, 256 attributes in a tag.
 */
#ifndef JIYUE_MARKUP_XML_READER_H
#define JIYUE_MARKUP_XML_READER_H

#include "base/arena.h"
#include "base/str.h"

enum xml_syntax { XML_SYNTAX_XML, XML_SYNTAX_HTML };

enum {
	XML_LIMIT_XML = 60 * 1024 * 1024,
	XML_LIMIT_HTML = 8 * 1024 * 1024,
};

/* An open element; valid during the call. */
struct xml_element;

/* As written in XML ("image:loc"), in lower case in HTML. */
str xml_element_name(const struct xml_element *element);
bool xml_element_is(const struct xml_element *element, const char *name);

/* False when it is not there; `value` (may be NULL) is decoded. */
bool xml_element_attribute(const struct xml_element *element, const char *name,
			   str *value);

/* NULL: this is the root. */
const struct xml_element *xml_element_parent(const struct xml_element *element);

/* What is wrong with the file, when reading fails. */
struct xml_problem {
	size_t line; /* 0: no place */
	str message; /* of libxml2, or ours; in the arena */
};

struct xml_visitor {
	void *context;

	/* Every element, when it opens; may be NULL. */
	void (*open)(void *context, const struct xml_element *element);

	/*
	 * The elements `text_of` names (separated by spaces), when they close,
	 * with all the text inside; the two are NULL together.
	 */
	void (*text)(void *context, const struct xml_element *element,
		     str text);
	const char *text_of;
};

/*
 * HTML is repaired as browsers do, more or less; XML must be well-formed.
 * False over limits, too; the visitor has then seen the part before.
 */
MUST_USE bool xml_read(str file, enum xml_syntax syntax,
		       const struct xml_visitor *visitor, struct arena *arena,
		       struct xml_problem *problem);

#endif
