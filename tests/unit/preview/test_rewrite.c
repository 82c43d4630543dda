/* What the preview changes of a page, and what it must not. */
#include "base/diag.h"
#include "preview/access.h"
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
					    .count = COUNT_OF(items) };

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

/* Of a day, at the bare address, to what readers do not see. */
static const struct {
	const char *page;
	const char *shown;
} day_rows[] = {
	{ "<link href=\"/a.css\"><img src=\"/b.png\">",
	  "<link href=\"/a.css?as-of=2026-05-01\">"
	  "<img src=\"/b.png?as-of=2026-05-01\">P" },
	{ "<a href=\"/a?b#c\">", "<a href=\"/a?b&amp;as-of=2026-05-01#c\">P" },
	{ "<a class=\"x\" href=\"/cao%20gao.html#c\">",
	  "<a class=\"x\" data-jiyue-mark=\"D\" "
	  "href=\"/cao%20gao.html?as-of=2026-05-01#c\">P" },
	{ "<a href=\"https://jyj.example.cn\">",
	  "<a href=\"/?site=jyj&amp;as-of=2026-05-01\">P" },
	{ "<a href=\"https://jyj.example.cn/cao%20gao.html\">",
	  "<a href=\"/cao%20gao.html?site=jyj&amp;as-of=2026-05-01\">P" },
	{ "<form action=\"/search.html\">", "<form action=\"/search.html\">P" },
	{ "<a href=\"//x.cn/\"><a href=\"#a\"><a href=\"b.html\">",
	  "<a href=\"//x.cn/\"><a href=\"#a\"><a href=\"b.html\">P" },
	{ "<a href=\"/a", "<a href=\"/aP" },
};

static void test_another_day(void **state)
{
	struct preview_links links = { .sites = &sites,
				       .domain = STR("www.example.cn"),
				       .as_of = STR("2026-05-01") };
	char mark[] = "D";
	struct arena arena;
	struct map marks;

	(void)state;
	arena_init(&arena);
	map_init(&marks, &arena);
	map_set(&marks, STR("www.example.cn/cao gao.html"), mark);
	links.marks = &marks;
	links.arena = &arena;
	for (size_t i = 0; i < COUNT_OF(day_rows); i++) {
		struct buf out;

		buf_init(&out, &arena);
		preview_add_page(&out, str_from_c(day_rows[i].page), &links,
				 STR("P"));
		assert_string_equal(buf_str(&out).data, day_rows[i].shown);
	}
	arena_release(&arena);
}

static void test_pages(void **state)
{
	struct preview_links links = { .sites = &sites,
				       .domain = STR("www.example.cn"),
				       .name = STR("localhost:8080") };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	links.arena = &arena;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf out;

		buf_init(&out, &arena);
		preview_add_page(&out, str_from_c(rows[i].page), &links,
				 STR("P"));
		assert_true(str_equal_c(buf_str(&out), rows[i].shown));
	}
	arena_release(&arena);
}

static void test_messages(void **state)
{
	struct arena arena;
	struct buf out;
	str text = STR("content/甲.md:3:7: error: <b> [x]\n   3 | a & b\n"
		       "  help: c\njiyue: error: 1:2\n");

	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	panel_add_messages(&out, text, "/srv/a b");
	assert_string_equal(buf_str(&out).data,
			    "<p><a href=\"vscode://file/srv/a%20b/content/"
			    "%E7%94%B2.md:3:7\">content/甲.md:3:7</a>: "
			    "error: &lt;b&gt; [x]</p><pre>   3 | a &amp; "
			    "b\n  help: c\n</pre><p>jiyue: error: "
			    "1:2</p>");
	arena_release(&arena);
}

static bool has(str text, const char *wanted)
{
	return str_find(text, str_from_c(wanted)) != STR_NONE;
}

/* A page tells what is said of it, of its site and of all, and of no other. */
static void test_panel(void **state)
{
	struct preview_note said[] = {
		{ STR("<p>page</p>"), 1, 0 },
		{ STR("<p>other</p>"), 1, 0 },
		{ STR("<p>site</p>"), 0, 1 },
		{ STR("<p>every</p>"), 0, 2 },
	};
	struct preview_notes notes;
	struct panel panel = { .notes = &notes,
			       .domain = STR("www.example.cn"),
			       .path = STR("www.example.cn/a.html"),
			       .number = 7 };
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	preview_notes_init(&notes, &arena);
	map_set(&notes.notes, STR("www.example.cn/a.html"), &said[0]);
	map_set(&notes.notes, STR("www.example.cn/b.html"), &said[1]);
	map_set(&notes.notes, STR("www.example.cn"), &said[2]);
	map_set(&notes.notes, STR(""), &said[3]);
	notes.all = (struct preview_note){ STR("<p>all</p>"), 5, 9 };
	buf_init(&out, &arena);
	panel_add(&out, &panel);
	assert_true(has(buf_str(&out), "<p>page</p><p>site</p><p>every</p>"));
	assert_false(has(buf_str(&out), "other"));
	assert_true(has(buf_str(&out), "errors: 1, warnings: 3</summary>"));
	assert_true(has(buf_str(&out), "errors: 5, warnings: 9</a>"));
	assert_true(has(buf_str(&out), "data-build=\"7\""));
	panel.path = STR("");
	buf_init(&out, &arena);
	panel_add(&out, &panel);
	assert_false(has(buf_str(&out), "page</p>"));
	assert_true(has(buf_str(&out), "<p>site</p><p>every</p>"));
	arena_release(&arena);
}

static void test_limit(void **state)
{
	struct preview_notes notes;
	const struct panel panel = { .notes = &notes };
	struct arena arena;
	struct buf html;
	struct buf out;

	(void)state;
	arena_init(&arena);
	preview_notes_init(&notes, &arena);
	buf_init(&html, &arena);
	while (html.len <= PANEL_LIMIT)
		buf_add_c(&html, "<p>甲乙丙</p>");
	notes.all.html = buf_str(&html);
	buf_init(&out, &arena);
	panel_add_all(&out, &panel);
	assert_true(out.len < PANEL_LIMIT + 4096);
	assert_true(has(buf_str(&out), "</p><p>the others stand"));
	arena_release(&arena);
}

/* --- access --- */

static void test_token(void **state)
{
	struct access access;
	struct arena arena;
	struct buf cookie;
	str value;

	(void)state;
	arena_init(&arena);
	assert_false(access_is_token(STR("short")));
	assert_false(access_is_token(STR("0123456789abcde")));
	assert_true(access_is_token(STR("0123456789abcdef")));
	assert_false(access_is_token(STR("0123456789abcdef&")));
	access_init(&access, NULL);
	assert_false(access.is_needed);
	access_init(&access, "0123456789abcdef");
	assert_true(access.is_needed);
	assert_true(access_fits_token(&access, STR("0123456789abcdef")));
	assert_false(access_fits_token(&access, STR("0123456789abcdeg")));
	assert_false(access_fits_token(&access, STR("")));
	buf_init(&cookie, &arena);
	access_print_cookie(&cookie, &access);
	value = buf_str(&cookie);
	assert_false(has(value, "0123456789abcdef"));
	assert_true(access_fits_cookie(&access, value));
	assert_false(access_fits_cookie(&access, STR("")));
	assert_false(access_fits_cookie(&access, STR("0123456789abcdef")));
	assert_false(access_fits_cookie(
		&access, arena_printf(&arena, "%.*s0", STR_ARG(value))));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_another_day),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_token),
		cmocka_unit_test(test_panel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
