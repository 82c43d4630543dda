/*
 * Feeds: Atom (RFC 4287), JSON Feed 1.1 and RSS 2.0 of a site and of a column,
 * RSS of one topic or audience of a column and of a topic site. Ids are tag
 * URIs of the resource's id, which never changes, so that a moved page is not
 * new again.
 */
#include <assert.h>

#include "markup/json_writer.h"
#include "markup/xml_writer.h"
#include "base/pack.h"
#include "plan/feed_groups.h"
#include "plan/permalink.h"
#include "plan/topics.h"
#include "render/view.h"
#include "render/wording.h"

static str absolute(const struct render_job *job, uint32_t number)
{
	str address = view_address(job, number, job->page->column);

	if (!str_starts_with(address, STR("/")))
		return address;
	return arena_printf(job->arena, "https://%.*s%.*s",
			    STR_ARG(job->site->site->domain), STR_ARG(address));
}

/* 【内容已保存 2024-05-01】【已废止】标题 (article 20) */
static str entry_title(const struct render_job *job, uint32_t number)
{
	struct placement placement = view_placement(job, number);
	str validity = view_validity(job, number);
	struct buf title;

	buf_init(&title, job->arena);
	if (placement.archived_since.is_set) {
		wording_add_mark_open(&title, job);
		wording_add_stamp(&title, job, placement.archived_since);
		wording_add_mark_close(&title, job);
	}
	if (validity.len > 0 && !str_equal_c(validity, "有效")) {
		wording_add_mark_open(&title, job);
		buf_add(&title, wording_value(job, validity));
		wording_add_mark_close(&title, job);
	}
	buf_add(&title, view_resource(job, number)->title);
	return buf_str(&title);
}

/* 有效, in the language of the site; empty: none. */
static str state_of(const struct render_job *job, uint32_t number)
{
	return wording_value(job, view_validity(job, number));
}

/* What a feed is of. */
struct feed {
	str title;
	str description;
	str page; /* address of the page with the same entries */
	struct column_newest rows;
};

static str column_title(const struct render_job *job, str part)
{
	const struct column *column = job->page->column;
	struct buf title;

	buf_init(&title, job->arena);
	buf_printf(&title, "%.*s%s%.*s - %.*s", STR_ARG(part),
		   part.len > 0 ? " - " : "", STR_ARG(column->name),
		   STR_ARG(job->site->site->name));
	if (column->is_archived) {
		wording_add_title_stamp(&title, job, column->archived_since);
	}
	return buf_str(&title);
}

/* Of one topic or audience: the newest rows of the column that have it. */
static void keep_group(struct feed *feed, const struct render_job *job)
{
	const struct column *column = job->page->column;
	const struct catalog *catalog = view_catalog(job);
	size_t limit = view_platform(job)->feed_size;
	const struct feed_group *groups;
	uint32_t *items = arena_array(job->arena, limit, sizeof(*items));
	struct list found;

	assert(column != NULL); /* a site has no groups */
	feed->rows = (struct column_newest){ items, 0 };
	feed_groups_find(&found, column, catalog, job->arena);
	groups = found.items;
	for (size_t i = 0; i < found.count; i++)
		if (groups[i].key == job->page->number)
			feed->title = column_title(job, groups[i].name);
	for (size_t i = 0;
	     i < facet_row_count(column) && feed->rows.count < limit; i++)
		if (feed_group_has(catalog, column->list.live[i],
				   job->page->number))
			items[feed->rows.count++] = column->list.live[i];
}

static bool is_taken(const struct column_newest *rows, uint32_t number)
{
	for (size_t i = 0; i < rows->count; i++)
		if (rows->items[i] == number)
			return true;
	return false;
}

/* What the sections of a topic show, section by section. */
static void keep_topic(struct feed *feed, const struct render_job *job)
{
	const struct resource *topic = view_resource(job, job->page->resource);
	const struct topics *topics = &job->context->plan->topics;
	str sections = topic->sections;
	struct list rows;
	str keyword;

	list_init(&rows, sizeof(uint32_t));
	while (unpack_text(&keyword, &sections)) {
		uint32_t items[SECTION_ITEMS_LIMIT];
		size_t count =
			topics_items(topics, keyword, topic->number, items);

		for (size_t i = 0; i < count; i++) {
			feed->rows = (struct column_newest){ rows.items,
							     rows.count };
			if (!is_taken(&feed->rows, items[i]))
				*(uint32_t *)list_add(&rows, job->arena) =
					items[i];
		}
	}
	feed->rows = (struct column_newest){ rows.items, rows.count };
	feed->title =
		arena_printf(job->arena, "%.*s - %.*s", STR_ARG(topic->title),
			     STR_ARG(job->site->site->name));
	if (topic->summary.len > 0)
		feed->description = topic->summary;
	feed->page = permalink_absolute(
		job->site->site,
		permalink_path(topic, job->page->column, job->arena),
		job->arena);
}

static struct feed feed_of(const struct render_job *job)
{
	const struct site *site = job->site->site;
	const struct column *column = job->page->column;
	struct feed feed = {
		.title = column == NULL ? site->name
					: column_title(job, STR("")),
		.description = column == NULL ? site->description
					      : column->description,
		.page = permalink_absolute(
			site,
			column == NULL
				? STR("index.html")
				: permalink_column_path(column, job->arena),
			job->arena),
	};

	if (job->page->kind == PAGE_TOPIC_FEED)
		keep_topic(&feed, job);
	else if (job->page->kind == PAGE_GROUP_FEED)
		keep_group(&feed, job);
	else
		feed.rows = site_lists_feed(job->site->lists, site, column,
					    job->context->plan->arrangement,
					    job->arena);
	return feed;
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
	xml_element(xml, "published", moment_iso(resource->date, job->arena));
	xml_element(xml, "updated", moment_iso(changed(resource), job->arena));
	xml_open(xml, "author");
	xml_element(xml, "name", resource->source_name);
	xml_close(xml, "author");
	if (state_of(job, number).len > 0) {
		xml_open(xml, "category");
		xml_attribute(xml, "term", state_of(job, number));
		xml_close(xml, "category");
	}
	if (resource->summary.len > 0)
		xml_element(xml, "summary", resource->summary);
	xml_close(xml, "entry");
}

bool render_atom(str *out, const struct render_job *job)
{
	struct feed feed = feed_of(job);
	const struct column_newest *rows = &feed.rows;
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
	xml_element(&xml, "title", feed.title);
	xml_element(&xml, "subtitle", feed.description);
	add_link(&xml, "self", "application/atom+xml", self);
	add_link(&xml, "alternate", "text/html", feed.page);
	xml_element(&xml, "updated",
		    moment_iso(feed_changed(job, rows), job->arena));
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
			 moment_iso(resource->date, job->arena));
	json_member_text(json, "date_modified",
			 moment_iso(changed(resource), job->arena));
	if (state_of(job, number).len > 0) {
		json_key(json, "tags");
		json_open_array(json);
		json_text(json, state_of(job, number));
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
	struct feed feed = feed_of(job);
	const struct column_newest *rows = &feed.rows;
	const struct site *site = job->site->site;
	struct json_writer json;
	struct buf bytes;

	buf_init(&bytes, job->arena);
	json_begin(&json, &bytes);
	json_open_object(&json);
	json_member_text(&json, "version",
			 STR("https://jsonfeed.org/version/1.1"));
	json_member_text(&json, "title", feed.title);
	json_member_text(&json, "home_page_url", feed.page);
	json_member_text(&json, "feed_url",
			 permalink_absolute(site, job->page->path, job->arena));
	json_member_text(&json, "description", feed.description);
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

/* Thu, 05 Mar 2026 09:30:00 +0800 (RFC 822, as RSS asks) */
static str rss_date(struct moment moment, struct arena *arena)
{
	static const char names[] = "ThuFriSatSunMonTueWedJanFebMarAprMayJun"
				    "JulAugSepOctNovDec";
	struct date date = moment_date(moment);
	const char *day = names + date_day_number(date) % 7 * 3;
	const char *month = names + 21 + ((size_t)date.month - 1) * 3;
	struct buf text;

	buf_init(&text, arena);
	buf_printf(&text, "%.3s, %02d %.3s ", day, date.day, month);
	moment_format(&text, moment, STR("%Y %H:%M:%S "));
	buf_printf(&text, "%c%02d%02d", moment.offset < 0 ? '-' : '+',
		   abs(moment.offset) / 60, abs(moment.offset) % 60);
	return buf_str(&text);
}

static void add_rss_item(struct xml_writer *xml, const struct render_job *job,
			 uint32_t number)
{
	const struct resource *resource = view_resource(job, number);

	xml_open(xml, "item");
	xml_element(xml, "title", entry_title(job, number));
	xml_element(xml, "link", absolute(job, number));
	xml_open(xml, "guid");
	xml_attribute(xml, "isPermaLink", STR("false"));
	xml_text(xml, entry_id(job, number));
	xml_close(xml, "guid");
	xml_element(xml, "pubDate", rss_date(resource->date, job->arena));
	if (state_of(job, number).len > 0)
		xml_element(xml, "category", state_of(job, number));
	if (resource->summary.len > 0)
		xml_element(xml, "description", resource->summary);
	xml_close(xml, "item");
}

bool render_rss(str *out, const struct render_job *job)
{
	struct feed feed = feed_of(job);
	struct xml_writer xml;
	struct buf bytes;

	buf_init(&bytes, job->arena);
	xml_begin(&xml, &bytes);
	xml_open(&xml, "rss");
	xml_attribute(&xml, "version", STR("2.0"));
	xml_attribute(&xml, "xmlns:atom", STR("http://www.w3.org/2005/Atom"));
	xml_open(&xml, "channel");
	xml_element(&xml, "title", feed.title);
	xml_element(&xml, "link", feed.page);
	xml_element(&xml, "description", feed.description);
	xml_element(&xml, "language", job->site->site->language);
	xml_open(&xml, "atom:link");
	xml_attribute(&xml, "rel", STR("self"));
	xml_attribute(&xml, "type", STR("application/rss+xml"));
	xml_attribute(&xml, "href",
		      permalink_absolute(job->site->site, job->page->path,
					 job->arena));
	xml_close(&xml, "atom:link");
	for (size_t i = 0; i < feed.rows.count; i++)
		add_rss_item(&xml, job, feed.rows.items[i]);
	xml_close(&xml, "channel");
	xml_close(&xml, "rss");
	xml_end(&xml);
	*out = buf_str(&bytes);
	return true;
}
