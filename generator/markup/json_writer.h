/*
 * Writes JSON into a buffer as it goes, without white space.
 *
 * Always true: the result is valid JSON and safe inside <script
 * type="application/ld+json">: < > & and U+2028, U+2029 are escaped, bytes
 * that are not UTF-8 become U+FFFD. A container that is not closed, or a value
 * of an object without a key, is a bug that an assertion finds.
 */
#ifndef JIYUE_MARKUP_JSON_WRITER_H
#define JIYUE_MARKUP_JSON_WRITER_H

#include "base/buf.h"

enum { JSON_WRITER_DEPTH = 32 };

struct json_writer {
	struct buf *out;
	char open[JSON_WRITER_DEPTH]; /* '{' or '[' */
	size_t depth;
	bool needs_comma;
	bool has_key; /* a value must follow */
};

void json_begin(struct json_writer *writer, struct buf *out);

/* All containers must be closed. */
void json_end(struct json_writer *writer);

void json_open_object(struct json_writer *writer);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer);
void json_close_array(struct json_writer *writer);

/* The name of the next value; only in an object. */
void json_key(struct json_writer *writer, const char *key);
void json_key_text(struct json_writer *writer, str key);

void json_text(struct json_writer *writer, str text);
void json_number(struct json_writer *writer, int64_t number);
void json_truth(struct json_writer *writer, bool truth);
void json_nothing(struct json_writer *writer); /* null */

/* A key and its value. */
void json_member_text(struct json_writer *writer, const char *key, str text);
void json_member_number(struct json_writer *writer, const char *key,
			int64_t number);
void json_member_truth(struct json_writer *writer, const char *key, bool truth);

#endif
