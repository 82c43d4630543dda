/* Spans, and the lines and columns they are printed as. */
#include "base/source.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const char *text, size_t offset, size_t line, size_t column,
		  const char *line_text)
{
	struct place place = source_place(str_from_c(text), offset);

	assert_int_equal(place.line, line);
	assert_int_equal(place.column, column);
	assert_true(str_equal_c(place.line_text, line_text));
}

static void test_places(void **state)
{
	(void)state;
	check("ab\ncd\n", 0, 1, 1, "ab");
	check("ab\ncd\n", 2, 1, 3, "ab");
	check("ab\ncd\n", 3, 2, 1, "cd");
	check("ab\ncd\n", 6, 3, 1, "");
	check("ab\ncd", 99, 2, 3, "cd");
	check("", 0, 1, 1, "");
	check("标题: x\n", 8, 1, 5, "标题: x");
	check("a\r\nb\r\n", 3, 2, 1, "b");
	check("a\r\nb", 0, 1, 1, "a");
}

static void assert_place(struct place_walk *walk, str text, size_t offset)
{
	struct place wanted = source_place(text, offset);
	struct place found = place_walk_to(walk, offset);

	assert_int_equal(found.line, wanted.line);
	assert_int_equal(found.column, wanted.column);
	assert_int_equal(found.line_start, wanted.line_start);
	assert_true(str_equal(found.line_text, wanted.line_text));
}

/* On the way forward, with any step, and also back again. */
static void test_walk(void **state)
{
	str text = STR("a\n\n标题: x\r\nb b b\n政务");

	(void)state;
	for (size_t step = 1; step < 8; step++) {
		struct place_walk walk;

		place_walk_init(&walk, text);
		for (size_t at = 0; at < text.len + 8; at += step)
			if (at >= text.len ||
			    ((unsigned char)text.data[at] & 0xc0) != 0x80)
				assert_place(&walk, text, at);
		assert_place(&walk, text, 3);
		assert_place(&walk, text, 3);
		assert_place(&walk, text, 0);
		assert_place(&walk, text, text.len);
	}
}

static void test_spans(void **state)
{
	struct source source = { 3, STR("x.md"), STR("abcdef") };
	struct span span =
		span_of_part(&source, str_between(source.text, 2, 4));

	(void)state;
	assert_int_equal(span.source, 3);
	assert_int_equal(span.start, 2);
	assert_int_equal(span.end, 4);
	assert_int_equal(span_none().source, SOURCE_NONE);
	span = span_of_part(&source, str_from(source.text, 6));
	assert_int_equal(span.start, 6);
	assert_int_equal(span.end, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_walk),
		cmocka_unit_test(test_spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
