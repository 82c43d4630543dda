/* What a build remembers: kept whole, or not at all. */
#include "cache/store.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

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
	struct store *store =
		store_open(fixture->path, (struct digest){ version, 1 },
			   &fixture->arena, &fixture->diags);

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

/* Every byte of the file, flipped: never a crash, never a wrong value. */
static void any_damage_empties_it(void **state)
{
	enum { STEP = 61 };
	struct fixture fixture;
	size_t size;

	(void)state;
	set_up(&fixture);
	put_one(&fixture, STR("name"), STR("value"));
	size = temporary_read(
		       &fixture.arena,
		       temporary_path(&fixture.arena, fixture.path, "data.mdb"))
		       .len;
	assert_true(size > STEP);
	for (size_t i = 0; i < size; i += STEP) {
		const char *file = temporary_path(&fixture.arena, fixture.path,
						  "data.mdb");
		str bytes = temporary_read(&fixture.arena, file);
		char *copy = arena_c_string(&fixture.arena, bytes);

		copy[i] = (char)~copy[i];
		temporary_write(fixture.path, "data.mdb",
				(str){ copy, bytes.len });
		expect_one(&fixture, 1, STR("name"), STR(""));
		put_one(&fixture, STR("name"), STR("value"));
	}
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_kept),
		cmocka_unit_test(another_version_sees_nothing),
		cmocka_unit_test(what_is_not_committed_is_not_there),
		cmocka_unit_test(any_damage_empties_it),
		cmocka_unit_test(a_folder_in_its_place_is_removed),
		cmocka_unit_test(a_file_in_its_place_is_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
