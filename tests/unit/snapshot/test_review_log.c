/*
 * What commits say of reviews: which lines are ours, and that a log which is
 * gone on with is that of one walk.
 */
#include "snapshot/review_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/repository.h"
#include "../../support/snapshot_fixture.h"

#define BLOB "0123456789012345678901234567890123456789"

enum { START = 1700000000 };

struct past {
	struct repository repository;
	struct snapshot_fixture fixture;
	struct review_log log;
};

static void open_past(struct past *past)
{
	repository_init(&past->repository, REPOSITORY_BARE);
	snapshot_fixture_init(&past->fixture);
	review_log_init(&past->log, &past->fixture.arena);
	repository_put(&past->repository, "sites/jyj/roles.yaml", STR("1"));
	repository_commit(&past->repository, START);
}

static void close_past(struct past *past)
{
	snapshot_fixture_release(&past->fixture);
	repository_release(&past->repository);
}

/* A commit without a change behind `parent`; NULL: the branch's. */
static void say(struct past *past, const char *parent, const char *message)
{
	const char *const make[] = { "commit-tree", "main^{tree}", "-p",
				     parent == NULL ? "main" : parent, NULL };
	const char *id =
		repository_git(&past->repository, make, str_from_c(message));
	const char *const set[] = { "update-ref", "refs/heads/main", id, NULL };

	repository_git(&past->repository, set, STR(""));
}

static void read_log(struct past *past)
{
	struct snapshot_fixture *fixture = &past->fixture;

	snapshot_close(&fixture->snapshot);
	assert_true(snapshot_open_revision(&fixture->snapshot,
					   past->repository.directory, "main",
					   &fixture->arena, &fixture->diags));
	assert_true(review_log_read(&past->log, &fixture->snapshot,
				    &fixture->diags));
}

static const struct review_entry *entry_of(const struct past *past, size_t i)
{
	assert_true(i < past->log.entries.count);
	return (const struct review_entry *)past->log.entries.items + i;
}

static void test_lines(void **state)
{
	static const char *const others[] = {
		"x\n\nReviewed-by: A Name <a@example.cn>\n",
		"x\n\nReviewed-by: final <a@example.cn> 0123\n",
		"x\n\nReviewed-by: final a@example.cn " BLOB "\n",
		"x\n\nReviewed-by: final <a@example.cn " BLOB "\n",
		"x\n\nReviewed-by: final <a@example.cn> " BLOB "0\n",
		"x\n\nReviewed-by:\n",
		"x\n\nReviewed-by: final <a@example.cn> " BLOB
		"\n\nand more text\n",
	};
	struct past past;

	(void)state;
	open_past(&past);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		say(&past, NULL, others[i]);
	say(&past, NULL,
	    "x\n\nReviewed-By:  final  <a@example.cn>  " BLOB
	    "\nSigned-off-by: B <b@example.cn>\n"
	    "Reviewed-by: first <> " BLOB "\n");
	read_log(&past);
	assert_int_equal(past.log.entries.count, 2);
	assert_true(str_equal_c(entry_of(&past, 0)->role, "final"));
	assert_true(str_equal_c(entry_of(&past, 0)->mail, "a@example.cn"));
	assert_true(
		str_equal_c(entry_of(&past, 0)->author, "editor@example.cn"));
	assert_true(str_equal_c(
		review_id_text(entry_of(&past, 0)->blob, &past.fixture.arena),
		BLOB));
	assert_int_equal(entry_of(&past, 1)->mail.len, 0);
	assert_int_equal(past.log.states.count, 1);
	assert_int_equal(past.log.end, VERSION_END_FIRST);
	close_past(&past);
}

static void test_goes_on(void **state)
{
	struct past past;
	struct buf first, second;

	(void)state;
	open_past(&past);
	say(&past, NULL, "x\n\nReviewed-by: first <a@example.cn> " BLOB "\n");
	read_log(&past);
	assert_int_equal(past.log.walked, 2);
	buf_init(&first, &past.fixture.arena);
	review_log_pack(&first, &past.log);
	repository_put(&past.repository, "sites/jyj/roles.yaml", STR("2"));
	repository_commit(&past.repository, START + 1);
	say(&past, NULL, "x\n\nReviewed-by: final <a@example.cn> " BLOB "\n");
	review_log_unpack(&past.log, buf_str(&first));
	read_log(&past);
	assert_int_equal(past.log.walked, 2);
	assert_int_equal(past.log.entries.count, 2);
	assert_true(str_equal_c(entry_of(&past, 0)->role, "first"));
	assert_int_equal(entry_of(&past, 0)->state, 0);
	assert_int_equal(entry_of(&past, 1)->state, 1);
	/* another history: what was known is of no use */
	say(&past, "main~3", "x\n");
	read_log(&past);
	assert_int_equal(past.log.entries.count, 0);
	/* and whatever bytes a record has */
	buf_init(&second, &past.fixture.arena);
	for (size_t i = 0; i < buf_str(&first).len; i++) {
		review_log_unpack(&past.log,
				  str_between(buf_str(&first), 0, i));
		assert_true(past.log.entries.count <= 1);
	}
	close_past(&past);
}

/* Verdicts that nobody asked for any more are not kept. */
static void test_seals(void **state)
{
	const str used = STR("01234567890123456789012345678901");
	const str old = STR("abcdefghijklmnopqrstuvwxyzabcdef");
	bool is_good = false;
	struct past past;
	struct buf bytes, again;

	(void)state;
	open_past(&past);
	read_log(&past);
	review_log_add_seal(&past.log, used, true);
	review_log_add_seal(&past.log, old, false);
	buf_init(&bytes, &past.fixture.arena);
	review_log_pack(&bytes, &past.log);
	review_log_unpack(&past.log, buf_str(&bytes));
	assert_true(review_log_seal(&is_good, &past.log, used));
	assert_true(is_good);
	buf_init(&again, &past.fixture.arena);
	review_log_pack(&again, &past.log);
	review_log_unpack(&past.log, buf_str(&again));
	assert_true(review_log_seal(&is_good, &past.log, used));
	assert_false(review_log_seal(&is_good, &past.log, old));
	close_past(&past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_seals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
