/*
 * sitemap.xml: an index, a part for the columns and one for each column and
 * year of articles (article 13; sitemaps.org protocol 0.9). All of it comes
 * from the column tree and from what the site publishes.
 */
#include "markup/xml_writer.h"
#include "plan/permalink.h"
#include "render/view.h"

#define SITEMAP_NAMESPACE "http://www.sitemaps.org/schemas/sitemap/0.9"

static void begin(struct xml_writer *xml, struct buf *bytes,
		  const struct render_job *job, const char *root)
{
	buf_init(bytes, job->arena);
	xml_begin(xml, bytes);
	xml_open(xml, root);
	xml_attribute(xml, "xmlns", STR(SITEMAP_NAMESPACE));
}

static str lastmod(struct moment moment, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	if (moment.is_set)
		moment_format(&text, moment, STR("%Y-%m-%dT%H:%M:%S%z"));
	return buf_str(&text);
}

static void add_entry(struct xml_writer *xml, const struct render_job *job,
		      const char *element, str path, struct moment changed)
{
	str time = lastmod(changed, job->arena);

	xml_open(xml, element);
	xml_element(xml, "loc",
		    permalink_absolute(job->site->site, path, job->arena));
	if (time.len > 0)
		xml_element(xml, "lastmod", time);
	xml_close(xml, element);
}

static struct moment later(struct moment a, struct moment b)
{
	return !a.is_set || (b.is_set && b.seconds > a.seconds) ? b : a;
}

static struct moment resource_changed(const struct render_job *job,
				      uint32_t number)
{
	struct moment moment = page_plan_changed(job->context->plan, number);
	struct resource resource;

	if (moment.is_set)
		return moment;
	catalog_get(&resource, view_catalog(job), number);
	return later(resource.date, resource.updated);
}

static struct moment rows_changed(const struct render_job *job,
				  const uint32_t *numbers, size_t count)
{
	struct moment newest = { 0 };

	if (!view_trusts(job, numbers, count))
		return newest;
	for (size_t i = 0; i < count; i++)
		newest = later(newest, resource_changed(job, numbers[i]));
	return newest;
}

bool render_sitemap_index(str *out, const struct render_job *job)
{
	const struct site_plan *site = job->site;
	struct xml_writer xml;
	struct buf bytes;

	begin(&xml, &bytes, job, "sitemapindex");
	for (size_t i = 0; i < site->count; i++) {
		const struct page *page = &site->pages[i];
		struct moment changed = { 0 };

		if (page->kind == PAGE_SITEMAP_PART)
			changed = rows_changed(job,
					       site->lists->owned + page->first,
					       page->count);
		else if (page->kind == PAGE_SITEMAP_COLUMNS)
			changed = rows_changed(job, site->lists->owned,
					       site->lists->owned_count);
		else
			continue;
		add_entry(&xml, job, "sitemap", page->path, changed);
	}
	xml_close(&xml, "sitemapindex");
	xml_end(&xml);
	*out = buf_str(&bytes);
	return true;
}

bool render_sitemap_columns(str *out, const struct render_job *job)
{
	const struct site *site = job->site->site;
	const struct site_lists *lists = job->site->lists;
	struct xml_writer xml;
	struct buf bytes;

	begin(&xml, &bytes, job, "urlset");
	add_entry(&xml, job, "url", STR("index.html"),
		  rows_changed(job, lists->owned, lists->owned_count));
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column_newest *newest = &lists->newest[i];

		add_entry(&xml, job, "url",
			  permalink_column_path(&site->columns[i], job->arena),
			  rows_changed(job, newest->items, newest->count));
	}
	add_entry(&xml, job, "url", STR("sitemap.html"), (struct moment){ 0 });
	add_entry(&xml, job, "url", STR("archive.html"),
		  rows_changed(job, lists->archived, lists->archived_count));
	add_entry(&xml, job, "url", STR("accessibility.html"),
		  (struct moment){ 0 });
	if (site_plan_has(job->site, STR("sites.html")))
		add_entry(&xml, job, "url", STR("sites.html"),
			  (struct moment){ 0 });
	xml_close(&xml, "urlset");
	xml_end(&xml);
	*out = buf_str(&bytes);
	return true;
}

bool render_sitemap_part(str *out, const struct render_job *job)
{
	const struct page *page = job->page;
	const uint32_t *rows = job->site->lists->owned + page->first;
	struct xml_writer xml;
	struct buf bytes;

	if (!view_trusts(job, rows, page->count))
		return false;
	begin(&xml, &bytes, job, "urlset");
	for (size_t i = 0; i < page->count; i++) {
		struct resource resource;

		catalog_get(&resource, view_catalog(job), rows[i]);
		add_entry(&xml, job, "url",
			  permalink_path(&resource, page->column, job->arena),
			  resource_changed(job, rows[i]));
	}
	xml_close(&xml, "urlset");
	xml_end(&xml);
	*out = buf_str(&bytes);
	return true;
}
