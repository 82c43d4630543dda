/* The table of kinds: sorted, found by id, whole. */
#include "base/diag_kind.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static void test_sorted(void **state)
{
	(void)state;
	assert_true(diag_kind_count < UINT16_MAX);
	for (size_t i = 1; i < diag_kind_count; i++)
		if (i != diag_kind_rules)
			assert_true(strcmp(diag_kinds[i - 1].id,
					   diag_kinds[i].id) < 0);
}

static void test_find(void **state)
{
	static const char *const unknown[] = { "", "a", "link-dea",
					       "link-deadly", "zzz" };

	(void)state;
	for (size_t i = 0; i < diag_kind_count; i++)
		assert_ptr_equal(diag_kind_find(diag_kinds[i].id),
				 &diag_kinds[i]);
	for (size_t i = 0; i < COUNT_OF(unknown); i++)
		assert_null(diag_kind_find(unknown[i]));
}

/* One line that begins small and ends without a full stop. */
static void test_about(void **state)
{
	(void)state;
	for (size_t i = 0; i < diag_kind_count; i++) {
		const char *about = diag_kinds[i].about;
		size_t length = strlen(about);

		assert_true(length > 10 && length < 100);
		assert_true(about[length - 1] != '.');
		assert_null(strchr(about, '\n'));
	}
}

/* What guards safety cannot go on as if nothing were wrong. */
static void test_flags(void **state)
{
	(void)state;
	for (size_t i = 0; i < diag_kind_count; i++)
		assert_true(diag_kinds[i].flags !=
			    (DIAG_GUARDS | DIAG_GOES_ON));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorted),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_about),
		cmocka_unit_test(test_flags),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
