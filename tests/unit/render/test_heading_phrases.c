#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "render/heading_phrases.h"

static void expect(const char *html, const char *wanted)
{
	struct arena arena;
	str found;

	arena_init(&arena);
	found = heading_phrases(str_from_c(html), &arena);
	if (!str_equal_c(found, wanted))
		print_error("%.*s\n", STR_ARG(found));
	assert_true(str_equal_c(found, wanted));
	arena_release(&arena);
}

static void breaks_between_words(void **state)
{
	(void)state;
	expect("<p>a</p>\n<h2 id=\"b\">四、建设开放共享的数据资源体系</h2>\n"
	       "<p>c</p>\n",
	       "<p>a</p>\n<h2 id=\"b\">四、建设<wbr>开放共享的"
	       "<wbr>数据资源体系</h2>\n<p>c</p>\n");
}

static void leaves_the_rest(void **state)
{
	static const char *const others[] = {
		"<h2>总则</h2>\n",
		"<h2>关于<em>建设开放共享</em>的数据资源体系</h2>\n",
		"<h2>建设开放共享 &amp; 安全可靠的数据资源体系</h2>\n",
		"<h1>建设开放共享的数据资源体系</h1>\n",
		"<hr />\n<header>建设开放共享的数据资源体系</header>\n",
		"<p><h2>建设开放共享的数据资源体系</h2></p>",
		"<h2",
		"<h2>建设开放共享的数据资源体系",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		expect(others[i], others[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_between_words),
		cmocka_unit_test(leaves_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
