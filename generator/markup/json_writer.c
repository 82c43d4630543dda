/*
 * jansson would build the whole document as a tree of small allocations
 * before it prints; a search index or a report is written value by value.
 */
#include "markup/json_writer.h"

#include <assert.h>
#include <inttypes.h>

#include "base/unicode.h"

void json_begin(struct json_writer *writer, struct buf *out)
{
	*writer = (struct json_writer){ .out = out };
}

void json_end(struct json_writer *writer)
{
	assert(writer->depth == 0 && !writer->has_key);
	(void)writer;
}

static bool in_object(const struct json_writer *writer)
{
	return writer->depth > 0 && writer->open[writer->depth - 1] == '{';
}

static void before_value(struct json_writer *writer)
{
	assert(in_object(writer) == writer->has_key);
	if (writer->needs_comma && !in_object(writer))
		buf_add_byte(writer->out, ',');
	writer->has_key = false;
	writer->needs_comma = true;
}

static void open_container(struct json_writer *writer, char bracket)
{
	assert(writer->depth < JSON_WRITER_DEPTH);
	before_value(writer);
	buf_add_byte(writer->out, bracket);
	writer->open[writer->depth++] = bracket;
	writer->needs_comma = false;
}

static void close_container(struct json_writer *writer, char bracket)
{
	assert(!writer->has_key && writer->depth > 0);
	assert((bracket == '}') == in_object(writer));
	writer->depth--;
	buf_add_byte(writer->out, bracket);
	writer->needs_comma = true;
}

void json_open_object(struct json_writer *writer)
{
	open_container(writer, '{');
}

void json_close_object(struct json_writer *writer)
{
	close_container(writer, '}');
}

void json_open_array(struct json_writer *writer)
{
	open_container(writer, '[');
}

void json_close_array(struct json_writer *writer)
{
	close_container(writer, ']');
}

static bool is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' &&
	       c != '>' && c != '&';
}

static void escape_one(struct buf *out, uint32_t c)
{
	switch (c) {
	case '"':
		buf_add(out, STR("\\\""));
		break;
	case '\\':
		buf_add(out, STR("\\\\"));
		break;
	case '\n':
		buf_add(out, STR("\\n"));
		break;
	case '\t':
		buf_add(out, STR("\\t"));
		break;
	default:
		if (c < 0x80 || c == 0x2028 || c == 0x2029)
			buf_printf(out, "\\u%04x", (unsigned)c);
		else
			buf_add_utf8(out, c);
	}
}

static void quote(struct buf *out, str text)
{
	size_t at = 0;

	buf_add_byte(out, '"');
	while (at < text.len) {
		size_t start = at;

		while (at < text.len && is_plain((unsigned char)text.data[at]))
			at++;
		buf_add(out, str_between(text, start, at));
		if (at < text.len)
			escape_one(out, unicode_next(text, &at));
	}
	buf_add_byte(out, '"');
}

void json_key_text(struct json_writer *writer, str key)
{
	assert(in_object(writer) && !writer->has_key);
	if (writer->needs_comma)
		buf_add_byte(writer->out, ',');
	quote(writer->out, key);
	buf_add_byte(writer->out, ':');
	writer->has_key = true;
}

void json_key(struct json_writer *writer, const char *key)
{
	json_key_text(writer, str_from_c(key));
}

void json_text(struct json_writer *writer, str text)
{
	before_value(writer);
	quote(writer->out, text);
}

void json_number(struct json_writer *writer, int64_t number)
{
	before_value(writer);
	buf_printf(writer->out, "%" PRId64, number);
}

void json_truth(struct json_writer *writer, bool truth)
{
	before_value(writer);
	buf_add_c(writer->out, truth ? "true" : "false");
}

void json_nothing(struct json_writer *writer)
{
	before_value(writer);
	buf_add(writer->out, STR("null"));
}

void json_member_text(struct json_writer *writer, const char *key, str text)
{
	json_key(writer, key);
	json_text(writer, text);
}

void json_member_number(struct json_writer *writer, const char *key,
			int64_t number)
{
	json_key(writer, key);
	json_number(writer, number);
}

void json_member_truth(struct json_writer *writer, const char *key, bool truth)
{
	json_key(writer, key);
	json_truth(writer, truth);
}
