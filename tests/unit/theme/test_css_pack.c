#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "theme/css_pack.h"

/* What is written, and what readers load. */
static const char *const rows[][2] = {
	{ "/* of all */\na {\n\tleft: 0;\n}\n", "a {\nleft: 0;\n}" },
	{ "a{}\n\n\n/* of b */\n\nb{}", "a{}\nb{}" },
	{ "a  b{}", "a b{}" },
	{ ".a/* both */.b{}", ".a/**/.b{}" },
	{ "a{margin:1px/* and */2px}", "a{margin:1px/**/2px}" },
	{ "a{/* nothing */left:0;/* and */top:0}/**/b{}",
	  "a{left:0;top:0}b{}" },
	{ "a /* and */ b{}", "a b{}" },
	{ "/*! kept */a{}", "/*! kept */a{}" },
	{ "a{content:\"/* no  comment */\"}",
	  "a{content:\"/* no  comment */\"}" },
	{ "a{background:url(/*x*/  y)}", "a{background:url(/*x*/  y)}" },
	{ ".a\\ \\  b{}", ".a\\ \\  b{}" },
	{ "a{}/* without an end", "a{}" },
	{ "a{content:\"", "a{content:\"" },
	{ "a\\", "a\\" },
	{ "/", "/" },
	{ "/*", "" },
	{ " \n", "" },
	{ "", "" },
};

static void test_rows(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		str found = css_pack(str_from_c(rows[i][0]), &arena);

		assert_string_equal(
			arena_printf(&arena, "%.*s", STR_ARG(found)).data,
			rows[i][1]);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
