/* Which commit was the newest at a moment. */
#include "snapshot/revision_dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/repository.h"
#include "support/snapshot_fixture.h"

enum { START = 1700000000, HOUR = 3600, COUNT = 4 };

struct past {
	struct repository repository;
	struct snapshot_fixture fixture;
	struct revision_date items[COUNT];
	struct revision_dates dates;
};

static void set_up(struct past *past)
{
	*past = (struct past){ .dates = { .count = COUNT } };
	past->dates.items = past->items;
	repository_init(&past->repository, REPOSITORY_BARE);
	snapshot_fixture_init(&past->fixture);
}

static void tear_down(struct past *past)
{
	snapshot_fixture_release(&past->fixture);
	repository_release(&past->repository);
}

static const char *commit(struct past *past, const char *text, int64_t seconds)
{
	repository_put(&past->repository, "content/a.md", str_from_c(text));
	return repository_commit(&past->repository, seconds);
}

static void find(struct past *past, const int64_t *seconds)
{
	for (size_t i = 0; i < COUNT; i++)
		past->items[i].until = moment_from_seconds(seconds[i], 480);
	snapshot_fixture_revision(&past->fixture, past->repository.directory,
				  NULL);
	revision_dates_find(&past->dates, &past->fixture.snapshot,
			    past->repository.directory, &past->fixture.arena);
}

static void expect(const struct past *past, size_t item, const char *commit)
{
	assert_true(str_equal_c(past->items[item].revision, commit));
}

static void test_newest_that_is_not_behind(void **state)
{
	struct past past;
	const char *first, *second;

	(void)state;
	set_up(&past);
	first = commit(&past, "1", START);
	second = commit(&past, "2", START + HOUR);
	find(&past, (int64_t[]){ START + 2 * HOUR, START + HOUR,
				 START + HOUR - 1, START - 1 });
	expect(&past, 0, second);
	expect(&past, 1, second); /* its own second counts */
	expect(&past, 2, first);
	expect(&past, 3, ""); /* there was none */
	assert_int_equal(past.dates.first.seconds, START);
	tear_down(&past);
}

/* A clock that was wrong: the newest by its parents is the one that counts. */
static void test_times_out_of_order(void **state)
{
	struct past past;
	const char *second, *last;

	(void)state;
	set_up(&past);
	(void)commit(&past, "1", START);
	second = commit(&past, "2", START + HOUR);
	(void)commit(&past, "3", START + 9 * HOUR);
	last = commit(&past, "4", START + 2 * HOUR);
	find(&past, (int64_t[]){ START + 9 * HOUR, START + 3 * HOUR,
				 START + 2 * HOUR - 1, START + HOUR });
	expect(&past, 0, last);
	expect(&past, 1, last);
	expect(&past, 2, second);
	expect(&past, 3, second);
	tear_down(&past);
}

/* What another branch brought in counts as of the merge. */
static void test_first_parents(void **state)
{
	struct past past;
	const char *first, *merge;

	(void)state;
	set_up(&past);
	first = commit(&past, "1", START);
	repository_branch(&past.repository, "other");
	(void)commit(&past, "2", START + HOUR);
	past.repository.branch = "main";
	merge = repository_merge(&past.repository, "other", START + 3 * HOUR);
	find(&past, (int64_t[]){ START + 3 * HOUR, START + 2 * HOUR,
				 START + HOUR, START });
	expect(&past, 0, merge);
	expect(&past, 1, first);
	expect(&past, 2, first);
	expect(&past, 3, first);
	tear_down(&past);
}

static void test_without_a_history(void **state)
{
	const struct memory_file file = { "content/a.md", STR("1") };
	struct past past;

	(void)state;
	set_up(&past);
	assert_true(snapshot_open_memory(&past.fixture.snapshot, &file, 1,
					 &past.fixture.arena,
					 &past.fixture.diags));
	revision_dates_find(&past.dates, &past.fixture.snapshot,
			    past.repository.folder, &past.fixture.arena);
	assert_false(past.dates.first.is_set);
	expect(&past, 0, "");
	tear_down(&past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newest_that_is_not_behind),
		cmocka_unit_test(test_times_out_of_order),
		cmocka_unit_test(test_first_parents),
		cmocka_unit_test(test_without_a_history),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
