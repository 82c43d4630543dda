/* The columns of a site.yaml as a tree. */
#include "site/column_reader.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/yaml.h"
#include "support/schema_fixture.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct column_tree tree;
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

/* {id: a, …, columns: […]} in YAML's flow form. */
#define COLUMN(id, more)                                                       \
	"{id: " id ", name: " id ", class: news, description: 栏目, "        \
	"keywords: [栏目], owner_unit: 办公室, editors: {a: 甲, b: 乙}, " more \
	"}"
#define LEAF(id) COLUMN(id, "select: {type: news}")

static bool read(struct fixture *fixture, const char *columns)
{
	str text = arena_printf(&fixture->arena, "columns: %s\n", columns);
	struct source source = { 0, STR("sites/x/site.yaml"), text };
	struct settings_reader reader = { schema_fixture(&fixture->arena),
					  480,
					  &fixture->arena,
					  &fixture->diags,
					  NULL,
					  NULL };
	struct yaml_node root;

	diag_list_init(&fixture->diags, &fixture->arena);
	assert_true(yaml_parse(&root, &source, 0, text.len, 65536,
			       &fixture->arena, &fixture->diags));
	return column_tree_read(&fixture->tree, yaml_get(&root, STR("columns")),
				&reader);
}

static void bad(struct fixture *fixture, const char *columns, const char *id)
{
	const struct diag *diag;

	assert_false(read(fixture, columns));
	diag = fixture->diags.items.items;
	assert_int_equal(fixture->diags.items.count, 1);
	assert_string_equal(diag->id, id);
}

static void check(const struct fixture *fixture, size_t number,
		  const char *path, size_t depth, size_t subtree_end)
{
	const struct column *column = &fixture->tree.columns[number];

	assert_int_equal(column->number, number);
	assert_true(str_equal_c(column->path, path));
	assert_int_equal(column->depth, depth);
	assert_int_equal(column->subtree_end, subtree_end);
}

static void test_tree(void **state)
{
	struct fixture *fixture = *state;
	const struct column *columns;

	assert_true(read(
		fixture,
		"[" COLUMN("a",
			   "columns: [" COLUMN("b", "columns: [" LEAF("c") "]") ", " LEAF(
				   "d") "]") ", " LEAF("b") "]"));
	assert_int_equal(fixture->diags.items.count, 0);
	assert_int_equal(fixture->tree.count, 5);
	check(fixture, 0, "a", 0, 4);
	check(fixture, 1, "a/b", 1, 3);
	check(fixture, 2, "a/b/c", 2, 3);
	check(fixture, 3, "a/d", 1, 4);
	check(fixture, 4, "b", 0, 5);
	columns = fixture->tree.columns;
	assert_null(columns[0].parent);
	assert_ptr_equal(columns[2].parent, &columns[1]);
	assert_ptr_equal(columns[3].parent, &columns[0]);
	assert_int_equal(columns[0].child_count, 2);
	assert_int_equal(columns[2].child_count, 0);
	assert_false(columns[0].has_query);
	assert_true(columns[2].has_query);
}

/* The parents are found again after the array has grown. */
static void test_many_columns(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;

	buf_init(&text, &fixture->arena);
	for (int i = 0; i < 60; i++)
		buf_printf(&text,
			   "%s{id: p%d, name: p, class: news, description: d, "
			   "keywords: k, owner_unit: o, editors: {a: a, b: b}, "
			   "columns: [{id: c, name: c, class: news, "
			   "description: d, keywords: k, owner_unit: o, "
			   "editors: {a: a, b: b}, select: {type: news}}]}",
			   i == 0 ? "[" : ", ", i);
	buf_add_byte(&text, ']');
	assert_true(read(fixture, text.data));
	assert_int_equal(fixture->tree.count, 120);
	for (size_t i = 1; i < 120; i += 2) {
		const struct column *column = &fixture->tree.columns[i];

		assert_ptr_equal(column->parent, column - 1);
		assert_true(str_starts_with(column->path, column[-1].id));
	}
}

static void test_defaults(void **state)
{
	struct fixture *fixture = *state;
	const struct column *column;

	assert_true(read(fixture, "[" LEAF("a") "]"));
	column = fixture->tree.columns;
	assert_int_equal(column->update_days,
			 column_classes[CLASS_NEWS].update_days);
	assert_string_equal(column->layout, LAYOUT_LIST);
	assert_int_equal(column->show, 0);
	assert_true(str_equal_c(column->editor_b, "乙"));
	assert_true(
		read(fixture, "[" COLUMN("a", "update_cycle: 3d, "
					      "layout: leaders, show: copy, "
					      "select: {}") "]"));
	column = fixture->tree.columns;
	assert_int_equal(column->update_days, 3);
	assert_string_equal(column->layout, "leaders");
	assert_int_equal(column->show, 1);
}

/* As all types ask that it selects; what is written wins. */
static void test_layout_of_types(void **state)
{
	static const struct {
		const char *rest;
		const char *layout;
	} rows[] = {
		{ "select: {type: leader}", "leaders" },
		{ "select: {type: [leader, leader]}", "leaders" },
		{ "select: {type: [leader, organ]}", "list" },
		{ "select: {type: [leader, news]}", "list" },
		{ "select: {type: news}", "list" },
		{ "select: {unit: jyj}", "list" },
		{ "select: {type: leader}, layout: list", "list" },
		{ "select: {type: news}, layout: page", "page" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct fixture *fixture = *state;
		char text[400];

		snprintf(text, sizeof(text), "[" COLUMN("a", "%s") "]",
			 rows[i].rest);
		assert_true(read(fixture, text));
		assert_string_equal(fixture->tree.columns->layout,
				    rows[i].layout);
	}
	bad(*state, "[" COLUMN("a", "layout: leader, select: {}") "]",
	    "setting-choice");
}

static void test_mistakes(void **state)
{
	bad(*state, "[" LEAF("a") ", " LEAF("a") "]", "column-twice");
	bad(*state, "[" LEAF("assets") "]", "column-reserved");
	bad(*state, "[" LEAF("sitemap") "]", "column-reserved");
	bad(*state, "[" COLUMN("a", "") "]", "column-empty");
	bad(*state, "a", "column-list");
	bad(*state, "[" COLUMN("a", "columns: {b: c}") "]", "column-list");
	bad(*state, "[a]", "setting-mapping");
	bad(*state, "[" COLUMN("a", "selct: {}") "]", "setting-unknown");
}

/* Below the top those names are free. */
static void test_reserved_names_below(void **state)
{
	assert_true(read(
		*state, "[" COLUMN("a", "columns: [" LEAF("sitemap") "]") "]"));
}

static void test_long_name(void **state)
{
	struct fixture *fixture = *state;
	const struct diag *diag;

	assert_true(
		read(fixture,
		     "[{id: a, name: 十二个字的名字刚刚好够了, class: news, "
		     "description: d, keywords: k, owner_unit: o, "
		     "editors: {a: a, b: b}, select: {}}]"));
	assert_int_equal(fixture->diags.items.count, 0);
	assert_true(
		read(fixture,
		     "[{id: a, name: 十三个字的名字就超过规定了, class: news, "
		     "description: d, keywords: k, owner_unit: o, "
		     "editors: {a: a, b: b}, select: {}}]"));
	diag = fixture->diags.items.items;
	assert_string_equal(diag->id, "column-name-long");
	assert_int_equal(diag->level, DIAG_WARNING);
}

static void test_depth(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;

	for (int depth = 8; depth <= 9; depth++) {
		buf_init(&text, &fixture->arena);
		for (int i = 1; i < depth; i++)
			buf_add_c(&text, "[{id: a, name: a, class: news, "
					 "description: d, keywords: k, "
					 "owner_unit: o, "
					 "editors: {a: a, b: b}, columns: ");
		buf_add_c(&text, "[" LEAF("z") "]");
		for (int i = 1; i < depth; i++)
			buf_add_c(&text, "}]");
		if (depth == 8)
			assert_true(read(fixture, text.data));
		else
			bad(fixture, text.data, "column-deep");
	}
}

/* The reader's names of classes are those of the table. */
static void test_every_class(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < CLASS_COUNT; i++) {
		str text = arena_printf(
			&fixture->arena,
			"[{id: a, name: a, class: %s, description: d, "
			"keywords: k, owner_unit: o, editors: {a: a, b: b}, "
			"select: {}}]",
			column_classes[i].name);

		assert_true(read(fixture, text.data));
		assert_int_equal(fixture->tree.columns[0].class_number, i);
	}
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_tree),	CASE(test_many_columns),
		CASE(test_defaults),	CASE(test_layout_of_types),
		CASE(test_mistakes),	CASE(test_reserved_names_below),
		CASE(test_long_name),	CASE(test_depth),
		CASE(test_every_class),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
