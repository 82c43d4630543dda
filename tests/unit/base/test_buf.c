/* A growing text and its limit. */
#include "base/buf.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static int set_up(void **state)
{
	static struct arena arena;

	arena_init(&arena);
	*state = &arena;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(*state);
	return 0;
}

static void test_growth(void **state)
{
	struct buf buf;
	char expected[3001];

	buf_init(&buf, *state);
	assert_int_equal(buf_str(&buf).len, 0);
	assert_non_null(buf_str(&buf).data);
	for (size_t i = 0; i < 3000; i++) {
		expected[i] = (char)('a' + i % 26);
		buf_add_byte(&buf, expected[i]);
	}
	expected[3000] = '\0';
	assert_int_equal(buf.len, 3000);
	assert_string_equal(buf.data, expected);
}

static void test_printf(void **state)
{
	struct buf buf;
	char long_text[2000];

	memset(long_text, 'x', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	buf_init(&buf, *state);
	buf_printf(&buf, "%d-%.*s", 5, STR_ARG(STR("栏目")));
	assert_string_equal(buf.data, "5-栏目");
	buf_printf(&buf, "%s", "");
	assert_string_equal(buf.data, "5-栏目");
	buf_printf(&buf, "%s|", long_text);
	assert_int_equal(buf.len, 8 + 1999 + 1);
	assert_int_equal(buf.data[buf.len - 1], '|');
}

/* Appending a text to itself: the old memory stays until the arena goes. */
static void test_own_text(void **state)
{
	struct buf buf;

	buf_init(&buf, *state);
	buf_add_c(&buf, "ab");
	for (int i = 0; i < 10; i++)
		buf_add(&buf, buf_str(&buf));
	assert_int_equal(buf.len, 2048);
	assert_memory_equal(buf.data + 2046, "ab", 3);
}

static void test_limit(void **state)
{
	struct buf buf;

	buf_init_limited(&buf, *state, 5);
	buf_add_c(&buf, "12345");
	assert_false(buf.full);
	buf_add_c(&buf, "6");
	assert_true(buf.full);
	assert_string_equal(buf.data, "12345");
}

/* After the limit nothing is added, not even what would fit. */
static void test_nothing_after_the_limit(void **state)
{
	struct buf buf;

	buf_init_limited(&buf, *state, 5);
	buf_add_c(&buf, "1234");
	buf_add_c(&buf, "56");
	buf_add_c(&buf, "5");
	buf_printf(&buf, "%d", 5);
	buf_add_utf8(&buf, 'x');
	assert_true(buf.full);
	assert_string_equal(buf.data, "1234");
	buf_init_limited(&buf, *state, 0);
	buf_printf(&buf, "%d", 5);
	assert_true(buf.full);
	assert_int_equal(buf_str(&buf).len, 0);
}

static void test_utf8(void **state)
{
	struct buf buf;

	buf_init(&buf, *state);
	buf_add_utf8(&buf, 0x7f);
	buf_add_utf8(&buf, 0x80);
	buf_add_utf8(&buf, 0x7ff);
	buf_add_utf8(&buf, 0x800);
	buf_add_utf8(&buf, 0xffff);
	buf_add_utf8(&buf, 0x10000);
	buf_add_utf8(&buf, 0x10ffff);
	assert_string_equal(buf.data, "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80"
				      "\xef\xbf\xbf\xf0\x90\x80\x80"
				      "\xf4\x8f\xbf\xbf");
}

static void test_numbers(void **state)
{
	struct buf buf;

	buf_init(&buf, *state);
	buf_add_number(&buf, 0, 1);
	buf_add_number(&buf, 7, 3);
	buf_add_number(&buf, 1234, 3);
	buf_add_number(&buf, UINT64_MAX, 99);
	assert_string_equal(buf.data, "0007123418446744073709551615");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_growth),
		cmocka_unit_test(test_printf),
		cmocka_unit_test(test_own_text),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_nothing_after_the_limit),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
