/* What of an access log is a text's address. */
#include "site/hits.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct site_hits hits;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){ 0 };
	arena_init(&fixture.arena);
	diag_list_init(&fixture.diags, &fixture.arena);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	return 0;
}

static bool read(struct fixture *fixture, str text)
{
	const struct source source = {
		.path = STR("sites/a/statistics/2026-05.json"), .text = text
	};

	return hits_read(&fixture->hits, &source, &fixture->arena,
			 &fixture->diags);
}

/* A report with these entries, each `{"hits": {"count": n}, "data": "…"}`. */
static void read_entries(struct fixture *fixture, const char *entries)
{
	assert_true(
		read(fixture, arena_printf(&fixture->arena,
					   "{\"requests\": {\"data\": [%s]}}",
					   entries)));
}

static void row(const struct fixture *fixture, size_t at, const char *column,
		int32_t month, const char *slug, uint64_t hits)
{
	const struct page_hits *item = &fixture->hits.items[at];

	assert_true(at < fixture->hits.count);
	assert_true(str_equal_c(item->column, column));
	assert_int_equal(item->month, month);
	assert_true(str_equal_c(item->slug, slug));
	assert_int_equal(item->hits, hits);
}

#define HIT(count, address)                                                    \
	"{\"hits\": {\"count\": " #count "}, \"data\": \"" address "\"}"

static void test_one_address(void **state)
{
	struct fixture *fixture = *state;

	read_entries(
		fixture,
		HIT(3, "/a/202601/x.html?q=1") "," HIT(
			4,
			"/a//./202601/"
			"%78.html") "," HIT(5, "\\/b\\/c\\/202602\\/y.html"));
	assert_int_equal(fixture->hits.count, 2);
	row(fixture, 0, "a", 202601, "x", 7);
	row(fixture, 1, "b/c", 202602, "y", 5);
}

/* Equal figures stand in the order of the addresses. */
static void test_order(void **state)
{
	struct fixture *fixture = *state;

	read_entries(
		fixture,
		HIT(1, "/b/202601/x.html") "," HIT(
			1, "/a/202601/x.html") "," HIT(0, "/a/202601/a.html"));
	row(fixture, 0, "a", 202601, "x", 1);
	row(fixture, 1, "b", 202601, "x", 1);
	row(fixture, 2, "a", 202601, "a", 0);
}

static void test_no_texts(void **state)
{
	static const char *const addresses[] = {
		"",
		"/",
		"*",
		"//",
		"?",
		"/?",
		"/a/",
		"/a/index.html",
		"/202601/x.html",
		"/a/2026010/x.html",
		"/a/20260x/x.html",
		"/a/202601/.html",
		"/a/202601/x.htm",
		"/a/202601/x/y.html",
		"a/202601/x.html",
		"https://www.example.cn/a/202601/x.html",
		"/../../202601/x.html",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(addresses); i++) {
		read_entries(fixture, arena_printf(&fixture->arena,
						   "{\"hits\": {\"count\": 1}, "
						   "\"data\": \"%s\"}%c",
						   addresses[i], '\0')
					      .data);
		if (fixture->hits.count > 0)
			fail_msg("%s", addresses[i]);
	}
	assert_int_equal(fixture->diags.count, 0);
}

/* The first of very many; nothing of the others is kept. */
static void test_many(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;

	buf_init(&text, &fixture->arena);
	buf_add_c(&text, "{\"requests\": {\"data\": [");
	for (int i = 0; i < 1000; i++)
		buf_printf(&text,
			   "%s{\"hits\": {\"count\": %d}, \"data\": "
			   "\"/a/202601/%d.html\"}",
			   i > 0 ? "," : "", i, i);
	buf_add_c(&text, "]}}");
	assert_true(read(fixture, buf_str(&text)));
	assert_int_equal(fixture->hits.count, HITS_KEPT);
	row(fixture, 0, "a", 202601, "999", 999);
	row(fixture, HITS_KEPT - 1, "a", 202601, "800", 800);
}

static void test_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"{",
		"[]",
		"null",
		"{} {}",
		"{\"requests\": []}",
		"{\"requests\": {\"data\": {}}}",
		"{\"requests\": {\"data\": [" HIT(99999999999999999999,
						  "/a") "]}}",
		"]]]]",
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
		"\"{\\",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		assert_false(read(fixture, str_from_c(texts[i])));
		assert_int_equal(fixture->diags.error_count, i + 1);
		assert_int_equal(fixture->hits.count, 0);
	}
}

static void test_paths(void **state)
{
	(void)state;
	assert_true(hits_has_path(STR("sites/a/statistics/2026-05.json")));
	assert_false(hits_has_path(STR("sites/a/statistics/2026.yaml")));
	assert_false(hits_has_path(STR("sites/a/statistics/b/2026-05.json")));
	assert_false(hits_has_path(STR("sites/a/2026-05.json")));
	assert_false(hits_has_path(STR("content/a/statistics/2026-05.json")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_one_address, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_texts, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_many, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_refused, set_up,
						tear_down),
		cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
