/* What stands where, and since when, as of a date. */
#include "site/arrange.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/city.h"

#define NEWS(more)                                                             \
	STR("---\ntitle: 新\ntype: news\nsource: 市府\n" more "---\n正文\n")
#define ONE(path, more)                                                        \
	{                                                                      \
		path, NEWS(more)                                               \
	}

/* One more resource of jyj, as of a moment. */
static void open_with(struct city *city, const char *as_of, str text)
{
	struct memory_file edit = { "content/jyj/x.md", text };

	city_open(city, as_of, &edit, 1);
	assert_true(city->cluster_ok);
}

static void assert_visibility(const char *as_of, str text,
			      enum visibility expected)
{
	struct city city;

	open_with(&city, as_of, text);
	assert_int_equal(city_placement(&city, "jyj/x")->visibility, expected);
	city_close(&city);
}

static void test_lists(void **state)
{
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	city_list(&city, "jyj", "xw", "n3 n2 n1");
	city_list(&city, "jyj", "gk", "");
	city_list(&city, "jyj", "gk/zc", "p1");
	city_list(&city, "www", "yw", "a1 n3 n2 n1 a2");
	city_list(&city, "www", "tz", "");
	city_says(&city, "");
	city_close(&city);
}

static void test_published_once_by_its_owner(void **state)
{
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", NULL, 0);
	assert_ptr_equal(city_placement(&city, "jyj/n1")->site,
			 city_site(&city, "jyj"));
	assert_ptr_equal(city_placement(&city, "jyj/n1")->column,
			 city_column(&city, "jyj", "xw"));
	assert_ptr_equal(city_placement(&city, "szf/a1")->column,
			 city_column(&city, "www", "yw"));
	city_close(&city);
}

static void test_moment_of_publishing(void **state)
{
	str text = NEWS("date: 2024-03-02 08:00\n");

	(void)state;
	assert_visibility("2024-03-02 07:59", text, VISIBLE_NOT);
	assert_visibility("2024-03-02 08:00", text, VISIBLE_LIVE);
	assert_visibility("2024-03-02 00:00Z", text, VISIBLE_LIVE);
	assert_visibility("2024-03-01 23:59Z", text, VISIBLE_NOT);
	text = NEWS("date: 2024-03-02\npublish_at: 2024-03-03 10:00\n");
	assert_visibility("2024-03-03 09:59:59", text, VISIBLE_NOT);
	assert_visibility("2024-03-03 10:00", text, VISIBLE_LIVE);
	text = NEWS("date: 2024-03-02\nexpires_on: 2024-03-05\n");
	assert_visibility("2024-03-05 23:59:59", text, VISIBLE_LIVE);
	assert_visibility("2024-03-06 00:00", text, VISIBLE_GONE);
	assert_visibility("2024-03-05 16:00Z", text, VISIBLE_GONE);
	text = NEWS("date: 2024-03-02\nexpires_on: 2024-03-05 17:30\n");
	assert_visibility("2024-03-05 17:29", text, VISIBLE_LIVE);
	assert_visibility("2024-03-05 17:30", text, VISIBLE_GONE);
	text = NEWS("date: 2024-03-02\narchived_on: 2024-03-05\n");
	assert_visibility("2024-03-04 23:59", text, VISIBLE_LIVE);
	assert_visibility("2024-03-05 00:00", text, VISIBLE_ARCHIVED);
}

static void test_states(void **state)
{
	(void)state;
	assert_visibility("2024-06-01",
			  NEWS("date: 2024-03-02\nstatus: draft\n"),
			  VISIBLE_NOT);
	assert_visibility("2024-06-01",
			  NEWS("date: 2024-03-02\nstatus: in_review\n"),
			  VISIBLE_NOT);
	assert_visibility("2024-06-01",
			  NEWS("date: 2024-03-02\nstatus: withdrawn\n"),
			  VISIBLE_GONE);
	assert_visibility("2024-06-01",
			  NEWS("date: 2024-03-02\nstatus: archived\n"
			       "archived_on: 2024-03-05\n"),
			  VISIBLE_ARCHIVED);
}

#define POLICY(lines)                                                            \
	STR("---\ntitle: 政策\ntype: policy\ndisclosure: 主动公开\ndate: " \
	    "2024-01-05\n"                                                       \
	    "source: 市府\nissuer: 市府\ndoc_no: 示政发〔2024〕2号\n"  \
	    "validity: 有效\nwritten_on: 2024-01-01\n"                         \
	    "policy_kind: 其他\nmajor: false\n"                                \
	    "topic: '科技、教育\\教育'\n" lines "---\n正文\n")

/* Its validity ends; the document stays, unless it is taken down as well. */
static void test_end_of_a_policy(void **state)
{
	(void)state;
	assert_visibility("2024-06-01", POLICY("valid_until: 2024-02-01\n"),
			  VISIBLE_LIVE);
	assert_visibility("2024-06-01", POLICY("expires_on: 2024-02-01\n"),
			  VISIBLE_GONE);
}

static void test_archived_resource(void **state)
{
	struct city city;
	const struct placement *placement;

	(void)state;
	open_with(&city, "2024-06-01",
		  NEWS("date: 2024-03-02\narchived_on: 2024-03-05\n"));
	placement = city_placement(&city, "jyj/x");
	city_list(&city, "jyj", "xw", "n3 n2 n1");
	city_archived(&city, "jyj", "xw", "x");
	city_list(&city, "www", "yw", "a1 n3 n2 n1 a2");
	city_archived(&city, "www", "yw", "");
	assert_int_equal(moment_date(placement->archived_since).day, 5);
	assert_ptr_equal(placement->column, city_column(&city, "jyj", "xw"));
	city_close(&city);
}

/* Withdrawn: it keeps its address, for a 410, and stands in no list. */
static void test_gone_resource(void **state)
{
	struct city city;

	(void)state;
	open_with(&city, "2024-06-01",
		  NEWS("date: 2024-03-02\nstatus: withdrawn\n"));
	city_list(&city, "jyj", "xw", "n3 n2 n1");
	city_archived(&city, "jyj", "xw", "");
	assert_ptr_equal(city_placement(&city, "jyj/x")->column,
			 city_column(&city, "jyj", "xw"));
	city_close(&city);
}

static void test_invisible_is_no_orphan(void **state)
{
	struct memory_file edit =
		ONE("content/nobody/x.md", "date: 2024-03-02\nstatus: draft\n");
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", &edit, 1);
	city_says(&city, "");
	assert_null(city_placement(&city, "nobody/x")->column);
	city_close(&city);
}

static void test_orphans(void **state)
{
	static const struct memory_file edits[] = {
		ONE("content/nobody/x.md", "date: 2024-03-02\n"),
		{ "content/szf/p.md",
		  STR("---\ntitle: 政策\ntype: policy\ndisclosure: "
		      "主动公开\ndate: 2024-01-05\n"
		      "source: 市府\nissuer: 市府\ndoc_no: 示政发〔2024〕2号\n"
		      "validity: 有效\nwritten_on: 2024-01-01\n"
		      "policy_kind: 其他\nmajor: false\n"
		      "topic: '科技、教育\\教育'\n---\n正文\n") },
		ONE("content/gone/x.md", "date: 2024-03-02\n"),
	};
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", edits, COUNT_OF(edits));
	/* the closed site is a notice; nobody expects its pages */
	city_says(&city, "resource-no-owner resource-orphan");
	assert_int_equal(city.diags.error_count, 0);
	city_close(&city);
}

/* "a-b" stands before "a/" in the order of paths. */
static void test_units_with_common_beginnings(void **state)
{
	static const struct memory_file edits[] = {
		ONE("content/jyj-b/x.md", "date: 2024-03-02\n"),
		ONE("content/jyj0/x.md", "date: 2024-03-02\nid: jyj0/y\n"),
		ONE("content/jyj/-z.md", "date: 2024-03-02\nid: jyj/z\n"),
	};
	struct city city;

	(void)state;
	city_open(&city, "2024-06-01", edits, COUNT_OF(edits));
	city_list(&city, "jyj", "xw", "z n3 n2 n1");
	city_says(&city, "resource-no-owner resource-no-owner");
	city_close(&city);
}

/* A second site, written anew for one test. */
#define SITE(more, columns)                                                    \
	STR("kind: department\nname: 市教育局\ndomain: jyj.example.cn\n"   \
	    "identity_code: \"6199000002\"\nsponsor: 办公室\n"              \
	    "phone: \"1\"\nicp: 示1号\npolice_record: 示2号\n"             \
	    "description: 网站\n" more "columns:\n" columns)
#define COLUMN(id, more)                                                       \
	"  - id: " id "\n    name: " id                                        \
	"\n    class: news\n    description: 栏目\n    keywords: [栏目]\n" \
	"    owner_unit: 办公室\n    editors: {a: 甲, b: 乙}\n" more
#define CHILD(id, more)                                                        \
	"      - id: " id "\n        name: " id                                \
	"\n        class: news\n        description: 栏目\n"                 \
	"        keywords: [栏目]\n        owner_unit: 办公室\n"          \
	"        editors: {a: 甲, b: 乙}\n" more

static void open_site(struct city *city, const char *as_of, str site)
{
	struct memory_file edit = { "sites/jyj/site.yaml", site };

	city_open(city, as_of, &edit, 1);
	assert_true(city->cluster_ok);
}

static void test_first_column_in_tree_order(void **state)
{
	struct city city;

	(void)state;
	open_site(&city, "2024-06-01",
		  SITE("", COLUMN("a", "    columns:\n" CHILD(
					       "b", "        select: "
						    "{since: 2024-01-03}\n"))
				   COLUMN("c", "    select: {unit: jyj}\n")));
	assert_ptr_equal(city_placement(&city, "jyj/n3")->column,
			 city_column(&city, "jyj", "a/b"));
	assert_ptr_equal(city_placement(&city, "jyj/n1")->column,
			 city_column(&city, "jyj", "c"));
	city_list(&city, "jyj", "a/b", "p1 a1 n3");
	city_list(&city, "jyj", "c", "p1 n3 n2 n1");
	/* what another site owns is listed, not published, here */
	assert_ptr_equal(city_placement(&city, "szf/a1")->site,
			 city_site(&city, "www"));
	city_close(&city);
}

/* A unit that is named twice is looked at once. */
static void test_unit_named_twice(void **state)
{
	struct city city;

	(void)state;
	open_site(&city, "2024-06-01",
		  SITE("", COLUMN("a", "    select: {unit: [jyj, szf, jyj, "
				       "jyj, jyj, jyj]}\n")));
	city_list(&city, "jyj", "a", "p1 a1 n3 n2 n1 a2");
	city_close(&city);
}

static void test_limit(void **state)
{
	struct city city;

	(void)state;
	open_site(&city, "2024-06-01",
		  SITE("", COLUMN("a", "    select: {unit: jyj, type: news, "
				       "limit: 2}\n")
				   COLUMN("b", "    select: {unit: jyj}\n")));
	city_list(&city, "jyj", "a", "n3 n2");
	city_list(&city, "jyj", "b", "p1 n3 n2 n1");
	assert_ptr_equal(city_placement(&city, "jyj/n1")->column,
			 city_column(&city, "jyj", "a"));
	city_close(&city);
}

static void test_sort_orders(void **state)
{
	struct city city;

	(void)state;
	open_site(&city, "2024-06-01",
		  SITE("", COLUMN("a", "    select: {sort: oldest}\n")
				   COLUMN("b", "    select: {sort: title}\n")
					   COLUMN("c", "    select: "
						       "{sort: order}\n")));
	city_list(&city, "jyj", "a", "a2 n1 n2 n3 a1 p1");
	/* by the bytes of 一 三 二 市一 市二 政策 */
	city_list(&city, "jyj", "b", "n1 n3 n2 a1 a2 p1");
	/* none has a weight: newest first */
	city_list(&city, "jyj", "c", "p1 a1 n3 n2 n1 a2");
	city_close(&city);
}

static int archived_day(struct city *city, const char *id)
{
	return moment_date(city_placement(city, id)->archived_since).day;
}

static void test_archived_column(void **state)
{
	str site = SITE(
		"", COLUMN("a", "    archived_on: 2024-03-05\n"
				"    columns:\n" CHILD("b", "        select: "
							    "{unit: jyj}\n")));
	struct city city;

	(void)state;
	open_site(&city, "2024-03-04 23:59", site);
	assert_false(city_column(&city, "jyj", "a/b")->is_archived);
	assert_int_equal(city_placement(&city, "jyj/n1")->visibility,
			 VISIBLE_LIVE);
	city_close(&city);

	open_site(&city, "2024-03-05", site);
	assert_true(city_column(&city, "jyj", "a")->is_archived);
	assert_true(city_column(&city, "jyj", "a/b")->is_archived);
	assert_int_equal(city_placement(&city, "jyj/n1")->visibility,
			 VISIBLE_ARCHIVED);
	assert_int_equal(archived_day(&city, "jyj/n1"), 5);
	/* its own list stays; lists of live columns drop what is in it */
	city_list(&city, "jyj", "a/b", "p1 n3 n2 n1");
	city_list(&city, "www", "yw", "a1 a2");
	city_close(&city);
}

/* What others published later does not come to stand in it. */
static void test_archived_column_of_others(void **state)
{
	struct city city;

	(void)state;
	open_site(&city, "2024-06-01",
		  SITE("", COLUMN("a", "    archived_on: 2024-01-03\n"
				       "    select: {unit: szf}\n")));
	city_list(&city, "jyj", "a", "a2");
	city_list(&city, "www", "yw", "a1 a2");
	city_close(&city);
	open_site(&city, "2024-06-01",
		  SITE("", COLUMN("a", "    archived_on: 2024-01-04\n"
				       "    select: {unit: szf}\n")));
	city_list(&city, "jyj", "a", "a1 a2");
	city_close(&city);
}

/* The day a column was archived does not move when its parent follows. */
static void test_archived_before_its_parent(void **state)
{
	struct city city;

	(void)state;
	open_site(&city, "2024-06-01",
		  SITE("", COLUMN("a", "    archived_on: 2024-03-05\n"
				       "    columns:\n" CHILD(
					       "b", "        archived_on: "
						    "2024-02-03\n"
						    "        select: "
						    "{unit: jyj}\n"))));
	assert_int_equal(archived_day(&city, "jyj/n1"), 3);
	city_close(&city);
	open_site(&city, "2024-06-01",
		  SITE("state: archived\narchived_on: 2024-05-06\n",
		       COLUMN("a", "    archived_on: 2024-03-05\n"
				   "    select: {unit: jyj}\n")));
	assert_int_equal(archived_day(&city, "jyj/n1"), 5);
	city_close(&city);
}

static void test_archived_site(void **state)
{
	struct city city;

	(void)state;
	open_site(&city, "2024-06-01",
		  SITE("state: archived\narchived_on: 2024-05-06\n",
		       COLUMN("a", "    select: {unit: jyj}\n")));
	assert_true(city_column(&city, "jyj", "a")->is_archived);
	assert_int_equal(archived_day(&city, "jyj/n1"), 6);
	city_list(&city, "jyj", "a", "p1 n3 n2 n1");
	city_close(&city);
}

/* --- what it costs --- */

enum { GROWTH_COLUMNS = 60, GROWTH_NEWS = 300 };

#define COLUMN_HEAD                                                            \
	"kind: portal\nname: 市政府\ndomain: www.example.cn\n"              \
	"identity_code: \"6199000001\"\nsponsor: 办公室\nphone: \"1\"\n"    \
	"icp: 示1号\npolice_record: 示2号\ndescription: 网站\n"          \
	"units: [szf]\ncolumns:\n"

static str portal_of(size_t columns, const char *select, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	buf_add_c(&text, COLUMN_HEAD);
	for (size_t i = 0; i < columns; i++)
		buf_printf(&text,
			   "  - id: c%02zu\n    name: 栏目%zu\n"
			   "    class: news\n    description: 栏目\n"
			   "    keywords: [栏目]\n    owner_unit: 办公室\n"
			   "    editors: {a: 甲, b: 乙}\n    select: {%s}\n",
			   i, i, select);
	return buf_str(&text);
}

/* One in a hundred is of the keyword, topic, audience and folder asked for. */
static str news_of(size_t number, struct arena *arena)
{
	bool is_rare = number % 100 == 7;

	return arena_printf(arena,
			    "---\ntitle: 新\ntype: %s\ndate: 2024-03-02\n"
			    "source: 市府\nkeywords: [%s, 常见]\n"
			    "topic: '%s'\naudience: [%s]\n---\n正文\n",
			    is_rare ? "profile" : "news",
			    is_rare ? "罕见, 罕见, 少见" : "普通",
			    is_rare ? "甲\\乙\\丙" : "丁",
			    is_rare ? "法人" : "自然人");
}

/* How many resources were looked at, and how many the last column has. */
static size_t looked_at(size_t columns, const char *select, size_t *listed)
{
	static struct memory_file files[GROWTH_NEWS + 1];
	struct arena arena;
	struct city city;
	size_t count;

	arena_init(&arena);
	files[0].path = "sites/www/site.yaml";
	files[0].data = portal_of(columns, select, &arena);
	for (size_t i = 0; i < GROWTH_NEWS; i++) {
		files[i + 1].path =
			arena_printf(&arena, "content/szf/%s/k%03zu.md%c",
				     i % 100 == 7 ? "a/b" : "z", i, '\0')
				.data;
		files[i + 1].data = news_of(i, &arena);
	}
	city_open(&city, "2024-06-01", files, COUNT_OF(files));
	assert_true(city.cluster_ok);
	*listed = city_column(&city, "www", "c00")->list.live_count;
	count = city.arrangement.looked_at;
	city_close(&city);
	arena_release(&arena);
	return count;
}

/*
 * Nothing is columns times resources: a column more looks at what it may show,
 * once for what it lists and once for what it publishes.
 */
static void test_growth(void **state)
{
	static const char *const selects[] = {
		"keyword: 罕见",
		"keyword: [罕见, 少见, 没有]",
		"topic: 甲",
		"topic: '甲\\乙'",
		"audience: 法人",
		"type: profile",
		"in: szf/a",
		"unit: szf, keyword: 罕见",
		"type: news, keyword: 罕见, exclude: jyj",
	};
	size_t listed;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(selects); i++) {
		size_t one = looked_at(1, selects[i], &listed);
		size_t many = looked_at(GROWTH_COLUMNS, selects[i], &listed);

		if (i < COUNT_OF(selects) - 1)
			assert_int_equal(listed, 3);
		if (many - one > (GROWTH_COLUMNS - 1) * 2 * 3)
			fail_msg("%s: %zu looked at, %zu with one column",
				 selects[i], many, one);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_published_once_by_its_owner),
		cmocka_unit_test(test_moment_of_publishing),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_end_of_a_policy),
		cmocka_unit_test(test_archived_resource),
		cmocka_unit_test(test_gone_resource),
		cmocka_unit_test(test_invisible_is_no_orphan),
		cmocka_unit_test(test_orphans),
		cmocka_unit_test(test_units_with_common_beginnings),
		cmocka_unit_test(test_first_column_in_tree_order),
		cmocka_unit_test(test_unit_named_twice),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_sort_orders),
		cmocka_unit_test(test_archived_column),
		cmocka_unit_test(test_archived_column_of_others),
		cmocka_unit_test(test_archived_before_its_parent),
		cmocka_unit_test(test_archived_site),
		cmocka_unit_test(test_growth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
