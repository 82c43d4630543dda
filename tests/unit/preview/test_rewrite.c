/* What the preview changes of a page, and what it must not. */
#include "preview/panel.h"
#include "preview/rewrite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct preview_site items[] = {
	{ .id = STR("www"), .domain = STR("www.example.cn") },
	{ .id = STR("jyj"), .domain = STR("jyj.example.cn") },
};
static const struct preview_sites sites = { .items = items,
					    .count = COUNT_OF(items),
					    .port = 8080 };

static const struct {
	const char *page;
	const char *shown;
} rows[] = {
	/* links between sites stay in the preview */
	{ "<a href=\"https://jyj.example.cn/a\">x</a></body>",
	  "<a href=\"http://jyj.localhost:8080/a\">x</a>P</body>" },
	{ "<form action=\"https://www.example.cn/search.html\">",
	  "<form action=\"http://www.localhost:8080/search.html\">P" },
	{ "<img src=\"https://www.example.cn\">",
	  "<img src=\"http://www.localhost:8080\">P" },
	{ "<a href=\"https://www.example.cn#a\"><a "
	  "href=\"https://jyj.example.cn?b\">",
	  "<a href=\"http://www.localhost:8080#a\"><a "
	  "href=\"http://jyj.localhost:8080?b\">P" },
	/* other hosts, and what is text, stay */
	{ "<a href=\"https://www.example.cn.evil.cn/\">",
	  "<a href=\"https://www.example.cn.evil.cn/\">P" },
	{ "<p>https://www.example.cn/</p>", "<p>https://www.example.cn/</p>P" },
	{ "<p data-href=\"https://www.example.cn/\">",
	  "<p data-href=\"https://www.example.cn/\">P" },
	{ "<a href=\"https://", "<a href=\"https://P" },
	{ "", "P" },
	/* the last end of a body is the end */
	{ "</body></body>", "</body>P</body>" },
};

static void test_pages(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf out;

		buf_init(&out, &arena);
		preview_add_page(&out, str_from_c(rows[i].page), &sites,
				 STR("P"));
		assert_true(str_equal_c(buf_str(&out), rows[i].shown));
	}
	arena_release(&arena);
}

static void test_panel(void **state)
{
	struct diag_list diags;
	struct arena arena;
	struct buf out;
	str text = STR("content/甲.md:3:7: error: <b> [x]\n   3 | a & b\n"
		       "  help: c\njiyue: error: 1:2\n");

	(void)state;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	diag_error(&diags, span_none(), "link-dead", "x");
	buf_init(&out, &arena);
	preview_add_panel(&out, &diags, text, "/srv/a b", 7);
	assert_true(str_find(buf_str(&out),
			     STR("<p><a href=\"vscode://file/srv/a%20b/content/"
				 "%E7%94%B2.md:3:7\">content/甲.md:3:7</a>: "
				 "error: &lt;b&gt; [x]</p><pre>   3 | a &amp; "
				 "b\n  help: c\n</pre><p>jiyue: error: "
				 "1:2</p>")) != STR_NONE);
	assert_true(str_find(buf_str(&out), STR("data-build=\"7\"")) !=
		    STR_NONE);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_panel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
