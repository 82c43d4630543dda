/* The objects of a JSON file, one by one. */
#include "markup/json_records.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

static void add_pair(void *context, str key, str value)
{
	struct buf *out = context;

	buf_add(out, key);
	buf_add_byte(out, '=');
	buf_add(out, value);
	buf_add_byte(out, ' ');
}

/* What is taken of the first objects; how reading them ended. */
static enum json_record read_all(struct buf *out, str text, str *why,
				 struct arena *arena)
{
	struct json_records records = { .text = text };
	enum json_record found;

	do {
		found = json_records_next(&records, add_pair, out, why, arena);
		buf_add_byte(out, '|');
	} while (found == JSON_RECORD_READ);
	return found;
}

static void expect(const char *text, const char *wanted, enum json_record end)
{
	struct arena arena;
	struct buf out;
	str why = STR("");

	arena_init(&arena);
	buf_init(&out, &arena);
	assert_int_equal(read_all(&out, str_from_c(text), &why, &arena), end);
	buf_add_byte(&out, '\0');
	assert_string_equal(out.data, wanted);
	assert_int_equal(why.len > 0, end == JSON_RECORD_BROKEN);
	arena_release(&arena);
}

static void test_objects_are_read_one_by_one(void **state)
{
	(void)state;
	expect("", "|", JSON_RECORD_NONE);
	expect("[]", "|", JSON_RECORD_NONE);
	expect("[{\"a\": 1}, {\"a\": true}]", "a=1 |a=true ||",
	       JSON_RECORD_NONE);
	expect("{\"a\": {\"b\": [\"x\", 2.5]}}\n{\"c\": null}",
	       "a.b=x a.b=2.5 |||", JSON_RECORD_NONE);
	expect("[1]", "|", JSON_RECORD_BROKEN);
	expect("[{\"a\": 1}, {\"a\" 2}]", "a=1 ||", JSON_RECORD_BROKEN);
}

/* `count` times `item`, in an array of an object. */
static str array_of(const char *item, size_t count, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	buf_add(&text, STR("{\"a\":["));
	for (size_t i = 0; i < count; i++)
		buf_add(&text, str_from_c(item));
	buf_add(&text, STR("0]}"));
	return (str){ text.data, text.len };
}

static enum json_record how_it_ends(str text, struct arena *arena)
{
	struct buf out;
	str why;

	buf_init(&out, arena);
	return read_all(&out, text, &why, arena);
}

/* A value of two bytes takes a hundred when it is read. */
static void test_limits_stand_before_the_reading(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_int_equal(how_it_ends(array_of("[],", 10000, &arena), &arena),
			 JSON_RECORD_NONE);
	assert_int_equal(how_it_ends(array_of("[],", 5000000, &arena), &arena),
			 JSON_RECORD_BROKEN);
	assert_int_equal(how_it_ends(array_of("[", 40, &arena), &arena),
			 JSON_RECORD_BROKEN);
	assert_int_equal(
		how_it_ends(array_of("0,", JSON_RECORD_VALUES_LIMIT, &arena),
			    &arena),
		JSON_RECORD_BROKEN);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_objects_are_read_one_by_one),
		cmocka_unit_test(test_limits_stand_before_the_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
