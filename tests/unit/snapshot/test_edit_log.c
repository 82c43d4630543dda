/*
 * What commits changed in texts: which changes are asked about, and that a log
 * which is gone on with is that of one walk.
 */
#include "snapshot/edit_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/repository.h"
#include "../../support/snapshot_fixture.h"

enum { START = 1700000000, DAY = 86400 };

struct past {
	struct repository repository;
	struct snapshot_fixture fixture;
	struct edit_log log;
	size_t asked;
};

/* All of the text before, but for what is not to be noted. */
static str note(void *context, str before, str after, struct arena *arena)
{
	struct past *past = context;

	(void)arena;
	past->asked++;
	assert_true(after.len > 0);
	return str_equal_c(before, "small") ? STR("") : before;
}

static void open_past(struct past *past)
{
	*past = (struct past){ .asked = 0 };
	repository_init(&past->repository, REPOSITORY_BARE);
	snapshot_fixture_init(&past->fixture);
	edit_log_init(&past->log, &past->fixture.arena);
}

static void close_past(struct past *past)
{
	snapshot_fixture_release(&past->fixture);
	repository_release(&past->repository);
}

static void save(struct past *past, const char *path, const char *text, int day)
{
	repository_put(&past->repository, path, str_from_c(text));
	repository_commit(&past->repository, START + day * DAY);
}

static void read_log(struct past *past)
{
	const struct edit_reader reader = { past, note };
	struct snapshot_fixture *fixture = &past->fixture;

	snapshot_close(&fixture->snapshot);
	assert_true(snapshot_open_revision(&fixture->snapshot,
					   past->repository.directory, "main",
					   &fixture->arena, &fixture->diags));
	past->asked = 0;
	assert_true(edit_log_read(&past->log, &fixture->snapshot, &reader,
				  &fixture->diags));
}

static void assert_entry(const struct past *past, size_t i, const char *path,
			 const char *text, int day)
{
	const struct edit_entry *entry;

	assert_true(i < past->log.entries.count);
	entry = (const struct edit_entry *)past->log.entries.items + i;
	assert_true(str_equal_c(entry->path, path));
	assert_true(str_equal_c(entry->note, text));
	assert_int_equal(entry->seconds, START + day * DAY);
}

/* What is new or gone, is no text, or stands elsewhere is nobody's edit. */
static void test_edits(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	save(&past, "content/a.md", "one", 0);
	save(&past, "content/a.csv", "one", 1);
	save(&past, "sites/b.md", "one", 2);
	repository_put(&past.repository, "content/a.csv", STR("two"));
	repository_put(&past.repository, "sites/b.md", STR("two"));
	save(&past, "content/a.md", "two", 3);
	save(&past, "content/a.md", "small", 4);
	save(&past, "content/a.md", "three", 5);
	repository_delete(&past.repository, "content/a.md");
	save(&past, "content/b.md", "three", 6);
	read_log(&past);
	assert_int_equal(past.asked, 3);
	assert_int_equal(past.log.entries.count, 2);
	assert_entry(&past, 0, "content/a.md", "one", 3);
	assert_entry(&past, 1, "content/a.md", "two", 4);
	close_past(&past);
}

static void test_goes_on(void **state)
{
	const char *const back[] = { "update-ref", "refs/heads/main", "main~2",
				     NULL };
	struct past past;
	struct buf bytes;

	(void)state;
	open_past(&past);
	save(&past, "content/a.md", "one", 0);
	save(&past, "content/a.md", "two", 1);
	read_log(&past);
	assert_int_equal(past.log.walked, 1);
	buf_init(&bytes, &past.fixture.arena);
	edit_log_pack(&bytes, &past.log);
	save(&past, "content/a.md", "three", 2);
	edit_log_unpack(&past.log, buf_str(&bytes));
	read_log(&past);
	assert_int_equal(past.log.walked, 1);
	assert_int_equal(past.asked, 1);
	assert_int_equal(past.log.entries.count, 2);
	assert_entry(&past, 0, "content/a.md", "one", 1);
	assert_entry(&past, 1, "content/a.md", "two", 2);
	/* another history: what was known is of no use */
	repository_git(&past.repository, back, STR(""));
	read_log(&past);
	assert_int_equal(past.log.entries.count, 0);
	/* and whatever bytes a record has */
	for (size_t i = 0; i < buf_str(&bytes).len; i++) {
		edit_log_unpack(&past.log, str_between(buf_str(&bytes), 0, i));
		assert_int_equal(past.log.entries.count, 0);
	}
	close_past(&past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edits),
		cmocka_unit_test(test_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
