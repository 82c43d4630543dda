#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "render/official_form.h"

#include <string.h>

static void expect(const char *title, const char *html, const char *wanted)
{
	struct arena arena;
	str found;

	arena_init(&arena);
	found = official_form(str_from_c(html), str_from_c(title), &arena);
	if (!str_equal_c(found, wanted))
		print_error("%.*s\n", STR_ARG(found));
	assert_true(str_equal_c(found, wanted));
	arena_release(&arena);
}

static void marks_whom_it_is_addressed_to(void **state)
{
	(void)state;
	expect("", "<p>各县区人民政府：</p>\n<p>现通知如下：</p>\n",
	       "<p class=\"official-to\">各县区人民政府：</p>\n"
	       "<p>现通知如下：</p>\n");
	expect("", "<p>近日，我市出台办法。要点如下：</p>\n",
	       "<p>近日，我市出台办法。要点如下：</p>\n");
	expect("", "<p>为方便群众就医，现将门诊安排公告如下：</p>\n",
	       "<p>为方便群众就医，现将门诊安排公告如下：</p>\n");
	expect("", "<p>市财政局就下列事项作出说明：</p>\n",
	       "<p>市财政局就下列事项作出说明：</p>\n");
	expect("", "<blockquote>\n<p>各县区：</p>\n</blockquote>\n",
	       "<blockquote>\n<p>各县区：</p>\n</blockquote>\n");
}

static void marks_the_signature(void **state)
{
	(void)state;
	expect("",
	       "<p>特此通知。</p>\n<p>市财政局</p>\n<p>市教育局</p>\n"
	       "<p>2026年11月1日</p>\n<p>（此件公开发布）</p>\n",
	       "<p>特此通知。</p>\n<p class=\"official-sign\">市财政局</p>\n"
	       "<p class=\"official-sign\">市教育局</p>\n"
	       "<p class=\"official-sign\">2026年11月1日</p>\n"
	       "<p>（此件公开发布）</p>\n");
	expect("", "<p>市财政局<br />\n二〇二六年十一月一日</p>\n",
	       "<p class=\"official-sign\">市财政局<br />\n"
	       "二〇二六年十一月一日</p>\n");
}

static void leaves_what_only_looks_like_it(void **state)
{
	static const char *const others[] = {
		"<p>2026年11月1日</p>\n",
		"<p>市财政局</p>\n<h2>附件</h2>\n<p>2026年11月1日</p>\n",
		"<p>市财政局</p>\n<p>2026年11月1日起施行</p>\n",
		"<p>一、市财政局，</p>\n<p>2026年11月1日</p>\n",
		"<ul>\n<li>\n<p>市财政局</p>\n<p>2026年11月1日</p>\n</li>\n"
		"</ul>\n",
		"<p>no end",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		expect("", others[i], others[i]);
}

static void marks_the_title_of_what_is_issued(void **state)
{
	(void)state;
	expect("关于印发《管理办法》的通知",
	       "<ul>\n<li>a</li>\n</ul>\n<h2 id=\"a\">管理办法</h2>\n"
	       "<h2 id=\"b\">管理</h2>\n",
	       "<ul>\n<li>a</li>\n</ul>\n"
	       "<h2 class=\"official-title\" id=\"a\">管理办法</h2>\n"
	       "<h2 id=\"b\">管理</h2>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_whom_it_is_addressed_to),
		cmocka_unit_test(marks_the_signature),
		cmocka_unit_test(leaves_what_only_looks_like_it),
		cmocka_unit_test(marks_the_title_of_what_is_issued),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
