/* The table itself: whole, without doubles, and its examples are right. */
#include "library/field.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "library/field_check.h"
#include "support/text_case.h"

static void check_table(const struct field *table)
{
	for (const struct field *row = table; row->key != NULL; row++) {
		bool needs_record =
			row->kind == FIELD_RECORDS || row->kind == FIELD_RECORD;

		assert_ptr_equal(field_find(table, str_from_c(row->key)), row);
		assert_true(strlen(row->label) > 0);
		assert_true(needs_record == (row->record != NULL));
		if (row->kind == FIELD_CHOICE)
			assert_non_null(field_choice(row, 0));
		if (row->required != 0)
			assert_non_null(row->example);
		if (row->record != NULL)
			check_table(row->record);
	}
}

static void test_table(void **state)
{
	(void)state;
	check_table(field_table);
	for (size_t i = 0; i < field_count; i++) {
		assert_int_equal(field_number(field_table[i].key), i);
		assert_true(field_table[i].types != 0);
		if (field_table[i].required != FIELD_ALL_TYPES)
			assert_true((field_table[i].required &
				     ~field_table[i].types) == 0);
	}
	assert_null(field_table[field_count].key);
	assert_null(field_find(field_table, STR("")));
	assert_null(field_find(field_table, STR("titl")));
	assert_null(field_find(field_table, STR("titles")));
}

static void test_types(void **state)
{
	const struct field *type = field_find(field_table, STR("type"));

	(void)state;
	for (size_t i = 0; i < RESOURCE_TYPE_COUNT; i++) {
		enum resource_type found;

		assert_non_null(resource_types[i].name);
		assert_non_null(resource_types[i].label);
		assert_true(resource_type_find(
			&found, str_from_c(resource_types[i].name)));
		assert_int_equal(found, i);
		assert_string_equal(field_choice(type, i),
				    resource_types[i].name);
	}
	assert_null(field_choice(type, RESOURCE_TYPE_COUNT));
}

/* What a help line tells the editor to write is accepted. */
static void test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];
		struct text_case test;
		struct yaml_node node;
		struct field_value value;
		struct field_context context;

		if (field->example == NULL)
			continue;
		text_case_init(&test, "x.md", STR(""));
		test.source.text = arena_printf(&test.arena, "%s: %s\n",
						field->key, field->example);
		context =
			(struct field_context){ 480, &test.arena, &test.diags };
		if (!yaml_parse(&node, &test.source, 0, test.source.text.len,
				YAML_FRONT_MATTER_LIMIT, &test.arena,
				&test.diags) ||
		    !field_read(&value, field, &node.pairs[0].value,
				node.pairs[0].key_span, &context))
			fail_msg("%.*s", STR_ARG(text_case_print(&test)));
		text_case_release(&test);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_examples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
