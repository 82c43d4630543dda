/* Policies and interpretations, replacements, neighbours, related ones. */
#include "plan/relations.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/city.h"

#define NEWS(date, more)                                                       \
	STR("---\ntitle: 新\ntype: news\ndate: " date "\nsource: 市府\n" more  \
	    "---\n正文\n")

static uint32_t number(struct city *city, const char *id)
{
	return city_resource(city, id)->number;
}

static void open_with(struct city *city, const struct memory_file *files,
		      size_t count)
{
	city_open(city, "2024-06-01", files, count);
	city_plan(city);
}

static void test_neighbours(void **state)
{
	struct city city;
	const struct relations *relations = &city.plan.relations;

	(void)state;
	open_with(&city, NULL, 0);
	assert_int_equal(relations_newer(relations, number(&city, "jyj/n2")),
			 number(&city, "jyj/n3"));
	assert_int_equal(relations_older(relations, number(&city, "jyj/n2")),
			 number(&city, "jyj/n1"));
	assert_int_equal(relations_newer(relations, number(&city, "jyj/n3")),
			 RESOURCE_NONE);
	assert_int_equal(relations_older(relations, number(&city, "jyj/n1")),
			 RESOURCE_NONE);
	/* in its own column, not in those that list it too */
	assert_int_equal(relations_older(relations, number(&city, "szf/a1")),
			 number(&city, "jyj/n3"));
	city_close(&city);
}

/* It has left the list, so it has no place in it. */
static void test_archived_has_no_neighbours(void **state)
{
	static const struct memory_file file = {
		"content/jyj/n2.md",
		NEWS("2024-01-02", "archived_on: 2024-02-01\n")
	};
	struct city city;
	const struct relations *relations = &city.plan.relations;

	(void)state;
	open_with(&city, &file, 1);
	assert_int_equal(relations_newer(relations, number(&city, "jyj/n2")),
			 RESOURCE_NONE);
	assert_int_equal(relations_older(relations, number(&city, "jyj/n3")),
			 number(&city, "jyj/n1"));
	city_close(&city);
}

static void test_names(void **state)
{
	struct city city;

	(void)state;
	open_with(&city, NULL, 0);
	assert_int_equal(relations_find(&city.catalog, STR("jyj/n1")),
			 number(&city, "jyj/n1"));
	assert_int_equal(relations_find(&city.catalog, STR("id:jyj/n1")),
			 number(&city, "jyj/n1"));
	assert_int_equal(
		relations_find(&city.catalog, STR("content/jyj/n1.md")),
		number(&city, "jyj/n1"));
	assert_int_equal(relations_find(&city.catalog, STR("")), RESOURCE_NONE);
	assert_int_equal(relations_find(&city.catalog, STR("jyj/n1.md")),
			 RESOURCE_NONE);
	city_close(&city);
}

static void test_replacement(void **state)
{
	static const struct memory_file file = {
		"content/jyj/n1.md",
		NEWS("2024-01-01", "archived_on: 2024-02-01\n"
				   "replaced_by: jyj/n3\n")
	};
	struct city city;
	const struct relations *relations = &city.plan.relations;

	(void)state;
	open_with(&city, &file, 1);
	assert_int_equal(relations->replacements[number(&city, "jyj/n1")],
			 number(&city, "jyj/n3"));
	assert_int_equal(relations->replaced[number(&city, "jyj/n3")],
			 number(&city, "jyj/n1"));
	assert_int_equal(relations->replaced[number(&city, "jyj/n2")],
			 RESOURCE_NONE);
	city_says(&city, "");
	city_close(&city);
}

static void test_unknown_replacement(void **state)
{
	struct memory_file file = { "content/jyj/n1.md",
				    NEWS("2024-01-01",
					 "archived_on: 2024-02-01\n"
					 "replaced_by: jyj/n9\n") };
	struct city city;

	(void)state;
	open_with(&city, &file, 1);
	city_says(&city, "replaced-by-unknown");
	city_close(&city);
	/* an address is taken as it is */
	file.data = NEWS("2024-01-01", "archived_on: 2024-02-01\n"
				       "replaced_by: https://a.cn/\n");
	open_with(&city, &file, 1);
	city_says(&city, "");
	city_close(&city);
}

/* Nearest first, on both sides, and only with a keyword in common. */
static void test_related(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/k1.md", NEWS("2024-02-01", "keywords: [a]\n") },
		{ "content/jyj/k2.md", NEWS("2024-02-02", "keywords: [b]\n") },
		{ "content/jyj/k3.md",
		  NEWS("2024-02-03", "keywords: [a, b]\n") },
		{ "content/jyj/k4.md", NEWS("2024-02-04", "keywords: [c]\n") },
		{ "content/jyj/k5.md", NEWS("2024-02-05", "keywords: [a]\n") },
	};
	struct city city;
	uint32_t items[RELATED_LIMIT];
	size_t count;

	(void)state;
	open_with(&city, files, COUNT_OF(files));
	count = relations_related(&city.plan.relations, number(&city, "jyj/k3"),
				  items);
	assert_string_equal(city_names(&city, items, count).data, "k2 k1 k5");
	assert_int_equal(relations_related(&city.plan.relations,
					   number(&city, "jyj/k4"), items),
			 0);
	city_close(&city);
}

/* What is related by one statement is seen from both ends. */
static void test_named(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/n1.md", NEWS("2024-02-01", "") },
		{ "content/jyj/n2.md",
		  NEWS("2024-02-02", "relations: {amends: [jyj/n1, jyj/n1], "
				     "about_service: jyj/n3}\n") },
		{ "content/jyj/n3.md",
		  NEWS("2024-02-03", "relations: {translation_of: jyj/n1}\n") },
	};
	const struct relations *relations;
	uint32_t items[RELATION_LIMIT];
	struct city city;

	(void)state;
	open_with(&city, files, COUNT_OF(files));
	relations = &city.plan.relations;
	assert_int_equal(relations_to(relations, number(&city, "jyj/n1"),
				      RELATION_AMENDS, items),
			 1);
	assert_int_equal(items[0], number(&city, "jyj/n2"));
	assert_int_equal(relations_from(relations, number(&city, "jyj/n2"),
					RELATION_AMENDS, items),
			 1);
	assert_int_equal(items[0], number(&city, "jyj/n1"));
	assert_int_equal(relations_to(relations, number(&city, "jyj/n3"),
				      RELATION_SERVICE, items),
			 1);
	assert_int_equal(relations_to(relations, number(&city, "jyj/n1"),
				      RELATION_TRANSLATES, items),
			 1);
	assert_int_equal(items[0], number(&city, "jyj/n3"));
	assert_int_equal(relations_interpretations(relations,
						   number(&city, "jyj/n1"),
						   &city.arena)
				 .count,
			 0);
	city_says(&city, "");
	city_close(&city);
}

static void test_unknown_related(void **state)
{
	struct memory_file file = { "content/jyj/n2.md",
				    NEWS("2024-02-02",
					 "relations: {amends: jyj/n9}\n") };
	struct city city;

	(void)state;
	open_with(&city, &file, 1);
	city_says(&city, "relation-unknown");
	city_close(&city);
}

/* Keywords first, then the topic, then the audience. */
static void test_likeness(void **state)
{
	static const struct memory_file files[] = {
		{ "content/jyj/k1.md", NEWS("2024-02-01", "keywords: [a]\n") },
		{ "content/jyj/k2.md",
		  NEWS("2024-02-02", "audience: [学生]\n") },
		{ "content/jyj/k3.md", NEWS("2024-02-03", "topic: 教育\n") },
		{ "content/jyj/k4.md",
		  NEWS("2024-02-04", "keywords: [a]\ntopic: 教育\n"
				     "audience: [学生]\n") },
	};
	uint32_t items[RELATED_LIMIT];
	struct city city;
	size_t count;

	(void)state;
	open_with(&city, files, COUNT_OF(files));
	count = relations_related(&city.plan.relations, number(&city, "jyj/k4"),
				  items);
	assert_string_equal(city_names(&city, items, count).data, "k1 k3 k2");
	city_close(&city);
}

static str related_with(const char *body, struct arena *arena)
{
	enum { FILES = 10 };
	struct memory_file files[FILES];
	uint32_t items[RELATED_LIMIT];
	struct city city;
	size_t count;
	str names;

	for (int i = 0; i < FILES; i++)
		files[i] = (struct memory_file){
			arena_printf(arena, "content/jyj/k%d.md", i).data,
			arena_printf(
				arena,
				"---\ntitle: 新\ntype: news\nsource: 市府\n"
				"date: 2024-02-%02d\nkeywords: [a]\n---\n%s",
				i + 1, body)
		};
	open_with(&city, files, FILES);
	count = relations_related(&city.plan.relations, number(&city, "jyj/k4"),
				  items);
	names = arena_copy(arena, city_names(&city, items, count));
	city_close(&city);
	return names;
}

/* Six at most, and what a text says changes none of them. */
static void test_few_and_steady(void **state)
{
	struct arena arena;
	str names;

	(void)state;
	arena_init(&arena);
	names = related_with("正文。\n", &arena);
	assert_int_equal(str_find(names, STR("  ")), STR_NONE);
	assert_true(str_equal(names,
			      related_with("完全不同的正文 b c。\n", &arena)));
	assert_int_equal(RELATED_LIMIT, 6);
	assert_int_equal(names.len, 6 * 2 + 5); /* "k3 k5 …" */
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_archived_has_no_neighbours),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_replacement),
		cmocka_unit_test(test_unknown_replacement),
		cmocka_unit_test(test_related),
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_unknown_related),
		cmocka_unit_test(test_likeness),
		cmocka_unit_test(test_few_and_steady),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
