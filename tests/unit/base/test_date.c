/* Calendar dates, moments and how they are printed. */
#include "base/date.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_prints(struct moment moment, const char *format,
			  const char *expected)
{
	struct arena arena;
	struct buf out;

	arena_init(&arena);
	buf_init(&out, &arena);
	assert_true(moment_format(&out, moment, str_from_c(format)));
	assert_true(str_equal_c(buf_str(&out), expected));
	arena_release(&arena);
}

static bool leaps(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Counted up from 1900-01-01, which is day -25567. */
static void test_every_day_of_two_centuries(void **state)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30,
				       31, 31, 30, 31, 30, 31 };
	int64_t number = -25567;
	char text[40];

	(void)state;
	for (int year = 1900; year <= 2100; year++)
		for (int month = 1; month <= 12; month++) {
			int length = lengths[month - 1] +
				     (month == 2 && leaps(year));

			for (int day = 1; day <= length; day++, number++) {
				struct date date;
				struct moment moment;

				snprintf(text, sizeof(text), "%04d-%02d-%02d",
					 year, month, day);
				assert_true(
					date_parse(&date, str_from_c(text)));
				assert_true(date_day_number(date) == number);
				moment = moment_from_date(date, 8 * 60);
				assert_int_equal(
					date_compare(moment_date(moment), date),
					0);
				assert_prints(moment, "%Y-%m-%d", text);
			}
			snprintf(text, sizeof(text), "%04d-%02d-%02d", year,
				 month, length + 1);
			assert_false(date_parse(&(struct date){ 0 },
						str_from_c(text)));
		}
}

static void test_leap_days(void **state)
{
	struct date date;

	(void)state;
	assert_true(date_parse(&date, STR("2000-02-29")));
	assert_true(date_parse(&date, STR("2024-02-29")));
	assert_false(date_parse(&date, STR("1900-02-29")));
	assert_false(date_parse(&date, STR("2100-02-29")));
	assert_false(date_parse(&date, STR("2023-02-29")));
}

static void test_no_dates(void **state)
{
	static const char *const wrong[] = {
		"",	      "2024",	     "2024-1-2",	 "2024-13-01",
		"2024-00-10", "2024-01-00",  "1899-12-31",	 "24-01-01",
		"2024/01/01", "2024-01-01 ", " 2024-01-01",	 "20240101",
		"+024-01-01", "2024-01-0x",  "2024-01-01T00:00",
	};
	struct date date;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(date_parse(&date, str_from_c(wrong[i])));
	assert_true(date_parse(&date, STR("9999-12-31")));
	assert_true(date_is_set(date));
	assert_false(date_is_set((struct date){ 0 }));
}

static void test_days_between(void **state)
{
	struct date from, to;

	(void)state;
	assert_true(date_parse(&from, STR("2023-12-31")));
	assert_true(date_parse(&to, STR("2024-03-01")));
	assert_int_equal(date_days_between(from, to), 61);
	assert_int_equal(date_days_between(to, from), -61);
	assert_true(date_compare(from, to) < 0);
	assert_true(date_compare(to, from) > 0);
}

static const struct {
	const char *text;
	const char *printed; /* %Y-%m-%dT%H:%M:%S%z */
	bool has_time;
} moments[] = {
	{ "2024-05-06", "2024-05-06T00:00:00+08:00", false },
	{ "2024-05-06 07:08", "2024-05-06T07:08:00+08:00", true },
	{ "2024-05-06T07:08", "2024-05-06T07:08:00+08:00", true },
	{ "2024-05-06 07:08:09", "2024-05-06T07:08:09+08:00", true },
	{ "2024-05-06 07:08Z", "2024-05-06T07:08:00+00:00", true },
	{ "2024-05-06T07:08:09+09:30", "2024-05-06T07:08:09+09:30", true },
	{ "2024-05-06 07:08 -03:00", "2024-05-06T07:08:00-03:00", true },
	{ "2024-05-06 00:00", "2024-05-06T00:00:00+08:00", true },
	{ "2024-05-06 23:59:59", "2024-05-06T23:59:59+08:00", true },
	{ "1900-01-01 00:00+14:00", "1900-01-01T00:00:00+14:00", true },
};

static void test_moments(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(moments); i++) {
		struct moment moment;

		assert_true(moment_parse(&moment, str_from_c(moments[i].text),
					 8 * 60));
		assert_true(moment.is_set);
		assert_int_equal(moment.has_time, moments[i].has_time);
		assert_prints(moment, "%Y-%m-%dT%H:%M:%S%z",
			      moments[i].printed);
	}
}

static void test_no_moments(void **state)
{
	static const char *const wrong[] = {
		"",
		"2024-05-06 ",
		"2024-05-06 7:08",
		"2024-05-06 24:00",
		"2024-05-06 07:60",
		"2024-05-06 07:08:60",
		"2024-05-06 07:08:",
		"2024-05-06 07:08 ",
		"2024-05-06  07:08",
		"2024-05-06 07:08 x",
		"2024-05-06 07:08+8",
		"2024-05-06 07:08+0800",
		"2024-05-06+08:00",
		"2024-02-30 07:08",
		"07:08",
	};
	struct moment moment;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(moment_parse(&moment, str_from_c(wrong[i]), 0));
}

static void test_offsets(void **state)
{
	static const char *const wrong[] = { "",      "8",	"+8:00",
					     "+0800", "+15:00", "+08:60",
					     "z",     "+08:00 " };
	int32_t offset;

	(void)state;
	assert_true(offset_parse(&offset, STR("+08:00")));
	assert_int_equal(offset, 480);
	assert_true(offset_parse(&offset, STR("-09:30")));
	assert_int_equal(offset, -570);
	assert_true(offset_parse(&offset, STR("Z")));
	assert_int_equal(offset, 0);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(offset_parse(&offset, str_from_c(wrong[i])));
}

/* The same instant, written in two places of the world. */
static void test_offset_moves_the_day(void **state)
{
	struct moment here, there;

	(void)state;
	assert_true(moment_parse(&here, STR("2024-01-01 00:30+08:00"), 0));
	assert_true(moment_parse(&there, STR("2023-12-31 16:30Z"), 0));
	assert_int_equal(moment_compare(here, there), 0);
	assert_int_equal(moment_date(here).year, 2024);
	assert_int_equal(moment_date(there).year, 2023);
	there.seconds++;
	assert_true(moment_compare(here, there) < 0);
	assert_true(moment_compare(there, here) > 0);
}

static void test_before_1970(void **state)
{
	struct moment moment = moment_from_seconds(-1, 0);

	(void)state;
	assert_prints(moment, "%Y-%m-%d %H:%M:%S", "1969-12-31 23:59:59");
	moment = moment_from_seconds(-86400, 0);
	assert_prints(moment, "%Y-%m-%d %H:%M:%S", "1969-12-31 00:00:00");
}

static void test_formats(void **state)
{
	struct moment moment;

	(void)state;
	assert_true(moment_parse(&moment, STR("2024-03-05 06:07:08"), 480));
	assert_prints(moment, "%Y年%-m月%-d日", "2024年3月5日");
	assert_prints(moment, "%m/%d %%", "03/05 %");
	assert_prints(moment, "%H.%M.%S %z", "06.07.08 +08:00");
	assert_prints(moment, "", "");
	assert_true(moment_parse(&moment, STR("2024-12-25"), 480));
	assert_prints(moment, "%-m-%-d", "12-25");
}

static void test_unknown_letters(void **state)
{
	static const char *const wrong[] = { "%y",  "%",   "%-",  "%Y%",
					     "%-Y", "%-H", "%-%", "%e" };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct buf out;

		buf_init(&out, &arena);
		assert_false(moment_format(&out, moment_from_seconds(0, 0),
					   str_from_c(wrong[i])));
	}
	arena_release(&arena);
}

/* What a file says is looked at before it is believed. */
static void test_moment_is_valid(void **state)
{
	struct moment moment = moment_from_seconds(0, 480);
	const unsigned char no_bool = 2;

	(void)state;
	assert_true(moment_is_valid(&moment));
	moment.seconds = INT64_C(-2208988800);
	assert_true(moment_is_valid(&moment));
	moment.seconds = INT64_C(253402300799);
	assert_true(moment_is_valid(&moment));
	moment.seconds = INT64_MAX;
	assert_false(moment_is_valid(&moment));
	moment.seconds = INT64_MIN;
	assert_false(moment_is_valid(&moment));
	moment = moment_from_seconds(0, INT32_MAX);
	assert_false(moment_is_valid(&moment));
	moment = moment_from_seconds(0, 0);
	memcpy(&moment.has_time, &no_bool, 1);
	assert_false(moment_is_valid(&moment));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day_of_two_centuries),
		cmocka_unit_test(test_leap_days),
		cmocka_unit_test(test_no_dates),
		cmocka_unit_test(test_days_between),
		cmocka_unit_test(test_moments),
		cmocka_unit_test(test_no_moments),
		cmocka_unit_test(test_offsets),
		cmocka_unit_test(test_offset_moves_the_day),
		cmocka_unit_test(test_before_1970),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_unknown_letters),
		cmocka_unit_test(test_moment_is_valid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
