/* Looking things up in sorted rows, against counting them one by one. */
#include "base/sorted.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

enum { ROWS = 40, HIGHEST = 60 };

struct row {
	char head[3];
	int64_t wide;
	uint32_t narrow;
	str text;
};

/* Rising numbers with gaps and with some that stand twice or three times. */
static void fill(struct row *rows, size_t count)
{
	static const char *const texts[] = { "", "a", "ab", "b", "ba", "c" };

	for (size_t i = 0; i < count; i++) {
		rows[i].narrow = (uint32_t)(i - i % 3 + i / 2);
		rows[i].wide = (int64_t)rows[i].narrow - HIGHEST / 2;
		rows[i].text = str_from_c(texts[i * 6 / (count + 1)]);
	}
}

static void check_numbers(const struct row *rows, size_t count, int64_t number)
{
	const struct sorted_numbers narrow =
		SORTED_BY(rows, count, struct row, narrow);
	const struct sorted_numbers wide =
		SORTED_BY(rows, count, struct row, wide);
	size_t narrow_below = 0;
	size_t narrow_to = 0;
	size_t wide_below = 0;
	size_t wide_to = 0;

	for (size_t i = 0; i < count; i++) {
		narrow_below += rows[i].narrow < number;
		narrow_to += rows[i].narrow <= number;
		wide_below += rows[i].wide < number;
		wide_to += rows[i].wide <= number;
	}
	assert_int_equal(sorted_rows_below(&narrow, number), narrow_below);
	assert_int_equal(sorted_rows_to(&narrow, number), narrow_to);
	assert_int_equal(sorted_rows_below(&wide, number), wide_below);
	assert_int_equal(sorted_rows_to(&wide, number), wide_to);
}

static void test_rows_are_counted_by_their_number(void **state)
{
	struct row rows[ROWS];

	(void)state;
	for (size_t count = 0; count <= ROWS; count++) {
		fill(rows, count);
		for (int64_t number = -HIGHEST; number <= HIGHEST; number++)
			check_numbers(rows, count, number);
		check_numbers(rows, count, INT64_MAX);
		check_numbers(rows, count, INT64_MIN);
	}
}

static void test_plain_numbers_are_counted(void **state)
{
	static const uint32_t numbers[] = { 0, 3, 3, 7, UINT32_MAX };
	const struct sorted_numbers sorted =
		SORTED_NUMBERS(numbers, sizeof(numbers) / sizeof(*numbers));

	(void)state;
	assert_int_equal(sorted_count_below(numbers, 5, 0), 0);
	assert_int_equal(sorted_count_below(numbers, 5, 3), 1);
	assert_int_equal(sorted_count_below(numbers, 5, 4), 3);
	assert_int_equal(sorted_count_below(numbers, 5, UINT32_MAX), 4);
	assert_int_equal(sorted_count_below(NULL, 0, 4), 0);
	assert_int_equal(sorted_rows_to(&sorted, 3), 3);
	assert_int_equal(sorted_rows_to(&sorted, UINT32_MAX), 5);
}

static void test_rows_are_found_by_their_text(void **state)
{
	static const char *const wanted[] = { "",  "a",	 "aa", "ab",
					      "b", "ba", "c",  "d" };
	struct row rows[ROWS];

	(void)state;
	for (size_t count = 0; count <= ROWS; count++) {
		const struct sorted_rows sorted = {
			rows, count, sizeof(*rows), offsetof(struct row, text)
		};

		fill(rows, count);
		for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
			str text = str_from_c(wanted[i]);
			size_t before = 0;
			size_t to = 0;

			for (size_t k = 0; k < count; k++) {
				int order = str_compare(rows[k].text, text);

				before += order < 0;
				to += order <= 0;
			}
			assert_int_equal(sorted_count_before(&sorted, text),
					 before);
			assert_int_equal(sorted_count_to(&sorted, text), to);
			assert_ptr_equal(sorted_find(&sorted, text),
					 to > before ? &rows[before] : NULL);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_are_counted_by_their_number),
		cmocka_unit_test(test_plain_numbers_are_counted),
		cmocka_unit_test(test_rows_are_found_by_their_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
