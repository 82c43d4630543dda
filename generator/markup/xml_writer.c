#include "markup/xml_writer.h"

#include <assert.h>
#include <string.h>

#include <libxml/xmlwriter.h>

#include "base/unicode.h"

static int append(void *context, const char *text, int len)
{
	buf_add(context, (str){ text, (size_t)len });
	return len;
}

void xml_begin(struct xml_writer *writer, struct buf *out)
{
	xmlOutputBufferPtr output =
		xmlOutputBufferCreateIO(append, NULL, out, NULL);

	*writer = (struct xml_writer){ .out = out };
	buf_init(&writer->scratch, out->arena);
	if (output != NULL)
		writer->library = xmlNewTextWriter(output);
	if (writer->library == NULL) {
		xmlOutputBufferClose(output);
		out->full = true;
		return;
	}
	xmlTextWriterStartDocument(writer->library, NULL, "UTF-8", NULL);
}

void xml_end(struct xml_writer *writer)
{
	assert(writer->depth == 0);
	if (writer->library == NULL)
		return;
	xmlTextWriterEndDocument(writer->library);
	xmlFreeTextWriter(writer->library);
	writer->library = NULL;
}

/* XML 1.0, 2.2; a carriage return would be read back as a line end. */
static bool is_allowed(uint32_t c)
{
	return c >= ' ' ? (c & 0xfffe) != 0xfffe : c == '\t' || c == '\n';
}

/* Without what XML forbids, with a NUL; valid until the next call. */
static const xmlChar *clean(struct xml_writer *writer, str text)
{
	struct buf *out = &writer->scratch;
	size_t at = 0;

	out->len = 0;
	while (at < text.len) {
		size_t start = at;
		uint32_t c;

		while (at < text.len && text.data[at] >= ' ')
			at++;
		buf_add(out, str_between(text, start, at));
		if (at == text.len)
			break;
		c = unicode_next(text, &at);
		if (is_allowed(c))
			buf_add_utf8(out, c);
	}
	return out->len == 0 ? BAD_CAST "" : BAD_CAST out->data;
}

void xml_open(struct xml_writer *writer, const char *name)
{
	assert(writer->depth < XML_WRITER_DEPTH);
	writer->open[writer->depth++] = name;
	writer->in_tag = true;
	if (writer->library != NULL)
		xmlTextWriterStartElement(writer->library, BAD_CAST name);
}

void xml_attribute(struct xml_writer *writer, const char *name, str value)
{
	assert(writer->in_tag);
	if (writer->library != NULL)
		xmlTextWriterWriteAttribute(writer->library, BAD_CAST name,
					    clean(writer, value));
}

void xml_text(struct xml_writer *writer, str text)
{
	assert(writer->depth > 0);
	if (writer->library == NULL || text.len == 0)
		return;
	writer->in_tag = false;
	xmlTextWriterWriteString(writer->library, clean(writer, text));
}

void xml_close(struct xml_writer *writer, const char *name)
{
	assert(writer->depth > 0 &&
	       strcmp(writer->open[writer->depth - 1], name) == 0);
	(void)name;
	writer->depth--;
	writer->in_tag = false;
	if (writer->library != NULL)
		xmlTextWriterEndElement(writer->library);
}

void xml_element(struct xml_writer *writer, const char *name, str text)
{
	xml_open(writer, name);
	xml_text(writer, text);
	xml_close(writer, name);
	xml_line(writer);
}

void xml_line(struct xml_writer *writer)
{
	xml_text(writer, STR("\n"));
}
