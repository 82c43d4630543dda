/*
 * The catalogue of a library in memory: what counts as a resource, what a
 * resource gets from its path, order, doubles, and the same answer from any
 * number of threads.
 */
#include "library/catalog.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pack.h"
#include "library/front_matter.h"
#include "support/schema_fixture.h"

struct library {
	struct arena arena;
	struct diag_list diags;
	struct snapshot snapshot;
	struct catalog catalog;
	bool ok;
};

static void open_library(struct library *library,
			 const struct memory_file *files, size_t count,
			 size_t threads)
{
	struct catalog_options options = { .snapshot = &library->snapshot,
					   .offset = 480,
					   .threads = threads };

	arena_init(&library->arena);
	options.schema = schema_fixture(&library->arena);
	diag_list_init(&library->diags, &library->arena);
	assert_true(snapshot_open_memory(&library->snapshot, files, count,
					 &library->arena, &library->diags));
	library->ok = catalog_read(&library->catalog, &options, &library->arena,
				   &library->diags);
}

static void close_library(struct library *library)
{
	snapshot_close(&library->snapshot);
	arena_release(&library->arena);
}

#define HEAD(title, date)                                                      \
	STR("---\ntitle: " title "\ntype: news\ndate: " date                   \
	    "\nsource: 市府\n---\n正文\n")

static const struct memory_file small[] = {
	{ "content/_defaults.yaml", STR("lang: zh-CN\nauthor: 甲\n") },
	{ "content/2024/_defaults.yaml", STR("author: 乙\n") },
	{ "content/jyj/xw/b.md", HEAD("乙", "2024-01-02 08:00") },
	{ "content/jyj/xw/a.md", HEAD("甲", "2024-01-02 08:00") },
	{ "content/jyj/zt/index.md", HEAD("丙", "2024-03-02") },
	{ "content/jyj/zt/a.png", STR("x") },
	{ "content/2024/x.md",
	  STR("---\ntitle: 丁\ntype: policy\ntopic: 综合政务\ndisclosure: "
	      "主动公开\ndate: 2023-01-02\nsource: 市府\n"
	      "issuer: 市府\ndoc_no: 示政发〔2024〕1号\nvalidity: 有效\n"
	      "written_on: 2023-01-01\npolicy_kind: 其他\nmajor: true\n"
	      "id: old/x\nslug: y\naliases: [/a/, /b/]\nweight: 7\n"
	      "keywords: [教育, 招生]\nrelations: {replaces: [p, q]}\n"
	      "archived_on: 2024-01-01\norigin: reprint\n"
	      "source_url: https://a.cn/\n---\n") },
	{ "content/jyj/README.md", STR("not a resource") },
	{ "content/jyj/_draft.md", STR("not a resource") },
	{ "content/jyj/.note.md", STR("not a resource") },
	{ "content/.notes/a.md", STR("not a resource") },
	{ "sites/jyj/a.md", STR("not a resource") },
};

static void test_small(void **state)
{
	struct library library;
	const struct catalog *catalog = &library.catalog;
	struct resource found;

	(void)state;
	open_library(&library, small, COUNT_OF(small), 1);
	assert_true(library.ok);
	assert_int_equal(library.diags.items.count, 0);
	assert_int_equal(catalog->count, 4);
	assert_int_equal(catalog->broken_count, 0);
	catalog_get(&found, catalog, catalog->by_date[0]);
	assert_int_equal(catalog->ranks[found.number], 0);
	assert_true(str_equal_c(found.id, "jyj/zt"));
	assert_true(str_equal_c(found.slug, "zt"));
	assert_true(str_equal_c(found.unit, "jyj"));
	assert_true(found.has_folder);
	assert_true(str_equal_c(found.author, "甲"));
	catalog_get(&found, catalog, catalog->by_date[1]);
	assert_true(str_equal_c(found.path, "content/jyj/xw/a.md"));
	assert_int_equal(catalog_find_path(catalog, STR("content/jyj/xw/b.md")),
			 catalog->by_date[2]);
	catalog_get(&found, catalog, catalog->by_date[2]);
	assert_true(str_equal_c(found.slug, "b"));
	assert_int_equal(found.status, STATUS_PUBLISHED);
	assert_true(str_equal(snapshot_path(&library.snapshot, found.file),
			      STR("content/jyj/xw/b.md")));
	assert_int_equal(catalog_find_id(catalog, STR("jyj/zt")),
			 catalog->by_date[0]);
	assert_int_equal(catalog_find_id(catalog, STR("jyj/zt/index")),
			 RESOURCE_NONE);
	assert_int_equal(catalog_find_id(catalog, STR("2024/x")),
			 RESOURCE_NONE);
	close_library(&library);
}

/* The text at `place` of packed texts. */
static str packed_text(str packed, size_t place)
{
	str text = STR("");

	for (size_t i = 0; i <= place; i++)
		assert_true(unpack_text(&text, &packed));
	return text;
}

static void test_fields(void **state)
{
	struct library library;
	struct resource found;
	uint32_t number;

	(void)state;
	open_library(&library, small, COUNT_OF(small), 1);
	number = catalog_find_id(&library.catalog, STR("old/x"));
	assert_int_not_equal(number, RESOURCE_NONE);
	catalog_get(&found, &library.catalog, number);
	assert_true(str_equal_c(found.id, "old/x"));
	assert_string_equal(catalog_type(&library.catalog, found.number)->name,
			    "policy");
	assert_int_equal(found.status, STATUS_ARCHIVED);
	assert_true(str_equal_c(found.slug, "y"));
	assert_true(str_equal_c(found.author, "乙"));
	assert_true(str_equal_c(found.lang, "zh-CN"));
	assert_true(str_equal_c(found.doc_no, "示政发〔2024〕1号"));
	assert_true(str_equal_c(found.replaces, "p"));
	assert_true(str_equal_c(packed_text(found.aliases, 1), "/b/"));
	assert_true(str_equal_c(packed_text(found.keywords, 0), "教育"));
	assert_true(str_equal_c(packed_text(found.keywords, 1), "招生"));
	assert_int_equal(found.audience.len, 0);
	assert_int_equal(found.weight, 7);
	assert_true(found.is_major && found.is_reprint);
	assert_true(found.archived_on.is_set);
	assert_int_equal(found.subtitle.len, 0);
	close_library(&library);
}

/* Page code reads the whole front matter again with what it inherits. */
static void test_read_again(void **state)
{
	struct library library;
	struct front_matter matter;
	const struct defaults *defaults;
	struct snapshot_reader *reader;
	struct source source;
	size_t file;

	(void)state;
	open_library(&library, small, COUNT_OF(small), 1);
	file = snapshot_find(&library.snapshot, STR("content/2024/x.md"));
	defaults = catalog_defaults(&library.catalog, STR("content/2024/x.md"));
	assert_true(str_equal_c(defaults->folder, "content/2024/"));
	assert_true(str_equal_c(defaults->parent->folder, "content/"));
	assert_null(defaults->parent->parent);
	assert_null(catalog_defaults(&library.catalog, STR("sites/a.md")));
	reader = snapshot_reader_open(&library.snapshot, &library.diags);
	assert_true(snapshot_read_text(&source, reader, file, &library.arena,
				       &library.diags));
	assert_true(front_matter_parse(&matter, &source,
				       &(struct front_matter_options){
					       .schema = library.catalog.schema,
					       .defaults = defaults,
					       .offset = 480 },
				       &library.arena, &library.diags));
	assert_true(str_equal_c(
		front_matter_value(&matter, STR("policy_kind"))->text, "其他"));
	snapshot_reader_close(reader);
	close_library(&library);
}

static size_t count_of(const struct library *library, const char *id)
{
	const struct diag *items = library->diags.items.items;
	size_t count = 0;

	for (size_t i = 0; i < library->diags.items.count; i++)
		count += str_equal_c(str_from_c(items[i].id), id);
	return count;
}

static const struct memory_file faulty[] = {
	{ "content/a.md", HEAD("甲", "2024-01-02") },
	{ "content/jyj/a.md", STR("---\nid: jyj/b\ntitle: 甲\ntype: news\n"
				  "date: 2024-01-02\nsource: 市府\n---\n") },
	{ "content/jyj/b.md", HEAD("乙", "2024-01-02") },
	{ "content/jyj/c d.md", HEAD("丙", "2024-01-02") },
	{ "content/jyj/e.md", STR("---\ntitle: x\n") },
	{ "content/jyj/f.md", STR("\xff\xfe") },
	{ "content/jyj/g.md", HEAD("庚", "2024-01-02") },
	{ "content/kj/_defaults.yaml", STR("sorce: x\n") },
	{ "content/kj/h.md", HEAD("辛", "2024-01-02") },
};

static void test_faulty(void **state)
{
	struct library library;
	const struct catalog *catalog = &library.catalog;

	(void)state;
	open_library(&library, faulty, COUNT_OF(faulty), 2);
	assert_true(library.ok);
	assert_int_equal(count_of(&library, "resource-place"), 1);
	assert_int_equal(count_of(&library, "resource-path"), 1);
	assert_int_equal(count_of(&library, "id-duplicate"), 1);
	assert_int_equal(count_of(&library, "front-matter-unclosed"), 1);
	assert_int_equal(count_of(&library, "field-unknown"), 1);
	assert_int_equal(catalog->count, 2);
	assert_int_equal(catalog->broken_count, 6);
	assert_true(
		str_equal(snapshot_path(&library.snapshot, catalog->files[0]),
			  STR("content/jyj/a.md")));
	assert_true(str_equal_c(
		snapshot_path(&library.snapshot, catalog->broken[1]),
		"content/jyj/b.md"));
	assert_int_equal(catalog->numbers[catalog->files[1]], 1);
	assert_int_equal(catalog->numbers[catalog->broken[1]], RESOURCE_NONE);
	close_library(&library);
}

/* Many files, some of them wrong. */
static struct memory_file *many_files(struct arena *arena, size_t count)
{
	struct memory_file *files = arena_array(arena, count, sizeof(*files));

	for (size_t i = 0; i < count; i++) {
		files[i].path =
			arena_printf(arena, "content/u%zu/%zu.md", i % 7, i)
				.data;
		files[i].data =
			arena_printf(arena,
				     "---\ntitle: 通知%zu\ntype: news\n"
				     "date: 2024-%02zu-%02zu\nsource: 单位%zu\n"
				     "keywords: [词%zu, 词]\n%s---\n",
				     i, i % 13 + 1, i % 28 + 1, i % 5, i % 50,
				     i % 100 == 0 ? "keyword: x\n" : "");
	}
	return files;
}

static void assert_same(const struct library *a, const struct library *b)
{
	const struct diag *left = a->diags.items.items;
	const struct diag *right = b->diags.items.items;

	assert_int_equal(a->catalog.count, b->catalog.count);
	assert_int_equal(a->catalog.broken_count, b->catalog.broken_count);
	for (size_t i = 0; i < a->catalog.count; i++) {
		assert_int_equal(a->catalog.files[i], b->catalog.files[i]);
		assert_true(
			str_equal(a->catalog.packed[i], b->catalog.packed[i]));
		assert_int_equal(a->catalog.by_date[i], b->catalog.by_date[i]);
	}
	assert_int_equal(a->diags.items.count, b->diags.items.count);
	for (size_t i = 0; i < a->diags.items.count; i++) {
		assert_int_equal(left[i].span.source, right[i].span.source);
		assert_true(str_equal(left[i].message, right[i].message));
	}
}

static void test_threads(void **state)
{
	enum { COUNT = 2000 };
	struct library one, eight;
	struct memory_file *files;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	files = many_files(&arena, COUNT);
	open_library(&one, files, COUNT, 1);
	open_library(&eight, files, COUNT, 8);
	assert_true(one.catalog.count > COUNT / 2);
	assert_true(one.diags.items.count > 0);
	diag_sort(&one.diags);
	diag_sort(&eight.diags);
	assert_same(&one, &eight);
	close_library(&one);
	close_library(&eight);
	arena_release(&arena);
}

static void test_empty(void **state)
{
	struct memory_file files[] = { { "sites/x.yaml", STR("a: b\n") } };
	struct library library;

	(void)state;
	open_library(&library, files, 1, 0);
	assert_true(library.ok);
	assert_int_equal(library.catalog.count, 0);
	close_library(&library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_read_again),
		cmocka_unit_test(test_faulty),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
