/*
 * What came since an earlier revision, and that nothing but Markdown files in
 * content/ is taken for such.
 */
#include "snapshot/changes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/repository.h"
#include "support/snapshot_fixture.h"
#include "support/temporary.h"

enum { LIMIT = 8 };

/* A repository, and what came since its first commit. */
struct past {
	struct repository repository;
	struct snapshot_fixture fixture;
	const char *first;
	struct snapshot_changes found;
};

/* Times are small numbers of hours here. */
static int64_t hour(int64_t number)
{
	return 1700000000 + number * 3600;
}

static void put(struct past *past, const char *path, const char *text)
{
	repository_put(&past->repository, path, str_from_c(text));
}

static const char *commit(struct past *past, int64_t number)
{
	return repository_commit(&past->repository, hour(number));
}

static void open_past(struct past *past)
{
	snapshot_fixture_init(&past->fixture);
	repository_init(&past->repository, REPOSITORY_BARE);
	put(past, "content/_defaults.yaml", "lang: zh-CN\n");
	put(past, "content/a.md", "1");
	put(past, "content/x/b.md", "1");
	put(past, "content/x/c.md", "1");
	put(past, "content/x/picture.png", "1");
	put(past, "content/z/d.md", "1");
	put(past, "content/z/e/f.md", "1");
	put(past, "sites/www/site.yaml", "1");
	put(past, "sites/www/note.md", "1");
	put(past, "themes/default/style.css", "1");
	put(past, "README.md", "1");
	put(past, "docs/guide.md", "1");
	past->first = commit(past, 1);
}

static void close_past(struct past *past)
{
	repository_release(&past->repository);
	snapshot_fixture_release(&past->fixture);
}

static bool search(struct past *past, const char *since, size_t limit)
{
	return snapshot_changes_since(&past->found, &past->fixture.snapshot,
				      str_from_c(since), 480, limit,
				      &past->fixture.arena);
}

static bool search_head(struct past *past, const char *since, size_t limit)
{
	snapshot_fixture_revision(&past->fixture, past->repository.directory,
				  NULL);
	return search(past, since, limit);
}

/* Asserts that so many files changed since the first commit. */
static void expect_count(struct past *past, size_t count)
{
	assert_true(search_head(past, past->first, LIMIT));
	assert_int_equal(past->found.changed.count, count);
	assert_int_equal(past->fixture.diags.items.count, 0);
}

/* The change at `place`: its file, the bytes of now, the newest commit. */
static void expect(const struct past *past, size_t place, const char *path,
		   int64_t changed)
{
	const struct snapshot_change *change =
		(const struct snapshot_change *)past->found.changed.items +
		place;
	const struct snapshot *snapshot = &past->fixture.snapshot;
	str blob = snapshot_blob(snapshot, change->patch.file);

	assert_true(
		str_equal_c(snapshot_path(snapshot, change->patch.file), path));
	assert_int_equal(blob.len, SNAPSHOT_ID_SIZE);
	assert_memory_equal(change->patch.blob_id, blob.data, blob.len);
	assert_true(change->changed.is_set);
	assert_int_equal(change->changed.seconds, hour(changed));
	assert_int_equal(change->changed.offset, 480);
}

/* What gathered since is committed, and is no mere change of bodies. */
static void expect_refused(struct past *past)
{
	commit(past, 9);
	assert_false(search_head(past, past->first, LIMIT));
	assert_int_equal(past->fixture.diags.items.count, 0);
}

/* With the list of the first commit, as a record would have it. */
static bool search_listed(struct past *past)
{
	commit(past, 9);
	snapshot_fixture_revision(&past->fixture, past->repository.directory,
				  past->first);
	assert_true(snapshot_open_listed(
		&past->fixture.snapshot, past->repository.directory, NULL,
		&past->fixture.arena, &past->fixture.diags));
	return search(past, past->first, LIMIT);
}

static void expect_counts(struct past *past, size_t changed, size_t came,
			  size_t went)
{
	assert_true(search_listed(past));
	assert_int_equal(past->found.changed.count, changed);
	assert_int_equal(past->found.came.count, came);
	assert_int_equal(past->found.went.count, went);
}

static void expect_came(const struct past *past, const char *path)
{
	const struct snapshot_arrival *came = past->found.came.items;

	assert_true(str_equal_c(came->path, path));
	assert_int_equal(came->changed.seconds, hour(9));
}

static void expect_went(const struct past *past, const char *path)
{
	const uint32_t *went = past->found.went.items;

	assert_true(str_equal_c(snapshot_path(&past->fixture.snapshot, went[0]),
				path));
}

/* --- what counts --- */

static void the_same_revision_has_no_changes(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	expect_count(&past, 0);
	close_past(&past);
}

static void one_commit_gives_its_files(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/x/c.md", "2");
	put(&past, "content/a.md", "2");
	commit(&past, 2);
	expect_count(&past, 2);
	expect(&past, 0, "content/a.md", 2);
	expect(&past, 1, "content/x/c.md", 2);
	close_past(&past);
}

static void each_file_has_the_time_of_its_commit(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/x/c.md", "2");
	commit(&past, 2);
	put(&past, "content/x/b.md", "2");
	commit(&past, 3);
	put(&past, "content/a.md", "2");
	commit(&past, 4);
	expect_count(&past, 3);
	expect(&past, 0, "content/a.md", 4);
	expect(&past, 1, "content/x/b.md", 3);
	expect(&past, 2, "content/x/c.md", 2);
	close_past(&past);
}

static void a_file_touched_twice_is_given_once(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "2");
	put(&past, "content/x/b.md", "2");
	commit(&past, 2);
	put(&past, "content/a.md", "3");
	commit(&past, 3);
	expect_count(&past, 2);
	expect(&past, 0, "content/a.md", 3);
	expect(&past, 1, "content/x/b.md", 2);
	close_past(&past);
}

/* Its bytes are the old ones; the time of its last change is not. */
static void a_file_that_was_put_back_is_given(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "2");
	commit(&past, 2);
	put(&past, "content/a.md", "1");
	commit(&past, 3);
	expect_count(&past, 1);
	expect(&past, 0, "content/a.md", 3);
	close_past(&past);
}

static void only_what_came_behind_the_revision_counts(void **state)
{
	struct past past;
	const char *second;

	(void)state;
	open_past(&past);
	put(&past, "content/new.md", "1");
	put(&past, "content/a.md", "2");
	second = commit(&past, 2);
	put(&past, "content/x/b.md", "2");
	commit(&past, 3);
	assert_true(search_head(&past, second, LIMIT));
	assert_int_equal(past.found.changed.count, 1);
	expect(&past, 0, "content/x/b.md", 3);
	close_past(&past);
}

/* The snapshot may be of an older revision than the branch has. */
static void the_snapshot_may_be_an_older_one(void **state)
{
	struct past past;
	const char *second;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "2");
	second = commit(&past, 2);
	put(&past, "content/a.md", "3");
	commit(&past, 3);
	snapshot_fixture_revision(&past.fixture, past.repository.directory,
				  second);
	assert_true(search(&past, past.first, LIMIT));
	assert_int_equal(past.found.changed.count, 1);
	expect(&past, 0, "content/a.md", 2);
	close_past(&past);
}

static void changes_outside_the_library_do_not_count(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "README.md", "2");
	put(&past, "docs/more.md", "1");
	put(&past, "contents/a.md", "1");
	commit(&past, 2);
	repository_delete(&past.repository, "docs/guide.md");
	put(&past, "content/a.md", "2");
	commit(&past, 3);
	repository_delete(&past.repository, "README.md");
	commit(&past, 4);
	expect_count(&past, 1);
	expect(&past, 0, "content/a.md", 3);
	close_past(&past);
}

/* What a branch did at 2 came in with the merge at 4. */
static void a_merge_brings_what_its_branch_did(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_branch(&past.repository, "work");
	put(&past, "content/x/b.md", "2");
	commit(&past, 2);
	past.repository.branch = "main";
	put(&past, "content/a.md", "2");
	commit(&past, 3);
	put(&past, "content/x/b.md", "2");
	repository_merge(&past.repository, "work", hour(4));
	expect_count(&past, 2);
	expect(&past, 0, "content/a.md", 3);
	expect(&past, 1, "content/x/b.md", 4);
	close_past(&past);
}

static void a_merge_may_bring_too_much(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_branch(&past.repository, "work");
	put(&past, "content/new.md", "1");
	commit(&past, 2);
	past.repository.branch = "main";
	put(&past, "content/a.md", "2");
	commit(&past, 3);
	put(&past, "content/new.md", "1");
	put(&past, "sites/www/site.yaml", "2");
	repository_merge(&past.repository, "work", hour(4));
	assert_false(search_head(&past, past.first, LIMIT));
	close_past(&past);
}

/* The library is lib/ of a larger repository. */
static void a_library_in_a_folder_sees_its_own_changes(void **state)
{
	struct past past;
	const char *first, *path;

	(void)state;
	open_past(&past);
	put(&past, "lib/content/a.md", "1");
	first = commit(&past, 2);
	put(&past, "content/other.md", "1");
	commit(&past, 3);
	put(&past, "lib/content/a.md", "2");
	commit(&past, 4);
	path = temporary_path(&past.repository.arena, past.repository.folder,
			      "clone");
	{
		const char *arguments[] = { "clone", "-q",
					    past.repository.directory, path,
					    NULL };

		repository_git(&past.repository, arguments, STR(""));
	}
	snapshot_fixture_revision(
		&past.fixture,
		temporary_path(&past.repository.arena, path, "lib"), NULL);
	assert_true(search(&past, first, LIMIT));
	assert_int_equal(past.found.changed.count, 1);
	expect(&past, 0, "content/a.md", 4);
	assert_false(search(&past, past.first, LIMIT));
	close_past(&past);
}

/* --- what is more than other bytes --- */

static void an_added_file_comes(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/x/new.md", "1");
	expect_counts(&past, 0, 1, 0);
	expect_came(&past, "content/x/new.md");
	close_past(&past);
}

static void a_file_of_an_added_folder_comes(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/y/new.md", "1");
	expect_counts(&past, 0, 1, 0);
	expect_came(&past, "content/y/new.md");
	close_past(&past);
}

static void a_removed_file_goes(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_delete(&past.repository, "content/x/b.md");
	expect_counts(&past, 0, 0, 1);
	expect_went(&past, "content/x/b.md");
	close_past(&past);
}

/* A picture went, too. */
static void a_removed_folder_with_files_is_refused(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_delete(&past.repository, "content/x");
	assert_false(search_listed(&past));
	close_past(&past);
}

/* What came into it and went with it was never there. */
static void a_removed_folder_goes_with_its_texts(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/z/new.md", "1");
	put(&past, "content/z/y/new.md", "1");
	commit(&past, 2);
	repository_delete(&past.repository, "content/z");
	expect_counts(&past, 0, 0, 2);
	expect_went(&past, "content/z/d.md");
	close_past(&past);
}

static void a_folder_that_came_back_has_other_texts(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_delete(&past.repository, "content/z");
	commit(&past, 2);
	put(&past, "content/z/new.md", "1");
	expect_counts(&past, 0, 1, 2);
	expect_came(&past, "content/z/new.md");
	close_past(&past);
}

static void a_removed_root_folder_is_refused(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_delete(&past.repository, "themes");
	expect_refused(&past);
	close_past(&past);
}

static void a_renamed_file_comes_and_goes(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_delete(&past.repository, "content/x/b.md");
	put(&past, "content/x/d.md", "1");
	expect_counts(&past, 0, 1, 1);
	expect_came(&past, "content/x/d.md");
	expect_went(&past, "content/x/b.md");
	close_past(&past);
}

/* Nothing of it is left in the snapshot, but the history has it. */
static void a_file_that_came_and_went_is_none(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/new.md", "1");
	commit(&past, 2);
	repository_delete(&past.repository, "content/new.md");
	expect_counts(&past, 0, 0, 0);
	close_past(&past);
}

static void a_file_that_became_a_folder_comes_and_goes(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_delete(&past.repository, "content/a.md");
	put(&past, "content/a.md/b.md", "1");
	expect_counts(&past, 0, 1, 1);
	expect_came(&past, "content/a.md/b.md");
	expect_went(&past, "content/a.md");
	close_past(&past);
}

/* Any change of these bytes is more than a body. */
static void other_files_of_the_library_are_refused(void **state)
{
	static const char *const paths[] = {
		"sites/www/site.yaml",	    "sites/www/note.md",
		"themes/default/style.css", "content/defaults.yaml",
		"content/x/picture.png",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		struct past past;

		open_past(&past);
		put(&past, paths[i], "2");
		expect_refused(&past);
		close_past(&past);
	}
}

static void a_link_in_place_of_a_file_is_refused(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	repository_delete(&past.repository, "content/a.md");
	repository_put_link(&past.repository, "content/a.md", "x/b.md");
	commit(&past, 2);
	assert_true(snapshot_open_revision(
		&past.fixture.snapshot, past.repository.directory, NULL,
		&past.fixture.arena, &past.fixture.diags));
	assert_false(search(&past, past.first, LIMIT));
	close_past(&past);
}

static void what_is_refused_is_so_behind_good_commits(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "sites/www/site.yaml", "2");
	commit(&past, 2);
	put(&past, "content/a.md", "2");
	commit(&past, 3);
	put(&past, "README.md", "2");
	expect_refused(&past);
	close_past(&past);
}

/* --- histories that do not lead there --- */

static void a_commit_of_a_merged_branch_is_refused(void **state)
{
	struct past past;
	const char *side;

	(void)state;
	open_past(&past);
	repository_branch(&past.repository, "work");
	put(&past, "content/x/b.md", "2");
	side = commit(&past, 2);
	past.repository.branch = "main";
	put(&past, "content/x/b.md", "2");
	repository_merge(&past.repository, "work", hour(3));
	assert_false(search_head(&past, side, LIMIT));
	expect_count(&past, 1);
	close_past(&past);
}

static void a_later_commit_is_refused(void **state)
{
	struct past past;
	const char *second;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "2");
	second = commit(&past, 2);
	snapshot_fixture_revision(&past.fixture, past.repository.directory,
				  past.first);
	assert_false(search(&past, second, LIMIT));
	close_past(&past);
}

static void what_is_no_commit_is_refused(void **state)
{
	static const char *const names[] = {
		"",
		"worktree",
		"memory",
		"1234567890123456789012345678901234567890",
		"12345678901234567890123456789012345678901",
	};
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "2");
	commit(&past, 2);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		assert_false(search_head(&past, names[i], LIMIT));
	close_past(&past);
}

static void a_snapshot_of_no_commit_is_refused(void **state)
{
	static const struct memory_file files[] = {
		{ "content/a.md", STR("1") },
	};
	struct past past;

	(void)state;
	open_past(&past);
	snapshot_fixture_revision(&past.fixture, past.repository.directory,
				  "main^{tree}");
	assert_false(search(&past, past.first, LIMIT));
	snapshot_close(&past.fixture.snapshot);
	assert_true(snapshot_open_memory(&past.fixture.snapshot, files, 1,
					 &past.fixture.arena,
					 &past.fixture.diags));
	assert_false(search(&past, past.first, LIMIT));
	close_past(&past);
}

/* --- limits --- */

static void more_files_than_the_limit_are_refused(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	put(&past, "content/a.md", "2");
	put(&past, "content/x/b.md", "2");
	commit(&past, 2);
	put(&past, "content/a.md", "3");
	commit(&past, 3);
	assert_true(search_head(&past, past.first, 2));
	assert_int_equal(past.found.changed.count, 2);
	assert_false(search_head(&past, past.first, 1));
	assert_false(search_head(&past, past.first, 0));
	close_past(&past);
}

/* So many commits, which touch nothing of the library, in one stream. */
static void commit_often(struct past *past, size_t count)
{
	const char *import[] = { "fast-import", "--quiet", NULL };
	struct buf in;

	buf_init(&in, &past->repository.arena);
	for (size_t i = 0; i < count; i++)
		buf_printf(&in,
			   "commit refs/heads/main\n"
			   "committer Editor <editor@example.cn> %lld +0800\n"
			   "data 0\n\n%s"
			   "M 100644 inline README.md\ndata 8\n%08zu\n",
			   (long long)hour(2),
			   i == 0 ? "from refs/heads/main^0\n" : "", i);
	repository_git(&past->repository, import, buf_str(&in));
}

static void more_commits_than_the_limit_are_refused(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	commit_often(&past, CHANGES_COMMIT_LIMIT);
	expect_count(&past, 0);
	commit_often(&past, 1);
	assert_false(search_head(&past, past.first, LIMIT));
	close_past(&past);
}

static void a_mode_change_is_refused(void **state)
{
	struct past past;

	(void)state;
	open_past(&past);
	buf_add_c(&past.repository.changes,
		  "M 100755 inline content/a.md\ndata 1\n1\n");
	expect_refused(&past);
	close_past(&past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_revision_has_no_changes),
		cmocka_unit_test(one_commit_gives_its_files),
		cmocka_unit_test(each_file_has_the_time_of_its_commit),
		cmocka_unit_test(a_file_touched_twice_is_given_once),
		cmocka_unit_test(a_file_that_was_put_back_is_given),
		cmocka_unit_test(only_what_came_behind_the_revision_counts),
		cmocka_unit_test(the_snapshot_may_be_an_older_one),
		cmocka_unit_test(changes_outside_the_library_do_not_count),
		cmocka_unit_test(a_merge_brings_what_its_branch_did),
		cmocka_unit_test(a_merge_may_bring_too_much),
		cmocka_unit_test(a_library_in_a_folder_sees_its_own_changes),
		cmocka_unit_test(an_added_file_comes),
		cmocka_unit_test(a_file_of_an_added_folder_comes),
		cmocka_unit_test(a_removed_file_goes),
		cmocka_unit_test(a_removed_folder_with_files_is_refused),
		cmocka_unit_test(a_removed_folder_goes_with_its_texts),
		cmocka_unit_test(a_folder_that_came_back_has_other_texts),
		cmocka_unit_test(a_removed_root_folder_is_refused),
		cmocka_unit_test(a_renamed_file_comes_and_goes),
		cmocka_unit_test(a_file_that_came_and_went_is_none),
		cmocka_unit_test(a_file_that_became_a_folder_comes_and_goes),
		cmocka_unit_test(other_files_of_the_library_are_refused),
		cmocka_unit_test(a_link_in_place_of_a_file_is_refused),
		cmocka_unit_test(what_is_refused_is_so_behind_good_commits),
		cmocka_unit_test(a_commit_of_a_merged_branch_is_refused),
		cmocka_unit_test(a_later_commit_is_refused),
		cmocka_unit_test(what_is_no_commit_is_refused),
		cmocka_unit_test(a_snapshot_of_no_commit_is_refused),
		cmocka_unit_test(more_files_than_the_limit_are_refused),
		cmocka_unit_test(a_mode_change_is_refused),
		cmocka_unit_test(more_commits_than_the_limit_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
