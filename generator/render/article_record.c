/*
 * Templates see fields by the names and in the order of the type's file, so
 * nothing here knows a type: a loop over rows turns each kind of value into
 * its words, and a field that the page need not show makes no value.
 */
#include "render/article_record.h"

#include <inttypes.h>

#include "library/field_format.h"
#include "render/type_shape.h"
#include "render/wording.h"

static struct text_list one(const struct render_job *job, str text)
{
	str *items = arena_alloc(job->arena, sizeof(*items));

	*items = text;
	return (struct text_list){ items, 1 };
}

/* Paragraphs are lines; empty ones do not count. */
static struct text_list lines(const struct render_job *job, str text)
{
	struct list items;
	str line;

	list_init(&items, sizeof(str));
	while (str_split_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.len > 0)
			*(str *)list_add(&items, job->arena) = line;
	}
	return (struct text_list){ items.items, items.count };
}

/* 2026年3月2日: rules.md J.3, Arabic figures without leading zeros */
static str written_date(const struct render_job *job, struct moment moment,
			bool with_time)
{
	str form = view_string(job, "dates", "fact");
	struct buf text;

	buf_init(&text, job->arena);
	if (with_time)
		moment_format(&text, moment, STR("%Y-%m-%d %H:%M"));
	else
		(void)moment_format_in(&text, moment,
				       form.len > 0 ? form
						    : STR("%Y年%-m月%-d日"),
				       view_string(job, "dates", "months"));
	return buf_str(&text);
}

/* A record on one line: its values in the order written. */
static str record_text(const struct render_job *job,
		       const struct yaml_node *record)
{
	struct buf text;

	if (record->kind != YAML_MAPPING)
		return record->text;
	buf_init(&text, job->arena);
	for (size_t i = 0; i < record->count; i++) {
		const struct yaml_node *value = &record->pairs[i].value;

		if (value->kind != YAML_SCALAR || value->is_null)
			continue;
		if (text.len > 0)
			buf_add_byte(&text, ' ');
		buf_add(&text, value->text);
	}
	return buf_str(&text);
}

static struct text_list record_texts(const struct render_job *job,
				     const struct yaml_node *records)
{
	str *items = arena_array(job->arena, records->count, sizeof(*items));

	if (records->kind != YAML_SEQUENCE)
		return one(job, record_text(job, records));
	for (size_t i = 0; i < records->count; i++)
		items[i] = record_text(job, &records->items[i]);
	return (struct text_list){ items, records->count };
}

/* A field's value as texts: one item, several, or a paragraph each. */
struct text_list article_field_texts(const struct render_job *job,
				     const struct front_matter *matter,
				     uint16_t number)
{
	const struct field *field = &matter->type->fields[number];
	const struct field_value *value = &matter->values[number];

	if (value->node == NULL)
		return (struct text_list){ 0 };
	switch (field->kind) {
	case FIELD_TEXT_LIST:
		return (struct text_list){ value->items, value->item_count };
	case FIELD_PARAGRAPHS:
		return lines(job, value->text);
	case FIELD_DATE:
		return one(job, written_date(job, value->moment, false));
	case FIELD_MOMENT:
		return one(job, written_date(job, value->moment,
					     value->moment.has_time));
	case FIELD_NUMBER:
		return one(job,
			   arena_printf(job->arena, "%" PRIu64, value->number));
	case FIELD_TRUTH:
		return one(job, value->number ? STR("是") : STR("否"));
	case FIELD_CHOICE:
		return one(job, field_choice_label(field, value->text));
	case FIELD_RECORDS:
		return record_texts(job, value->node);
	case FIELD_RECORD:
		return one(job, record_text(job, value->node));
	case FIELD_FREE:
		return (struct text_list){ 0 };
	default:
		return one(job, value->text);
	}
}

/* What comes of a table, not of an editor, is said in the site's language. */
static struct text_list worded(const struct render_job *job,
			       const struct field *field,
			       struct text_list texts)
{
	if (texts.count == 1 &&
	    (field->kind == FIELD_CHOICE || field->kind == FIELD_TRUTH))
		return one(job, wording_value(job, texts.items[0]));
	return texts;
}

static bool is_said(const struct resource_type *type, uint16_t number)
{
	const uint16_t *lists[] = { type->facts, type->parts, type->searched };
	const size_t counts[] = { type->fact_count, type->part_count,
				  type->searched_count };

	for (size_t i = 0; i < COUNT_OF(lists); i++)
		for (size_t j = 0; j < counts[i]; j++)
			if (lists[i][j] == number)
				return true;
	return false;
}

struct text_list article_said_texts(const struct render_job *job,
				    const struct front_matter *matter,
				    uint16_t number)
{
	const struct field *field = &matter->type->fields[number];

	if (!is_said(matter->type, number) || field->kind == FIELD_URL ||
	    field->meaning == MEANS_VALIDITY || field->meaning == MEANS_DOC_NO)
		return (struct text_list){ 0 };
	return worded(job, field, article_field_texts(job, matter, number));
}

/* --- the record --- */

static str node_text(const struct yaml_node *record, const char *key)
{
	const struct yaml_node *node = yaml_get(record, str_from_c(key));

	if (node == NULL || node->kind != YAML_SCALAR || node->is_null)
		return STR("");
	if (node->is_plain && str_equal_c(node->text, "true"))
		return STR("是");
	if (node->is_plain && str_equal_c(node->text, "false"))
		return STR("否");
	return node->text;
}

static struct value node_texts(const struct render_job *job,
			       const struct yaml_node *record, const char *key)
{
	const struct yaml_node *node = yaml_get(record, str_from_c(key));
	struct value *items;

	if (node == NULL || node->kind == YAML_MAPPING)
		return value_list(NULL, 0);
	if (node->kind == YAML_SCALAR) {
		struct text_list texts = lines(job, node->text);

		return view_texts(job, texts.items, texts.count);
	}
	items = arena_array(job->arena, node->count, sizeof(*items));
	for (size_t i = 0; i < node->count; i++)
		items[i] = value_text(node->items[i].text);
	return value_list(items, node->count);
}

/* Where an address of a record leads. */
static str node_address(struct body_links *links,
			const struct yaml_node *record, const char *key)
{
	const struct yaml_node *node = yaml_get(record, str_from_c(key));

	if (node == NULL || node->kind != YAML_SCALAR || node->is_null)
		return STR("");
	return body_links_field(links, node->text, false, node->span);
}

static struct value first_value(struct body_links *links,
				const struct shape_field *field,
				const struct yaml_node *text)
{
	return field->kind == VALUE_URL
		       ? value_url(body_links_field(links, text->text, false,
						    text->span))
		       : value_text(text->text);
}

static struct value empty_value(const struct shape_field *field)
{
	if (field->kind == VALUE_LIST)
		return value_list(NULL, 0);
	return field->kind == VALUE_URL ? value_url(STR(""))
					: value_text(STR(""));
}

/*
 * The fields of one record in the order of its shape. An entry that is one
 * text stands for the first field alone.
 */
static struct value record_object(struct body_links *links,
				  const struct shape *shape,
				  const struct yaml_node *record)
{
	const struct render_job *job = links->job;
	struct value *values =
		arena_array(job->arena, shape->count, sizeof(*values));

	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *field = &shape->fields[i];

		if (record->kind == YAML_SCALAR)
			values[i] = i == 0 ? first_value(links, field, record)
					   : empty_value(field);
		else if (field->kind == VALUE_LIST)
			values[i] = node_texts(job, record, field->name);
		else if (field->kind == VALUE_URL)
			values[i] = value_url(
				node_address(links, record, field->name));
		else
			values[i] = value_text(node_text(record, field->name));
	}
	return view_object(job, shape, values);
}

static struct value record_list(struct body_links *links,
				const struct shape *shape,
				const struct yaml_node *node)
{
	struct value *items =
		arena_array(links->job->arena, node->count, sizeof(*items));

	for (size_t i = 0; i < node->count; i++)
		items[i] = record_object(links, shape, &node->items[i]);
	return value_list(items, node->count);
}

/* What stands for a page elsewhere is looked up where that is shown. */
static struct value url_value(struct body_links *links,
			      const struct field *field,
			      const struct field_value *value)
{
	if (value->node == NULL || field->meaning == MEANS_REPLACED_BY ||
	    field->meaning == MEANS_SOURCE_URL)
		return value_url(value->text);
	return value_url(body_links_field(links, value->text,
					  field->meaning == MEANS_IMAGE,
					  value->node->span));
}

static struct value record_value(struct body_links *links,
				 const struct front_matter *matter,
				 const struct shape_field *shape,
				 uint16_t number)
{
	const struct field_value *value = &matter->values[number];
	struct text_list texts;

	switch (shape->kind) {
	case VALUE_TRUTH:
		return value_truth(value->number != 0);
	case VALUE_URL:
		return url_value(links, &matter->type->fields[number], value);
	case VALUE_OBJECT:
		return value->node == NULL
			       ? value_none()
			       : record_object(links, shape->of, value->node);
	default:
		break;
	}
	if (shape->of != NULL)
		return value->node == NULL
			       ? value_list(NULL, 0)
			       : record_list(links, shape->of, value->node);
	texts = article_field_texts(links->job, matter, number);
	return view_texts(links->job, texts.items, texts.count);
}

/* The shape has the fields of the type in their order, but for free ones. */
struct value article_record(struct body_links *links,
			    const struct front_matter *matter)
{
	const struct render_job *job = links->job;
	const struct resource_type *type = matter->type;
	const struct shape *shape =
		type_shape_record(render_type_shape(job->site->theme, type));
	struct value *values =
		arena_array(job->arena, shape->count, sizeof(*values));
	size_t count = 0;

	for (uint16_t i = 0; i < type->field_count; i++) {
		if (type->fields[i].kind == FIELD_FREE)
			continue;
		values[count] =
			record_value(links, matter, &shape->fields[count], i);
		count++;
	}
	return view_object(job, shape, values);
}

/* --- the table of facts --- */

struct value article_fact(const struct render_job *job,
			  const struct field *field, struct text_list texts)
{
	struct text_list said = worded(job, field, texts);
	const struct value values[FACT_FIELDS] = {
		[FACT_KEY] = value_text(str_from_c(field->key)),
		[FACT_LABEL] = value_text(wording_field(job, field)),
		[FACT_VALUES] = view_texts(job, said.items, said.count),
	};

	return view_object(job, &fact_shape, values);
}

/* 有效性 changes by time alone; every other fact is as it was written. */
static struct text_list fact_texts(const struct render_job *job,
				   const struct front_matter *matter,
				   uint16_t number)
{
	struct text_list texts = article_field_texts(job, matter, number);
	const struct field *field = &matter->type->fields[number];

	if (texts.count > 0 && field->meaning == MEANS_VALIDITY)
		return one(job,
			   resource_validity(
				   view_resource(job, job->page->resource),
				   job->context->plan->arrangement->as_of));
	if (texts.count > 0 && field->meaning == MEANS_TOPIC)
		return one(job, view_topic(job, texts.items[0]));
	return texts;
}

/* Behind the time of an answer: how many working days it took. */
static bool answer_fact(struct value *out, const struct render_job *job,
			const struct field *field)
{
	const struct cluster *cluster =
		job->context->plan->arrangement->cluster;
	struct text_list texts;
	struct value values[FACT_FIELDS];
	int64_t days;

	if (field->meaning != MEANS_ANSWERED_AT ||
	    !holidays_answer(&days, &cluster->holidays,
			     view_resource(job, job->page->resource)))
		return false;
	texts = one(
		job,
		days < 1 ? view_string(job, "message", "same_day")
			 : arena_printf(job->arena, "%" PRId64 "%.*s", days,
					STR_ARG(view_string(job, "message",
							    "working_days"))));
	values[FACT_KEY] = value_text(STR("days_taken"));
	values[FACT_LABEL] =
		value_text(view_string(job, "message", "days_taken"));
	values[FACT_VALUES] = view_texts(job, texts.items, texts.count);
	*out = view_object(job, &fact_shape, values);
	return true;
}

struct value article_facts(const struct render_job *job,
			   const struct front_matter *matter)
{
	const struct resource_type *type = matter->type;
	struct value *items =
		arena_array(job->arena, type->fact_count + 1, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < type->fact_count; i++) {
		uint16_t number = type->facts[i];
		struct text_list texts = fact_texts(job, matter, number);

		if (texts.count > 0)
			items[count++] =
				article_fact(job, &type->fields[number], texts);
		if (answer_fact(&items[count], job, &type->fields[number]))
			count++;
	}
	return value_list(items, count);
}

/* --- parts below headings --- */

static struct value cell(struct body_links *links,
			 const struct yaml_node *record,
			 const struct field *field)
{
	const struct render_job *job = links->job;
	struct value values[CELL_FIELDS] = {
		[CELL_LABEL] = value_text(wording_field(job, field)),
		[CELL_TEXTS] = value_list(NULL, 0),
		[CELL_URL] = value_url(STR("")),
	};

	if (field->kind == FIELD_URL)
		values[CELL_URL] =
			value_url(node_address(links, record, field->key));
	else
		values[CELL_TEXTS] = node_texts(job, record, field->key);
	return view_object(job, &cell_shape, values);
}

/* A column that no row fills is left out. */
static bool is_filled(const struct yaml_node *rows, const struct field *part)
{
	for (size_t i = 0; i < rows->count; i++)
		if (yaml_get(&rows->items[i], str_from_c(part->key)) != NULL)
			return true;
	return false;
}

static size_t fill_columns(const struct field **out,
			   const struct yaml_node *rows,
			   const struct field *parts)
{
	size_t count = 0;

	for (size_t i = 0; parts[i].key != NULL; i++)
		if (is_filled(rows, &parts[i]))
			out[count++] = &parts[i];
	return count;
}

static struct value table_row(struct body_links *links,
			      const struct yaml_node *record,
			      const struct field *const *columns, size_t count)
{
	const struct render_job *job = links->job;
	struct value *cells = arena_array(job->arena, count, sizeof(*cells));
	struct value values[ROW_FIELDS];

	for (size_t i = 0; i < count; i++)
		cells[i] = cell(links, record, columns[i]);
	values[ROW_CELLS] = value_list(cells, count);
	return view_object(job, &row_shape, values);
}

static void fill_table(struct value *values, struct body_links *links,
		       const struct field *field, const struct yaml_node *rows)
{
	const struct render_job *job = links->job;
	const struct field *columns[TYPE_PART_LIMIT];
	size_t count = fill_columns(columns, rows, field->record);
	struct value *heads = arena_array(job->arena, count, sizeof(*heads));
	struct value *items =
		arena_array(job->arena, rows->count, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		heads[i] = value_text(wording_field(job, columns[i]));
	for (size_t i = 0; i < rows->count; i++)
		items[i] = table_row(links, &rows->items[i], columns, count);
	values[PART_FIELD_HEADS] = value_list(heads, count);
	values[PART_FIELD_ROWS] = value_list(items, rows->count);
}

/* A single text that is the id of a resource, with its folder, is a link. */
static bool is_reference(const struct field *field,
			 const struct text_list *texts)
{
	return field->kind == FIELD_TEXT_LIST && texts->count == 1 &&
	       str_find_byte(texts->items[0], '/') != STR_NONE &&
	       id_is_valid(texts->items[0]);
}

static struct value part(struct body_links *links,
			 const struct front_matter *matter, uint16_t number)
{
	const struct render_job *job = links->job;
	const struct field *field = &matter->type->fields[number];
	const struct field_value *value = &matter->values[number];
	struct value values[PART_FIELD_COUNT] = {
		[PART_FIELD_KEY] = value_text(str_from_c(field->key)),
		[PART_FIELD_LABEL] = value_text(wording_field(job, field)),
		[PART_FIELD_VALUES] = value_list(NULL, 0),
		[PART_FIELD_URL] = value_url(STR("")),
		[PART_FIELD_HEADS] = value_list(NULL, 0),
		[PART_FIELD_ROWS] = value_list(NULL, 0),
	};
	struct text_list texts;

	if (field->kind == FIELD_URL) {
		values[PART_FIELD_URL] = url_value(links, field, value);
	} else if (field->kind == FIELD_RECORDS) {
		fill_table(values, links, field, value->node);
	} else {
		texts = article_field_texts(job, matter, number);
		if (is_reference(field, &texts))
			values[PART_FIELD_URL] = value_url(
				body_links_field(links, texts.items[0], false,
						 value->node->span));
		else
			values[PART_FIELD_VALUES] =
				view_texts(job, texts.items, texts.count);
	}
	return view_object(job, &part_shape, values);
}

struct value article_parts(struct body_links *links,
			   const struct front_matter *matter)
{
	const struct render_job *job = links->job;
	const struct resource_type *type = matter->type;
	struct value *items =
		arena_array(job->arena, type->part_count, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < type->part_count; i++)
		if (matter->values[type->parts[i]].node != NULL)
			items[count++] = part(links, matter, type->parts[i]);
	return value_list(items, count);
}
