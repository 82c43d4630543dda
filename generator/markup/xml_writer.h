/*
 * Writes XML into a buffer as it goes: sitemaps and Atom feeds.
 *
 * Always true: the result is well-formed: text is escaped, characters that XML
 * 1.0 forbids are left out, and an element that is not closed, or closed as
 * another, is a bug that an assertion finds. Element and attribute names are
 * ours, never the user's, and are borrowed until the element is closed. The
 * buffer has all of the text only after xml_end, which must be called: it
 * releases libxml2's writer.
 */
#ifndef JIYUE_MARKUP_XML_WRITER_H
#define JIYUE_MARKUP_XML_WRITER_H

#include "base/buf.h"

enum { XML_WRITER_DEPTH = 32 };

struct _xmlTextWriter;

struct xml_writer {
	struct buf *out;
	struct _xmlTextWriter *library; /* NULL: no memory; `out` is full */
	struct buf scratch;		/* one text, for libxml2 with a NUL */
	const char *open[XML_WRITER_DEPTH];
	size_t depth;
	bool in_tag; /* attributes may still follow */
};

/* Writes the XML declaration. */
void xml_begin(struct xml_writer *writer, struct buf *out);

/* All elements must be closed. */
void xml_end(struct xml_writer *writer);

void xml_open(struct xml_writer *writer, const char *name);

/* Only directly behind xml_open or another attribute. */
void xml_attribute(struct xml_writer *writer, const char *name, str value);

void xml_text(struct xml_writer *writer, str text);

/* `name` must be that of the innermost open element. */
void xml_close(struct xml_writer *writer, const char *name);

/* <name>text</name> and a line end */
void xml_element(struct xml_writer *writer, const char *name, str text);

/* A line end, for people who read the file; only inside an element. */
void xml_line(struct xml_writer *writer);

#endif
