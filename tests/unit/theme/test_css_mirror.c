#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "theme/css_mirror.h"

/* What is written, and what it becomes. */
static const char *const rows[][2] = {
	{ "a{left:0}", "a{right:0}" },
	{ "a { margin-left: 1px; }", "a { margin-right: 1px; }" },
	{ "a{text-align:right}", "a{text-align:left}" },
	{ "a{padding:1px 2px 3px 4px}", "a{padding: 1px 4px 3px 2px}" },
	{ "a{margin: 0 calc(1px + 2px) 3px 4px}",
	  "a{margin: 0 4px 3px calc(1px + 2px)}" },
	{ "a{margin:1px 2px}", "a{margin:1px 2px}" },
	{ "a{border-radius: 1px 2px 3px 4px}",
	  "a{border-radius: 2px 1px 4px 3px}" },
	{ "a{border-top-left-radius:0}", "a{border-top-right-radius:0}" },
	{ ".align-left{text-align:left}", ".align-left{text-align:right}" },
	{ "@media (min-width:1px){a{float:left}}",
	  "@media (min-width:1px){a{float:right}}" },
	{ "a::after{content:\"left;}\"}", "a::after{content:\"left;}\"}" },
	{ "a{background:url(left.png) left}",
	  "a{background:url(left.png) right}" },
	{ "/* left: */a{/* right: */left:0}",
	  "/* left: */a{/* right: */right:0}" },
	{ "a{transform:translateX(-1em) rotate(45deg)}",
	  "a{transform:translateX(1em) rotate(-45deg)}" },
	{ "a{--left:left}", "a{--left:left}" },
	{ "a{right:0", "a{left:0" },
	{ "a{content:\"", "a{content:\"" },
	{ "(", "(" },
	{ "", "" },
};

static void test_rows(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		str found = css_mirror(str_from_c(rows[i][0]), &arena);

		assert_string_equal(
			arena_printf(&arena, "%.*s", STR_ARG(found)).data,
			rows[i][1]);
	}
	arena_release(&arena);
}

static void test_languages(void **state)
{
	(void)state;
	assert_true(language_is_rtl(STR("ar")));
	assert_true(language_is_rtl(STR("fa-IR")));
	assert_false(language_is_rtl(STR("en")));
	assert_false(language_is_rtl(STR("zh-CN")));
	assert_false(language_is_rtl(STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
