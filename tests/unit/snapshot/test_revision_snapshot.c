#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/repository.h"
#include "support/snapshot_fixture.h"
#include "support/temporary.h"

enum { DAY_1 = 1700000000, DAY_2 = DAY_1 + 86400 };

static const str no_input = { "", 0 };

static void open_two_days(struct repository *repository,
			  enum repository_kind kind)
{
	repository_init(repository, kind);
	repository_put(repository, "content/jyj/a.md", STR("old\n"));
	repository_put(repository, "sites/platform.yaml", STR("a: 1\n"));
	repository_put(repository, "README.md", STR("readme\n"));
	repository_commit(repository, DAY_1);
	repository_put(repository, "content/jyj/a.md", STR("new\n"));
	repository_put(repository, "themes/default/x.css", STR("{}\n"));
	repository_commit(repository, DAY_2);
}

static const char *const two_days_files =
	"content/jyj/a.md\nsites/platform.yaml\nthemes/default/x.css\n";

static void expect_failure(const char *directory, const char *revision,
			   const char *id, const char *text)
{
	struct snapshot_fixture fixture;
	const struct diag *diag;

	snapshot_fixture_init(&fixture);
	assert_false(snapshot_open_revision(&fixture.snapshot, directory,
					    revision, &fixture.arena,
					    &fixture.diags));
	diag = snapshot_fixture_message(&fixture, id);
	assert_int_equal(diag->level, DIAG_FAILURE);
	assert_true(diag->help.len > 0);
	snapshot_fixture_says(diag, text);
	snapshot_fixture_release(&fixture);
}

static void expect_two_days(const char *directory, const char *revision,
			    const char *text)
{
	struct snapshot_fixture fixture;

	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, directory, revision);
	snapshot_fixture_files(&fixture, two_days_files);
	snapshot_fixture_bytes(&fixture, "content/jyj/a.md", text);
	snapshot_fixture_release(&fixture);
}

static void test_bare(void **state)
{
	struct snapshot_fixture fixture;
	struct repository repository;
	const char *head[] = { "rev-parse", "HEAD", NULL };

	(void)state;
	open_two_days(&repository, REPOSITORY_BARE);
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, repository.directory, NULL);
	snapshot_fixture_files(&fixture, two_days_files);
	snapshot_fixture_bytes(&fixture, "content/jyj/a.md", "new\n");
	assert_true(str_equal_c(fixture.snapshot.revision,
				repository_git(&repository, head, no_input)));
	assert_int_equal(fixture.snapshot.time.seconds, DAY_2);
	assert_int_equal(fixture.snapshot.time.offset, 480);
	assert_true(fixture.snapshot.time.is_set);
	snapshot_fixture_release(&fixture);
	repository_release(&repository);
}

/* All the names a directory and a revision can have. */
static void test_ordinary(void **state)
{
	struct repository repository;
	const char *tag[] = { "tag", "-a", "-m", "one", "v1", "HEAD~1", NULL };
	const char *link;

	(void)state;
	open_two_days(&repository, REPOSITORY_ORDINARY);
	repository_git(&repository, tag, no_input);
	link = temporary_path(&repository.arena, repository.folder, "link");
	assert_int_equal(symlink("library", link), 0);
	expect_two_days(repository.directory, NULL, "new\n");
	expect_two_days(repository.directory, "main", "new\n");
	expect_two_days(link, "refs/heads/main", "new\n");
	expect_two_days(
		temporary_path(&repository.arena, repository.directory, ".git"),
		"HEAD", "new\n");
	repository_release(&repository);
}

static void test_older_revision(void **state)
{
	struct snapshot_fixture fixture;
	struct repository repository;
	const char *tag[] = { "tag", "-a", "-m", "one", "v1", "main~1", NULL };

	(void)state;
	open_two_days(&repository, REPOSITORY_BARE);
	repository_git(&repository, tag, no_input);
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, repository.directory, "v1");
	snapshot_fixture_files(&fixture,
			       "content/jyj/a.md\nsites/platform.yaml\n");
	snapshot_fixture_bytes(&fixture, "content/jyj/a.md", "old\n");
	assert_int_equal(fixture.snapshot.time.seconds, DAY_1);
	snapshot_fixture_release(&fixture);
	repository_release(&repository);
}

static void test_bare_tree(void **state)
{
	struct snapshot_fixture fixture;
	struct repository repository;

	(void)state;
	open_two_days(&repository, REPOSITORY_BARE);
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, repository.directory,
				  "main^{tree}");
	snapshot_fixture_files(&fixture, two_days_files);
	assert_false(fixture.snapshot.time.is_set);
	snapshot_fixture_release(&fixture);
	repository_release(&repository);
}

static void test_packed_and_detached(void **state)
{
	const char *detach[] = { "update-ref", "--no-deref", "HEAD",
				 "refs/heads/main", NULL };
	const char *pack[] = { "gc", "-q", "--aggressive", NULL };
	struct repository repository;

	(void)state;
	open_two_days(&repository, REPOSITORY_ORDINARY);
	repository_git(&repository, detach, no_input);
	repository_git(&repository, pack, no_input);
	expect_two_days(repository.directory, NULL, "new\n");
	repository_release(&repository);
}

static void test_linked_work_tree(void **state)
{
	struct repository repository;
	const char *path;

	(void)state;
	open_two_days(&repository, REPOSITORY_BARE);
	path = temporary_path(&repository.arena, repository.folder, "linked");
	{
		const char *add[] = { "worktree", "add",  "-q", "--detach",
				      path,	  "main", NULL };

		repository_git(&repository, add, no_input);
	}
	expect_two_days(path, NULL, "new\n");
	repository_release(&repository);
}

/* The library is 资料/é of a larger repository; the tree has é as NFD. */
static void test_folder_of_repository(void **state)
{
	struct repository repository;
	struct snapshot_fixture fixture;
	const char *path;

	(void)state;
	repository_init(&repository, REPOSITORY_ORDINARY);
	repository_put(&repository, "content/outside.md", STR("outside\n"));
	repository_put(&repository, "资料/e\xcc\x81/content/a.md",
		       STR("inside\n"));
	repository_commit(&repository, DAY_1);
	temporary_write(repository.directory, "资料/\xc3\xa9/content/b.md",
			STR("not committed\n"));
	temporary_write(repository.directory, "资料/new/content/b.md",
			STR("not committed\n"));
	path = temporary_path(&repository.arena, repository.directory,
			      "资料/\xc3\xa9");
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, path, NULL);
	snapshot_fixture_files(&fixture, "content/a.md\n");
	snapshot_fixture_bytes(&fixture, "content/a.md", "inside\n");
	snapshot_fixture_release(&fixture);
	expect_failure(temporary_path(&repository.arena, repository.directory,
				      "资料/new"),
		       NULL, "snapshot-folder", "资料/new");
	expect_failure(
		temporary_path(&repository.arena, repository.directory, "资料"),
		NULL, "snapshot-no-library", "content/");
	repository_release(&repository);
}

static void test_wrong_folder(void **state)
{
	struct repository repository;
	const char *folder;

	(void)state;
	repository_init(&repository, REPOSITORY_BARE);
	folder = repository.folder;
	expect_failure("no/such/folder", NULL, "snapshot-missing",
		       "No such file");
	temporary_write(folder, "file", STR(""));
	expect_failure(temporary_path(&repository.arena, folder, "file"), NULL,
		       "snapshot-missing", "Not a directory");
	expect_failure("/", NULL, "snapshot-no-repository", "--worktree");
	expect_failure(
		temporary_path(&repository.arena, repository.directory, "refs"),
		NULL, "snapshot-no-repository", "git init");
	repository_release(&repository);
}

static void test_wrong_revision(void **state)
{
	struct repository repository;

	(void)state;
	repository_init(&repository, REPOSITORY_ORDINARY);
	expect_failure(repository.directory, NULL, "snapshot-no-commits",
		       "--rev");
	expect_failure(repository.directory, "main", "snapshot-no-commits",
		       "--rev");
	repository_put(&repository, "content/a.md", STR("a"));
	repository_commit(&repository, DAY_1);
	expect_failure(repository.directory, "nowhere", "snapshot-revision",
		       "nowhere");
	expect_failure(repository.directory, "HEAD~7", "snapshot-revision",
		       "git log");
	expect_failure(repository.directory, "^:{", "snapshot-revision", "^:{");
	expect_failure(repository.directory, "HEAD:content/a.md",
		       "snapshot-not-a-tree", "HEAD:content/a.md");
	repository_delete(&repository, "content/a.md");
	repository_put(&repository, "content", STR("a file"));
	repository_commit(&repository, DAY_2);
	expect_failure(repository.directory, NULL, "snapshot-no-library",
		       "sites/");
	repository_release(&repository);
}

static void expect_refused(struct repository *repository, const char *id,
			   const char *path)
{
	struct snapshot_fixture fixture;
	const struct diag *diag;

	repository_put(repository, "content/ok.md", STR("ok\n"));
	repository_commit(repository, DAY_1);
	snapshot_fixture_init(&fixture);
	assert_true(snapshot_open_revision(&fixture.snapshot,
					   repository->directory, NULL,
					   &fixture.arena, &fixture.diags));
	snapshot_fixture_files(&fixture, "content/ok.md\n");
	diag = snapshot_fixture_message(&fixture, id);
	snapshot_fixture_says(diag, path);
	assert_int_equal(diag->level, DIAG_ERROR);
	snapshot_fixture_release(&fixture);
}

static void test_link(void **state)
{
	struct repository repository;

	(void)state;
	repository_init(&repository, REPOSITORY_BARE);
	repository_put_link(&repository, "content/passwd", "/etc/passwd");
	expect_refused(&repository, "snapshot-symlink", "content/passwd");
	repository_delete(&repository, "content/passwd");
	repository_put_link(&repository, "themes", "/etc");
	expect_refused(&repository, "snapshot-symlink", "themes");
	repository_release(&repository);
}

static void test_submodule(void **state)
{
	struct repository repository;

	(void)state;
	repository_init(&repository, REPOSITORY_BARE);
	repository_put_submodule(&repository, "content/module");
	expect_refused(&repository, "snapshot-submodule", "content/module");
	repository_release(&repository);
}

struct bad_name {
	str name;
	const char *id;
	const char *shown;
};

static void test_bad_names(void **state)
{
	static const struct bad_name bad[] = {
		{ STR(".."), "snapshot-name-reserved", "content/x/.." },
		{ STR("../../a"), "snapshot-name-reserved", "/../../a" },
		{ STR("a\x1b[2J"), "snapshot-name-character",
		  "content/x/a\\u{1b}[2J" },
		{ STR("\xbd\xcc\xd3\xfd.md"), "snapshot-name-encoding",
		  "\\xbd\\xcc\\xd3\\xfd.md" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct repository repository;
		const char *blob;
		struct buf tree;

		repository_init(&repository, REPOSITORY_BARE);
		blob = repository_object(&repository, "blob", STR("x"));
		buf_init(&tree, &repository.arena);
		repository_add_entry(&tree, "100644", bad[i].name, blob);
		repository_put_tree(
			&repository, "content/x",
			repository_object(&repository, "tree", buf_str(&tree)));
		expect_refused(&repository, bad[i].id, bad[i].shown);
		repository_release(&repository);
	}
}

/* 1000 folders that are all one tree of 3000 names: three million entries. */
static void test_tree_bomb(void **state)
{
	struct snapshot_fixture fixture;
	struct repository repository;
	struct buf leaf;
	struct buf top;
	const char *id;
	char name[16];

	(void)state;
	repository_init(&repository, REPOSITORY_BARE);
	id = repository_object(&repository, "blob", STR("x"));
	buf_init(&leaf, &repository.arena);
	buf_init(&top, &repository.arena);
	for (size_t i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), ".git%06zu", i);
		repository_add_entry(&leaf, "100644", str_from_c(name), id);
	}
	id = repository_object(&repository, "tree", buf_str(&leaf));
	for (size_t i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "f%06zu", i);
		repository_add_entry(&top, "40000", str_from_c(name), id);
	}
	id = repository_object(&repository, "tree", buf_str(&top));
	repository_put_tree(&repository, "content", id);
	repository_commit(&repository, DAY_1);
	snapshot_fixture_init(&fixture);
	assert_false(snapshot_open_revision(&fixture.snapshot,
					    repository.directory, NULL,
					    &fixture.arena, &fixture.diags));
	snapshot_fixture_message(&fixture, "snapshot-too-many");
	snapshot_fixture_release(&fixture);
	repository_release(&repository);
}

static void test_names_in_nfd(void **state)
{
	struct snapshot_fixture fixture;
	struct repository repository;

	(void)state;
	repository_init(&repository, REPOSITORY_BARE);
	repository_put(&repository, "content/教育/ガ.md", STR("1\n"));
	repository_put(&repository, "content/教育/カ\xe3\x82\x99.txt",
		       STR("2\n"));
	repository_put(&repository, "content/教育/カ.md", STR("3\n"));
	repository_commit(&repository, DAY_1);
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, repository.directory, NULL);
	snapshot_fixture_files(&fixture,
			       "content/教育/カ.md\ncontent/教育/ガ.md\n"
			       "content/教育/ガ.txt\n");
	snapshot_fixture_bytes(&fixture, "content/教育/ガ.txt", "2\n");
	snapshot_fixture_release(&fixture);
	repository_release(&repository);
}

/* A large file of zeros is a few kilobytes in Git. */
static void test_large(void **state)
{
	struct snapshot_fixture fixture;
	struct repository repository;
	char *zeros = calloc(1, SNAPSHOT_BLOB_LIMIT + 1);

	(void)state;
	assert_non_null(zeros);
	repository_init(&repository, REPOSITORY_BARE);
	repository_put(&repository, "content/large.pdf",
		       (str){ zeros, SNAPSHOT_BLOB_LIMIT + 1 });
	repository_put(&repository, "content/large.md",
		       (str){ zeros, SNAPSHOT_TEXT_LIMIT + 1 });
	repository_put(&repository, "content/binary.md", STR("\x89PNG\n\0"));
	repository_put(&repository, "content/marked.md",
		       STR("\xef\xbb\xbfx\r\ny\r"));
	repository_commit(&repository, DAY_1);
	free(zeros);
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, repository.directory, NULL);
	snapshot_fixture_bad_file(&fixture, "content/large.pdf",
				  "snapshot-large");
	snapshot_fixture_bad_text(&fixture, "content/large.md",
				  "snapshot-large");
	snapshot_fixture_bad_text(&fixture, "content/binary.md",
				  "snapshot-binary");
	snapshot_fixture_bytes(&fixture, "content/marked.md",
			       "\xef\xbb\xbfx\r\ny\r");
	snapshot_fixture_release(&fixture);
	repository_release(&repository);
}

static const char *object_path(struct repository *repository, const char *id)
{
	return arena_printf(&repository->arena, "%s/objects/%.2s/%s",
			    repository->directory, id, id + 2)
		.data;
}

static void test_missing_blob(void **state)
{
	struct snapshot_fixture fixture;
	struct repository repository;
	const char *blob;

	(void)state;
	repository_init(&repository, REPOSITORY_BARE);
	repository_put(&repository, "content/a.md", STR("a\n"));
	repository_commit(&repository, DAY_1);
	blob = repository_object(&repository, "blob", STR("b\n"));
	{
		const char *list = arena_printf(&repository.arena,
						"100644 blob %s\tb.md\n", blob)
					   .data;
		const char *make[] = { "mktree", NULL };

		repository_put_tree(
			&repository, "content/x",
			repository_git(&repository, make, str_from_c(list)));
	}
	repository_commit(&repository, DAY_2);
	assert_int_equal(unlink(object_path(&repository, blob)), 0);
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, repository.directory, NULL);
	snapshot_fixture_bytes(&fixture, "content/a.md", "a\n");
	snapshot_fixture_says(
		snapshot_fixture_bad_file(&fixture, "content/x/b.md",
					  "snapshot-object-missing"),
		"git fsck");
	snapshot_fixture_release(&fixture);
	repository_release(&repository);
}

static void test_missing_tree(void **state)
{
	struct repository repository;
	const char *tree;
	struct buf leaf;

	(void)state;
	repository_init(&repository, REPOSITORY_BARE);
	buf_init(&leaf, &repository.arena);
	repository_add_entry(&leaf, "100644", STR("a.md"),
			     repository_object(&repository, "blob", STR("a")));
	tree = repository_object(&repository, "tree", buf_str(&leaf));
	repository_put_tree(&repository, "content/x", tree);
	repository_commit(&repository, DAY_1);
	assert_int_equal(unlink(object_path(&repository, tree)), 0);
	expect_failure(repository.directory, NULL, "snapshot-object-missing",
		       "content/x");
	repository_release(&repository);
}

/* The user's config is not read, and the repository of another is opened. */
static void test_machine(void **state)
{
	struct repository repository;
	const char *home = getenv("HOME");
	char *old;

	(void)state;
	open_two_days(&repository, REPOSITORY_BARE);
	old = arena_c_string(&repository.arena,
			     str_from_c(home == NULL ? "/" : home));
	temporary_write(repository.folder, ".gitconfig", STR("[broken"));
	setenv("HOME", repository.folder, 1);
	if (geteuid() == 0)
		assert_int_equal(chown(repository.directory, 12345, 12345), 0);
	expect_two_days(repository.directory, NULL, "new\n");
	setenv("HOME", old, 1);
	repository_release(&repository);
}

enum { READ_COUNT = 2000 };

/* One thread: a reader of its own, and all files again and again. */
static void *read_all(void *context)
{
	const struct snapshot *snapshot = context;
	struct snapshot_reader *reader;
	struct diag_list diags;
	struct arena arena;
	size_t bytes = 0;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	reader = snapshot_reader_open(snapshot, &diags);
	for (size_t i = 0; reader != NULL && i < READ_COUNT; i++) {
		struct source source;

		if (snapshot_read_text(&source, reader, i % snapshot->count,
				       &arena, &diags))
			bytes += source.text.len;
	}
	snapshot_reader_close(reader);
	arena_release(&arena);
	return (void *)bytes;
}

static void test_threads(void **state)
{
	struct snapshot_fixture fixture;
	struct repository repository;
	pthread_t threads[4];

	(void)state;
	open_two_days(&repository, REPOSITORY_BARE);
	snapshot_fixture_init(&fixture);
	snapshot_fixture_revision(&fixture, repository.directory, "main~1");
	for (size_t i = 0; i < COUNT_OF(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_all,
						&fixture.snapshot),
				 0);
	for (size_t i = 0; i < COUNT_OF(threads); i++) {
		void *bytes;

		assert_int_equal(pthread_join(threads[i], &bytes), 0);
		/* "old\n" and "a: 1\n" in turn */
		assert_int_equal((size_t)bytes, READ_COUNT / 2 * (4 + 5));
	}
	snapshot_fixture_release(&fixture);
	repository_release(&repository);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bare),
		cmocka_unit_test(test_ordinary),
		cmocka_unit_test(test_older_revision),
		cmocka_unit_test(test_bare_tree),
		cmocka_unit_test(test_packed_and_detached),
		cmocka_unit_test(test_linked_work_tree),
		cmocka_unit_test(test_folder_of_repository),
		cmocka_unit_test(test_wrong_folder),
		cmocka_unit_test(test_wrong_revision),
		cmocka_unit_test(test_link),
		cmocka_unit_test(test_submodule),
		cmocka_unit_test(test_bad_names),
		cmocka_unit_test(test_tree_bomb),
		cmocka_unit_test(test_names_in_nfd),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_missing_blob),
		cmocka_unit_test(test_missing_tree),
		cmocka_unit_test(test_machine),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
