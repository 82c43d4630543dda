/*
 * Pages for self-service machines. Whoever stands at one cannot go back from
 * another site, open a file or type: so nothing on them leads out, links of a
 * text are words, and its pictures are those of the own site. What is wrong
 * with a text is told of its own page.
 */
#include "plan/kiosk.h"

#include "library/body_anchors.h"
#include "library/resource_reader.h"
#include "markup/markdown.h"
#include "plan/permalink.h"
#include "render/article_record.h"
#include "render/qr_code.h"

/* --- lists --- */

/* As a list shows it, with the address of its page here. */
static struct value entry(const struct render_job *job, uint32_t number,
			  const struct column *column)
{
	struct value item = view_item(job, number, column);
	struct value values[ITEM_FIELDS];

	memcpy(values, item.as.object->values, sizeof(values));
	values[ITEM_URL] = value_url(permalink_address(
		kiosk_text_path(column, view_resource(job, number), job->arena),
		job->arena));
	return view_object(job, &item_shape, values);
}

static struct value entries(const struct render_job *job,
			    const struct column *column, size_t limit)
{
	size_t count = kiosk_count(column, &column->list);
	struct value *items;

	if (count > limit)
		count = limit;
	if (!view_trusts(job, column->list.live, count))
		count = 0;
	items = arena_array(job->arena, count, sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i] = entry(job, column->list.live[i], column);
	return value_list(items, count);
}

static str list_address(const struct render_job *job,
			const struct column *column)
{
	return permalink_address(kiosk_list_path(column, job->arena),
				 job->arena);
}

static struct value section(const struct render_job *job,
			    const struct column *column, size_t limit)
{
	const struct value values[KIOSK_SECTION_FIELDS] = {
		[KIOSK_SECTION_NAME] = value_text(column->name),
		[KIOSK_SECTION_URL] = value_url(list_address(job, column)),
		[KIOSK_SECTION_DESCRIPTION] = value_text(column->description),
		[KIOSK_SECTION_IS_SERVICES] =
			value_truth(column->class_number == CLASS_SERVICE),
		[KIOSK_SECTION_ITEMS] = entries(job, column, limit),
	};

	return view_object(job, &kiosk_section_shape, values);
}

bool render_kiosk(str *out, const struct render_job *job)
{
	const struct site *site = job->site->site;
	struct value *sections =
		arena_array(job->arena, site->column_count, sizeof(*sections));
	struct value values[KIOSK_FIELDS];
	struct page_head head = { .title = view_string(job, "kiosk", "title") };
	size_t count = 0;

	for (size_t i = 0; i < site->column_count; i++)
		if (kiosk_has(site, &site->columns[i]))
			sections[count++] =
				section(job, &site->columns[i], KIOSK_FIRST);
	values[KIOSK_SECTIONS] = value_list(sections, count);
	return view_render(out, job, &kiosk_shape, values, &head);
}

bool render_kiosk_list(str *out, const struct render_job *job)
{
	const struct column *column = job->page->column;
	struct value values[KIOSK_LIST_FIELDS];
	struct page_head head = { .title = column->name };

	values[KIOSK_LIST_SECTION] = section(job, column, KIOSK_SERVICES);
	return view_render(out, job, &kiosk_list_shape, values, &head);
}

/* --- texts --- */

struct kiosk_text {
	const struct render_job *job;
	const struct resource *resource;
	struct placement placement;
	struct front_matter matter;
	struct source source;
	struct body_links links;
};

static bool resolve(void *context, struct markdown_target *out, str destination,
		    bool is_image, struct span span, struct diag_list *diags)
{
	struct kiosk_text *text = context;

	return is_image && text->placement.site == text->job->site->site &&
	       body_links_resolve(&text->links, out, destination, is_image,
				  span, diags) &&
	       str_starts_with(out->address, STR("/"));
}

static struct value body(struct kiosk_text *text)
{
	const struct render_job *job = text->job;
	struct markdown_options options = body_markdown_options();
	struct markdown markdown;

	options.resolve = resolve;
	options.context = text;
	options.footnotes_title = view_string(job, "body", "footnotes");
	options.footnote_back = view_string(job, "body", "footnote_back");
	options.table_label = view_string(job, "body", "table");
	options.quiet = true;
	return markdown_render(&markdown, &text->source,
			       text->matter.body_start, &options, job->arena,
			       job->diags)
		       ? value_html(markdown.html)
		       : value_html(STR(""));
}

/* Of all that its type has to say, what has several texts or one. */
static struct value facts(const struct kiosk_text *text, bool is_long)
{
	const struct resource_type *type = text->matter.type;
	struct value *items = arena_array(text->job->arena, type->field_count,
					  sizeof(*items));
	size_t count = 0;

	for (uint16_t i = 0; i < type->field_count; i++) {
		struct text_list texts =
			article_said_texts(text->job, &text->matter, i);

		if (texts.count > 0 && (texts.count > 1) == is_long)
			items[count++] = article_fact(text->job,
						      &type->fields[i], texts);
	}
	return value_list(items, count);
}

static struct value qr_code(const struct kiosk_text *text)
{
	const struct render_job *job = text->job;
	str image;

	if (!qr_code_image(
		    &image,
		    permalink_absolute(text->placement.site,
				       permalink_path(text->resource,
						      text->placement.column,
						      job->arena),
				       job->arena),
		    text->resource->title, job->arena))
		return value_html(STR(""));
	return value_html(image);
}

static void fill_links(struct kiosk_text *text)
{
	struct body_links *links = &text->links;

	links->job = text->job;
	links->targets = text->job->targets;
	list_init(&links->attachments, sizeof(struct value));
	map_init(&links->listed, text->job->arena);
	map_init(&links->sizes, text->job->arena);
}

static bool render_text(str *out, struct kiosk_text *text)
{
	const struct render_job *job = text->job;
	const struct resource *resource = text->resource;
	struct value values[KIOSK_TEXT_FIELDS];
	struct page_head head = { .title = resource->title,
				  .description = resource->summary };

	head.canonical = permalink_absolute(
		text->placement.site,
		permalink_path(resource, text->placement.column, job->arena),
		job->arena);
	values[KIOSK_TEXT_LIST] =
		view_link(job, job->page->column->name,
			  list_address(job, job->page->column));
	values[KIOSK_TEXT_IS_SERVICE] =
		value_truth(job->page->column->class_number == CLASS_SERVICE);
	values[KIOSK_TEXT_SOURCE] = value_text(resource->source_name);
	values[KIOSK_TEXT_DATE] = value_moment(resource->date);
	values[KIOSK_TEXT_FACTS] = facts(text, false);
	values[KIOSK_TEXT_PARTS] = facts(text, true);
	values[KIOSK_TEXT_BODY] = body(text);
	values[KIOSK_TEXT_QR_CODE] = qr_code(text);
	return view_render(out, job, &kiosk_text_shape, values, &head);
}

bool render_kiosk_text(str *out, const struct render_job *job)
{
	struct render_job quiet = *job;
	struct kiosk_text text = {
		.job = &quiet,
		.resource = view_resource(job, job->page->resource),
		.placement = view_placement(job, job->page->resource),
	};
	struct diag_list untold;
	bool ok;

	if (text.placement.column == NULL) {
		snapshot_damaged(job->context->plan->snapshot);
		return false;
	}
	diag_list_init(&untold, job->arena);
	quiet.diags = &untold;
	fill_links(&text);
	ok = resource_reader_matter(&text.matter, &text.source,
				    view_catalog(job), job->reader,
				    text.resource->file, job->arena, &untold) &&
	     render_text(out, &text);
	if (!ok)
		diag_merge(job->diags, &untold);
	return ok;
}
