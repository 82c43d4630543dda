#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "render/body_numbers.h"

static void expect(const char *html, const char *wanted)
{
	struct arena arena;
	str found;

	arena_init(&arena);
	found = body_numbers(str_from_c(html), &arena);
	if (!str_equal_c(found, wanted))
		print_error("%.*s\n", STR_ARG(found));
	assert_true(str_equal_c(found, wanted));
	arena_release(&arena);
}

static void keeps_telephone_numbers(void **state)
{
	(void)state;
	expect("<p>电话：(0000) 1200 0609，<a href=\"/a\">0000 1200</a></p>\n",
	       "<p>电话：<a class=\"number\" href=\"tel:000012000609\">"
	       "(0000) 1200 0609</a>，"
	       "<a href=\"/a\"><span class=\"number\">0000 "
	       "1200</span></a></p>\n");
	expect("<a href=\"/a\">问(0000) 1200 0609</a><br>(0000) 1200 0601转",
	       "<a href=\"/a\">问<span class=\"number\">(0000) 1200 0609"
	       "</span></a><br><a class=\"number\" "
	       "href=\"tel:000012000601\">(0000) 1200 0601</a>转");
	expect("<abbr>0000 1200</abbr>(010) 6655 1234",
	       "<abbr><span class=\"number\">0000 1200</span></abbr>"
	       "<a class=\"number\" href=\"tel:01066551234\">(010) 6655 "
	       "1234</a>");
	expect("(0000) 1200", "<span class=\"number\">(0000) 1200</span>");
	expect("1200 0601 1200 0602 万",
	       "<span class=\"number\">1200 0601 1200 0602</span> 万");
}

static void leaves_the_rest(void **state)
{
	static const char *const others[] = {
		"",
		" ",
		"1200 ",
		" 1200",
		"<p>第 12 条</p>",
		"<p>2026 年，1 200 元，12 5</p>",
		"<p>在 1200 台</p>",
		"<img alt=\"电话 0000 1200\" src=\"/a\" />",
		"<p>a</p> 1200 <b>0601</b>",
		"1200  0601",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		expect(others[i], others[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_telephone_numbers),
		cmocka_unit_test(leaves_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
