/*
 * Every key has one definition, "field.<key>", that the types refer to; where
 * a type reads a key in another way than the first type that has it, its own
 * row stands in the type. YAML gives numbers and truths for what a build reads
 * as text, so a text may be any scalar.
 */
#include "library/json_schema.h"

#include "markup/json_writer.h"

#define DATE "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define TIME "[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
#define ZONE " ?(Z|[+-][0-9]{2}:[0-9]{2})"

struct writing {
	struct json_writer json;
	const struct schema *schema;
	enum json_schema_of of;
};

/* --- small pieces --------------------------------------------------------- */

static void open_member(struct json_writer *json, const char *key)
{
	json_key(json, key);
	json_open_object(json);
}

static void open_list(struct json_writer *json, const char *key)
{
	json_key(json, key);
	json_open_array(json);
}

static void member(struct json_writer *json, const char *key, const char *text)
{
	json_member_text(json, key, str_from_c(text));
}

static void item(struct json_writer *json, const char *text)
{
	json_text(json, str_from_c(text));
}

/* {"$ref": "#/definitions/<group>.<name>"} */
static void refer(struct json_writer *json, const char *group, const char *name)
{
	char place[128];

	snprintf(place, sizeof(place), "#/definitions/%s%s%s", group,
		 name[0] == '\0' ? "" : ".", name);
	json_open_object(json);
	member(json, "$ref", place);
	json_close_object(json);
}

/* --- values --------------------------------------------------------------- */

static void write_field(struct json_writer *json, const struct field *field);

static const char *const format_patterns[] = {
	[FORMAT_ANY] = NULL,
	[FORMAT_LINES] = NULL,
	[FORMAT_ID] = "^[^\\s/.][^\\s/]*(/[^\\s/.][^\\s/]*)*$",
	[FORMAT_SLUG] = "^[^\\s/.][^\\s/]*$",
	[FORMAT_SITE_PATH] = "^/[^\\s?#]*$",
	[FORMAT_DOC_NO] = "^.+〔[0-9]{4}〕[1-9][0-9]*号$",
	[FORMAT_LANGUAGE] = "^[A-Za-z]{2}[A-Za-z0-9-]{0,33}$",
};

/* A pattern is of strings alone: "id: 2024" has no letters to look at. */
static void write_scalar(struct json_writer *json, const char *pattern)
{
	open_list(json, "type");
	item(json, "string");
	item(json, "number");
	item(json, "boolean");
	json_close_array(json);
	if (pattern != NULL)
		member(json, "pattern", pattern);
}

static void write_text(struct json_writer *json, const struct field *field)
{
	write_scalar(json, format_patterns[field->format]);
}

static void write_texts(struct json_writer *json, const struct field *field)
{
	open_list(json, "anyOf");
	json_open_object(json);
	write_text(json, field);
	json_close_object(json);
	json_open_object(json);
	member(json, "type", "array");
	open_member(json, "items");
	write_text(json, field);
	json_close_object(json);
	json_close_object(json);
	json_close_array(json);
}

static void write_date(struct json_writer *json, const struct field *field)
{
	(void)field;
	member(json, "type", "string");
	member(json, "pattern", "^" DATE "$");
}

static void write_moment(struct json_writer *json, const struct field *field)
{
	(void)field;
	member(json, "type", "string");
	member(json, "pattern", "^" DATE "([ T]" TIME "(" ZONE ")?)?$");
}

static void write_number(struct json_writer *json, const struct field *field)
{
	(void)field;
	open_list(json, "type");
	item(json, "integer");
	item(json, "string");
	json_close_array(json);
	json_member_number(json, "minimum", 0);
	member(json, "pattern", "^[0-9]+$");
}

static void write_truth(struct json_writer *json, const struct field *field)
{
	(void)field;
	open_list(json, "enum");
	json_truth(json, true);
	json_truth(json, false);
	item(json, "true");
	item(json, "false");
	json_close_array(json);
}

/* "1" and "true" may stand without quotes. */
static void write_choice_item(struct json_writer *json, const char *choice)
{
	uint64_t number;

	item(json, choice);
	if (str_to_u64(&number, str_from_c(choice)) && number <= INT64_MAX)
		json_number(json, (int64_t)number);
	else if (strcmp(choice, "true") == 0 || strcmp(choice, "false") == 0)
		json_truth(json, choice[0] == 't');
}

static void write_choice(struct json_writer *json, const struct field *field)
{
	open_list(json, "enum");
	for (size_t i = 0; field->choices[i] != NULL; i++)
		write_choice_item(json, field->choices[i]);
	json_close_array(json);
}

static void write_address(struct json_writer *json, const struct field *field)
{
	(void)field;
	write_scalar(json, "^\\S(.*\\S)?$");
}

static void write_record(struct json_writer *json, const struct field *field)
{
	member(json, "type", "object");
	json_member_truth(json, "additionalProperties", false);
	open_member(json, "properties");
	for (const struct field *part = field->record; part->key != NULL;
	     part++) {
		json_key(json, part->key);
		write_field(json, part);
	}
	json_close_object(json);
	open_list(json, "required");
	for (const struct field *part = field->record; part->key != NULL;
	     part++)
		if (part->required)
			item(json, part->key);
	json_close_array(json);
}

/* An entry that is one text has only the first field of the record. */
static bool may_be_text(const struct field *field)
{
	for (const struct field *part = field->record + 1; part->key != NULL;
	     part++)
		if (part->required)
			return false;
	return true;
}

static void write_records(struct json_writer *json, const struct field *field)
{
	member(json, "type", "array");
	open_member(json, "items");
	open_list(json, "anyOf");
	json_open_object(json);
	write_record(json, field);
	json_close_object(json);
	if (may_be_text(field))
		write_field(json, &field->record[0]);
	json_close_array(json);
	json_close_object(json);
}

static void write_free(struct json_writer *json, const struct field *field)
{
	(void)json;
	(void)field;
}

static void (*const value_writers[])(struct json_writer *json,
				     const struct field *field) = {
	[FIELD_TEXT] = write_text,	 [FIELD_PARAGRAPHS] = write_text,
	[FIELD_TEXT_LIST] = write_texts, [FIELD_DATE] = write_date,
	[FIELD_MOMENT] = write_moment,	 [FIELD_NUMBER] = write_number,
	[FIELD_TRUTH] = write_truth,	 [FIELD_CHOICE] = write_choice,
	[FIELD_URL] = write_address,	 [FIELD_RECORDS] = write_records,
	[FIELD_RECORD] = write_record,	 [FIELD_FREE] = write_free,
};

/* --- fields --------------------------------------------------------------- */

/* 原创 for "original": what pages show for a choice. */
static void write_choice_labels(struct json_writer *json,
				const struct field *field)
{
	char text[1024];
	size_t len = 0;

	for (size_t i = 0; field->choices[i] != NULL && len < sizeof(text); i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					"%s%s：%s", i == 0 ? "" : "；",
					field->choices[i],
					field->choice_labels[i]);
	if (len < sizeof(text))
		member(json, "description", text);
}

static bool has_choice_labels(const struct field *field)
{
	return field->choices != NULL && field->choice_labels != NULL &&
	       field->choices[0] != NULL &&
	       strcmp(field->choices[0], field->choice_labels[0]) != 0;
}

/* An empty value counts as none, and switches an inherited one off. */
static void write_field(struct json_writer *json, const struct field *field)
{
	json_open_object(json);
	member(json, "title", field->label);
	if (has_choice_labels(field))
		write_choice_labels(json, field);
	if (field->example != NULL) {
		open_list(json, "examples");
		item(json, field->example);
		json_close_array(json);
	}
	open_list(json, "anyOf");
	json_open_object(json);
	value_writers[field->kind](json, field);
	json_close_object(json);
	if (!field->required || !field->not_inherited)
		refer(json, "empty", "");
	json_close_array(json);
	json_close_object(json);
}

static const struct field *shared_field(const struct writing *writing,
					const struct field *field)
{
	const struct resource_type *any = &writing->schema->any;
	uint16_t number = resource_type_field(any, str_from_c(field->key));

	return &any->fields[number];
}

/* Whether all types that have the key read it alike. */
static bool is_shared(const struct writing *writing, const struct field *field)
{
	for (size_t i = 0; i < writing->schema->type_count; i++) {
		const struct resource_type *type = &writing->schema->types[i];
		uint16_t number =
			resource_type_field(type, str_from_c(field->key));

		if (number != FIELD_NONE &&
		    type->fields[number].form != field->form)
			return false;
	}
	return true;
}

static bool has_field(const struct writing *writing, const struct field *field)
{
	return writing->of != JSON_SCHEMA_DEFAULTS || !field->not_inherited;
}

static void write_properties(struct writing *writing,
			     const struct resource_type *type)
{
	struct json_writer *json = &writing->json;

	open_member(json, "properties");
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];

		if (!has_field(writing, field))
			continue;
		json_key(json, field->key);
		if (shared_field(writing, field)->form == field->form)
			refer(json, "field", field->key);
		else
			write_field(json, field);
	}
	json_close_object(json);
	json_member_truth(json, "additionalProperties", false);
}

/* The keys there are, whatever the type: it may be inherited. */
static void write_all_keys(struct writing *writing)
{
	struct json_writer *json = &writing->json;
	const struct resource_type *any = &writing->schema->any;

	open_member(json, "properties");
	for (size_t i = 0; i < any->field_count; i++) {
		const struct field *field = &any->fields[i];

		if (!has_field(writing, field))
			continue;
		json_key(json, field->key);
		if (is_shared(writing, field))
			refer(json, "field", field->key);
		else
			json_truth(json, true);
	}
	json_close_object(json);
	json_member_truth(json, "additionalProperties", false);
}

/* --- types ---------------------------------------------------------------- */

static bool is_asked(const struct writing *writing, const struct field *field)
{
	return writing->of == JSON_SCHEMA_WHOLE ||
	       (writing->of == JSON_SCHEMA_FILE && field->not_inherited);
}

static bool is_wanted(const struct writing *writing, const struct field *field)
{
	return field->required && is_asked(writing, field);
}

/* Does a value of this field do as well? `image:` is a banner, too. */
static bool is_twin(const struct field *field, const struct field *other)
{
	return field->meaning != MEANS_NOTHING &&
	       field->meaning == other->meaning;
}

static bool has_twin(const struct resource_type *type,
		     const struct field *field)
{
	for (size_t i = 0; i < type->field_count; i++)
		if (&type->fields[i] != field &&
		    is_twin(field, &type->fields[i]))
			return true;
	return false;
}

/* One of several keys must be there. */
static void write_twins(struct json_writer *json,
			const struct resource_type *type,
			const struct field *field)
{
	json_open_object(json);
	open_list(json, "anyOf");
	for (size_t i = 0; i < type->field_count; i++) {
		if (!is_twin(field, &type->fields[i]))
			continue;
		json_open_object(json);
		open_list(json, "required");
		item(json, type->fields[i].key);
		json_close_array(json);
		json_close_object(json);
	}
	json_close_array(json);
	json_close_object(json);
}

static void write_required(struct writing *writing,
			   const struct resource_type *type)
{
	struct json_writer *json = &writing->json;

	open_list(json, "required");
	for (size_t i = 0; i < type->field_count; i++)
		if (is_wanted(writing, &type->fields[i]) &&
		    !has_twin(type, &type->fields[i]))
			item(json, type->fields[i].key);
	json_close_array(json);
}

static void write_condition(struct json_writer *json, const char *key,
			    const char *const *values)
{
	open_member(json, "if");
	open_list(json, "required");
	item(json, key);
	json_close_array(json);
	open_member(json, "properties");
	open_member(json, key);
	if (values != NULL) {
		open_list(json, "enum");
		for (size_t i = 0; values[i] != NULL; i++)
			item(json, values[i]);
		json_close_array(json);
	} else {
		open_member(json, "not");
		member(json, "$ref", "#/definitions/empty");
		json_close_object(json);
	}
	json_close_object(json);
	json_close_object(json);
	json_close_object(json);
}

/* The other key is there and has a value. */
static void write_presence(struct json_writer *json, const char *key)
{
	open_list(json, "required");
	item(json, key);
	json_close_array(json);
	open_member(json, "properties");
	open_member(json, key);
	open_member(json, "not");
	member(json, "$ref", "#/definitions/empty");
	json_close_object(json);
	json_close_object(json);
	json_close_object(json);
}

static void write_rule(struct json_writer *json,
		       const struct resource_type *type,
		       const struct field_rule *rule)
{
	json_open_object(json);
	write_condition(json, type->fields[rule->field].key, rule->values);
	open_member(json, "then");
	if (rule->kind == FIELD_RULE_EXCLUDES)
		open_member(json, "not");
	write_presence(json, type->fields[rule->other].key);
	if (rule->kind == FIELD_RULE_EXCLUDES)
		json_close_object(json);
	json_close_object(json);
	json_close_object(json);
}

/* Dates in order are beyond JSON Schema. */
static bool can_write_rule(const struct writing *writing,
			   const struct resource_type *type,
			   const struct field_rule *rule)
{
	return rule->kind == FIELD_RULE_EXCLUDES ||
	       (rule->kind == FIELD_RULE_NEEDS &&
		is_asked(writing, &type->fields[rule->other]));
}

static void write_rules(struct writing *writing,
			const struct resource_type *type)
{
	struct json_writer *json = &writing->json;

	open_list(json, "allOf");
	json_truth(json, true); /* a list may not be empty */
	for (size_t i = 0; i < type->field_count; i++)
		if (is_wanted(writing, &type->fields[i]) &&
		    has_twin(type, &type->fields[i]))
			write_twins(json, type, &type->fields[i]);
	for (size_t i = 0; i < type->rule_count; i++)
		if (can_write_rule(writing, type, &type->rules[i]))
			write_rule(json, type, &type->rules[i]);
	json_close_array(json);
}

static void write_type(struct writing *writing,
		       const struct resource_type *type)
{
	struct json_writer *json = &writing->json;

	json_open_object(json);
	member(json, "title", type->label);
	write_properties(writing, type);
	if (writing->of != JSON_SCHEMA_DEFAULTS) {
		write_required(writing, type);
		write_rules(writing, type);
	}
	json_close_object(json);
}

static void write_definitions(struct writing *writing)
{
	struct json_writer *json = &writing->json;
	const struct schema *schema = writing->schema;

	open_member(json, "definitions");
	open_member(json, "empty");
	open_list(json, "enum");
	json_nothing(json);
	item(json, "");
	json_open_array(json);
	json_close_array(json);
	json_open_object(json);
	json_close_object(json);
	json_close_array(json);
	json_close_object(json);
	for (size_t i = 0; i < schema->any.field_count; i++) {
		char name[128];

		snprintf(name, sizeof(name), "field.%s",
			 schema->any.fields[i].key);
		json_key(json, name);
		write_field(json, &schema->any.fields[i]);
	}
	for (size_t i = 0; i < schema->type_count; i++) {
		char name[128];

		snprintf(name, sizeof(name), "type.%s", schema->types[i].name);
		json_key(json, name);
		write_type(writing, &schema->types[i]);
	}
	json_close_object(json);
}

/* What the type is decides which keys there are. */
static void write_choice_of_type(struct writing *writing)
{
	struct json_writer *json = &writing->json;
	const struct schema *schema = writing->schema;
	const char *type =
		schema->any.fields[schema->any.meanings[MEANS_TYPE]].key;

	open_list(json, "allOf");
	for (size_t i = 0; i < schema->type_count; i++) {
		const char *const values[] = { schema->types[i].name, NULL };

		json_open_object(json);
		write_condition(json, type, values);
		json_key(json, "then");
		refer(json, "type", schema->types[i].name);
		json_close_object(json);
	}
	json_close_array(json);
	if (writing->of == JSON_SCHEMA_WHOLE) {
		open_list(json, "required");
		item(json, type);
		json_close_array(json);
	}
}

void json_schema_write(struct buf *out, const struct schema *schema,
		       enum json_schema_of of)
{
	struct writing writing = { .schema = schema, .of = of };
	struct json_writer *json = &writing.json;

	json_begin(json, out);
	json_open_object(json);
	member(json, "$schema", "http://json-schema.org/draft-07/schema#");
	member(json, "type", "object");
	write_definitions(&writing);
	write_all_keys(&writing);
	if (of != JSON_SCHEMA_DEFAULTS)
		write_choice_of_type(&writing);
	json_close_object(json);
	json_end(json);
}
