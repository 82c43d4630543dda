/* Slices: search, trim, split, numbers, the nearest name. */
#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static void test_comparison(void **state)
{
	str none = { NULL, 0 };

	(void)state;
	assert_true(str_equal(none, STR("")));
	assert_true(str_equal(str_from_c(NULL), none));
	assert_true(str_equal_c(STR("栏目"), "栏目"));
	assert_false(str_equal(STR("a"), STR("ab")));
	assert_true(str_compare(STR("a"), STR("ab")) < 0);
	assert_true(str_compare(STR("a-b"), STR("a/")) < 0);
	assert_true(str_compare(STR("\xe4"), STR("z")) > 0);
	assert_int_equal(str_compare(none, STR("")), 0);
	assert_true(str_equal_ignoring_case(STR("HtMl"), STR("hTmL")));
	assert_false(str_equal_ignoring_case(STR("@"), STR("`")));
	assert_false(str_equal_ignoring_case(STR("a"), STR("aa")));
}

static void test_ends(void **state)
{
	(void)state;
	assert_true(str_starts_with(STR("abc"), STR("ab")));
	assert_true(str_starts_with(STR("abc"), STR("")));
	assert_false(str_starts_with(STR("ab"), STR("abc")));
	assert_true(str_ends_with(STR("x.md"), STR(".md")));
	assert_false(str_ends_with(STR("md"), STR(".md")));
	assert_true(str_ends_with(STR(""), STR("")));
}

static void test_parts_are_clipped(void **state)
{
	(void)state;
	assert_true(str_equal_c(str_between(STR("abc"), 1, 2), "b"));
	assert_true(str_equal_c(str_between(STR("abc"), 1, 99), "bc"));
	assert_true(str_equal_c(str_between(STR("abc"), 2, 1), ""));
	assert_true(str_equal_c(str_from(STR("abc"), 99), ""));
	assert_int_equal(str_from((str){ NULL, 0 }, 3).len, 0);
}

static void test_find(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
	assert_int_equal(str_find(STR("ab"), STR("abc")), STR_NONE);
	assert_int_equal(str_find(STR("ab"), STR("x")), STR_NONE);
	assert_int_equal(str_find(STR("ab"), STR("")), 0);
	assert_int_equal(str_find_byte(STR("a/b/c"), '/'), 1);
	assert_int_equal(str_find_last_byte(STR("a/b/c"), '/'), 3);
	assert_int_equal(str_find_byte(STR(""), '/'), STR_NONE);
	assert_int_equal(str_find_last_byte((str){ NULL, 0 }, '/'), STR_NONE);
	assert_true(str_equal(str_file_name(STR("a/b/c")), STR("c")));
	assert_true(str_equal(str_file_name(STR("c")), STR("c")));
	assert_true(str_equal_c(str_trim(STR(" \t\r\n\v\fa b \n")), "a b"));
	assert_int_equal(str_trim(STR("  ")).len, 0);
}

static void check_split(str text, const char *expected)
{
	char joined[64] = "";
	size_t length = 0;
	str part;

	while (str_split_next(&text, ',', &part)) {
		memcpy(joined + length, part.data, part.len);
		length += part.len;
		joined[length++] = '|';
	}
	joined[length] = '\0';
	assert_string_equal(joined, expected);
}

static void test_split(void **state)
{
	(void)state;
	check_split(STR("a,,b"), "a||b|");
	check_split(STR("a,"), "a||");
	check_split(STR(","), "||");
	check_split(STR(""), "|");
	check_split((str){ NULL, 0 }, "");
}

static void test_numbers(void **state)
{
	static const char *const wrong[] = {
		"",   "-1", "+1",
		" 1", "1 ", "0x1",
		"1.", "一", "99999999999999999999"
	};
	uint64_t number = 7;

	(void)state;
	assert_true(str_to_u64(&number, STR("0")));
	assert_true(number == 0);
	assert_true(str_to_u64(&number, STR("0042")));
	assert_true(number == 42);
	assert_true(str_to_u64(&number, STR("9999999999999999999")));
	assert_true(number == UINT64_C(9999999999999999999));
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(str_to_u64(&number, str_from_c(wrong[i])));
}

static const str keys[] = { { "title", 5 },    { "type", 4 },
			    { "source", 6 },   { "summary", 7 },
			    { "keywords", 8 }, { "date", 4 } };

static void check_nearest(const char *text, const char *expected)
{
	assert_true(str_equal_c(
		str_nearest(str_from_c(text), keys, COUNT_OF(keys)), expected));
}

static void test_nearest(void **state)
{
	(void)state;
	check_nearest("titel", "title");
	check_nearest("tilte", "title");
	check_nearest("titles", "title");
	check_nearest("tpye", "type");
	check_nearest("keyword", "keywords");
	check_nearest("sumary", "summary");
	check_nearest("date", "date");
	check_nearest("department", "");
	check_nearest("", "");
	check_nearest("zzzz", "");
	check_nearest("titletitletitletitletitletitletitletitletitletitle", "");
	assert_int_equal(str_nearest(STR("a"), NULL, 0).len, 0);
}

/* A third of what is written may be wrong, and half of what was meant. */
static void test_nearest_is_near(void **state)
{
	const str names[] = { STR("state_note"), STR("feat"), STR("已废止"),
			      STR("行政规范性文件") };

	(void)state;
	assert_int_equal(str_nearest(STR("site_code"), names, 2).len, 0);
	assert_int_equal(str_nearest(STR("feature"), names, 2).len, 0);
	assert_int_equal(str_nearest(STR("有效"), names, 4).len, 0);
	assert_true(str_equal_c(str_nearest(STR("废止"), names, 4), "已废止"));
	assert_true(str_equal_c(str_nearest(STR("规范性文件"), names, 4),
				"行政规范性文件"));
	assert_true(str_equal_c(str_nearest(STR("sate_not"), names, 2),
				"state_note"));
	assert_true(str_equal_c(str_nearest(STR("faet"), names, 2), "feat"));
}

/* The first of two that are equally near, whatever comes behind. */
static void test_nearest_takes_the_first(void **state)
{
	const str names[] = { STR("abcx"), STR("abcy"), STR("qqqq") };

	(void)state;
	assert_true(str_equal_c(str_nearest(STR("abcd"), names, 3), "abcx"));
}

/* A name of one letter is not "near" to everything. */
static void test_nearest_is_not_a_replacement(void **state)
{
	const str names[] = { STR("a"), STR("b") };

	(void)state;
	assert_int_equal(str_nearest(STR("z"), names, 2).len, 0);
}

static void words_and_parts_are_taken_off_the_front(void **state)
{
	str rest = STR("  a\tbc ");
	str word;

	(void)state;
	assert_true(str_next_word(&rest, &word));
	assert_true(str_equal(word, STR("a")));
	assert_true(str_next_word(&rest, &word));
	assert_true(str_equal(word, STR("bc")));
	assert_false(str_next_word(&rest, &word));
	rest = STR("-5");
	assert_false(str_take_byte(&rest, '+'));
	assert_true(str_take_byte(&rest, '-'));
	assert_true(str_equal(rest, STR("5")));
	rest = STR("");
	assert_false(str_take_byte(&rest, '-'));
}

static void a_path_is_its_folder_and_its_name(void **state)
{
	(void)state;
	assert_true(str_equal(str_folder(STR("a/b/c.md")), STR("a/b")));
	assert_true(str_equal(str_file_name(STR("a/b/c.md")), STR("c.md")));
	assert_int_equal(str_folder(STR("c.md")).len, 0);
	assert_true(str_equal(str_file_name(STR("c.md")), STR("c.md")));
	assert_true(str_has_ending(STR("c.MD"), STR(".md")));
	assert_false(str_has_ending(STR(".md"), STR(".md")));
}

static void texts_are_compared_and_counted(void **state)
{
	const str texts[] = { STR("a"), STR("ab") };

	(void)state;
	assert_int_equal(str_common_length(STR("abc"), STR("abd")), 2);
	assert_int_equal(str_common_length(STR(""), STR("a")), 0);
	assert_int_equal(str_count_byte(STR("a/b/c"), '/'), 2);
	assert_true(str_is_among(STR("ab"), texts, COUNT_OF(texts)));
	assert_false(str_is_among(STR("b"), texts, COUNT_OF(texts)));
	assert_true(str_compare_items(&texts[0], &texts[1]) < 0);
	assert_true(byte_is_letter('z') && byte_is_letter('A'));
	assert_false(byte_is_letter('[') || byte_is_letter('\xe6'));
	assert_int_equal(byte_hex_value('f'), 15);
	assert_int_equal(byte_hex_value('F'), -1);
}

static void a_part_of_a_label_names_it(void **state)
{
	const str labels[] = { STR("检查通报"), STR("政府网站监管年度报表"),
			       STR("新闻动态"), STR("年度报表") };

	(void)state;
	assert_int_equal(str_part_of(STR("新闻"), labels, 4), 2);
	assert_int_equal(str_part_of(STR("新闻动态类"), labels, 4), 2);
	assert_int_equal(str_part_of(STR("报表"), labels, 4), 3);
	assert_int_equal(str_part_of(STR("报"), labels, 4), STR_NONE);
	assert_int_equal(str_part_of(STR("公告"), labels, 4), STR_NONE);
	assert_int_equal(str_part_of(STR(""), labels, 4), STR_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comparison),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_parts_are_clipped),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_nearest_is_near),
		cmocka_unit_test(test_nearest_takes_the_first),
		cmocka_unit_test(test_nearest_is_not_a_replacement),
		cmocka_unit_test(words_and_parts_are_taken_off_the_front),
		cmocka_unit_test(a_path_is_its_folder_and_its_name),
		cmocka_unit_test(texts_are_compared_and_counted),
		cmocka_unit_test(a_part_of_a_label_names_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
