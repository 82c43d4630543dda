#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "snapshot/file_memory.h"
#include "support/snapshot_fixture.h"
#include "support/temporary.h"

struct library {
	struct snapshot_fixture fixture;
	const char *folder;
};

static void open_library(struct library *library)
{
	snapshot_fixture_init(&library->fixture);
	library->folder = temporary_make(&library->fixture.arena);
	temporary_write(library->folder, "content/jyj/a.md", STR("hello\n"));
	temporary_write(library->folder, "content/jyj/b.md", STR("b\n"));
}

static void close_library(struct library *library)
{
	temporary_remove(library->folder);
	snapshot_fixture_release(&library->fixture);
}

static const char *path_of(struct library *library, const char *path)
{
	return temporary_path(&library->fixture.arena, library->folder, path);
}

static void test_files(void **state)
{
	/* git hash-object of "hello\n" */
	static const uint8_t wanted[20] = { 0xce, 0x01, 0x36, 0x25, 0x03,
					    0x0b, 0xa8, 0xdb, 0xa9, 0x06,
					    0xf7, 0x56, 0x96, 0x7f, 0x9e,
					    0x9c, 0xa3, 0x94, 0x46, 0x4a };
	struct snapshot_fixture *fixture;
	struct library library;

	(void)state;
	open_library(&library);
	fixture = &library.fixture;
	temporary_write(library.folder, "sites/platform.yaml", STR("a: 1\n"));
	temporary_write(library.folder, "content/e\xcc\x81/1.md", STR("e\n"));
	temporary_write(library.folder, "content/.gitkeep", STR(""));
	temporary_write(library.folder, "README.md", STR(""));
	temporary_write(library.folder, "themes", STR("no folder"));
	snapshot_fixture_directory(fixture, library.folder);
	snapshot_fixture_files(fixture, "content/jyj/a.md\ncontent/jyj/b.md\n"
					"content/\xc3\xa9/1.md\n"
					"sites/platform.yaml\n");
	assert_memory_equal(snapshot_blob(&fixture->snapshot, 0).data, wanted,
			    20);
	snapshot_fixture_bytes(fixture, "content/jyj/a.md", "hello\n");
	snapshot_fixture_bytes(fixture, "content/\xc3\xa9/1.md", "e\n");
	assert_true(str_equal_c(fixture->snapshot.revision, "worktree"));
	assert_false(fixture->snapshot.time.is_set);
	close_library(&library);
}

/* No link is followed, at no place of a path. */
static void expect_refused(const char *id, const char *path, const char *target)
{
	struct library library;
	const struct diag *diag;

	open_library(&library);
	if (target != NULL)
		assert_int_equal(symlink(target, path_of(&library, path)), 0);
	else
		assert_int_equal(mkfifo(path_of(&library, path), 0666), 0);
	assert_true(snapshot_open_directory(
		&library.fixture.snapshot, library.folder, NULL,
		&library.fixture.arena, &library.fixture.diags));
	snapshot_fixture_files(&library.fixture,
			       "content/jyj/a.md\ncontent/jyj/b.md\n");
	diag = snapshot_fixture_message(&library.fixture, id);
	assert_int_equal(diag->level, DIAG_ERROR);
	assert_true(str_equal_c(diag->path, path));
	close_library(&library);
}

static void test_no_ordinary_files(void **state)
{
	(void)state;
	expect_refused("snapshot-symlink", "content/passwd", "/etc/passwd");
	expect_refused("snapshot-symlink", "content/loop", ".");
	expect_refused("snapshot-symlink", "content/dangling", "nowhere");
	expect_refused("snapshot-symlink", "themes", "/etc");
	expect_refused("snapshot-special", "content/fifo", NULL);
}

static void test_bad_names(void **state)
{
	struct library library;
	struct snapshot_fixture *fixture;

	(void)state;
	open_library(&library);
	fixture = &library.fixture;
	temporary_write(library.folder, "content/\xbd\xcc\xd3\xfd.md",
			STR("GBK"));
	assert_true(snapshot_open_directory(&fixture->snapshot, library.folder,
					    NULL, &fixture->arena,
					    &fixture->diags));
	snapshot_fixture_files(fixture, "content/jyj/a.md\ncontent/jyj/b.md\n");
	snapshot_fixture_says(
		snapshot_fixture_message(fixture, "snapshot-name-encoding"),
		"content/\\xbd\\xcc\\xd3\\xfd.md");
	close_library(&library);
}

static void test_two_normal_forms(void **state)
{
	struct library library;
	struct snapshot_fixture *fixture;

	(void)state;
	open_library(&library);
	fixture = &library.fixture;
	temporary_write(library.folder, "content/e\xcc\x81.md", STR("NFD"));
	temporary_write(library.folder, "content/\xc3\xa9.md", STR("NFC"));
	assert_true(snapshot_open_directory(&fixture->snapshot, library.folder,
					    NULL, &fixture->arena,
					    &fixture->diags));
	snapshot_fixture_message(fixture, "snapshot-duplicate");
	snapshot_fixture_bytes(fixture, "content/\xc3\xa9.md", "NFC");
	close_library(&library);
}

/* The names are there, the bytes are others or gone. */
static void test_changed_meanwhile(void **state)
{
	struct library library;
	struct snapshot_fixture *fixture;

	(void)state;
	open_library(&library);
	fixture = &library.fixture;
	temporary_write(library.folder, "content/x/c.md", STR("c\n"));
	temporary_write(library.folder, "content/y/d.md", STR("d\n"));
	snapshot_fixture_directory(fixture, library.folder);
	temporary_write(library.folder, "content/jyj/b.md", STR("B\n"));
	assert_int_equal(unlink(path_of(&library, "content/jyj/a.md")), 0);
	assert_int_equal(rename(path_of(&library, "content/x"),
				path_of(&library, "content/z")),
			 0);
	assert_int_equal(symlink("z", path_of(&library, "content/x")), 0);
	assert_int_equal(unlink(path_of(&library, "content/y/d.md")), 0);
	assert_int_equal(mkfifo(path_of(&library, "content/y/d.md"), 0666), 0);
	snapshot_fixture_says(snapshot_fixture_bad_file(fixture,
							"content/jyj/a.md",
							"snapshot-changed"),
			      "content/jyj/a.md");
	snapshot_fixture_bad_file(fixture, "content/jyj/b.md",
				  "snapshot-changed");
	snapshot_fixture_bad_file(fixture, "content/x/c.md",
				  "snapshot-changed");
	snapshot_fixture_bad_file(fixture, "content/y/d.md",
				  "snapshot-changed");
	close_library(&library);
}

/* A sparse file: listing it must not read it. */
static void test_large(void **state)
{
	static const uint8_t zero[20];
	struct library library;
	struct snapshot_fixture *fixture;

	(void)state;
	open_library(&library);
	fixture = &library.fixture;
	assert_int_equal(
		truncate(path_of(&library, "content/jyj/a.md"), (off_t)1 << 40),
		0);
	assert_int_equal(truncate(path_of(&library, "content/jyj/b.md"),
				  SNAPSHOT_TEXT_LIMIT + 1),
			 0);
	snapshot_fixture_directory(fixture, library.folder);
	assert_memory_equal(snapshot_blob(&fixture->snapshot, 0).data, zero,
			    20);
	snapshot_fixture_says(snapshot_fixture_bad_file(fixture,
							"content/jyj/a.md",
							"snapshot-large"),
			      "1099511627776");
	snapshot_fixture_bad_text(fixture, "content/jyj/b.md",
				  "snapshot-large");
	close_library(&library);
}

static void expect_failure(const char *directory, const char *id)
{
	struct snapshot_fixture fixture;
	const struct diag *diag;

	snapshot_fixture_init(&fixture);
	assert_false(snapshot_open_directory(&fixture.snapshot, directory, NULL,
					     &fixture.arena, &fixture.diags));
	diag = snapshot_fixture_message(&fixture, id);
	assert_int_equal(diag->level, DIAG_FAILURE);
	assert_true(diag->help.len > 0);
	snapshot_fixture_release(&fixture);
}

static void test_no_library(void **state)
{
	struct library library;

	(void)state;
	open_library(&library);
	expect_failure("no/such/folder", "snapshot-missing");
	expect_failure(path_of(&library, "content/jyj/a.md"),
		       "snapshot-missing");
	expect_failure(path_of(&library, "content"), "snapshot-no-library");
	close_library(&library);
}

/* --- what is known of files from one listing to the next --- */

static void list_again(struct library *library, struct file_memory *memory)
{
	struct snapshot_fixture *fixture = &library->fixture;

	snapshot_close(&fixture->snapshot);
	assert_true(snapshot_open_directory(&fixture->snapshot, library->folder,
					    memory, &fixture->arena,
					    &fixture->diags));
}

static void test_only_what_was_saved_is_read(void **state)
{
	struct library library;
	struct file_memory memory;

	(void)state;
	open_library(&library);
	snapshot_fixture_directory(&library.fixture, library.folder);
	file_memory_init(&memory);
	memory.settled = -2; /* what was just written is known, too */
	list_again(&library, &memory);
	assert_int_equal(memory.read, 2);
	list_again(&library, &memory);
	assert_int_equal(memory.read, 0);
	snapshot_fixture_bytes(&library.fixture, "content/jyj/a.md", "hello\n");
	temporary_write(library.folder, "content/jyj/b.md.new", STR("c\n"));
	assert_int_equal(rename(path_of(&library, "content/jyj/b.md.new"),
				path_of(&library, "content/jyj/b.md")),
			 0);
	list_again(&library, &memory);
	assert_int_equal(memory.read, 1);
	snapshot_fixture_bytes(&library.fixture, "content/jyj/b.md", "c\n");
	assert_int_equal(unlink(path_of(&library, "content/jyj/a.md")), 0);
	list_again(&library, &memory);
	assert_int_equal(memory.read, 0);
	file_memory_release(&memory);
	close_library(&library);
}

/* It could be written again without another time. */
static void test_what_was_just_written_is_read_again(void **state)
{
	struct library library;
	struct file_memory memory;

	(void)state;
	open_library(&library);
	snapshot_fixture_directory(&library.fixture, library.folder);
	file_memory_init(&memory);
	list_again(&library, &memory);
	list_again(&library, &memory);
	assert_int_equal(memory.read, 2);
	file_memory_release(&memory);
	close_library(&library);
}

/* Each keeps its own bytes, and what is gone does not stay for ever. */
static void test_many_files_are_known(void **state)
{
	enum { COUNT = 5000, TURNS = 20 };
	struct file_memory memory;

	(void)state;
	file_memory_init(&memory);
	memory.settled = -2;
	for (int turn = 0; turn < TURNS; turn++) {
		file_memory_begin(&memory);
		for (int i = 0; i < COUNT; i++) {
			/* half of them are new each second time */
			const struct stat info = {
				.st_ino = (ino_t)i + 1,
				.st_size = i % 2 * (turn / 2),
			};
			uint8_t id[SNAPSHOT_ID_SIZE] = { (uint8_t)i,
							 (uint8_t)(i >> 8) };
			const uint8_t *known = file_memory_find(&memory, &info);

			assert_int_equal(known != NULL,
					 turn > 0 &&
						 (i % 2 == 0 || turn % 2 == 1));
			if (known == NULL)
				file_memory_add(&memory, &info, id);
			else
				assert_memory_equal(known, id, sizeof(id));
		}
	}
	assert_true(memory.count <= 4 * COUNT);
	file_memory_release(&memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_no_ordinary_files),
		cmocka_unit_test(test_bad_names),
		cmocka_unit_test(test_two_normal_forms),
		cmocka_unit_test(test_changed_meanwhile),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_no_library),
		cmocka_unit_test(test_only_what_was_saved_is_read),
		cmocka_unit_test(test_what_was_just_written_is_read_again),
		cmocka_unit_test(test_many_files_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
