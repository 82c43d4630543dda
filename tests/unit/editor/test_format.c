/* Front matter in order: what moves, what stays, and that it says the same. */
#include "editor/format.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/schema_fixture.h"
#include "support/text_case.h"

static const struct {
	const char *before;
	const char *after;
} rows[] = {
	/* the order of the type; a field without one stands last */
	{ "---\nsource: 甲\ndate: 2026-01-02\nno_such: 1\ntitle: "
	  "乙\n---\n正文\n",
	  "---\ntitle: 乙\ndate: 2026-01-02\nsource: 甲\nno_such: "
	  "1\n---\n正文\n" },
	{ "---\ncontact_unit: 甲\nnotice_kind: 通知\ntype: notice\n---\n",
	  "---\ntype: notice\nnotice_kind: 通知\ncontact_unit: 甲\n---\n" },
	/* a comment goes with the field below it */
	{ "---\n# 日期\ndate: 2026-01-02 # 发文\n# 标题\ntitle: 乙\n---\n",
	  "---\n# 标题\ntitle: 乙\n# 日期\ndate: 2026-01-02 # 发文\n---\n" },
	/* but one above a blank line is about the file, the last one stays */
	{ "---\n# 全文\n\n# 日期\ndate: 2026-01-02\ntitle: 乙\n# 待补\n---\n",
	  "---\n# 全文\n\ntitle: 乙\n# 日期\ndate: 2026-01-02\n# 待补\n---\n" },
	/* values of several lines, and what is said inside them */
	{ "---\nkeywords:\n  - 甲\n  # 待补\nsummary: |\n  一\n\n  # 二\n"
	  "title: 乙\n---\n",
	  "---\ntitle: 乙\nsummary: |\n  一\n\n  # 二\n"
	  "keywords:\n  - 甲\n  # 待补\n---\n" },
	{ "---\nsummary: |+\n  一\n\n\ntitle: 乙\n---\n",
	  "---\ntitle: 乙\nsummary: |+\n  一\n\n\n---\n" },
	{ "---\ndate: 2026-01-02\ntitle: 甲\n  乙\n  丙\n---\n",
	  "---\ntitle: 甲\n  乙\n  丙\ndate: 2026-01-02\n---\n" },
	{ "---\nkeywords: [甲,\n  # 乙\n  丙]\ntitle: 丁\n---\n",
	  "---\ntitle: 丁\nkeywords: [甲,\n  # 乙\n  丙]\n---\n" },
	/* quotes */
	{ "---\ntitle: \"关于开放的通知\"\n---\n",
	  "---\ntitle: 关于开放的通知\n---\n" },
	{ "---\ntitle: '甲: 乙'\n---\n", "---\ntitle: '甲: 乙'\n---\n" },
	{ "---\ntitle: \"甲: 乙\"\n---\n", "---\ntitle: '甲: 乙'\n---\n" },
	{ "---\ntitle: \"it's\"\n---\n", "---\ntitle: \"it's\"\n---\n" },
	{ "---\ntitle: \"a\\tb\"\n---\n", "---\ntitle: \"a\\tb\"\n---\n" },
	{ "---\nindex_no: \"000000\"\n---\n",
	  "---\nindex_no: '000000'\n---\n" },
	{ "---\nindex_no: \"True\"\n---\n", "---\nindex_no: 'True'\n---\n" },
	{ "---\nindex_no: ''\n---\n", "---\nindex_no: ''\n---\n" },
	{ "---\nkeywords: [\"甲\", '乙,丙']\n---\n",
	  "---\nkeywords: [甲, '乙,丙']\n---\n" },
	/* fields in braces are on one line: only quotes change */
	{ "---\n{date: 2026-01-02, title: \"甲\"}\n---\n",
	  "---\n{date: 2026-01-02, title: 甲}\n---\n" },
	/* nothing there */
	{ "---\n---\n正文\n", "---\n---\n正文\n" },
	{ "---\n# 空\n---\n", "---\n# 空\n---\n" },
};

/* What the disk has; the source is what the snapshot makes of it. */
static str format(struct text_case *test, str bytes, str text)
{
	struct format_file file = { .bytes = bytes,
				    .schema = schema_fixture(&test->arena),
				    .type = STR("news") };
	str out;

	test->source.text = text;
	file.source = test->source;
	assert_true(format_file(&out, &file, &test->arena, &test->diags));
	assert_int_equal(test->diags.count, 0);
	return out;
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct text_case test;
		str before = str_from_c(rows[i].before);
		str after;

		text_case_init(&test, "content/a.md", before);
		after = format(&test, before, before);
		assert_string_equal(arena_c_string(&test.arena, after),
				    rows[i].after);
		assert_true(str_equal(format(&test, after, after), after));
		text_case_release(&test);
	}
}

/* A mark and ends of lines that the snapshot does not show stay. */
static void test_bytes(void **state)
{
	const str bytes = STR("\xef\xbb\xbf---\r\ndate: 2026-01-02\r\n"
			      "title: '甲'\r\n---\r\n正文\r混\n合\r\n");
	const str text = STR("---\ndate: 2026-01-02\ntitle: '甲'\n---\n"
			     "正文\n混\n合\n");
	const str wanted = STR("\xef\xbb\xbf---\r\ntitle: 甲\r\n"
			       "date: 2026-01-02\r\n---\r\n正文\r混\n合\r\n");
	struct text_case test;

	(void)state;
	text_case_init(&test, "content/a.md", text);
	assert_true(str_equal(format(&test, bytes, text), wanted));
	text_case_release(&test);
}

/* What cannot be read is not touched. */
static void test_mistakes(void **state)
{
	static const char *const texts[] = {
		"title: 甲\n",
		"---\ntitle: 甲\n",
		"---\ntitle: 甲\ntitle: 乙\n---\n",
		"---\ntitle: [甲\n---\n",
		"---\n- 甲\n---\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct format_file file = { .bytes = str_from_c(texts[i]) };
		struct text_case test;
		str out;

		text_case_init(&test, "content/a.md", file.bytes);
		file.source = test.source;
		file.schema = schema_fixture(&test.arena);
		assert_false(
			format_file(&out, &file, &test.arena, &test.diags));
		assert_true(test.diags.error_count > 0);
		text_case_release(&test);
	}
}

static uint32_t draw(uint32_t *state, size_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % (uint32_t)below;
}

/*
 * Anything that is front matter: formatting it twice is formatting it once, no
 * line of a comment is lost, and the body is the same.
 */
static void test_random(void **state)
{
	enum { ROUNDS = 20000 };
	static const char *const lines[] = {
		"title: '甲'\n",
		"date: 2026-01-02\n",
		"# 一\n",
		"\n",
		"  # 二\n",
		"summary: |+\n",
		"  三\n",
		"keywords:\n",
		"  - \"四\"\n",
		"- 五\n",
		"source: >\n",
		"weight: '3' # 六\n",
		"extra: {a: \"b\",\n",
		"  c: 'd'}\n",
		"id: \"x\n",
		"  y\"\n",
		"subtitle:\n",
		"\"kicker\": '七 '\n",
		"region: ''\n",
		"? author\n: 八\n",
		"slug: &a b\n",
	};
	uint32_t seed = 2026;
	size_t formatted = 0;

	(void)state;
	for (size_t round = 0; round < ROUNDS; round++) {
		struct format_file file = { .type = STR("news") };
		struct text_case test;
		struct buf text;
		str once, twice;

		text_case_init(&test, "content/a.md", STR(""));
		buf_init(&text, &test.arena);
		buf_add_c(&text, "---\n");
		for (size_t i = draw(&seed, 12); i > 0; i--)
			buf_add_c(&text, lines[draw(&seed, COUNT_OF(lines))]);
		buf_add_c(&text, "---\n正文\n");
		file.bytes = buf_str(&text);
		test.source.text = file.bytes;
		file.source = test.source;
		file.schema = schema_fixture(&test.arena);
		if (format_file(&once, &file, &test.arena, &test.diags)) {
			file.bytes = file.source.text = once;
			assert_true(format_file(&twice, &file, &test.arena,
						&test.diags));
			assert_true(str_equal(once, twice));
			assert_true(str_ends_with(once, STR("---\n正文\n")));
			formatted += !str_equal(once, buf_str(&text));
		}
		text_case_release(&test);
	}
	assert_true(formatted > ROUNDS / 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
