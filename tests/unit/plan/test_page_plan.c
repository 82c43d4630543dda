/* Which pages there are, and at which addresses. */
#include "plan/page_plan.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/permalink.h"
#include "support/city.h"

#define NEWS(title, more)                                                      \
	STR("---\ntitle: " title "\ntype: news\nsource: 市府\n" more           \
	    "---\n正文\n")

static void test_number_of_list_pages(void **state)
{
	(void)state;
	assert_int_equal(list_page_count(0, 20), 0);
	assert_int_equal(list_page_count(39, 20), 0);
	assert_int_equal(list_page_count(40, 20), 1);
	assert_int_equal(list_page_count(59, 20), 1);
	assert_int_equal(list_page_count(60, 20), 2);
}

/* index.html has one to two pages' worth; the rest are full, none is lost. */
static void test_rows_of_list_pages(void **state)
{
	struct city city;
	const struct page *index, *first;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	city_plan(&city);
	index = city_page(&city, "www", "yw/index.html");
	first = city_page(&city, "www", "yw/list-1.html");
	assert_int_equal(index->first, 0);
	assert_int_equal(index->count, 3);
	assert_int_equal(first->first, 3);
	assert_int_equal(first->count, 2);
	assert_null(site_plan_find(
		&city.plan.sites[city_site(&city, "www")->number],
		STR("yw/list-2.html")));
	city_close(&city);
}

/* With one more, the older pages show the same rows at the same addresses. */
static void test_list_pages_stay(void **state)
{
	static const struct memory_file more[] = {
		{ "content/szf/b1.md", NEWS("新一", "date: 2024-02-01\n") },
		{ "content/szf/b2.md", NEWS("新二", "date: 2024-02-02\n") },
	};
	struct city city;

	(void)state;
	for (size_t count = 0; count <= COUNT_OF(more); count++) {
		const struct column *column;
		const struct page *page;

		city_open(&city, "2024-06-01", more, count);
		city_plan(&city);
		column = city_column(&city, "www", "yw");
		page = city_page(&city, "www", "yw/list-1.html");
		assert_string_equal(city_names(&city,
					       column->list.live + page->first,
					       page->count)
					    .data,
				    "n1 a2");
		city_close(&city);
	}
}

static void test_pages_are_sorted(void **state)
{
	struct city city;
	size_t all = 0;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	city_plan(&city);
	for (size_t i = 0; i < city.plan.count; i++) {
		const struct site_plan *site = &city.plan.sites[i];

		for (size_t j = 1; j < site->count; j++)
			assert_true(str_compare(site->pages[j - 1].path,
						site->pages[j].path) < 0);
		for (size_t j = 0; j < site->count; j++)
			assert_ptr_equal(
				site_plan_find(site, site->pages[j].path),
				&site->pages[j]);
		all += site->count;
	}
	assert_int_equal(all, city.plan.page_count);
	city_close(&city);
}

static void test_closed_site(void **state)
{
	struct city city;
	const struct site_plan *site;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	city_plan(&city);
	site = &city.plan.sites[city_site(&city, "gone")->number];
	assert_int_equal(city_page(&city, "gone", "index.html")->kind,
			 PAGE_NOTICE);
	for (size_t i = 0; i < site->count; i++)
		assert_true(site->pages[i].kind == PAGE_NOTICE ||
			    site->pages[i].kind == PAGE_NOT_FOUND ||
			    site->pages[i].kind == PAGE_ROBOTS ||
			    site->pages[i].kind == PAGE_ASSET);
	city_close(&city);
}

static void test_attachments(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/f/index.md", NEWS("夹", "date: 2024-02-01\n") },
		{ "content/jyj/f/表.pdf", STR("%PDF") },
		{ "content/jyj/f/_note.txt", STR("x") },
		{ "content/jyj/f/deeper/x.pdf", STR("x") },
	};
	struct city city;
	const struct site_plan *site;
	size_t count = 0;

	(void)state;
	city_open(&city, "2024-06-01", files, COUNT_OF(files));
	city_plan(&city);
	assert_int_equal(city_page(&city, "jyj", "xw/202402/f/表.pdf")->kind,
			 PAGE_ATTACHMENT);
	site = &city.plan.sites[city_site(&city, "jyj")->number];
	for (size_t i = 0; i < site->count; i++)
		count += site->pages[i].kind == PAGE_ATTACHMENT;
	assert_int_equal(count, 1);
	assert_int_equal(
		page_plan_file_owner(&city.plan, STR("content/jyj/f/表.pdf")),
		city_resource(&city, "jyj/f")->number);
	assert_int_equal(
		page_plan_file_owner(&city.plan, STR("content/jyj/x.pdf")),
		RESOURCE_NONE);
	assert_int_equal(page_plan_file_owner(&city.plan, STR("x.pdf")),
			 RESOURCE_NONE);
	city_close(&city);
}

static void test_same_address(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/other.md",
		  NEWS("又", "date: 2024-01-20\nslug: n1\n") },
	};
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", files, COUNT_OF(files));
	city_plan(&city);
	city_says(&city, "address-twice");
	assert_int_equal(city.plan.losers.count, 1);
	assert_int_equal(*(const uint32_t *)city.plan.losers.items,
			 city_resource(&city, "jyj/other")->number);
	city_close(&city);
}

static void test_alias_of_a_page(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/other.md",
		  NEWS("又", "date: 2024-01-20\n"
			     "aliases: [/old/, /xw/202401/n1.html]\n") },
	};
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", files, COUNT_OF(files));
	city_plan(&city);
	city_says(&city, "alias-taken");
	city_close(&city);
}

/* So many articles of one folder, all with the bytes of jyj/n1. */
static void repeat_resource(struct city *city, size_t count)
{
	uint32_t n1 = city_resource(city, "jyj/n1")->number;
	str *packed = arena_array(&city->arena, count, sizeof(*packed));
	uint32_t *files = arena_array(&city->arena, count, sizeof(*files));
	uint32_t *ranks = arena_array(&city->arena, count, sizeof(*ranks));
	uint32_t *ends = arena_array(&city->arena, count, sizeof(*ends));
	struct stored_placement *places =
		arena_array(&city->arena, count, sizeof(*places));
	struct buf paths;

	buf_init(&paths, &city->arena);
	for (uint32_t i = 0; i < count; i++) {
		packed[i] = city->catalog.packed[n1];
		places[i] = city->arrangement.places[n1];
		files[i] = ranks[i] = i;
		buf_printf(&paths, "content/jyj/s%05u.md", i);
		ends[i] = (uint32_t)paths.len;
	}
	city->snapshot.path_bytes = paths.data;
	city->snapshot.path_size = paths.len;
	city->snapshot.path_ends = ends;
	city->snapshot.count = count;
	city->snapshot.blob_ids = arena_array(&city->arena, count,
					      sizeof(*city->snapshot.blob_ids));
	city->history =
		arena_array(&city->arena, count, sizeof(*city->history));
	city->catalog.packed = packed;
	city->catalog.files = city->catalog.numbers = files;
	city->catalog.by_date = city->catalog.ranks = ranks;
	city->catalog.types = arena_array(&city->arena, count, 1);
	city->catalog.count = count;
	city->arrangement.places = places;
}

/* 50,001 articles of one year: two parts (sitemaps.org protocol). */
static void test_large_sitemap(void **state)
{
	enum { COUNT = 50001 };
	struct city city;
	const struct page *first, *second;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	city_column(&city, "jyj", "xw")->list.live_count = 0;
	city_column(&city, "jyj", "gk/zc")->list.live_count = 0;
	city_column(&city, "www", "yw")->list.live_count = 0;
	repeat_resource(&city, COUNT);
	city_plan(&city);
	first = city_page(&city, "jyj", "sitemap/xw.2024.xml");
	second = city_page(&city, "jyj", "sitemap/xw.2024.2.xml");
	assert_int_equal(first->count, 50000);
	assert_int_equal(second->first, 50000);
	assert_int_equal(second->count, 1);
	city_close(&city);
}

static void test_permalinks(void **state)
{
	struct city city;
	const struct column *column;
	const struct site *jyj, *www;
	str path = STR("xw/202401/一 b.html");

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	column = city_column(&city, "jyj", "gk/zc");
	jyj = city_site(&city, "jyj");
	www = city_site(&city, "www");
	assert_true(str_equal_c(permalink_path(city_resource(&city, "jyj/p1"),
					       column, &city.arena),
				"gk/zc/202401/p1.html"));
	assert_true(str_equal_c(permalink_folder(city_resource(&city, "jyj/p1"),
						 column, &city.arena),
				"gk/zc/202401/p1/"));
	assert_true(str_equal_c(permalink_column_path(column, &city.arena),
				"gk/zc/index.html"));
	assert_true(str_equal_c(permalink_address(path, &city.arena),
				"/xw/202401/%E4%B8%80%20b.html"));
	assert_true(str_equal_c(
		permalink_address(STR("gk/index.html"), &city.arena), "/gk/"));
	assert_true(str_equal_c(
		permalink_address(STR("index.html"), &city.arena), "/"));
	assert_true(
		str_equal_c(permalink_address(STR("xindex.html"), &city.arena),
			    "/xindex.html"));
	assert_true(str_equal_c(
		permalink_from(www, jyj, STR("gk/index.html"), &city.arena),
		"https://jyj.example.cn/gk/"));
	assert_true(str_equal_c(
		permalink_from(jyj, jyj, STR("gk/index.html"), &city.arena),
		"/gk/"));
	city_close(&city);
}

/* A row says either where its one page is, or what adds its pages. */
static void each_kind_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAGE_KIND_COUNT; i++) {
		const struct page_kind_row *row = &page_kinds[i];

		assert_non_null(row->name);
		assert_true(row->sites != 0);
		assert_true((row->path == NULL) != (row->source == NULL));
		assert_true((row->recall == NULL) == (row->shows == NULL));
		assert_true(row->proofs < 1 << COLUMN_SET_COUNT);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(row->name, page_kinds[k].name);
	}
}

/*
 * What has no template is a copy, or is made from lists alone; shards of the
 * search index are made from other files.
 */
static void each_kind_depends_on_something(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAGE_KIND_COUNT; i++) {
		const struct page_kind_row *row = &page_kinds[i];

		assert_true(i == PAGE_SEARCH_SHARD || row->site != NULL ||
			    row->subject != NULL);
		assert_true(row->template_name == NULL || row->site != NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_whole),
		cmocka_unit_test(each_kind_depends_on_something),
		cmocka_unit_test(test_number_of_list_pages),
		cmocka_unit_test(test_rows_of_list_pages),
		cmocka_unit_test(test_list_pages_stay),
		cmocka_unit_test(test_pages_are_sorted),
		cmocka_unit_test(test_closed_site),
		cmocka_unit_test(test_attachments),
		cmocka_unit_test(test_same_address),
		cmocka_unit_test(test_alias_of_a_page),
		cmocka_unit_test(test_large_sitemap),
		cmocka_unit_test(test_permalinks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
