/* Findings, counted as the score book says. */
#include "report/tally.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

/* Two sites, and the score book of the program. */
struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct rule_book book;
	struct site sites[2];
	struct cluster cluster;
	struct arrangement arrangement;
	struct page_plan plan;
	struct tallies tallies;
};

static void set_up(struct fixture *fixture)
{
	const struct rule_book_sources own = { 0 };

	*fixture = (struct fixture){ 0 };
	arena_init(&fixture->arena);
	diag_list_init(&fixture->diags, &fixture->arena);
	rule_book_read(&fixture->book, &own, &fixture->arena, &fixture->diags);
	fixture->sites[0] = (struct site){ .id = STR("www"),
					   .domain = STR("www.example.cn"),
					   .kind = KIND_PORTAL,
					   .number = 0 };
	fixture->sites[1] = (struct site){ .id = STR("jyj"),
					   .domain = STR("jyj.example.cn"),
					   .kind = KIND_DEPARTMENT,
					   .number = 1 };
	fixture->cluster.sites = fixture->sites;
	fixture->cluster.count = 2;
	fixture->cluster.portal = &fixture->sites[0];
	fixture->arrangement.cluster = &fixture->cluster;
	fixture->plan.arrangement = &fixture->arrangement;
}

/* As many findings of the kind at a path as the number says. */
static void count(struct fixture *fixture, const char *id, const char *path,
		  size_t times)
{
	struct diag diag = { .id = id, .level = DIAG_ERROR };
	struct report_message *messages =
		arena_array(&fixture->arena, times, sizeof(*messages));
	struct report found = { .messages = messages, .count = times };

	for (size_t i = 0; i < times; i++) {
		messages[i].diag = &diag;
		messages[i].path = str_from_c(path);
	}
	tallies_make(&fixture->tallies, &fixture->plan, &fixture->book, &found,
		     &fixture->arena);
}

static const struct site_tally *tally(const struct fixture *fixture, size_t i)
{
	return tallies_of(&fixture->tallies, &fixture->sites[i]);
}

static void without_findings_all_points_are_left(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	count(&fixture, "home-stale", "sites/www/site.yaml", 0);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(
			tally_score(&fixture.tallies, tally(&fixture, i)),
			FULL_TENTHS);
		assert_int_equal(
			tally_vetoes(&fixture.tallies, tally(&fixture, i)), 0);
	}
	arena_release(&fixture.arena);
}

static void a_finding_is_of_the_site_that_its_place_names(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	count(&fixture, "home-stale", "sites/jyj/site.yaml", 1);
	assert_int_equal(tally(&fixture, 0)->errors, 0);
	assert_int_equal(tally(&fixture, 1)->errors, 1);
	assert_int_equal(tally_vetoes(&fixture.tallies, tally(&fixture, 1)), 1);
	assert_null(tallies_owner(&fixture.tallies, STR("themes/a.css")));
	assert_null(tallies_owner(&fixture.tallies, STR("")));
	/* what is of no site is not lost */
	count(&fixture, "home-stale", "themes/a.css", 3);
	assert_int_equal(tallies_of(&fixture.tallies, NULL)->errors, 3);
	arena_release(&fixture.arena);
}

/* The number of a deduction of the book, and of which message. */
static size_t find_deduction(const struct fixture *fixture)
{
	for (size_t i = 0; i < fixture->book.scores.checks.count; i++)
		if (tallies_check(&fixture->tallies, i)->effect ==
			    SCORE_DEDUCTION &&
		    tallies_check(&fixture->tallies, i)->tenths > 0 &&
		    strcmp(tallies_check(&fixture->tallies, i)->entry->messages,
			   "services-stale") == 0)
			return i;
	fail();
	return 0;
}

static void one_item_takes_off_no_more_than_its_points(void **state)
{
	const struct score_check *check;
	const struct score_item *item;
	struct fixture fixture;
	size_t row;

	(void)state;
	set_up(&fixture);
	count(&fixture, "services-stale", "sites/www/site.yaml", 1);
	row = find_deduction(&fixture);
	check = tallies_check(&fixture.tallies, row);
	item = tallies_item(&fixture.tallies, check);
	assert_int_equal(
		tally_taken_off(&fixture.tallies, tally(&fixture, 0), row),
		check->tenths);
	assert_int_equal(tally_score(&fixture.tallies, tally(&fixture, 0)),
			 FULL_TENTHS - check->tenths);
	count(&fixture, "services-stale", "sites/www/site.yaml", 1000);
	assert_int_equal(tally_item_taken_off(&fixture.tallies,
					      tally(&fixture, 0), check->item),
			 item->tenths);
	assert_int_equal(tally_score(&fixture.tallies, tally(&fixture, 0)),
			 FULL_TENTHS - item->tenths);
	arena_release(&fixture.arena);
}

/* 25 of 100 points are left out, and 4/3 of the rest count. */
static void a_body_without_services_is_not_scored_on_them(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.sites[0].no_services = true;
	count(&fixture, "services-stale", "sites/www/site.yaml", 1000);
	assert_int_equal(tally_score(&fixture.tallies, tally(&fixture, 0)),
			 FULL_TENTHS);
	arena_release(&fixture.arena);
}

static void a_veto_decides_whatever_the_score(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	count(&fixture, "home-stale", "sites/www/site.yaml", 1);
	assert_int_equal(tally_score(&fixture.tallies, tally(&fixture, 0)),
			 FULL_TENTHS);
	assert_true(
		str_equal_c(tally_verdict(&fixture.tallies, tally(&fixture, 0)),
			    "不合格（单项否决）"));
	assert_true(
		str_equal_c(tally_verdict(&fixture.tallies, tally(&fixture, 1)),
			    "未触发单项否决"));
	fixture.sites[0].state = STATE_CLOSED;
	assert_true(
		str_equal_c(tally_verdict(&fixture.tallies, tally(&fixture, 0)),
			    "未运行，不检查"));
	arena_release(&fixture.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_findings_all_points_are_left),
		cmocka_unit_test(a_finding_is_of_the_site_that_its_place_names),
		cmocka_unit_test(one_item_takes_off_no_more_than_its_points),
		cmocka_unit_test(a_body_without_services_is_not_scored_on_them),
		cmocka_unit_test(a_veto_decides_whatever_the_score),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
