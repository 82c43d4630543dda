/*
 * Every rule between fields of every type: a text that keeps them all has no
 * message; one that breaks one rule is told so, with the field it is about.
 */
#include "library/front_matter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/schema_fixture.h"
#include "../../support/text_case.h"

/* What is written of each field of a type: NULL for nothing. */
struct text {
	const struct resource_type *type;
	const char *values[TYPE_FIELD_LIMIT];
	struct arena *arena;
};

/* Equal days and numbers keep every rule of order. */
static const char *plain_value(const struct field *field, struct arena *arena);

static const char *record_value(const struct field *field, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	buf_add_byte(&text, '{');
	for (const struct field *row = field->record; row->key != NULL; row++)
		if (row->required)
			buf_printf(&text, "%s%s: %s", text.len > 1 ? ", " : "",
				   row->key, plain_value(row, arena));
	buf_add_byte(&text, '}');
	return buf_str(&text).len > 2 ? arena_c_string(arena, buf_str(&text))
				      : "{}";
}

static const char *plain_value(const struct field *field, struct arena *arena)
{
	switch (field->kind) {
	case FIELD_DATE:
		return "2026-03-02";
	case FIELD_MOMENT:
		return "2026-03-02 10:00";
	case FIELD_NUMBER:
		return "5";
	case FIELD_TRUTH:
		return "true";
	case FIELD_CHOICE:
		return field->choices[0];
	case FIELD_URL:
		return "/a.html";
	case FIELD_RECORD:
		return record_value(field, arena);
	case FIELD_RECORDS:
		return arena_printf(arena, "[%s]", record_value(field, arena))
			.data;
	default:
		if (field->format == FORMAT_DOC_NO)
			return "示政发〔2026〕1号";
		if (field->format == FORMAT_LANGUAGE)
			return "zh-CN";
		return field->format == FORMAT_SITE_PATH ? "/alt" : "甲";
	}
}

static const char *value_of(const struct text *text, uint16_t field)
{
	return plain_value(&text->type->fields[field], text->arena);
}

static bool holds(const struct text *text, const struct field_rule *rule)
{
	const char *value = text->values[rule->field];

	if (value == NULL || rule->values == NULL)
		return value != NULL;
	for (size_t i = 0; rule->values[i] != NULL; i++)
		if (strcmp(rule->values[i], value) == 0)
			return true;
	return false;
}

/* Adds what the rules ask for, until none asks for more. */
static void complete(struct text *text, const struct field_rule *but)
{
	bool is_done = false;

	while (!is_done) {
		is_done = true;
		for (size_t i = 0; i < text->type->rule_count; i++) {
			const struct field_rule *rule = &text->type->rules[i];

			if (rule == but || rule->kind != FIELD_RULE_NEEDS ||
			    text->values[rule->other] != NULL ||
			    !holds(text, rule))
				continue;
			if (but != NULL && rule->other == but->other)
				continue;
			text->values[rule->other] = value_of(text, rule->other);
			is_done = false;
		}
	}
}

static void begin(struct text *text, const struct resource_type *type,
		  struct arena *arena)
{
	*text = (struct text){ .type = type, .arena = arena };
	for (uint16_t i = 0; i < type->field_count; i++)
		if (type->fields[i].required)
			text->values[i] = value_of(text, i);
	text->values[resource_type_field(type, STR("type"))] = type->name;
}

static str print(const struct text *text)
{
	struct buf out;

	buf_init(&out, text->arena);
	buf_add_c(&out, "---\n");
	for (size_t i = 0; i < text->type->field_count; i++)
		if (text->values[i] != NULL)
			buf_printf(&out, "%s: %s\n", text->type->fields[i].key,
				   text->values[i]);
	buf_add_c(&out, "---\n正文\n");
	return buf_str(&out);
}

/* NULL: nothing may be said. */
static void expect(const struct text *text, const char *id, uint16_t field)
{
	struct front_matter matter;
	struct text_case test;
	str said, written = print(text);
	bool ok;

	text_case_init(&test, "content/jyj/a.md", written);
	ok = front_matter_parse(
		&matter, &test.source,
		&(struct front_matter_options){
			.schema = schema_fixture(&test.arena), .offset = 480 },
		&test.arena, &test.diags);
	said = text_case_print(&test);
	if (id == NULL ? !ok || test.diags.items.count > 0
		       : ok || text_case_count(&test, id) == 0 ||
				 str_find(said,
					  str_from_c(text->type->fields[field]
							     .key)) == STR_NONE)
		fail_msg("%s %s\n%.*s%.*s", text->type->name,
			 id == NULL ? "is right" : id, STR_ARG(written),
			 STR_ARG(said));
	text_case_release(&test);
}

static const char *later_than(const struct field *field)
{
	if (field->kind == FIELD_NUMBER)
		return "6";
	return field->kind == FIELD_MOMENT ? "2026-04-02 10:00" : "2026-04-02";
}

static void break_rule(const struct resource_type *type,
		       const struct field_rule *rule, const char *value,
		       struct arena *arena)
{
	struct text text;

	begin(&text, type, arena);
	text.values[rule->field] =
		value != NULL ? value : value_of(&text, rule->field);
	if (rule->kind == FIELD_RULE_NEEDS) {
		complete(&text, NULL);
		text.values[rule->other] = NULL;
		if (!type->fields[rule->other].required)
			expect(&text, "field-missing", rule->other);
		return;
	}
	text.values[rule->other] = value_of(&text, rule->other);
	if (rule->kind == FIELD_RULE_ORDER) {
		text.values[rule->field] =
			later_than(&type->fields[rule->field]);
		complete(&text, NULL);
		expect(&text, "field-order", rule->other);
		return;
	}
	complete(&text, NULL);
	expect(&text, "field-conflict", rule->other);
}

static void break_every_rule(const struct resource_type *type,
			     struct arena *arena, size_t *count)
{
	for (size_t i = 0; i < type->rule_count; i++) {
		const struct field_rule *rule = &type->rules[i];

		if (rule->values == NULL)
			break_rule(type, rule, NULL, arena);
		for (size_t k = 0;
		     rule->values != NULL && rule->values[k] != NULL; k++)
			break_rule(type, rule, rule->values[k], arena);
		++*count;
	}
}

static void every_type_keeps_and_breaks_its_rules(void **state)
{
	const struct schema *schema;
	struct arena arena;
	size_t count = 0;

	(void)state;
	arena_init(&arena);
	schema = schema_fixture(&arena);
	for (size_t i = 0; i < schema->type_count; i++) {
		struct text text;

		begin(&text, &schema->types[i], &arena);
		complete(&text, NULL);
		expect(&text, NULL, 0);
		break_every_rule(&schema->types[i], &arena, &count);
	}
	assert_true(count > 240);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_keeps_and_breaks_its_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
