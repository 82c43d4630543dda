#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "markup/json_writer.h"

static void assert_text(str got, const char *expected)
{
	if (!str_equal_c(got, expected))
		fail_msg("got      %.*s\nexpected %s", STR_ARG(got), expected);
}

static void structure(void **state)
{
	struct json_writer writer;
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	json_begin(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "a", STR("b"));
	json_member_number(&writer, "n", INT64_MIN);
	json_member_truth(&writer, "t", true);
	json_key_text(&writer, STR("键\""));
	json_open_array(&writer);
	json_number(&writer, 1);
	json_nothing(&writer);
	json_open_object(&writer);
	json_close_object(&writer);
	json_open_array(&writer);
	json_close_array(&writer);
	json_truth(&writer, false);
	json_close_array(&writer);
	json_key(&writer, "z");
	json_open_object(&writer);
	json_member_text(&writer, "y", STR(""));
	json_close_object(&writer);
	json_close_object(&writer);
	json_end(&writer);
	assert_text(buf_str(&out),
		    "{\"a\":\"b\",\"n\":-9223372036854775808,\"t\":true,"
		    "\"键\\\"\":[1,null,{},[],false],\"z\":{\"y\":\"\"}}");
	arena_release(&arena);
}

static void escapes(void **state)
{
	struct json_writer writer;
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	json_begin(&writer, &out);
	json_text(&writer,
		  (str){ "</script>&\"\\\n\t\r\0\x7f\xff\xe2\x80\xa8中", 24 });
	json_end(&writer);
	assert_text(buf_str(&out),
		    "\"\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\t\\u000d"
		    "\\u0000\\u007f\xef\xbf\xbd\\u2028中\"");
	arena_release(&arena);
}

/* Every character comes back through another reader. */
static void reads_back(void **state)
{
	struct json_writer writer;
	struct arena arena;
	struct buf text;
	struct buf out;
	json_t *root;

	(void)state;
	arena_init(&arena);
	buf_init(&text, &arena);
	buf_init(&out, &arena);
	for (uint32_t c = 0; c < 0x30000; c++)
		if (c < 0xd800 || c > 0xdfff)
			buf_add_utf8(&text, c);
	json_begin(&writer, &out);
	json_open_array(&writer);
	json_text(&writer, buf_str(&text));
	json_close_array(&writer);
	json_end(&writer);
	root = json_loadb(out.data, out.len, JSON_ALLOW_NUL, NULL);
	assert_non_null(root);
	assert_int_equal(json_string_length(json_array_get(root, 0)), text.len);
	assert_memory_equal(json_string_value(json_array_get(root, 0)),
			    text.data, text.len);
	json_decref(root);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(structure),
		cmocka_unit_test(escapes),
		cmocka_unit_test(reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
