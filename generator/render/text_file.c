/*
 * A policy or service as plain text, to be kept or sent on: what its page says
 * with its source, address and date, a line for each paragraph.
 */
#include "library/extracts.h"
#include "library/resource_reader.h"
#include "plan/permalink.h"
#include "render/article_record.h"
#include "render/view.h"
#include "render/wording.h"

static void add_named(struct buf *out, const struct render_job *job,
		      const char *name, str text)
{
	if (text.len == 0)
		return;
	buf_add(out, view_string(job, "text_file", name));
	buf_add(out, view_string(job, "text_file", "colon"));
	buf_add(out, text);
	buf_add_byte(out, '\n');
}

static void add_lines(struct buf *out, str text)
{
	str line;

	if (text.len > 0)
		buf_add_byte(out, '\n');
	while (str_split_next(&text, '\n', &line)) {
		buf_add(out, line);
		buf_add_byte(out, '\n');
	}
}

static str day(const struct render_job *job, struct moment moment)
{
	struct buf text;

	buf_init(&text, job->arena);
	moment_format(&text, moment, STR("%Y-%m-%d"));
	return buf_str(&text);
}

static void add_head(struct buf *out, const struct render_job *job,
		     const struct resource *resource)
{
	struct placement placement = view_placement(job, resource->number);

	if (placement.archived_since.is_set)
		wording_add_stamp(out, job, placement.archived_since);
	if (placement.archived_since.is_set)
		buf_add(out, STR("\n\n"));
	buf_add(out, resource->title);
	buf_add(out, STR("\n\n"));
	add_named(out, job, "number", resource->doc_no);
	add_named(out, job, "state",
		  wording_value(job, view_validity(job, resource->number)));
	add_named(out, job, "source", resource->source_name);
	add_named(out, job, "date", day(job, resource->date));
	add_named(out, job, "address",
		  permalink_absolute(job->site->site,
				     permalink_path(resource, job->page->column,
						    job->arena),
				     job->arena));
}

/* 服务对象：自然人; what is longer stands below its name. */
static void add_field(struct buf *out, const struct render_job *job,
		      const struct front_matter *matter, uint16_t number)
{
	const struct field *field = &matter->type->fields[number];
	struct text_list texts = article_said_texts(job, matter, number);

	if (texts.count == 0)
		return;
	buf_add(out, wording_field(job, field));
	buf_add(out, view_string(job, "text_file", "colon"));
	if (texts.count > 1)
		buf_add_byte(out, '\n');
	for (size_t i = 0; i < texts.count; i++) {
		if (texts.count > 1)
			buf_printf(out, "%zu. ", i + 1);
		buf_add(out, texts.items[i]);
		buf_add_byte(out, '\n');
	}
}

static void add_text(struct buf *out, const struct render_job *job)
{
	const struct catalog *catalog = view_catalog(job);
	struct front_matter matter;
	struct extract extract;
	struct source source;
	struct diag_list untold; /* its page tells them */

	diag_list_init(&untold, job->arena);
	if (!resource_reader_matter(&matter, &source, catalog, job->reader,
				    catalog_file(catalog, job->page->resource),
				    job->arena, &untold))
		return;
	buf_add_byte(out, '\n');
	for (uint16_t i = 0; i < matter.type->field_count; i++)
		add_field(out, job, &matter, i);
	if (extracts_get(&extract, job->context->extracts, catalog, job->reader,
			 job->page->resource, job->arena))
		add_lines(out, extract.body);
}

bool render_text_file(str *out, const struct render_job *job)
{
	struct buf bytes;

	buf_init(&bytes, job->arena);
	add_head(&bytes, job, view_resource(job, job->page->resource));
	add_text(&bytes, job);
	*out = buf_str(&bytes);
	return true;
}
