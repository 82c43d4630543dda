/*
 * services.json and its like: of each resource what its page and the search
 * show of it, field by field, as the rows of its type's file say. Each file is
 * read again for its fields, and forgotten before the next.
 */
#include "library/resource_reader.h"
#include "markup/json_writer.h"
#include "plan/exports.h"
#include "plan/permalink.h"
#include "render/view.h"

struct exporting {
	const struct render_job *job;
	struct json_writer json;
	struct arena scratch; /* of one resource */
};

static str day(struct moment moment, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	moment_format(&text, moment, STR("%Y-%m-%d"));
	return buf_str(&text);
}

static void add_texts(struct json_writer *json, const str *items, size_t count)
{
	json_open_array(json);
	for (size_t i = 0; i < count; i++)
		json_text(json, items[i]);
	json_close_array(json);
}

/* What is written relative to its text leads nowhere from here. */
static bool is_whole_address(str text)
{
	return str_starts_with(text, STR("https://")) ||
	       str_starts_with(text, STR("http://"));
}

static bool has_value(const struct field *field, const struct yaml_node *node)
{
	if (node == NULL || (node->kind == YAML_SCALAR && node->is_null))
		return false;
	return field->kind != FIELD_URL ||
	       (node->kind == YAML_SCALAR && is_whole_address(node->text));
}

static void add_node(struct json_writer *json, const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR) {
		json_text(json, node->text);
		return;
	}
	json_open_array(json);
	for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++)
		if (node->items[i].kind == YAML_SCALAR)
			json_text(json, node->items[i].text);
	json_close_array(json);
}

/* One that is written as a text stands for its first part. */
static void add_record(struct json_writer *json, const struct field *parts,
		       const struct yaml_node *node)
{
	json_open_object(json);
	if (node->kind == YAML_SCALAR && has_value(&parts[0], node))
		json_member_text(json, parts[0].key, node->text);
	for (size_t i = 0; node->kind == YAML_MAPPING && parts[i].key != NULL;
	     i++) {
		const struct yaml_node *part =
			yaml_get(node, str_from_c(parts[i].key));

		if (!has_value(&parts[i], part))
			continue;
		json_key(json, parts[i].key);
		add_node(json, part);
	}
	json_close_object(json);
}

static void add_records(struct json_writer *json, const struct field *field,
			const struct yaml_node *node)
{
	json_open_array(json);
	if (node->kind != YAML_SEQUENCE)
		add_record(json, field->record, node);
	for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++)
		add_record(json, field->record, &node->items[i]);
	json_close_array(json);
}

static void add_value(struct exporting *exporting, const struct field *field,
		      const struct field_value *value)
{
	struct json_writer *json = &exporting->json;

	json_key(json, field->key);
	switch (field->kind) {
	case FIELD_TRUTH:
		json_truth(json, value->number != 0);
		break;
	case FIELD_NUMBER:
		json_number(json, (int64_t)value->number);
		break;
	case FIELD_TEXT_LIST:
		add_texts(json, value->items, value->item_count);
		break;
	case FIELD_DATE:
		json_text(json, day(value->moment, &exporting->scratch));
		break;
	case FIELD_MOMENT:
		json_text(json, moment_iso(value->moment, &exporting->scratch));
		break;
	case FIELD_RECORDS:
		add_records(json, field, value->node);
		break;
	case FIELD_RECORD:
		add_record(json, field->record, value->node);
		break;
	default:
		json_text(json, value->text);
	}
}

static bool is_among(const uint16_t *numbers, size_t count, uint16_t number)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return false;
}

/* Those that have a member of their own stand there. */
static bool is_exported(const struct resource_type *type, uint16_t number)
{
	const struct field *field = &type->fields[number];

	if (field->kind == FIELD_FREE || field->meaning == MEANS_VALIDITY ||
	    field->meaning == MEANS_TOPIC || field->meaning == MEANS_TITLE)
		return false;
	return field->meaning == MEANS_FROM_MESSAGES ||
	       is_among(type->facts, type->fact_count, number) ||
	       is_among(type->parts, type->part_count, number) ||
	       is_among(type->searched, type->searched_count, number) ||
	       is_among(type->listed, type->listed_count, number);
}

static void add_fields(struct exporting *exporting, uint32_t number)
{
	const struct render_job *job = exporting->job;
	const struct catalog *catalog = view_catalog(job);
	const struct resource_type *type = catalog_type(catalog, number);
	struct front_matter matter;
	struct diag_list untold; /* its own page tells them */
	struct source source;

	diag_list_init(&untold, &exporting->scratch);
	json_key(&exporting->json, "fields");
	json_open_object(&exporting->json);
	if (resource_reader_matter(&matter, &source, catalog, job->reader,
				   catalog_file(catalog, number),
				   &exporting->scratch, &untold))
		for (uint16_t i = 0; i < type->field_count; i++)
			if (is_exported(type, i) &&
			    has_value(&type->fields[i], matter.values[i].node))
				add_value(exporting, &type->fields[i],
					  &matter.values[i]);
	json_close_object(&exporting->json);
}

static void add_item(struct exporting *exporting, uint32_t number)
{
	const struct render_job *job = exporting->job;
	struct json_writer *json = &exporting->json;
	struct arena *scratch = &exporting->scratch;
	struct placement placement = view_placement(job, number);
	struct resource resource;
	str validity;

	/* a plan out of a damaged record, which is made anew when that shows */
	if (placement.column == NULL)
		return;
	catalog_get(&resource, view_catalog(job), number);
	validity = resource_validity(&resource,
				     job->context->plan->arrangement->as_of);
	json_open_object(json);
	json_member_text(json, "id", resource.id);
	json_member_text(
		json, "url",
		permalink_absolute(
			placement.site,
			permalink_path(&resource, placement.column, scratch),
			scratch));
	json_member_text(json, "title", resource.title);
	json_member_text(json, "date", moment_iso(resource.date, scratch));
	if (resource.updated.is_set)
		json_member_text(json, "updated",
				 moment_iso(resource.updated, scratch));
	json_member_text(json, "source", resource.source_name);
	if (resource.topic.len > 0)
		json_member_text(json, "topic", resource.topic);
	if (validity.len > 0)
		json_member_text(json, "validity", validity);
	if (placement.archived_since.is_set)
		json_member_text(json, "archived_on",
				 day(placement.archived_since, scratch));
	add_fields(exporting, number);
	json_close_object(json);
	arena_reset(scratch);
}

static void add_head(struct exporting *exporting, size_t total)
{
	const struct render_job *job = exporting->job;
	const struct export_row *row = export_row_of(job->page);
	const struct site *site = job->site->site;
	struct json_writer *json = &exporting->json;
	uint32_t full = list_page_count(total, EXPORT_SIZE);

	json_member_number(json, "version", 1);
	json_member_text(json, "name", str_from_c(row->name));
	json_member_text(json, "site", site->name);
	json_member_text(json, "url",
			 permalink_absolute(site, job->page->path, job->arena));
	json_key(json, "older");
	json_open_array(json);
	/* the newest names the others, so that they stay as they are */
	for (uint32_t k = full; export_number_of(job->page) == 0 && k > 0; k--)
		json_text(json, permalink_absolute(
					site, export_path(row, k, job->arena),
					job->arena));
	json_close_array(json);
}

bool render_export(str *out, const struct render_job *job)
{
	struct exporting exporting = { .job = job };
	const uint32_t *numbers;
	size_t count = reads_exported(&numbers, job->site, job->page);
	struct buf bytes;

	arena_init(&exporting.scratch);
	buf_init(&bytes, job->arena);
	json_begin(&exporting.json, &bytes);
	json_open_object(&exporting.json);
	add_head(&exporting, export_list_of(job->site, job->page)->count);
	json_key(&exporting.json, "items");
	json_open_array(&exporting.json);
	for (size_t i = 0; i < count; i++)
		add_item(&exporting, numbers[i]);
	json_close_array(&exporting.json);
	json_close_object(&exporting.json);
	json_end(&exporting.json);
	buf_add_byte(&bytes, '\n');
	arena_release(&exporting.scratch);
	*out = buf_str(&bytes);
	return true;
}
