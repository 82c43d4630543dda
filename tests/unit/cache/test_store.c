/* What a build remembers: kept whole, or not at all. */
#include "cache/store.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temporary.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	const char *folder;
	const char *path;
};

static void set_up(struct fixture *fixture)
{
	arena_init(&fixture->arena);
	diag_list_init(&fixture->diags, &fixture->arena);
	fixture->folder = temporary_make(&fixture->arena);
	fixture->path =
		temporary_path(&fixture->arena, fixture->folder, "record");
}

static void tear_down(struct fixture *fixture)
{
	temporary_remove(fixture->folder);
	arena_release(&fixture->arena);
}

static struct store *open_version(struct fixture *fixture, uint64_t version)
{
	int parent = temporary_open(fixture->folder);
	struct store *store =
		store_open(parent, "record", (struct digest){ version, 1 },
			   &fixture->arena, &fixture->diags);

	close(parent);
	assert_non_null(store);
	return store;
}

static void put_one(struct fixture *fixture, str name, str value)
{
	struct store *store = open_version(fixture, 1);

	assert_true(store_begin(store, &fixture->diags));
	assert_true(store_put(store, 'p', name, value, &fixture->diags));
	assert_true(store_commit(store, &fixture->diags));
	store_close(store);
}

static void expect_one(struct fixture *fixture, uint64_t version, str name,
		       str value)
{
	struct store *store = open_version(fixture, version);

	assert_true(str_equal(store_get(store, 'p', name), value));
	store_close(store);
}

static void a_value_is_kept(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	expect_one(&fixture, 1, STR("name"), STR("value"));
	expect_one(&fixture, 1, STR("other"), STR(""));
	tear_down(&fixture);
}

static void another_version_sees_nothing(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	expect_one(&fixture, 2, STR("name"), STR(""));
	tear_down(&fixture);
}

static void what_is_not_committed_is_not_there(void **state)
{
	struct fixture fixture;
	struct store *store;

	(void)state;
	set_up(&fixture);
	store = open_version(&fixture, 1);
	assert_true(store_begin(store, &fixture.diags));
	assert_true(store_put(store, 'p', STR("name"), STR("value"),
			      &fixture.diags));
	store_abort(store);
	store_close(store);
	expect_one(&fixture, 1, STR("name"), STR(""));
	tear_down(&fixture);
}

static const char *data_file(struct fixture *fixture)
{
	return temporary_path(&fixture->arena, fixture->path, "data.mdb");
}

/* Every byte of the file, flipped: never a crash, never a wrong value. */
static void no_damage_shows(void **state)
{
	enum { STEP = 61 };
	struct fixture fixture;
	size_t size, lost = 0;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	size = temporary_read(&fixture.arena, data_file(&fixture)).len;
	assert_true(size > STEP);
	for (size_t i = 0; i < size; i += STEP) {
		str bytes = temporary_read(&fixture.arena, data_file(&fixture));
		char *copy = arena_c_string(&fixture.arena, bytes);
		struct store *store;
		str value;

		copy[i] = (char)~copy[i];
		temporary_write(fixture.path, "data.mdb",
				(str){ copy, bytes.len });
		store = open_version(&fixture, 1);
		value = store_get(store, 'p', STR("name"));
		lost += value.len == 0;
		assert_true(value.len == 0 || str_equal(value, STR("value")));
		store_close(store);
		put_one(&fixture, STR("name"), STR("value"));
		expect_one(&fixture, 1, STR("name"), STR("value"));
	}
	assert_true(lost > 0);
	tear_down(&fixture);
}

/* Flips a byte of a value where it lies in the file. */
static void flip_value(struct fixture *fixture, str value)
{
	str bytes = temporary_read(&fixture->arena, data_file(fixture));
	size_t at = str_find(bytes, value);
	int file = open(data_file(fixture), O_WRONLY | O_CLOEXEC);
	char flipped;

	assert_true(at != STR_NONE && file >= 0);
	flipped = (char)~bytes.data[at];
	assert_int_equal(pwrite(file, &flipped, 1, (off_t)at), 1);
	close(file);
}

/* Before the file is opened, and while it is open under its seal. */
static void a_value_that_rots_is_not_believed(void **state)
{
	const str value = STR("a value that is not short");
	struct fixture fixture;
	struct store *store;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("other"), STR("another value"));
	put_one(&fixture, STR("name"), value);
	flip_value(&fixture, value);
	expect_one(&fixture, 1, STR("name"), STR(""));
	expect_one(&fixture, 1, STR("other"), STR("another value"));
	put_one(&fixture, STR("name"), value);
	store = open_version(&fixture, 1);
	flip_value(&fixture, value);
	assert_int_equal(store_get(store, 'p', STR("name")).len, 0);
	store_close(store);
	tear_down(&fixture);
}

/* A file that was cut short or is something else is made anew. */
static void what_is_no_store_is_replaced(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	temporary_write(fixture.path, "data.mdb", STR("what is this?"));
	expect_one(&fixture, 1, STR("name"), STR(""));
	put_one(&fixture, STR("name"), STR("value"));
	assert_int_equal(truncate(data_file(&fixture), 4096 * 2 + 100), 0);
	expect_one(&fixture, 1, STR("name"), STR(""));
	tear_down(&fixture);
}

/* As an archive or another disk gives it back: new inode, new times. */
static void a_copy_keeps_its_values(void **state)
{
	enum { VALUES = 1000, SIZE = 20000 };
	struct fixture fixture;
	struct store *store;
	char *large;

	(void)state;
	set_up(&fixture);
	large = arena_alloc(&fixture.arena, SIZE);
	store = open_version(&fixture, 1);
	assert_true(store_begin(store, &fixture.diags));
	for (uint32_t i = 0; i < VALUES; i++) {
		memset(large, (int)(i % 251), SIZE);
		assert_true(store_put(store, 'p',
				      (str){ (const char *)&i, sizeof(i) },
				      (str){ large, SIZE }, &fixture.diags));
	}
	assert_true(store_commit(store, &fixture.diags));
	store_close(store);
	temporary_write(fixture.path, "data.mdb",
			temporary_read(&fixture.arena, data_file(&fixture)));
	store = open_version(&fixture, 1);
	for (uint32_t i = 0; i < VALUES; i++) {
		memset(large, (int)(i % 251), SIZE);
		assert_true(str_equal(
			store_get(store, 'p',
				  (str){ (const char *)&i, sizeof(i) }),
			(str){ large, SIZE }));
	}
	store_close(store);
	tear_down(&fixture);
}

/* What is removed and put again in one build is there. */
static void the_same_value_again_is_there(void **state)
{
	struct fixture fixture;
	struct store *store;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	store = open_version(&fixture, 1);
	assert_true(store_begin(store, &fixture.diags));
	assert_true(store_remove(store, 'p', STR("name"), &fixture.diags));
	assert_true(store_put(store, 'p', STR("name"), STR("value"),
			      &fixture.diags));
	assert_true(store_put(store, 'p', STR("name"), STR("value"),
			      &fixture.diags));
	assert_true(store_commit(store, &fixture.diags));
	store_close(store);
	expect_one(&fixture, 1, STR("name"), STR("value"));
	tear_down(&fixture);
}

static void a_folder_in_its_place_is_removed(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	temporary_write(fixture.path, "data.mdb/deep/file", STR("x"));
	put_one(&fixture, STR("name"), STR("value"));
	expect_one(&fixture, 1, STR("name"), STR("value"));
	tear_down(&fixture);
}

static void a_file_in_its_place_is_removed(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	temporary_write(fixture.folder, "record", STR("x"));
	put_one(&fixture, STR("name"), STR("value"));
	expect_one(&fixture, 1, STR("name"), STR("value"));
	tear_down(&fixture);
}

/* Where something else stands in the place of a file, nobody waits for it. */
static void a_pipe_in_its_place_is_removed(void **state)
{
	static const char *const names[] = { "data.mdb", "lock.mdb", "seal" };
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *path =
			temporary_path(&fixture.arena, fixture.path, names[i]);

		put_one(&fixture, STR("name"), STR("value"));
		assert_true(unlink(path) == 0 || errno == ENOENT);
		assert_int_equal(mkfifo(path, 0666), 0);
		store_close(open_version(&fixture, 1));
		put_one(&fixture, STR("name"), STR("value"));
		expect_one(&fixture, 1, STR("name"), STR("value"));
	}
	tear_down(&fixture);
}

/* What a name leads to out of the folder must stay as it is. */
static void expect_untouched(struct fixture *fixture, const char *name)
{
	const char *path =
		temporary_path(&fixture->arena, fixture->folder, "elsewhere");
	str before = temporary_read(&fixture->arena, path);

	put_one(fixture, STR("name"), arena_copy(&fixture->arena, STR("new")));
	expect_one(fixture, 1, STR("name"), STR("new"));
	if (!str_equal(before, temporary_read(&fixture->arena, path)))
		fail_msg("%s was followed", name);
	assert_int_equal(unlink(path), 0);
}

static void no_link_is_followed(void **state)
{
	static const char *const names[] = { "data.mdb", "lock.mdb", "seal" };
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	for (size_t i = 0; i < 2 * COUNT_OF(names); i++) {
		const char *name = names[i / 2];
		const char *path =
			temporary_path(&fixture.arena, fixture.path, name);
		const char *other = temporary_path(&fixture.arena,
						   fixture.folder, "elsewhere");

		put_one(&fixture, STR("name"), STR("value"));
		assert_int_equal(rename(path, other), 0);
		assert_int_equal(i % 2 == 0 ? symlink(other, path)
					    : link(other, path),
				 0);
		expect_untouched(&fixture, name);
	}
	tear_down(&fixture);
}

static void a_linked_folder_is_replaced(void **state)
{
	struct fixture fixture;
	const char *other, *data;
	str before;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	other = temporary_path(&fixture.arena, fixture.folder, "elsewhere");
	data = temporary_path(&fixture.arena, other, "data.mdb");
	assert_int_equal(rename(fixture.path, other), 0);
	assert_int_equal(symlink(other, fixture.path), 0);
	before = temporary_read(&fixture.arena, data);
	put_one(&fixture, STR("name"), STR("new"));
	expect_one(&fixture, 1, STR("name"), STR("new"));
	assert_true(str_equal(before, temporary_read(&fixture.arena, data)));
	tear_down(&fixture);
}

/* As many files open as `limit`; NULL when that is too few for a store. */
static struct store *open_within(struct fixture *fixture, int parent,
				 rlim_t limit)
{
	struct rlimit usual;
	struct rlimit few;
	struct store *store;

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
	few = (struct rlimit){ limit, usual.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	store = store_open(parent, "record", (struct digest){ 1, 1 },
			   &fixture->arena, &fixture->diags);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
	return store;
}

/* The machine's troubles are not the file's: nothing is begun again. */
static void a_shortage_loses_nothing(void **state)
{
	struct fixture fixture;
	struct store *store = NULL;
	int parent;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	parent = temporary_open(fixture.folder);
	for (rlim_t limit = (rlim_t)parent; store == NULL; limit++) {
		store = open_within(&fixture, parent, limit);
		if (store == NULL)
			expect_one(&fixture, 1, STR("name"), STR("value"));
	}
	assert_true(fixture.diags.count > 2);
	assert_true(
		str_equal(store_get(store, 'p', STR("name")), STR("value")));
	store_close(store);
	close(parent);
	tear_down(&fixture);
}

static bool is_intact(struct fixture *fixture)
{
	struct store *store = open_version(fixture, 1);
	bool intact = store_is_intact(store);

	store_close(store);
	return intact;
}

/* Who only reads what was salvaged has looked at no file beside it. */
static void a_look_does_not_make_it_intact(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	assert_true(is_intact(&fixture));
	assert_int_equal(
		unlink(temporary_path(&fixture.arena, fixture.path, "seal")),
		0);
	assert_false(is_intact(&fixture));
	assert_false(is_intact(&fixture));
	put_one(&fixture, STR("name"), STR("value"));
	assert_true(is_intact(&fixture));
	tear_down(&fixture);
}

/* KiB of memory that pages of files take up in this process. */
static long files_in_memory(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];
	long found = -1;

	assert_non_null(file);
	while (found < 0 && fgets(line, sizeof(line), file) != NULL)
		sscanf(line, "RssFile: %ld kB", &found);
	fclose(file);
	assert_true(found >= 0);
	return found;
}

/* The names lie in no order, so that each new one looks up pages of old ones.
 */
static void what_is_written_is_not_kept_in_memory(void **state)
{
	enum { VALUES = 16000, VALUE_SIZE = 4000, MOST_KIB = 24 * 1024 };
	static char value[VALUE_SIZE];
	struct fixture fixture;
	struct store *store;
	long before;

	(void)state;
	set_up(&fixture);
	store = open_version(&fixture, 1);
	assert_true(store_begin(store, &fixture.diags));
	before = files_in_memory();
	for (int i = 0; i < VALUES; i++) {
		char name[32];

		snprintf(name, sizeof(name), "%d", i);
		assert_true(store_put(store, 'p', str_from_c(name),
				      (str){ value, VALUE_SIZE },
				      &fixture.diags));
	}
	assert_true(files_in_memory() - before < MOST_KIB);
	assert_true(store_commit(store, &fixture.diags));
	store_close(store);
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_kept),
		cmocka_unit_test(another_version_sees_nothing),
		cmocka_unit_test(what_is_not_committed_is_not_there),
		cmocka_unit_test(no_damage_shows),
		cmocka_unit_test(a_value_that_rots_is_not_believed),
		cmocka_unit_test(what_is_no_store_is_replaced),
		cmocka_unit_test(a_copy_keeps_its_values),
		cmocka_unit_test(the_same_value_again_is_there),
		cmocka_unit_test(a_folder_in_its_place_is_removed),
		cmocka_unit_test(a_file_in_its_place_is_removed),
		cmocka_unit_test(a_pipe_in_its_place_is_removed),
		cmocka_unit_test(no_link_is_followed),
		cmocka_unit_test(a_linked_folder_is_replaced),
		cmocka_unit_test(a_shortage_loses_nothing),
		cmocka_unit_test(a_look_does_not_make_it_intact),
		cmocka_unit_test(what_is_written_is_not_kept_in_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
