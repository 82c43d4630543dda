#include "snapshot/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* 标题：集约化平台 in four encodings */
#define TITLE_GBK                                                              \
	"---"                                                                  \
	"\n\xb1\xea\xcc\xe2\xa3\xba\xbc\xaf\xd4\xbc\xbb\xaf\xc6\xbd\xcc\xa8"
#define TITLE_UTF16 "-\0-\0-\0\n\0\x07\x68\x98\x98"

struct good_text {
	str data;
	str text;
};

static void test_good(void **state)
{
	static const struct good_text good[] = {
		{ STR(""), STR("") },
		{ STR("a\nb\n"), STR("a\nb\n") },
		{ STR("a\r\nb\r\n"), STR("a\nb\n") },
		{ STR("a\rb\r"), STR("a\nb\n") },
		{ STR("a\r\r\n\n\r"), STR("a\n\n\n\n") },
		{ STR("\xef\xbb\xbf"), STR("") },
		{ STR("\xef\xbb\xbf---\r\n"), STR("---\n") },
		{ STR("\xe9\x9b\x86\xe7\xba\xa6"),
		  STR("\xe9\x9b\x86\xe7\xba\xa6") },
	};
	struct arena arena;
	struct diag_list diags;

	(void)state;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		struct source source = { 0 };

		assert_true(text_decode(&source, good[i].data, &arena, &diags));
		assert_true(str_equal(source.text, good[i].text));
	}
	assert_int_equal(diags.items.count, 0);
	arena_release(&arena);
}

struct bad_text {
	str data;
	const char *id;
	const char *message;
	size_t at;
};

static const struct bad_text bad[] = {
	{ STR("\xff\xfe-\0"), "snapshot-utf16", "the file looks like UTF-16",
	  0 },
	{ STR("\xfe\xff\0-"), "snapshot-utf16", "the file looks like UTF-16",
	  0 },
	{ STR(TITLE_UTF16), "snapshot-utf16", "the file looks like UTF-16", 0 },
	{ STR("\0-\0-\0\n"), "snapshot-utf16", "the file looks like UTF-16",
	  0 },
	{ STR("PK\x03\x04\n\0\0\0"), "snapshot-binary",
	  "the file has a NUL byte, so it is no text", 5 },
	{ STR("\0"), "snapshot-binary",
	  "the file has a NUL byte, so it is no text", 0 },
	{ STR(TITLE_GBK), "snapshot-encoding",
	  "the file is not UTF-8, it looks like GBK or GB18030", 4 },
	{ STR("\xb1\xea\x81\x30\x81\x30\xcc\xe2"), "snapshot-encoding",
	  "the file is not UTF-8, it looks like GBK or GB18030", 0 },
	{ STR("caf\xe9"), "snapshot-encoding", "the file is not UTF-8", 3 },
	{ STR("a\n\xed\xa0\x80"), "snapshot-encoding", "the file is not UTF-8",
	  2 },
	{ STR("\xe9\x9b\x86\xe7\xba"), "snapshot-encoding",
	  "the file is not UTF-8", 3 },
	{ STR("\xe9\x9b\x86\xe7\xba\xa6\xe5\x8c\x96\xff"), "snapshot-encoding",
	  "the file is not UTF-8", 9 },
	{ STR("\xc0\xaf"), "snapshot-encoding", "the file is not UTF-8", 0 },
};

static void test_bad(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct source source = { .number = 7, .path = STR("a.md") };
		const struct diag *diag;
		struct diag_list diags;

		diag_list_init(&diags, &arena);
		assert_false(text_decode(&source, bad[i].data, &arena, &diags));
		assert_int_equal(diags.items.count, 1);
		diag = diags.items.items;
		assert_string_equal(diag->id, bad[i].id);
		assert_string_equal(diag->message.data, bad[i].message);
		assert_int_equal(diag->span.source, 7);
		assert_int_equal(diag->span.start, bad[i].at);
		assert_true(str_equal_c(diag->path, "a.md"));
		assert_true(diag->help.len > 0);
	}
	arena_release(&arena);
}

/* Text it is, but not one that may be published; messages can show it. */
static void test_unsafe(void **state)
{
	struct source source = { .number = 7, .path = STR("a.md") };
	const struct diag *items;
	struct diag_list diags;
	struct arena arena;
	struct buf many;

	(void)state;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	assert_false(text_decode(&source,
				 STR("\xef\xbb\xbf"
				     "a\r\n\xef\xbb\xbf题\x0c\r\n\xe2\x80\xae"),
				 &arena, &diags));
	assert_true(str_equal(source.text,
			      STR("a\n\xef\xbb\xbf题\x0c\n\xe2\x80\xae")));
	assert_int_equal(diags.items.count, 3);
	items = diags.items.items;
	assert_int_equal(items[0].span.start, 2);
	assert_int_equal(items[0].span.end, 5);
	assert_int_equal(items[1].span.start, 8);
	assert_int_equal(items[2].span.start, 10);
	assert_string_equal(items[2].message.data,
			    "a character that no text may have: U+202E "
			    "right-to-left override");
	assert_string_equal(items[1].help.data,
			    "write an ordinary line break in its place");

	buf_init(&many, &arena);
	for (size_t i = 0; i < 5000; i++)
		buf_add_c(&many, "\a题");
	diag_list_init(&diags, &arena);
	assert_false(text_decode(&source, buf_str(&many), &arena, &diags));
	assert_int_equal(diags.items.count, 21);
	items = diags.items.items;
	assert_non_null(strstr(items[20].message.data, "4980 more"));
	arena_release(&arena);
}

struct merge_text {
	str data;
	const char *lines; /* with a marker, from 1: one digit each */
};

static const struct merge_text merges[] = {
	{ STR("<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> x\n"), "135" },
	{ STR("a\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> x"), "234" },
	{ STR("<<<<<<<\n||||||| 1f\n=======\n>>>>>>>\n"), "1234" },
	{ STR("<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< a\n=======\n>>>>>>> b"),
	  "123456" },
	/* half taken away */
	{ STR("甲\n<<<<<<< HEAD\n"), "2" },
	{ STR("甲\n=======\n乙\n>>>>>>> x\n"), "24" },
	{ STR("乙\n>>>>>>> x"), "2" },
	{ STR("<<<<<<< HEAD\n\a\n"), "12" },
	/* no markers */
	{ STR("标题\n=======\n\n正文\n||||||| a\n"), "" },
	{ STR("> a\n>>>>>>> b\n>>>>>>>> c\n"), "" },
	{ STR(">>>>>>> b\n> a\n"), "" },
	{ STR("<<<<<<<< a\n<<<<<<x\n <<<<<<< a\n<<<<<<"), "" },
	{ STR(">>>>>>>"), "" },
};

static size_t line_of(str text, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += text.data[i] == '\n';
	return line;
}

static void test_merges(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(merges); i++) {
		struct source source = { .number = 7, .path = STR("a.md") };
		const struct diag *items;
		struct diag_list diags;
		struct buf lines;

		buf_init(&lines, &arena);
		diag_list_init(&diags, &arena);
		assert_int_equal(
			text_decode(&source, merges[i].data, &arena, &diags),
			merges[i].lines[0] == '\0');
		items = diags.items.items;
		for (size_t j = 0; j < diags.items.count; j++)
			buf_printf(&lines, "%zu",
				   line_of(source.text, items[j].span.start));
		assert_true(str_equal_c(buf_str(&lines), merges[i].lines));
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_unsafe),
		cmocka_unit_test(test_merges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
