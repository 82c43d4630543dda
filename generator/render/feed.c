/*
 * A column's feeds: Atom (RFC 4287) and JSON Feed 1.1. Ids are tag URIs of the
 * resource's id, which never changes, so that a moved page is not new again.
 */
#include "markup/json_writer.h"
#include "markup/xml_writer.h"
#include "plan/permalink.h"
#include "render/view.h"

static str absolute(const struct render_job *job, uint32_t number)
{
	str address = view_address(job, number, job->page->column);

	if (!str_starts_with(address, STR("/")))
		return address;
	return arena_printf(job->arena, "https://%.*s%.*s",
			    STR_ARG(job->site->site->domain), STR_ARG(address));
}

static str validity_of(const struct render_job *job, uint32_t number)
{
	return resource_validity(view_resource(job, number),
				 job->context->plan->arrangement->as_of);
}

/* 【内容已保存 2024-05-01】【已废止】标题 (article 20) */
static str entry_title(const struct render_job *job, uint32_t number)
{
	struct placement placement = view_placement(job, number);
	str validity = validity_of(job, number);
	struct buf title;

	buf_init(&title, job->arena);
	if (placement.archived_since.is_set) {
		buf_printf(&title, "【%.*s ",
			   STR_ARG(view_platform(job)->archive_stamp));
		moment_format(&title, placement.archived_since,
			      STR("%Y-%m-%d"));
		buf_add(&title, STR("】"));
	}
	if (validity.len > 0 && !str_equal_c(validity, "有效"))
		buf_printf(&title, "【%.*s】", STR_ARG(validity));
	buf_add(&title, view_resource(job, number)->title);
	return buf_str(&title);
}

static str feed_title(const struct render_job *job)
{
	const struct column *column = job->page->column;
	struct buf title;

	buf_init(&title, job->arena);
	buf_printf(&title, "%.*s - %.*s", STR_ARG(column->name),
		   STR_ARG(job->site->site->name));
	if (column->is_archived) {
		buf_printf(&title, "（%.*s ",
			   STR_ARG(view_platform(job)->archive_stamp));
		moment_format(&title, column->archived_since, STR("%Y-%m-%d"));
		buf_add(&title, STR("）"));
	}
	return buf_str(&title);
}

static str stamp(struct moment moment, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	moment_format(&text, moment, STR("%Y-%m-%dT%H:%M:%S%z"));
	return buf_str(&text);
}

static str entry_id(const struct render_job *job, uint32_t number)
{
	struct placement placement = view_placement(job, number);
	str id = view_resource(job, number)->id;

	return arena_printf(
		job->arena, "tag:%.*s,2020:%.*s",
		STR_ARG(placement.site->domain),
		STR_ARG(str_from(permalink_address(id, job->arena), 1)));
}

static struct moment changed(const struct resource *resource)
{
	return resource->updated.is_set && resource->updated.seconds >
						   resource->date.seconds
		       ? resource->updated
		       : resource->date;
}

static struct moment feed_changed(const struct render_job *job,
				  const struct column_newest *rows)
{
	struct moment newest = moment_from_seconds(0, 0);

	for (size_t i = 0; i < rows->count; i++) {
		struct moment moment =
			changed(view_resource(job, rows->items[i]));

		if (moment.seconds > newest.seconds)
			newest = moment;
	}
	return newest;
}

static void add_link(struct xml_writer *xml, const char *relation,
		     const char *type, str address)
{
	xml_open(xml, "link");
	xml_attribute(xml, "rel", str_from_c(relation));
	if (type != NULL)
		xml_attribute(xml, "type", str_from_c(type));
	xml_attribute(xml, "href", address);
	xml_close(xml, "link");
}

static void add_atom_entry(struct xml_writer *xml, const struct render_job *job,
			   uint32_t number)
{
	const struct resource *resource = view_resource(job, number);

	xml_open(xml, "entry");
	xml_element(xml, "id", entry_id(job, number));
	xml_element(xml, "title", entry_title(job, number));
	add_link(xml, "alternate", "text/html", absolute(job, number));
	xml_element(xml, "published", stamp(resource->date, job->arena));
	xml_element(xml, "updated", stamp(changed(resource), job->arena));
	xml_open(xml, "author");
	xml_element(xml, "name", resource->source_name);
	xml_close(xml, "author");
	if (validity_of(job, number).len > 0) {
		xml_open(xml, "category");
		xml_attribute(xml, "term", validity_of(job, number));
		xml_close(xml, "category");
	}
	if (resource->summary.len > 0)
		xml_element(xml, "summary", resource->summary);
	xml_close(xml, "entry");
}

bool render_atom(str *out, const struct render_job *job)
{
	const struct column *column = job->page->column;
	const struct column_newest *rows =
		&job->site->lists->newest[column->number];
	str self = permalink_absolute(job->site->site, job->page->path,
				      job->arena);
	struct xml_writer xml;
	struct buf bytes;

	buf_init(&bytes, job->arena);
	xml_begin(&xml, &bytes);
	xml_open(&xml, "feed");
	xml_attribute(&xml, "xmlns", STR("http://www.w3.org/2005/Atom"));
	xml_attribute(&xml, "xml:lang", job->site->site->language);
	xml_element(&xml, "id", self);
	xml_element(&xml, "title", feed_title(job));
	xml_element(&xml, "subtitle", column->description);
	add_link(&xml, "self", "application/atom+xml", self);
	add_link(&xml, "alternate", "text/html",
		 permalink_absolute(job->site->site,
				    permalink_column_path(column, job->arena),
				    job->arena));
	xml_element(&xml, "updated",
		    stamp(feed_changed(job, rows), job->arena));
	xml_open(&xml, "author");
	xml_element(&xml, "name", job->site->site->name);
	xml_close(&xml, "author");
	for (size_t i = 0; i < rows->count; i++)
		add_atom_entry(&xml, job, rows->items[i]);
	xml_close(&xml, "feed");
	xml_end(&xml);
	*out = buf_str(&bytes);
	return true;
}

static void add_json_entry(struct json_writer *json,
			   const struct render_job *job, uint32_t number)
{
	const struct resource *resource = view_resource(job, number);

	json_open_object(json);
	json_member_text(json, "id", entry_id(job, number));
	json_member_text(json, "url", absolute(job, number));
	json_member_text(json, "title", entry_title(job, number));
	json_member_text(json, "content_text",
			 resource->summary.len > 0 ? resource->summary
						   : resource->title);
	json_member_text(json, "date_published",
			 stamp(resource->date, job->arena));
	json_member_text(json, "date_modified",
			 stamp(changed(resource), job->arena));
	if (validity_of(job, number).len > 0) {
		json_key(json, "tags");
		json_open_array(json);
		json_text(json, validity_of(job, number));
		json_close_array(json);
	}
	json_key(json, "authors");
	json_open_array(json);
	json_open_object(json);
	json_member_text(json, "name", resource->source_name);
	json_close_object(json);
	json_close_array(json);
	json_close_object(json);
}

bool render_json_feed(str *out, const struct render_job *job)
{
	const struct column *column = job->page->column;
	const struct column_newest *rows =
		&job->site->lists->newest[column->number];
	const struct site *site = job->site->site;
	struct json_writer json;
	struct buf bytes;

	buf_init(&bytes, job->arena);
	json_begin(&json, &bytes);
	json_open_object(&json);
	json_member_text(&json, "version",
			 STR("https://jsonfeed.org/version/1.1"));
	json_member_text(&json, "title", feed_title(job));
	json_member_text(
		&json, "home_page_url",
		permalink_absolute(site,
				   permalink_column_path(column, job->arena),
				   job->arena));
	json_member_text(&json, "feed_url",
			 permalink_absolute(site, job->page->path, job->arena));
	json_member_text(&json, "description", column->description);
	json_member_text(&json, "language", site->language);
	json_key(&json, "items");
	json_open_array(&json);
	for (size_t i = 0; i < rows->count; i++)
		add_json_entry(&json, job, rows->items[i]);
	json_close_array(&json);
	json_close_object(&json);
	buf_add_byte(&bytes, '\n');
	*out = buf_str(&bytes);
	return true;
}
