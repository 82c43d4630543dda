/*
 * The objects of a JSON file one by one (jansson): those of an array at the
 * top, or one behind the other (JSON lines), so that an export of any length
 * takes the memory of its largest object.
 *
 * Always true: texts are valid UTF-8; nothing is kept from one object to the
 * next. Limits of an object: 16 MiB, 32 levels, 100,000 values, since each
 * value takes a hundred bytes however short it is.
 */
#ifndef JIYUE_MARKUP_JSON_RECORDS_H
#define JIYUE_MARKUP_JSON_RECORDS_H

#include "base/arena.h"
#include "base/str.h"

enum {
	JSON_RECORD_LIMIT = 16 * 1024 * 1024,
	JSON_RECORD_VALUES_LIMIT = 100000,
};

struct json_records {
	str text;
	size_t at;
	bool has_begun;
};

enum json_record { JSON_RECORD_READ, JSON_RECORD_NONE, JSON_RECORD_BROKEN };

/*
 * Called for each text, number and truth of the object; `key` is "a.b" for
 * what stands in an object inside, and the same again for each item of a list.
 * Both are valid during the call.
 */
typedef void json_take(void *context, str key, str value);

/* BROKEN: `why` says what jansson says, and `at` is where it stopped. */
enum json_record json_records_next(struct json_records *records,
				   json_take *take, void *context, str *why,
				   struct arena *arena);

#endif
