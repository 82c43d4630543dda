/* What a column selects, and in which order. */
#include "site/column_query.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pack.h"
#include "markup/yaml.h"
#include "support/schema_fixture.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct column_query query;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	return 0;
}

static bool read(struct fixture *fixture, const char *text)
{
	struct source source = { 0, STR("sites/x/site.yaml"),
				 str_from_c(text) };
	struct settings_reader reader = { schema_fixture(&fixture->arena),
					  480,
					  &fixture->arena,
					  &fixture->diags,
					  NULL,
					  NULL };
	struct yaml_node root;

	diag_list_init(&fixture->diags, &fixture->arena);
	assert_true(yaml_parse(&root, &source, 0, source.text.len, 65536,
			       &fixture->arena, &fixture->diags));
	return column_query_read(&fixture->query, &root, &reader);
}

static str packed(struct fixture *fixture, const char *one, const char *two)
{
	struct buf bytes;

	buf_init(&bytes, &fixture->arena);
	pack_text(&bytes, str_from_c(one));
	if (two != NULL)
		pack_text(&bytes, str_from_c(two));
	return buf_str(&bytes);
}

static struct resource example(struct fixture *fixture)
{
	struct resource resource = {
		.type = schema_fixture_type("policy"),
		.unit = STR("jyj"),
		.path = STR("content/jyj/x.md"),
		.title = STR("x"),
		.topic = STR("综合政务\\政务公开"),
		.keywords = packed(fixture, "a", "b"),
		.audience = packed(fixture, "法人", NULL),
	};

	assert_true(moment_parse(&resource.date, STR("2024-03-05 10:00"), 480));
	return resource;
}

static const struct {
	const char *select;
	bool matches;
} selections[] = {
	{ "{}", true },
	{ "{type: policy}", true },
	{ "{type: [news, policy]}", true },
	{ "{type: news}", false },
	{ "{topic: 综合政务}", true },
	{ "{topic: '综合政务\\政务公开'}", true },
	{ "{topic: 综合}", false },
	{ "{topic: '综合政务\\政务公开\\其他'}", false },
	{ "{topic: [科技, 综合政务]}", true },
	{ "{keyword: b}", true },
	{ "{keyword: [x, a]}", true },
	{ "{keyword: ab}", false },
	{ "{audience: 法人}", true },
	{ "{audience: 自然人}", false },
	{ "{since: 2024-03-05}", true },
	{ "{since: 2024-03-06}", false },
	{ "{until: 2024-03-05}", true },
	{ "{until: 2024-03-04}", false },
	{ "{since: 2024-03-05, until: 2024-03-05, type: policy}", true },
	{ "{keyword: a, type: news}", false },
	{ "{in: jyj}", true },
	{ "{in: jy}", false },
	{ "{in: [szf, jyj]}", true },
	{ "{in: jyj/x}", false },
	{ "{in: jyj/x.md}", false },
	{ "{in: jyj, type: news}", false },
	{ "{exclude: {keyword: a}}", false },
	{ "{exclude: {keyword: c}}", true },
	{ "{exclude: {keyword: a, type: news}}", true },
	{ "{exclude: jyj}", false },
	{ "{exclude: [szf, jyj/gzdt]}", true },
	{ "{exclude: {unit: szf}}", true },
	{ "{exclude: {unit: jyj}}", false },
	{ "{in: jyj, exclude: {topic: 综合政务}}", false },
};

static bool matches(const struct fixture *fixture,
		    const struct resource *resource)
{
	struct candidate candidate = candidate_of(resource);

	return column_query_matches(&fixture->query, &candidate);
}

static void test_matches(void **state)
{
	struct fixture *fixture = *state;
	struct resource resource = example(fixture);

	for (size_t i = 0; i < COUNT_OF(selections); i++) {
		assert_true(read(fixture, selections[i].select));
		if (matches(fixture, &resource) != selections[i].matches)
			fail_msg("%s", selections[i].select);
	}
}

/* The last second of `until` is in, the first of the next day is not. */
static void test_edges_of_days(void **state)
{
	struct fixture *fixture = *state;
	struct resource resource = example(fixture);

	assert_true(read(fixture, "{since: 2024-03-05, until: 2024-03-05}"));
	assert_true(
		moment_parse(&resource.date, STR("2024-03-05 23:59:59"), 480));
	assert_true(matches(fixture, &resource));
	assert_true(moment_parse(&resource.date, STR("2024-03-06 00:00"), 480));
	assert_false(matches(fixture, &resource));
	assert_true(moment_parse(&resource.date, STR("2024-03-05 00:00"), 480));
	assert_true(matches(fixture, &resource));
	assert_true(
		moment_parse(&resource.date, STR("2024-03-04 23:59:59"), 480));
	assert_false(matches(fixture, &resource));
}

static void test_without_keywords(void **state)
{
	struct fixture *fixture = *state;
	struct resource resource = example(fixture);

	resource.keywords = STR("");
	resource.topic = STR("");
	assert_true(read(fixture, "{keyword: a}"));
	assert_false(matches(fixture, &resource));
	assert_true(read(fixture, "{topic: 综合政务}"));
	assert_false(matches(fixture, &resource));
}

static void test_unknown_type(void **state)
{
	struct fixture *fixture = *state;
	const struct diag *diag;

	assert_false(read(fixture, "{type: [news, polcy]}"));
	diag = fixture->diags.items.items;
	assert_int_equal(fixture->diags.items.count, 1);
	assert_string_equal(diag->id, "query-type");
	assert_int_equal(diag->span.start, 14);
	assert_int_equal(diag->span.end, 19);
	assert_true(str_find(diag->help, STR("policy")) != STR_NONE);
}

/* A condition without a value would select everything. */
static void test_empty_conditions(void **state)
{
	static const char *const texts[] = { "{unit: []}", "{type: []}",
					     "{topic: []}", "{keyword: []}",
					     "{audience: []}" };

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_false(read(*state, texts[i]));
}

static int compare(struct fixture *fixture, const struct resource *a,
		   const struct resource *b)
{
	int order = column_query_compare(&fixture->query, a, b);

	/* the other way round is the opposite */
	assert_int_equal(column_query_compare(&fixture->query, b, a) > 0,
			 order < 0);
	return order;
}

static void test_orders(void **state)
{
	struct fixture *fixture = *state;
	struct resource a = example(fixture);
	struct resource b = example(fixture);

	a.path = STR("content/a.md");
	b.path = STR("content/b.md");
	assert_true(read(fixture, "{}"));
	assert_true(compare(fixture, &a, &b) < 0);
	b.date.seconds++;
	assert_true(compare(fixture, &a, &b) > 0);
	assert_true(read(fixture, "{sort: oldest}"));
	assert_true(compare(fixture, &a, &b) < 0);
	assert_true(read(fixture, "{sort: title}"));
	assert_true(compare(fixture, &a, &b) > 0);
	b.title = STR("y");
	assert_true(compare(fixture, &a, &b) < 0);
	assert_true(read(fixture, "{sort: order}"));
	assert_true(compare(fixture, &a, &b) > 0);
	a.weight = 9;
	assert_true(compare(fixture, &a, &b) < 0);
	b.weight = 2;
	assert_true(compare(fixture, &a, &b) > 0);
}

static bool selects(struct fixture *fixture, const char *text,
		    const struct resource *resource)
{
	assert_true(read(fixture, text));
	return matches(fixture, resource);
}

/* Lists are looked up in, whatever their order and however often a text. */
static void test_lists(void **state)
{
	struct fixture *fixture = *state;
	struct resource resource = example(fixture);

	resource.path = STR("content/jyj/gzdt/old/x.md");
	assert_true(selects(fixture, "in: [z, jyj/gzdt, a, z]", &resource));
	assert_int_equal(fixture->query.folders.count, 3);
	assert_true(selects(fixture, "in: [jyj/gzdt/old]", &resource));
	assert_true(selects(fixture, "in: jyj", &resource));
	assert_false(
		selects(fixture, "in: [jyj/gzd, jyj/gzdt/o, old]", &resource));
	assert_false(selects(fixture, "in: [jyj/gzdt/old/x.md]", &resource));
	assert_false(selects(fixture, "exclude: [b, jyj/gzdt]", &resource));
	resource.path = STR("content/jyj/x.md");
	assert_false(selects(fixture, "in: jyj/x.md", &resource));
	assert_true(selects(fixture, "topic: [综合, 综合政务, 甲]", &resource));
	assert_true(selects(fixture, "topic: '综合政务\\政务公开'", &resource));
	assert_false(
		selects(fixture, "topic: [综合, '综合政务\\政务']", &resource));
	resource.keywords = packed(fixture, "教育", "科技");
	assert_true(selects(fixture, "keyword: [卫生, 科技, 交通, 科技]",
			    &resource));
	assert_false(
		selects(fixture, "keyword: [卫生, 科, 科技馆]", &resource));
	assert_true(read(fixture, "unit: [szf, jyj, szf, jyj]"));
	assert_int_equal(fixture->query.units.count, 2);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_matches),	     CASE(test_edges_of_days),
		CASE(test_without_keywords), CASE(test_unknown_type),
		CASE(test_empty_conditions), CASE(test_lists),
		CASE(test_orders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
