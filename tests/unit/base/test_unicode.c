/* Code points, cells and normal form. */
#include "base/unicode.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *bytes;
	size_t at; /* STR_NONE: all of it is UTF-8 */
} texts[] = {
	{ "", STR_NONE },
	{ "abc 栏目 \xf0\x9f\x98\x80", STR_NONE },
	{ "a\xff", 1 },
	{ "栏\xe7\x9b", 3 },
	{ "\xc0\x80", 0 },	   /* overlong */
	{ "x\xed\xa0\x80", 1 },	   /* surrogate */
	{ "\xf4\x90\x80\x80", 0 }, /* above U+10FFFF */
	{ "\x80", 0 },
	{ "\xef\xbf\xbf", STR_NONE }, /* U+FFFF is a code point */
};

static void test_invalid_at(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_int_equal(unicode_invalid_at(str_from_c(texts[i].bytes)),
				 texts[i].at);
	assert_int_equal(unicode_invalid_at((str){ NULL, 0 }), STR_NONE);
}

/* Every code point, at every distance from the end of the text. */
static void test_unsafe_at(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		struct buf text;
		str found;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		buf_init(&text, &arena);
		buf_add_c(&text, "开a");
		buf_add_utf8(&text, c);
		found = buf_str(&text);
		assert_int_equal(unicode_unsafe_at(found, 0),
				 unicode_is_unsafe(c) ? 4 : STR_NONE);
		buf_add_c(&text, "“学”");
		assert_int_equal(unicode_unsafe_at(buf_str(&text), 0),
				 unicode_is_unsafe(c) ? 4 : STR_NONE);
		assert_int_equal(unicode_unsafe_at(buf_str(&text), found.len),
				 STR_NONE);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

static void test_unsafe(void **state)
{
	static const uint32_t safe[] = { '\t',	 '\n',	 ' ',	 0xa0,
					 0x200b, 0x200e, 0x2027, 0x202f,
					 0x2065, 0x206a, 0x3000, 0xe000,
					 0xfdcf, 0xfdf0, 0xfffd, 0x10000 };
	static const uint32_t unsafe[] = {
		0,	0x08,	 0x0b,	  0x0c,	    0x0d,     0x1b,   0x1f,
		0x7f,	0x80,	 0x85,	  0x9f,	    0x2028,   0x2029, 0x202a,
		0x202e, 0x2066,	 0x2069,  0xfdd0,   0xfdef,   0xfeff, 0xfffe,
		0xffff, 0x1fffe, 0x1ffff, 0x10fffe, 0x10ffff,
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(safe); i++)
		assert_false(unicode_is_unsafe(safe[i]));
	for (size_t i = 0; i < COUNT_OF(unsafe); i++)
		assert_true(unicode_is_unsafe(unsafe[i]));
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_int_equal(
			unicode_unsafe_at(str_from_c(texts[i].bytes), 0),
			i + 1 == COUNT_OF(texts) ? 0 : texts[i].at);
}

static void test_next(void **state)
{
	str text = STR("a栏\xff\xf0\x9f\x98\x80");
	size_t at = 0;

	(void)state;
	assert_int_equal(unicode_next(text, &at), 'a');
	assert_int_equal(unicode_next(text, &at), 0x680f);
	assert_int_equal(at, 4);
	assert_int_equal(unicode_next(text, &at), 0xfffd);
	assert_int_equal(at, 5);
	assert_int_equal(unicode_next(text, &at), 0x1f600);
	assert_int_equal(at, text.len);
}

/* A character cut off by the slice does not read behind it. */
static void test_next_stays_inside(void **state)
{
	str text = str_between(STR("栏目"), 0, 2);
	size_t at = 0;

	(void)state;
	assert_int_equal(unicode_next(text, &at), 0xfffd);
	assert_int_equal(unicode_next(text, &at), 0xfffd);
	assert_int_equal(at, 2);
}

static void test_widths(void **state)
{
	(void)state;
	assert_int_equal(unicode_count(STR("a栏目")), 3);
	assert_int_equal(unicode_cells(STR("a栏目")), 5);
	assert_int_equal(unicode_cells(STR("，（）")), 6);
	assert_int_equal(unicode_cells(STR("\t|")), 2);
	assert_int_equal(unicode_cells(STR("e\xcc\x81")), 1);
	assert_int_equal(unicode_cells(STR("")), 0);
}

static void test_normal_form(void **state)
{
	struct arena arena;
	str same = STR("caf\xc3\xa9 栏目");

	(void)state;
	arena_init(&arena);
	assert_true(
		str_equal(unicode_nfc(STR("cafe\xcc\x81 栏目"), &arena), same));
	assert_ptr_equal(unicode_nfc(same, &arena).data, same.data);
	/* compatibility forms are other characters */
	assert_true(str_equal_c(unicode_nfc(STR("１㎡"), &arena), "１㎡"));
	assert_int_equal(unicode_nfc(STR(""), &arena).len, 0);
	arena_release(&arena);
}

static void test_classes(void **state)
{
	(void)state;
	assert_true(unicode_is_word('a'));
	assert_true(unicode_is_word('7'));
	assert_true(unicode_is_word(0x680f));
	assert_true(unicode_is_word(0x0301)); /* a mark */
	assert_false(unicode_is_word('-'));
	assert_false(unicode_is_word(0x3002)); /* 。 */
	assert_false(unicode_is_word(' '));
	assert_int_equal(unicode_lower('A'), 'a');
	assert_int_equal(unicode_lower(0x0416), 0x0436);
	assert_int_equal(unicode_lower(0x680f), 0x680f);
	assert_true(unicode_is_control(0));
	assert_true(unicode_is_control(0x1f));
	assert_true(unicode_is_control(0x7f));
	assert_true(unicode_is_control(0x9f));
	assert_false(unicode_is_control(' '));
	assert_false(unicode_is_control(0xa0));
}

static void test_prefix(void **state)
{
	(void)state;
	assert_true(str_equal_c(unicode_prefix(STR("a栏目b"), 2), "a栏"));
	assert_true(str_equal_c(unicode_prefix(STR("栏"), 9), "栏"));
	assert_int_equal(unicode_prefix(STR("栏"), 0).len, 0);
}

/* A line break between the two leaves no gap; Korean and Latin keep theirs. */
static void test_joins(void **state)
{
	static const struct {
		uint32_t before;
		uint32_t after;
		bool joins;
	} pairs[] = {
		{ 0x4e2d, 0x6587, true },   /* 中文 */
		{ 0x4e2d, 0x201c, true },   /* 中“ */
		{ 0x201d, 0x6587, true },   /* ”文 */
		{ 0x2026, 0xff08, true },   /* …（ */
		{ 0x3002, 0x3042, true },   /* 。あ */
		{ 0xff0c, 0x2460, true },   /* ，① */
		{ 0x20000, 0x4e2d, true },  /* a rare character */
		{ 0x201d, 0x201c, false },  /* ”“: nothing says Chinese */
		{ 0x4e2d, 'a', false },	    /* 中a */
		{ '1', 0x5e74, false },	    /* 1年 */
		{ 0xac00, 0xb098, false },  /* 가나 */
		{ 0x4e2d, 0xac00, false },  /* 中가 */
		{ 'a', 0x201c, false },	    /* a“ */
		{ 0x4e2d, 0x1f600, false }, /* a face */
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		assert_int_equal(unicode_joins(pairs[i].before, pairs[i].after),
				 pairs[i].joins);
}

static void test_kinds(void **state)
{
	(void)state;
	assert_true(unicode_is_punctuation('$'));
	assert_true(unicode_is_punctuation(0x201c));
	assert_true(unicode_is_punctuation(0xff1a)); /* ： */
	assert_false(unicode_is_punctuation(0x4e2d));
	assert_false(unicode_is_punctuation('a'));
	assert_true(unicode_is_opening(0x300a));  /* 《 */
	assert_true(unicode_is_closing(0x201d));  /* ” */
	assert_false(unicode_is_opening(0xff0c)); /* ， */
	assert_true(unicode_is_space(0xa0));
	assert_true(unicode_is_space('\n'));
	assert_false(unicode_is_space(0x200b));
	assert_true(unicode_is_cjk(0xff0c));
	assert_false(unicode_is_ideograph(0xff0c));
	assert_true(unicode_is_ideograph(0x9fa5));
	assert_false(unicode_is_ideograph(0xac00));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_invalid_at),
		cmocka_unit_test(test_unsafe_at),
		cmocka_unit_test(test_unsafe),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_next_stays_inside),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_normal_form),
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_joins),
		cmocka_unit_test(test_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
