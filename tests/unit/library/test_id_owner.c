/* Whose an id is, by the order in which files came into the library. */
#include "library/id_owner.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "library/catalog.h"
#include "support/schema_fixture.h"

#define TEXT(more)                                                             \
	STR("---\ntitle: 题\ntype: news\ndate: 2024-01-02\nsource: 甲\n" more  \
	    "---\n正文\n")

enum { FILES_MAX = 4 };

struct library {
	struct arena arena;
	struct diag_list diags;
	struct snapshot snapshot;
	struct catalog catalog;
};

/* `since` is of each file, in hours; 0: nobody knows. */
static void open_library(struct library *library,
			 const struct memory_file *files, size_t count,
			 const int *since)
{
	struct file_history history[FILES_MAX] = { 0 };
	struct catalog_options options = { .snapshot = &library->snapshot,
					   .offset = 480,
					   .threads = 1,
					   .history = history };

	for (size_t i = 0; i < count; i++) {
		history[i].created.is_set = since[i] > 0;
		history[i].created.seconds = since[i] * 3600;
	}
	arena_init(&library->arena);
	options.schema = schema_fixture(&library->arena);
	diag_list_init(&library->diags, &library->arena);
	assert_true(snapshot_open_memory(&library->snapshot, files, count,
					 &library->arena, &library->diags));
	assert_true(catalog_read(&library->catalog, &options, &library->arena,
				 &library->diags));
}

static void close_library(struct library *library)
{
	snapshot_close(&library->snapshot);
	arena_release(&library->arena);
}

static void is_owner(const struct library *library, const char *id,
		     const char *path)
{
	struct resource found;
	uint32_t number = catalog_find_id(&library->catalog, str_from_c(id));

	assert_true(number != RESOURCE_NONE);
	catalog_get(&found, &library->catalog, number);
	assert_true(str_equal_c(found.path, path));
}

/* Two that write the same id. */
static void test_written(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/a.md", TEXT("id: x/1\n") },
		{ "content/jyj/b.md", TEXT("id: x/1\n") },
	};
	static const int orders[][2] = {
		{ 1, 2 }, { 2, 1 }, { 0, 1 }, { 0, 0 }
	};
	static const char *const owners[] = { "a", "b", "b", "a" };
	char path[64];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(orders); i++) {
		struct library library;

		open_library(&library, files, 2, orders[i]);
		snprintf(path, sizeof(path), "content/jyj/%s.md", owners[i]);
		is_owner(&library, "x/1", path);
		assert_int_equal(library.catalog.count, 1);
		assert_int_equal(library.diags.error_count, 1);
		close_library(&library);
	}
}

/* One writes the id that the other has by its path. */
static void test_by_path(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/a.md", TEXT("") },
		{ "content/jyj/b.md", TEXT("id: jyj/a\n") },
	};
	static const int first[] = { 1, 2 };
	static const int second[] = { 2, 1 };
	struct library library;

	(void)state;
	open_library(&library, files, 2, first);
	is_owner(&library, "jyj/a", "content/jyj/a.md");
	close_library(&library);
	open_library(&library, files, 2, second);
	is_owner(&library, "jyj/a", "content/jyj/b.md");
	close_library(&library);
}

/* A file, and a folder of its name. */
static void test_folder(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/a.md", TEXT("") },
		{ "content/jyj/a/index.md", TEXT("") },
	};
	static const int second[] = { 2, 1 };
	struct library library;

	(void)state;
	open_library(&library, files, 2, second);
	is_owner(&library, "jyj/a", "content/jyj/a/index.md");
	assert_int_equal(library.catalog.count, 1);
	close_library(&library);
}

/* Whoever has an id of its own leaves that of its path to others. */
static void test_freed(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/a.md", TEXT("id: x/1\n") },
		{ "content/jyj/b.md", TEXT("id: jyj/a\n") },
	};
	static const int order[] = { 1, 2 };
	struct library library;

	(void)state;
	open_library(&library, files, 2, order);
	is_owner(&library, "x/1", "content/jyj/a.md");
	is_owner(&library, "jyj/a", "content/jyj/b.md");
	assert_int_equal(library.diags.error_count, 0);
	close_library(&library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_by_path),
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_freed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
