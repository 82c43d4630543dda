/*
 * The page of one resource. The catalogue holds only what lists need; here the
 * file is read again for its body and the fields that only its own page shows.
 */
#include "base/pack.h"
#include "library/body_anchors.h"
#include "library/extracts.h"
#include "library/resource_reader.h"
#include "library/stand_in.h"
#include "markup/markdown.h"
#include "plan/exports.h"
#include "plan/permalink.h"
#include "render/article_record.h"
#include "render/article_relations.h"
#include "render/body_links.h"
#include "render/body_numbers.h"
#include "render/flow_chart.h"
#include "render/heading_phrases.h"
#include "render/kept_body.h"
#include "render/official_form.h"
#include "render/page_frame.h"
#include "render/qr_code.h"
#include "render/type_shape.h"
#include "render/wording.h"

enum { CONTENTS_FROM = 3 };

struct article {
	const struct render_job *job;
	const struct resource *resource;
	struct placement placement;
	struct front_matter matter;
	struct source source;
	struct markdown_reading reading; /* of the body */
	struct markdown body;
	struct body_links links;
	struct page_head head;
	str summary;
	str image; /* its address, or empty */
};

/* --- reading --- */

static bool read_matter(struct article *article)
{
	const struct render_job *job = article->job;

	return resource_reader_matter(&article->matter, &article->source,
				      job->context->plan->arrangement->catalog,
				      job->reader, article->resource->file,
				      job->arena, job->diags);
}

static bool read_body(struct article *article)
{
	const struct render_job *job = article->job;
	struct markdown_options options = body_markdown_options();

	options.resolve = body_links_resolve;
	options.frame = body_links_frame;
	options.context = &article->links;
	options.footnotes_title = view_string(job, "body", "footnotes");
	options.footnote_back = view_string(job, "body", "footnote_back");
	options.table_label = view_string(job, "body", "table");
	options.task_done = view_string(job, "body", "task_done");
	options.task_open = view_string(job, "body", "task_open");
	options.frame_label = view_string(job, "body", "frame");
	options.callouts[0] = view_string(job, "body", "callout_note");
	options.callouts[1] = view_string(job, "body", "callout_tip");
	options.callouts[2] = view_string(job, "body", "callout_important");
	options.callouts[3] = view_string(job, "body", "callout_warning");
	options.callouts[4] = view_string(job, "body", "callout_caution");
	return kept_body_write(&article->body, &article->reading, &options,
			       &article->links);
}

/* A page of nothing but its title; a file beside it is something, too. */
static void look_for_text(const struct article *article)
{
	const struct render_job *job = article->job;
	struct diag *diag;

	if (article->body.html.len > 0 ||
	    article->links.attachments.count > 0 ||
	    !catalog_type(view_catalog(job), job->page->resource)->needs_text)
		return;
	diag = diag_warning(job->diags,
			    span_of(&article->source,
				    article->matter.body_start,
				    article->matter.body_start),
			    "text-missing",
			    _("there is no text: the page has nothing but its "
			      "title"));
	diag_help(job->diags, diag, "%s",
		  _("write it behind the second line of ---; what is not "
		    "finished says status: draft"));
}

/* With what the thread knows of other texts, or what is needed for this. */
static bool read_links(struct article *article)
{
	struct body_links *links = &article->links;
	struct target_anchors own;
	bool ok;

	links->job = article->job;
	links->targets = article->job->targets;
	if (links->targets == NULL) {
		target_anchors_init(&own);
		links->targets = &own;
	}
	links->titles =
		front_matter_get(&article->matter, MEANS_ATTACHMENTS)->node;
	list_init(&links->attachments, sizeof(struct value));
	map_init(&links->listed, article->job->arena);
	map_init(&links->sizes, article->job->arena);
	ok = read_body(article);
	if (ok) {
		body_links_add_rest(links, article->job->diags);
		look_for_text(article);
	}
	if (links->targets == &own)
		target_anchors_release(&own);
	return ok;
}

/* The body for the page and, from the same tree, its extract for the search. */
static bool read_text(struct article *article)
{
	const struct render_job *job = article->job;
	bool ok;

	markdown_begin(&article->reading, &article->source,
		       article->matter.body_start, job->arena);
	ok = read_links(article);
	if (ok && job->page->kind == PAGE_ARTICLE)
		extracts_keep(job->context->extracts, view_catalog(job),
			      job->page->resource, &article->matter,
			      &article->reading, job->arena);
	markdown_end(&article->reading);
	return ok;
}

/* The notices of the body's outside links join those of the page. */
static void add_leaves(struct article *article)
{
	const struct markdown *body = &article->body;

	list_init(&article->head.leaves.items, sizeof(struct value));
	for (size_t i = 0; i < body->outside_count; i++) {
		const struct value values[LEAVE_FIELDS] = {
			[LEAVE_ID] = value_text(body->outside[i].id),
			[LEAVE_URL] = value_url(body->outside[i].address),
			[LEAVE_ADDRESS] = value_text(body->outside[i].address),
		};

		*(struct value *)list_add(&article->head.leaves.items,
					  article->job->arena) =
			view_object(article->job, &leave_shape, values);
	}
}

/* --- meta tags (rules.md B.1: 3 + 4 + 3, advised 15) --- */

static str minutes(const struct article *article)
{
	struct buf text;

	buf_init(&text, article->job->arena);
	moment_format(&text, article->resource->date, STR("%Y-%m-%d %H:%M"));
	return buf_str(&text);
}

static str field_text(const struct article *article, enum field_meaning meaning)
{
	return front_matter_get(&article->matter, meaning)->text;
}

static str absolute_here(const struct article *article)
{
	return permalink_absolute(article->job->site->site,
				  article->job->page->path,
				  article->job->arena);
}

/* The picture that stands for the page: the resource's, or the body's first. */
static str find_image(struct article *article)
{
	const struct field_value *field =
		front_matter_get(&article->matter, MEANS_IMAGE);

	if (field->node == NULL || field->text.len == 0)
		return article->body.first_image;
	return body_links_field(&article->links, field->text, true,
				field->node->span);
}

static str author(const struct article *article)
{
	return article->resource->author.len > 0
		       ? article->resource->author
		       : field_text(article, MEANS_EDITOR);
}

/* What a page has to say of a document that does not hold (any more). */
static str validity_told(const struct article *article)
{
	str validity = resource_validity(
		article->resource,
		article->job->context->plan->arrangement->as_of);

	return str_equal_c(validity, "有效")
		       ? STR("")
		       : wording_value(article->job, validity);
}

static struct value meta_tags(const struct article *article)
{
	const struct resource *resource = article->resource;
	str keywords = view_join(article->job, resource->keywords);
	struct meta_list list;

	meta_begin(&list, article->job);
	meta_add_column(&list, article->job, article->job->page->column);
	meta_add(&list, "ArticleTitle", resource->title);
	meta_add(&list, "PubDate", minutes(article));
	meta_add(&list, "ContentSource", resource->source_name);
	meta_add(&list, "Keywords", keywords);
	meta_add(&list, "Author", author(article));
	meta_add(&list, "Description", article->summary);
	meta_add(&list, "Image", view_absolute(article->job, article->image));
	meta_add(&list, "Url", absolute_here(article));
	meta_add(&list, "Validity", validity_told(article));
	meta_add(&list, "MapApprovalNo", field_text(article, MEANS_MAP_NUMBER));
	return meta_value(&list);
}

static struct value open_graph(const struct article *article)
{
	const struct resource *resource = article->resource;
	struct meta_list list = { .arena = article->job->arena };
	struct buf published;

	buf_init(&published, article->job->arena);
	moment_format(&published, resource->date, STR("%Y-%m-%dT%H:%M:%S%z"));
	list_init(&list.items, sizeof(struct value));
	meta_add(&list, "og:type", STR("article"));
	meta_add(&list, "og:site_name", article->job->site->site->name);
	meta_add(&list, "og:title", resource->title);
	meta_add(&list, "og:description", article->summary);
	meta_add(&list, "og:url", absolute_here(article));
	meta_add(&list, "og:image",
		 view_absolute(article->job, article->image));
	meta_add(&list, "og:locale", view_locale(article->job));
	meta_add(&list, "article:published_time", buf_str(&published));
	return meta_value(&list);
}

static void fill_head(struct article *article)
{
	const struct render_job *job = article->job;
	const struct resource *resource = article->resource;
	struct page_head *head = &article->head;

	head->title = resource->title;
	head->description = article->summary;
	head->stamp = view_stamp(job, article->placement.archived_since,
				 resource->replaced_by);
	head->meta_list = meta_tags(article);
	head->properties = open_graph(article);
	head->has_image = article->image.len > 0;
	head->alternates = article_alternates(job);
	head->canonical = permalink_absolute(
		article->placement.site,
		permalink_path(resource, article->placement.column, job->arena),
		job->arena);
}

/* --- the parts of the article --- */

/* "#一-总则": letters of any script stand in it as they are. */
static str anchor_address(str id, struct arena *arena)
{
	static const char encoded[] = " \"#%<>[\\]^`{|}";
	struct buf address;

	buf_init(&address, arena);
	buf_add_byte(&address, '#');
	for (size_t i = 0; i < id.len; i++)
		if (strchr(encoded, id.data[i]) != NULL)
			buf_printf(&address, "%%%02X",
				   (unsigned)(unsigned char)id.data[i]);
		else
			buf_add_byte(&address, id.data[i]);
	return buf_str(&address);
}

static struct value contents(const struct article *article)
{
	const struct markdown *body = &article->body;
	struct value *items = arena_array(article->job->arena,
					  body->heading_count, sizeof(*items));

	for (size_t i = 0; i < body->heading_count; i++) {
		const struct markdown_heading *heading = &body->headings[i];
		const struct value values[HEADING_FIELDS] = {
			[HEADING_ID] = value_text(heading->id),
			[HEADING_TEXT] = value_text(heading->text),
			[HEADING_LEVEL] = value_number(heading->level),
			[HEADING_IS_TOP] = value_truth(heading->level == 2),
			[HEADING_URL] = value_url(anchor_address(
				heading->id, article->job->arena)),
		};

		items[i] = view_object(article->job, &heading_shape, values);
	}
	return value_list(items, body->heading_count);
}

static struct value link_to(const struct article *article, uint32_t number)
{
	str address;

	if (number == RESOURCE_NONE)
		return value_none();
	address = view_address(article->job, number, NULL);
	return address.len == 0
		       ? value_none()
		       : view_link(article->job,
				   view_resource(article->job, number)->title,
				   address);
}

static struct value row_of(const struct article *article, uint32_t number)
{
	return number == RESOURCE_NONE ? value_none()
				       : view_item(article->job, number, NULL);
}

/* The newest with the keyword; of which columns does not matter. */
static struct value section_items(const struct article *article, str keyword)
{
	uint32_t numbers[SECTION_ITEMS_LIMIT];
	size_t count =
		topics_items(&article->job->context->plan->topics, keyword,
			     article->resource->number, numbers);

	return view_items(article->job, numbers, count, NULL);
}

static struct value topic_sections(const struct article *article)
{
	const struct field_value *field =
		front_matter_get(&article->matter, MEANS_SECTIONS);
	struct value *items;

	if (field->node == NULL || field->node->kind != YAML_SEQUENCE)
		return value_list(NULL, 0);
	items = arena_array(article->job->arena, field->node->count,
			    sizeof(*items));
	for (size_t i = 0; i < field->node->count; i++) {
		const struct yaml_node *record = &field->node->items[i];
		str keyword = yaml_text(record, "keyword");
		const struct value values[SECTION_FIELDS] = {
			[SECTION_NAME] = value_text(yaml_text(record, "name")),
			[SECTION_ITEMS] = section_items(article, keyword),
		};

		items[i] = view_object(article->job, &section_shape, values);
	}
	return value_list(items, field->node->count);
}

static void fill_text(struct value *values, const struct article *article)
{
	const struct resource *resource = article->resource;
	const struct resource_type *type = article->matter.type;
	str validity = resource_validity(
		resource, article->job->context->plan->arrangement->as_of);

	values[ARTICLE_ID] = value_text(resource->id);
	values[ARTICLE_TYPE] = value_text(str_from_c(type->name));
	values[ARTICLE_TYPE_LABEL] =
		value_text(wording_type(article->job, type));
	values[ARTICLE_TITLE] = value_text(resource->title);
	values[ARTICLE_SUBTITLE] = value_text(resource->subtitle);
	values[ARTICLE_KICKER] = value_text(field_text(article, MEANS_KICKER));
	values[ARTICLE_DATE] = value_moment(resource->date);
	values[ARTICLE_UPDATED] = resource->updated.is_set
					  ? value_moment(resource->updated)
					  : value_none();
	values[ARTICLE_SOURCE] = value_text(resource->source_name);
	values[ARTICLE_AUTHOR] = value_text(resource->author);
	values[ARTICLE_EDITOR] = value_text(field_text(article, MEANS_EDITOR));
	values[ARTICLE_PUBLISHER] =
		value_text(field_text(article, MEANS_PUBLISHER));
	values[ARTICLE_INDEX_NO] =
		value_text(field_text(article, MEANS_INDEX_NO));
	values[ARTICLE_MAP_NUMBER] =
		value_text(field_text(article, MEANS_MAP_NUMBER));
	values[ARTICLE_CORRECTION] =
		value_text(field_text(article, MEANS_CORRECTION));
	values[ARTICLE_SUMMARY] = value_text(article->summary);
	values[ARTICLE_KEYWORDS] =
		view_packed_texts(article->job, resource->keywords);
	values[ARTICLE_VALIDITY] = value_text(validity);
	values[ARTICLE_VALIDITY_LABEL] =
		value_text(wording_value(article->job, validity));
	values[ARTICLE_IS_VALID] = value_truth(str_equal_c(validity, "有效"));
	values[ARTICLE_CONSULTATION] =
		view_consultation(article->job, article->resource);
}

static str body_html(const struct article *article)
{
	str html = article->body.html;

	if (!str_equal_c(field_text(article, MEANS_BODY_FORM), "plain"))
		html = official_form(html, article->resource->title,
				     article->job->arena);
	return body_numbers(heading_phrases(html, article->job->arena),
			    article->job->arena);
}

static void fill_body(struct value *values, struct article *article)
{
	const struct field_value *toc =
		front_matter_get(&article->matter, MEANS_TOC);
	bool has_contents = toc->node != NULL ? toc->number != 0
					      : article->body.heading_count >=
							CONTENTS_FROM;

	values[ARTICLE_IMAGE] = value_url(article->image);
	values[ARTICLE_IMAGE_ABSOLUTE] =
		value_url(view_absolute(article->job, article->image));
	values[ARTICLE_OWN_IMAGE] =
		value_url(str_equal(article->image, article->body.first_image)
				  ? STR("")
				  : article->image);
	values[ARTICLE_BODY] = value_html(body_html(article));
	values[ARTICLE_HEADINGS] = contents(article);
	values[ARTICLE_HAS_CONTENTS] = value_truth(has_contents);
	values[ARTICLE_FACTS] = article_facts(article->job, &article->matter);
	values[ARTICLE_PARTS] =
		article_parts(&article->links, &article->matter);
	values[ARTICLE_RECORD] =
		article_record(&article->links, &article->matter);
	values[ARTICLE_FLOW] = flow_chart(
		article->job,
		front_matter_get(&article->matter, MEANS_STEPS)->node);
	values[ARTICLE_ATTACHMENTS] =
		value_list(article->links.attachments.items,
			   article->links.attachments.count);
	values[ARTICLE_SOURCE_URL] =
		value_url(leaves_guard(&article->head.leaves, article->job,
				       article->resource->source_url));
}

static void fill_relations(struct value *values, const struct article *article)
{
	const struct render_job *job = article->job;
	const struct relations *relations = &job->context->plan->relations;
	uint32_t number = article->resource->number;

	article_relations(values, job, &article->matter);
	values[ARTICLE_REPLACEMENT] =
		link_to(article, relations_replacement(relations, number));
	values[ARTICLE_REPLACES] =
		link_to(article, relations_replaced(relations, number));
	values[ARTICLE_SECTIONS] = topic_sections(article);
	values[ARTICLE_NEWER] =
		row_of(article, relations_newer(relations, number));
	values[ARTICLE_OLDER] =
		row_of(article, relations_older(relations, number));
}

/* A file beside the page, where the resource is published. */
static str beside(const struct article *article, const char *ending)
{
	struct arena *arena = article->job->arena;

	return permalink_from(article->job->site->site, article->placement.site,
			      permalink_beside(article->resource,
					       article->placement.column,
					       ending, arena),
			      arena);
}

static bool fill_address(struct value *values, const struct article *article)
{
	const struct render_job *job = article->job;
	str image;

	values[ARTICLE_QR_CODE] = value_html(STR(""));
	if (qr_code_image(&image, absolute_here(article),
			  article->resource->title, job->arena))
		values[ARTICLE_QR_CODE] = value_html(image);
	values[ARTICLE_TEXT_URL] =
		value_url(type_has_text_file(article->matter.type)
				  ? beside(article, "txt")
				  : STR(""));
	/* nothing comes to an archived one any more */
	values[ARTICLE_FEED_URL] = value_url(
		resource_type_means(article->matter.type, MEANS_SECTIONS) &&
				article->placement.visibility !=
					VISIBLE_ARCHIVED
			? beside(article, "xml")
			: STR(""));
	values[ARTICLE_ORIGINAL] =
		job->page->kind == PAGE_COPY
			? view_link(job, article->placement.site->name,
				    article->head.canonical)
			: value_none();
	return true;
}

static bool render(str *out, const struct render_job *job)
{
	struct article article = {
		.job = job,
		.resource = view_resource(job, job->page->resource),
		.placement = view_placement(job, job->page->resource),
	};
	struct value fields[ARTICLE_FIELDS];
	struct value values[DETAIL_FIELDS];
	struct page_frame spare;
	const struct shape *shape;

	if (article.placement.column == NULL) {
		/* the plan has pages only of what stands in a column */
		snapshot_damaged(job->context->plan->snapshot);
		return false;
	}
	if (!read_matter(&article) || !read_text(&article))
		return false;
	article.summary = article.resource->summary.len > 0
				  ? article.resource->summary
				  : article.body.text;
	article.image = find_image(&article);
	shape = render_type_shape(job->site->theme, article.matter.type);
	add_leaves(&article);
	fill_head(&article);
	fill_text(fields, &article);
	fill_body(fields, &article);
	fill_relations(fields, &article);
	fill_address(fields, &article);
	values[DETAIL_COLUMN] = page_frame_of(job, &spare)->column_value;
	values[DETAIL_ARTICLE] =
		view_object(job, type_shape_article(shape), fields);
	return view_render(out, job, shape, values, &article.head);
}

/*
 * What is wrong with an earlier version is nobody's task: the file of today
 * has been told about.
 */
bool render_article(str *out, const struct render_job *job)
{
	struct render_job quiet = *job;
	struct diag_list untold;
	uint32_t file = view_resource(job, job->page->resource)->file;
	bool ok;

	if (catalog_stand_in(view_catalog(job), file) == NULL)
		return render(out, job);
	diag_list_init(&untold, job->arena);
	quiet.diags = &untold;
	ok = render(out, &quiet);
	if (!ok)
		diag_merge(job->diags, &untold);
	return ok;
}
