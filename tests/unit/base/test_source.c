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
		cmocka_unit_test(test_spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
