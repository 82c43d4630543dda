/* Working days: weekends, holidays, weekends that are worked for them. */
#include "site/holidays.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/schema_fixture.h"

#define FILE_2026                                                              \
	"basis: 通知\nconfidence: C\nholidays:\n"                            \
	"  - {name: 元旦, from: 2026-01-01, to: 2026-01-03}\n"               \
	"  - {name: 春节, from: 2026-02-15, to: 2026-02-23}\n"               \
	"  - {name: 国庆节, from: 2026-10-01, to: 2026-10-07}\n"            \
	"working_days: [2026-01-04, 2026-02-14, 2026-02-28, 2026-10-10]\n"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct holidays holidays;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){ 0 };
	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	holidays_init(&fixture.holidays);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	return 0;
}

static bool read(struct fixture *fixture, const char *path, const char *text)
{
	const struct source source = { .path = str_from_c(path),
				       .text = str_from_c(text) };

	return holidays_read(&fixture->holidays, &source, &fixture->arena,
			     &fixture->diags);
}

static struct date day(const char *text)
{
	struct date date;

	assert_true(date_parse(&date, str_from_c(text)));
	return date;
}

static void between(const struct fixture *fixture, const char *from,
		    const char *to, int64_t wanted)
{
	assert_int_equal(
		holidays_between(&fixture->holidays, day(from), day(to)),
		wanted);
}

static void test_weekends(void **state)
{
	struct fixture *fixture = *state;

	holidays_freeze(&fixture->holidays);
	between(fixture, "2026-03-06", "2026-03-06", 0); /* Friday */
	between(fixture, "2026-03-06", "2026-03-08", 0); /* Sunday */
	between(fixture, "2026-03-06", "2026-03-09", 1); /* Monday */
	between(fixture, "2026-03-07", "2026-03-09", 1);
	between(fixture, "2026-03-02", "2026-03-31", 21);
	between(fixture, "2026-03-09", "2026-03-06", -1);
	between(fixture, "1900-01-01", "1900-01-08", 5);
	between(fixture, "1969-12-31", "1970-01-02", 2);
	assert_false(holidays_has_year(&fixture->holidays, 2026));
}

static void test_year(void **state)
{
	struct fixture *fixture = *state;
	const struct holidays *holidays = &fixture->holidays;

	assert_true(read(fixture, "sites/holidays/2026.yaml", FILE_2026));
	holidays_freeze(&fixture->holidays);
	assert_true(holidays_has_year(holidays, 2026));
	assert_false(holidays_has_year(holidays, 2025));
	assert_false(holidays_is_working(holidays, day("2026-10-01")));
	assert_false(holidays_is_working(holidays, day("2026-10-03")));
	assert_true(holidays_is_working(holidays, day("2026-10-10")));
	assert_false(holidays_is_working(holidays, day("2026-10-11")));
	between(fixture, "2026-09-30", "2026-10-08", 1);
	between(fixture, "2026-09-30", "2026-10-10", 3);
	between(fixture, "2026-02-13", "2026-02-24", 2);
	/* a year has 365 days, 104 of them on weekends */
	between(fixture, "2025-12-31", "2026-12-31", 261 - 13 + 4);
}

/* Every day by itself makes the same sum as the formula. */
static void test_every_day(void **state)
{
	struct fixture *fixture = *state;
	const struct holidays *holidays = &fixture->holidays;
	struct moment moment = { .offset = 0, .is_set = true };
	struct date first = day("2025-12-01");
	int64_t start = date_day_number(first);
	int64_t sum = 0;

	assert_true(read(fixture, "sites/holidays/2026.yaml", FILE_2026));
	holidays_freeze(&fixture->holidays);
	for (int64_t i = 1; i < 500; i++) {
		moment.seconds = (start + i) * 86400;
		sum += holidays_is_working(holidays, moment_date(moment));
		assert_int_equal(
			holidays_between(holidays, first, moment_date(moment)),
			sum);
	}
}

/* A new year's arrangement reaches into the December before it. */
static void test_later_file_counts(void **state)
{
	struct fixture *fixture = *state;
	const struct holidays *holidays = &fixture->holidays;

	assert_true(
		read(fixture, "sites/holidays/2023.yaml",
		     "basis: 通知\nconfidence: U\nholidays:\n"
		     "  - {name: 元旦, from: 2022-12-31, to: 2023-01-02}\n"));
	assert_true(read(fixture, "sites/holidays/2022.yaml",
			 "basis: 通知\nconfidence: U\nholidays: []\n"
			 "working_days: [2022-12-31]\n"));
	holidays_freeze(&fixture->holidays);
	assert_false(holidays_is_working(holidays, day("2022-12-31")));
	assert_false(holidays_is_working(holidays, day("2023-01-02")));
	assert_true(holidays_is_working(holidays, day("2023-01-03")));
}

static void refused(void **state, const char *days, const char *id)
{
	struct fixture *fixture = *state;
	size_t before = fixture->diags.items.count;
	const struct diag *found;
	str text = arena_printf(&fixture->arena,
				"basis: 通知\nconfidence: C\n%s\n", days);

	assert_false(read(fixture, "sites/holidays/2026.yaml", text.data));
	assert_int_equal(fixture->diags.items.count, before + 1);
	found = fixture->diags.items.items;
	assert_string_equal(found[before].id, id);
	assert_int_equal(fixture->holidays.years.count, 0);
	assert_int_equal(fixture->holidays.shifts.count, 0);
}

static void test_mistakes(void **state)
{
	refused(state, "holidays: 2026-01-01", "holiday-list");
	refused(state, "holidays: []\nworking_days: [a]", "holiday-day");
	refused(state, "holidays: []\nworking_days: [2026-01-05]",
		"holiday-weekday");
	refused(state, "holidays: []\nworking_days: [2025-01-04]",
		"holiday-year");
	refused(state, "holidays: []\nworking_days: [2026-01-04, 2026-01-04]",
		"holiday-twice");
	refused(state,
		"holidays: [{name: 节, from: 2026-01-03, to: 2026-01-04}]"
		"\nworking_days: [2026-01-04]",
		"holiday-twice");
	refused(state, "holidays: [{name: 节, from: 2027-02-03}]",
		"holiday-year");
	refused(state,
		"holidays: [{name: 节, from: 2026-02-03, to: 2026-02-01}]",
		"holiday-length");
	refused(state,
		"holidays: [{name: 节, from: 2026-02-01, to: 2026-03-30}]",
		"holiday-length");
	refused(state, "holidays: [{from: 2026-02-01}]", "setting-missing");
	refused(state, "holidays: []\nconfident: C", "setting-unknown");
}

static void test_names(void **state)
{
	int16_t year;

	(void)state;
	assert_true(holidays_path_year(&year, STR("sites/holidays/2026.yaml")));
	assert_int_equal(year, 2026);
	assert_false(holidays_path_year(&year, STR("sites/holidays/26.yaml")));
	assert_false(
		holidays_path_year(&year, STR("sites/holidays/1026.yaml")));
	assert_false(holidays_path_year(&year, STR("sites/holidays/2026.yml")));
	assert_false(holidays_path_year(&year, STR("sites/rules/20260.yaml")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_weekends, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_year, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_every_day, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_later_file_counts, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_mistakes, set_up,
						tear_down),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
