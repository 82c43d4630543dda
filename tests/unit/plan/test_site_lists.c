/* What each site publishes, keeps, and shows as newest. */
#include "plan/site_lists.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/city.h"

#define NEWS(date, more)                                                       \
	STR("---\ntitle: 新\ntype: news\ndate: " date "\nsource: 市府\n" more  \
	    "---\n正文\n")

static const struct memory_file files[] = {
	{ "content/jyj/old1.md",
	  NEWS("2022-05-01", "archived_on: 2024-02-01\n") },
	{ "content/jyj/old2.md",
	  NEWS("2022-05-02", "archived_on: 2024-01-01\n") },
	{ "content/jyj/gone.md", NEWS("2022-05-03", "status: withdrawn\n") },
	{ "content/jyj/b.md", NEWS("2022-05-01", "") },
};

static void assert_names(struct city *city, const uint32_t *numbers,
			 size_t count, const char *expected)
{
	assert_string_equal(city_names(city, numbers, count).data, expected);
}

/* By column in tree order, newest first; ties by path; archived ones too. */
static void test_owned(void **state)
{
	struct city city;
	const struct site_lists *lists;

	(void)state;
	city_open(&city, "2024-06-01", files, COUNT_OF(files));
	lists = site_lists_make(&city.arrangement, 3, &city.arena) +
		city_site(&city, "jyj")->number;
	assert_names(&city, lists->owned, lists->owned_count,
		     "n3 n2 n1 old2 b old1 p1");
	assert_names(&city, lists->archived, lists->archived_count,
		     "old1 old2");
	city_close(&city);
}

static void test_newest(void **state)
{
	struct city city;
	const struct site_lists *lists;
	const struct column_newest *newest;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	lists = site_lists_make(&city.arrangement, 2, &city.arena) +
		city_site(&city, "jyj")->number;
	newest = &lists->newest[city_column(&city, "jyj", "xw")->number];
	assert_names(&city, newest->items, newest->count, "n3 n2");
	/* a column without a query of its own gathers from below */
	newest = &lists->newest[city_column(&city, "jyj", "gk")->number];
	assert_names(&city, newest->items, newest->count, "p1");
	city_close(&city);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_owned),
		cmocka_unit_test(test_newest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
