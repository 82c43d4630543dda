/*
 * What counts of files with mistakes, in a library with a history: resources
 * (stand_in.h) and what they inherit (defaults_version.h).
 */
#include "library/stand_in.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/repository.h"
#include "support/schema_fixture.h"
#include "support/snapshot_fixture.h"

#define TEXT(title, more)                                                      \
	"---\ntitle: " title "\ntype: news\ndate: 2024-01-02\n" more           \
	"---\n正文\n"
#define A "content/jyj/a.md"
#define DEFAULTS "content/jyj/_defaults.yaml"

struct library {
	struct repository repository;
	struct snapshot_fixture fixture;
	struct catalog catalog;
	int64_t time;
};

static void open_library(struct library *library)
{
	library->time = 1700000000;
	repository_init(&library->repository, REPOSITORY_BARE);
	snapshot_fixture_init(&library->fixture);
}

static void close_library(struct library *library)
{
	snapshot_fixture_release(&library->fixture);
	repository_release(&library->repository);
}

/* Each is a commit of its own; without text it is one that deletes. */
static void put(struct library *library, const char *path, const char *text)
{
	if (text == NULL)
		repository_delete(&library->repository, path);
	else
		repository_put(&library->repository, path, str_from_c(text));
	library->time += 3600;
	repository_commit(&library->repository, library->time);
}

static void read_library(struct library *library)
{
	struct snapshot_fixture *fixture = &library->fixture;
	struct catalog_options options = { .snapshot = &fixture->snapshot,
					   .offset = 480,
					   .threads = 1 };

	options.schema = schema_fixture(&fixture->arena);
	snapshot_fixture_revision(fixture, library->repository.directory, NULL);
	assert_true(catalog_read(&library->catalog, &options, &fixture->arena,
				 &fixture->diags));
}

/* The messages' ids, with spaces between. */
static void says(const struct library *library, const char *ids)
{
	const struct diag_list *diags = &library->fixture.diags;
	const struct diag *items = diags->items.items;
	str rest = str_from_c(ids);
	str id;

	for (size_t i = 0; i < diags->items.count; i++) {
		assert_true(str_split_next(&rest, ' ', &id));
		assert_true(str_equal_c(id, items[i].id));
	}
	assert_int_equal(rest.len, 0);
}

static bool find(struct resource *out, const struct library *library,
		 const char *path)
{
	uint32_t number =
		catalog_find_path(&library->catalog, str_from_c(path));

	if (number == RESOURCE_NONE)
		return false;
	catalog_get(out, &library->catalog, number);
	return true;
}

static void test_newest_correct(void **state)
{
	struct library library;
	struct resource found;

	(void)state;
	open_library(&library);
	put(&library, A, TEXT("一", "source: 甲\n"));
	put(&library, A, TEXT("二", "source: 甲\n"));
	put(&library, A, TEXT("三", "sorce: 甲\n"));
	put(&library, A, TEXT("四", "sorce: 甲\n"));
	read_library(&library);
	assert_true(find(&found, &library, A));
	assert_true(str_equal_c(found.title, "二"));
	says(&library, "field-unknown version-earlier");
	assert_non_null(catalog_stand_in(&library.catalog, found.file));
	/* whoever reads the file later reads the same */
	snapshot_fixture_bytes(&library.fixture, A, TEXT("二", "source: 甲\n"));
	close_library(&library);
}

static void test_never_correct(void **state)
{
	struct library library;
	struct resource found;

	(void)state;
	open_library(&library);
	put(&library, A, TEXT("一", ""));
	read_library(&library);
	assert_false(find(&found, &library, A));
	assert_int_equal(library.catalog.broken_count, 1);
	says(&library, "field-missing version-none");
	close_library(&library);
}

/* What was removed does not come back. */
static void test_removed_between(void **state)
{
	struct library library;
	struct resource found;

	(void)state;
	open_library(&library);
	put(&library, A, TEXT("一", "source: 甲\n"));
	put(&library, A, NULL);
	put(&library, A, TEXT("二", ""));
	read_library(&library);
	assert_false(find(&found, &library, A));
	close_library(&library);
}

/* A withdrawal is no mistake, and holds from today. */
static void test_withdrawn(void **state)
{
	struct library library;
	struct resource found;

	(void)state;
	open_library(&library);
	put(&library, A, TEXT("一", "source: 甲\n"));
	put(&library, A, TEXT("二", "status: withdrawn\n"));
	read_library(&library);
	assert_true(find(&found, &library, A));
	assert_true(str_equal_c(found.title, "一"));
	assert_int_equal(found.status, STATUS_WITHDRAWN);
	close_library(&library);
}

/* Read with what it inherited then. */
static void test_own_defaults(void **state)
{
	struct library library;
	struct resource found;

	(void)state;
	open_library(&library);
	repository_put(&library.repository, DEFAULTS,
		       STR("source: 甲\nauthor: 甲\n"));
	put(&library, A, TEXT("一", ""));
	repository_put(&library.repository, DEFAULTS,
		       STR("source: 乙\nauthor: 乙\n"));
	put(&library, A, TEXT("二", "sorce: 丙\n"));
	read_library(&library);
	assert_true(find(&found, &library, A));
	assert_true(str_equal_c(found.title, "一"));
	assert_true(str_equal_c(found.author, "甲"));
	close_library(&library);
}

static void test_broken_defaults(void **state)
{
	struct library library;
	struct resource found;

	(void)state;
	open_library(&library);
	put(&library, DEFAULTS, "source: 甲\nauthor: 甲\n");
	put(&library, A, TEXT("一", ""));
	put(&library, A, TEXT("二", ""));
	put(&library, DEFAULTS, "sorce: 乙\nstatus: withdrawn\n");
	read_library(&library);
	/* the text is that of today, and only the defaults are looked for */
	assert_true(find(&found, &library, A));
	assert_true(str_equal_c(found.title, "二"));
	assert_true(str_equal_c(found.author, "甲"));
	assert_int_equal(found.status, STATUS_WITHDRAWN);
	assert_null(catalog_stand_in(&library.catalog, found.file));
	says(&library, "field-unknown version-earlier");
	close_library(&library);
}

/* Without any correct version: texts count from before it. */
static void test_defaults_never_correct(void **state)
{
	struct library library;
	struct resource found;

	(void)state;
	open_library(&library);
	put(&library, A, TEXT("一", "source: 甲\n"));
	put(&library, DEFAULTS, "sorce: 乙\n");
	put(&library, "content/jyj/b.md", TEXT("新", "source: 甲\n"));
	read_library(&library);
	assert_true(find(&found, &library, A));
	assert_true(str_equal_c(found.title, "一"));
	assert_false(find(&found, &library, "content/jyj/b.md"));
	close_library(&library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newest_correct),
		cmocka_unit_test(test_never_correct),
		cmocka_unit_test(test_removed_between),
		cmocka_unit_test(test_withdrawn),
		cmocka_unit_test(test_own_defaults),
		cmocka_unit_test(test_broken_defaults),
		cmocka_unit_test(test_defaults_never_correct),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
