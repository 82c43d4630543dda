/*
 * jansson reads one value and says where it ended, so objects are read one
 * after the other from the same text and freed at once. Their depth is counted
 * before.
 */
#include "markup/json_records.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/diag.h"
#include "markup/json_guard.h"

enum { KEY_LIMIT = 512, NUMBER_ROOM = 40 };

struct taking {
	json_take *take;
	void *context;
	char key[KEY_LIMIT];
};

static void skip_blanks(struct json_records *records)
{
	while (records->at < records->text.len &&
	       (byte_is_space(records->text.data[records->at]) ||
		records->text.data[records->at] == ','))
		records->at++;
}

static bool skip_byte(struct json_records *records, char byte)
{
	skip_blanks(records);
	if (str_at(records->text, records->at) != byte)
		return false;
	records->at++;
	return true;
}

static void give(const struct taking *taking, size_t length, str value)
{
	taking->take(taking->context, (str){ taking->key, length }, value);
}

static void give_number(const struct taking *taking, size_t length,
			const json_t *value)
{
	char text[NUMBER_ROOM];
	int count =
		json_is_integer(value)
			? snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT,
				   json_integer_value(value))
			: snprintf(text, sizeof(text), "%.15g",
				   json_real_value(value));

	give(taking, length, (str){ text, (size_t)count });
}

static void walk(struct taking *taking, size_t length, json_t *value,
		 size_t depth);

static void walk_object(struct taking *taking, size_t length, json_t *value,
			size_t depth)
{
	const char *name;
	json_t *item;

	json_object_foreach(value, name, item)
	{
		size_t room = KEY_LIMIT - length;
		int added = snprintf(taking->key + length, room, "%s%s",
				     length > 0 ? "." : "", name);

		if (added > 0 && (size_t)added < room)
			walk(taking, length + (size_t)added, item, depth + 1);
	}
}

static void walk(struct taking *taking, size_t length, json_t *value,
		 size_t depth)
{
	json_t *item;
	size_t i;

	if (depth > JSON_DEPTH_LIMIT)
		return;
	if (json_is_object(value))
		walk_object(taking, length, value, depth);
	else if (json_is_string(value))
		give(taking, length,
		     (str){ json_string_value(value),
			    json_string_length(value) });
	else if (json_is_number(value))
		give_number(taking, length, value);
	else if (json_is_boolean(value))
		give(taking, length,
		     json_is_true(value) ? STR("true") : STR("false"));
	else if (json_is_array(value))
		json_array_foreach(value, i, item)
			walk(taking, length, item, depth + 1);
}

enum json_record json_records_next(struct json_records *records,
				   json_take *take, void *context, str *why,
				   struct arena *arena)
{
	struct taking taking = { .take = take, .context = context };
	json_error_t error;
	json_t *value;
	str rest;

	if (!records->has_begun) {
		records->has_begun = true;
		(void)skip_byte(records, '[');
	}
	skip_blanks(records);
	rest = str_from(records->text, records->at);
	if (rest.len == 0 || rest.data[0] == ']')
		return JSON_RECORD_NONE;
	if (rest.len > JSON_RECORD_LIMIT)
		rest.len = JSON_RECORD_LIMIT;
	if (rest.data[0] != '{' ||
	    !json_guard_allows(rest, JSON_RECORD_VALUES_LIMIT)) {
		*why = arena_copy(
			arena, str_from_c(_("not a list of objects, nested "
					    "deeper than 32, or one with more "
					    "than 100000 values")));
		return JSON_RECORD_BROKEN;
	}
	value = json_loadb(rest.data, rest.len, JSON_DISABLE_EOF_CHECK, &error);
	if (value == NULL) {
		*why = arena_copy(arena, str_from_c(error.text));
		records->at += (size_t)error.position;
		return JSON_RECORD_BROKEN;
	}
	walk(&taking, 0, value, 0);
	json_decref(value);
	records->at += (size_t)error.position;
	return JSON_RECORD_READ;
}
