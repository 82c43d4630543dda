#include "snapshot/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/repository.h"
#include "support/snapshot_fixture.h"
#include "support/temporary.h"

static const str no_input = { "", 0 };

/* A repository and the history of the revision that was opened. */
struct past {
	struct repository repository;
	struct snapshot_fixture fixture;
	struct renames renames;
	const struct file_history *items;
};

/* Times are small numbers of hours here. */
static int64_t hour(int64_t number)
{
	return 1700000000 + number * 3600;
}

static void open_past(struct past *past)
{
	snapshot_fixture_init(&past->fixture);
	renames_init(&past->renames, &past->fixture.arena);
	repository_init(&past->repository, REPOSITORY_BARE);
}

static void close_past(struct past *past)
{
	repository_release(&past->repository);
	snapshot_fixture_release(&past->fixture);
}

static void read_past(struct past *past, const char *directory,
		      const char *revision)
{
	snapshot_fixture_revision(&past->fixture, directory, revision);
	assert_true(history_read(&past->items, &past->renames,
				 &past->fixture.snapshot, NULL, 480,
				 &past->fixture.arena, &past->fixture.diags));
}

static void expect(const struct past *past, const char *path, int64_t created,
		   int64_t changed)
{
	size_t file = snapshot_find(&past->fixture.snapshot, str_from_c(path));

	assert_true(file != STR_NONE);
	assert_true(past->items[file].created.is_set);
	assert_int_equal(past->items[file].created.seconds, hour(created));
	assert_int_equal(past->items[file].created.offset, 480);
	assert_int_equal(past->items[file].changed.seconds, hour(changed));
}

static void put(struct past *past, const char *path, const char *text)
{
	repository_put(&past->repository, path, str_from_c(text));
}

static void commit(struct past *past, int64_t number)
{
	repository_commit(&past->repository, hour(number));
}

static void test_line(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "1");
	put(&past, "content/x/b.md", "1");
	commit(&past, 1);
	put(&past, "content/x/b.md", "2");
	put(&past, "content/x/c.md", "1");
	commit(&past, 2);
	put(&past, "README.md", "1");
	commit(&past, 3);
	put(&past, "content/x/c.md", "2");
	commit(&past, 4);
	read_past(&past, past.repository.directory, NULL);
	expect(&past, "content/a.md", 1, 1);
	expect(&past, "content/x/b.md", 1, 2);
	expect(&past, "content/x/c.md", 2, 4);
	close_past(&past);
}

static void test_older_revision(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "1");
	commit(&past, 1);
	put(&past, "content/a.md", "2");
	commit(&past, 2);
	read_past(&past, past.repository.directory, "main~1");
	expect(&past, "content/a.md", 1, 1);
	close_past(&past);
}

/* Removed and written again; a folder that was a file; a renamed file. */
static void test_comings_and_goings(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "1");
	put(&past, "content/f", "a file");
	put(&past, "content/old.md", "moved");
	commit(&past, 1);
	repository_delete(&past.repository, "content/a.md");
	repository_delete(&past.repository, "content/f");
	repository_delete(&past.repository, "content/old.md");
	put(&past, "content/f/b.md", "1");
	put(&past, "content/new.md", "moved");
	commit(&past, 2);
	put(&past, "content/a.md", "2");
	commit(&past, 3);
	read_past(&past, past.repository.directory, NULL);
	expect(&past, "content/a.md", 3, 3);
	expect(&past, "content/f/b.md", 2, 2);
	expect(&past, "content/new.md", 2, 2);
	close_past(&past);
}

/* What a branch did at 2 came in with the merge at 4. */
static void test_merge(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "1");
	put(&past, "content/b.md", "1");
	commit(&past, 1);
	repository_branch(&past.repository, "work");
	put(&past, "content/b.md", "2");
	put(&past, "content/c.md", "1");
	commit(&past, 2);
	past.repository.branch = "main";
	put(&past, "content/a.md", "2");
	commit(&past, 3);
	put(&past, "content/b.md", "2");
	put(&past, "content/c.md", "1");
	repository_merge(&past.repository, "work", hour(4));
	read_past(&past, past.repository.directory, NULL);
	expect(&past, "content/a.md", 1, 3);
	expect(&past, "content/b.md", 1, 4);
	expect(&past, "content/c.md", 4, 4);
	close_past(&past);
}

/* The library moved to lib/ at 2 and was spelled as NFD until 4. */
static void test_folder(void **state)
{
	struct past past;
	const char *bare;
	const char *path;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "1");
	commit(&past, 1);
	put(&past, "lib/content/a.md", "1");
	put(&past, "lib/content/e\xcc\x81.md", "1");
	commit(&past, 2);
	put(&past, "other/b.md", "1");
	commit(&past, 3);
	repository_delete(&past.repository, "lib/content/e\xcc\x81.md");
	put(&past, "lib/content/\xc3\xa9.md", "1");
	commit(&past, 4);
	bare = past.repository.directory;
	path = temporary_path(&past.repository.arena, past.repository.folder,
			      "clone");
	{
		const char *arguments[] = { "clone", "-q", bare, path, NULL };

		repository_git(&past.repository, arguments, no_input);
	}
	read_past(&past, temporary_path(&past.repository.arena, path, "lib"),
		  NULL);
	expect(&past, "content/a.md", 2, 2);
	expect(&past, "content/\xc3\xa9.md", 4, 4);
	close_past(&past);
}

static void test_shallow(void **state)
{
	struct past past;
	const char *path;
	const char *url;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "1");
	commit(&past, 1);
	put(&past, "content/a.md", "2");
	commit(&past, 2);
	path = temporary_path(&past.repository.arena, past.repository.folder,
			      "shallow");
	url = arena_printf(&past.repository.arena, "file://%s",
			   past.repository.directory)
		      .data;
	{
		const char *arguments[] = { "clone", "-q", "--depth", "1",
					    url,     path, NULL };

		repository_git(&past.repository, arguments, no_input);
	}
	snapshot_fixture_revision(&past.fixture, path, NULL);
	assert_false(history_read(&past.items, &past.renames,
				  &past.fixture.snapshot, NULL, 480,
				  &past.fixture.arena, &past.fixture.diags));
	snapshot_fixture_says(
		snapshot_fixture_message(&past.fixture, "history-shallow"),
		"git fetch --unshallow");
	close_past(&past);
}

static void test_no_revision(void **state)
{
	static const struct memory_file files[] = {
		{ "content/a.md", STR("a") },
	};
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "1");
	commit(&past, 1);
	read_past(&past, past.repository.directory, "main^{tree}");
	assert_false(past.items[0].changed.is_set);
	assert_true(snapshot_open_memory(&past.fixture.snapshot, files, 1,
					 &past.fixture.arena,
					 &past.fixture.diags));
	assert_true(history_read(&past.items, &past.renames,
				 &past.fixture.snapshot, NULL, 480,
				 &past.fixture.arena, &past.fixture.diags));
	assert_false(past.items[0].changed.is_set);
	assert_false(past.items[0].created.is_set);
	close_past(&past);
}

static const char head_names[] = "content/a.md\ncontent/b/c.md\n"
				 "content/d.md\n";

/* A work tree has what HEAD took away: what it was before is not its. */
static void test_work_tree(void **state)
{
	static const struct memory_file files[] = {
		{ "content/a.md", STR("a") },
		{ "content/b/c.md", STR("c") },
		{ "content/d.md", STR("d") },
	};
	static const str gone[] = { STR("content/a.md"),
				    STR("content/b/c.md") };
	static const str there[] = { STR("content/a.md"), STR("content/d.md") };
	struct past past;
	const char *folder;

	(void)state;
	open_past(&past);
	folder = past.repository.directory;
	put(&past, "content/a.md", "1");
	put(&past, "content/b/c.md", "1");
	put(&past, "content/d.md", "1");
	commit(&past, 1);
	repository_delete(&past.repository, "content/a.md");
	repository_delete(&past.repository, "content/b/c.md");
	commit(&past, 2);
	assert_true(snapshot_open_memory(&past.fixture.snapshot, files, 3,
					 &past.fixture.arena,
					 &past.fixture.diags));
	snapshot_fixture_files(&past.fixture, head_names);
	history_read_created(&past.items, &past.renames, &past.fixture.snapshot,
			     folder, NULL, &past.fixture.arena);
	assert_false(past.items[0].created.is_set);
	assert_false(past.items[1].created.is_set);
	assert_int_equal(past.items[2].created.seconds, hour(1));
	assert_false(history_head_has_any(folder, gone, COUNT_OF(gone)));
	assert_true(history_head_has_any(folder, there, COUNT_OF(there)));
	assert_false(history_head_has_any(folder, there, 0));
	close_past(&past);
}

static void follow(const struct past *past, const char *from, const char *to)
{
	str found = renames_follow(&past->renames, &past->fixture.snapshot,
				   str_from_c(from));

	assert_memory_equal(found.data, to, found.len + 1);
}

static void take(struct past *past, const char *path)
{
	repository_delete(&past->repository, path);
}

/* A new name, a changed one, another folder, a whole folder, and back. */
static void test_renames(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/u/a.md", "a");
	put(&past, "content/u/guanli-banfa.md", "b");
	put(&past, "content/u/f/index.md", "c");
	put(&past, "content/u/f/tu.png", "d");
	put(&past, "content/u/z.md", "z");
	commit(&past, 1);
	take(&past, "content/u/a.md");
	take(&past, "content/u/guanli-banfa.md");
	put(&past, "content/u/x.md", "a");
	put(&past, "content/u/guanli-banfa-xin.md", "b, changed");
	commit(&past, 2);
	take(&past, "content/u/f/index.md");
	take(&past, "content/u/f/tu.png");
	put(&past, "content/v/ff/index.md", "c, changed");
	put(&past, "content/v/ff/tu.png", "d");
	commit(&past, 3);
	take(&past, "content/u/x.md");
	put(&past, "content/w/y.md", "a");
	commit(&past, 4);
	take(&past, "content/u/z.md");
	commit(&past, 5);
	read_past(&past, past.repository.directory, NULL);
	follow(&past, "content/u/a.md", "content/w/y.md");
	follow(&past, "content/u/x.md", "content/w/y.md");
	follow(&past, "content/u/guanli-banfa.md",
	       "content/u/guanli-banfa-xin.md");
	follow(&past, "content/u/f/index.md", "content/v/ff/index.md");
	follow(&past, "content/u/f/tu.png", "content/v/ff/tu.png");
	follow(&past, "content/u/z.md", "");
	follow(&past, "content/u/never.md", "");
	close_past(&past);
}

/* A commit's clock may be wrong; a forged one has a year of no calendar. */
static void test_forged_time(void **state)
{
	struct past past;
	const char *tree;
	const char *id;
	str text;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "1");
	commit(&past, 1);
	put(&past, "content/b.md", "1");
	commit(&past, 0);
	{
		const char *arguments[] = { "rev-parse", "main^{tree}", NULL };

		tree = repository_git(&past.repository, arguments, no_input);
	}
	text = arena_printf(&past.repository.arena,
			    "tree %s\nauthor A <a@b.cn> 9999999999999 +0800\n"
			    "committer A <a@b.cn> 9999999999999 +0800\n\nx\n",
			    tree);
	id = repository_object(&past.repository, "commit", text);
	read_past(&past, past.repository.directory, "main");
	expect(&past, "content/a.md", 1, 1);
	expect(&past, "content/b.md", 0, 0);
	read_past(&past, past.repository.directory, id);
	assert_false(past.fixture.snapshot.time.is_set);
	assert_false(past.items[0].created.is_set);
	close_past(&past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_older_revision),
		cmocka_unit_test(test_comings_and_goings),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_shallow),
		cmocka_unit_test(test_no_revision),
		cmocka_unit_test(test_work_tree),
		cmocka_unit_test(test_renames),
		cmocka_unit_test(test_forged_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
