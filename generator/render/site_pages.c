/*
 * Pages about the whole site: 网站地图, archive list, 网站导航, search. They
 * are short, and what they show comes from the site's columns and the cluster,
 * so they stand together.
 */
#include "render/view.h"

#include "plan/permalink.h"

bool render_sitemap_page(str *out, const struct render_job *job)
{
	struct value values[SITEMAP_FIELDS];
	struct page_head head = { .title = view_string(job, "sitemap",
						       "title") };

	values[SITEMAP_COLUMNS] = view_columns(job, NULL, true);
	return view_render(out, job, &sitemap_shape, values, &head);
}

static struct value archived_columns(const struct render_job *job)
{
	const struct site *site = job->site->site;
	struct value *items =
		arena_array(job->arena, site->column_count, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];
		bool is_top =
			column->parent == NULL || !column->parent->is_archived;

		if (column->is_archived && is_top)
			items[count++] = view_column_entry(job, column, true);
	}
	return value_list(items, count);
}

bool render_archive(str *out, const struct render_job *job)
{
	const struct site_lists *lists = job->site->lists;
	struct value values[ARCHIVE_FIELDS];
	struct page_head head = { .title = view_string(job, "archive",
						       "title") };

	values[ARCHIVE_ITEMS] =
		view_items(job, lists->archived, lists->archived_count, NULL);
	values[ARCHIVE_COLUMNS] = archived_columns(job);
	return view_render(out, job, &archive_shape, values, &head);
}

static struct value site_entry(const struct render_job *job,
			       const struct site *site)
{
	const struct value values[SITE_ENTRY_FIELDS] = {
		[SITE_ENTRY_NAME] = value_text(site->short_name),
		[SITE_ENTRY_URL] = value_url(permalink_from(
			job->site->site, site, STR("index.html"), job->arena)),
		[SITE_ENTRY_FULL_NAME] = value_text(site->name),
		[SITE_ENTRY_DOMAIN] = value_text(site->domain),
		[SITE_ENTRY_DESCRIPTION] = value_text(site->description),
		[SITE_ENTRY_PHONE] = value_text(site->phone),
	};

	return view_object(job, &site_entry_shape, values);
}

/* Whose sponsor has a site of its own, and which is about something else. */
static bool is_other(const struct cluster *cluster, const struct site *site)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (&cluster->sites[i] != site &&
		    cluster->sites[i].state == STATE_LIVE &&
		    str_equal(cluster->sites[i].name, site->sponsor))
			return !str_equal(site->name, site->sponsor);
	return false;
}

/* Live sites of a kind, in the order of their ids. */
static struct value sites_of_kind(const struct render_job *job, int kind,
				  bool others)
{
	const struct cluster *cluster =
		job->context->plan->arrangement->cluster;
	struct value *items =
		arena_array(job->arena, cluster->count, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		if (site->kind == kind && site->state == STATE_LIVE &&
		    others == (kind == KIND_DEPARTMENT &&
			       is_other(cluster, site)))
			items[count++] = site_entry(job, site);
	}
	return value_list(items, count);
}

struct value view_directory(const struct render_job *job)
{
	const struct value values[DIRECTORY_FIELDS] = {
		[DIRECTORY_DEPARTMENTS] =
			sites_of_kind(job, KIND_DEPARTMENT, false),
		[DIRECTORY_COUNTIES] = sites_of_kind(job, KIND_COUNTY, false),
		[DIRECTORY_ZONES] = sites_of_kind(job, KIND_ZONE, false),
		[DIRECTORY_FOREIGN] = sites_of_kind(job, KIND_FOREIGN, false),
		[DIRECTORY_OTHERS] = sites_of_kind(job, KIND_DEPARTMENT, true),
	};

	return view_object(job, &directory_shape, values);
}

bool render_sites(str *out, const struct render_job *job)
{
	struct value values[SITES_FIELDS];
	struct page_head head = { .title = view_string(job, "sites", "title") };

	values[SITES_DIRECTORY] = view_directory(job);
	return view_render(out, job, &sites_shape, values, &head);
}

static struct value search_years(const struct render_job *job,
				 const struct column *column)
{
	struct column_year years[COLUMN_YEARS_MOST];
	size_t count = column_years(years, column, view_catalog(job),
				    view_platform(job)->page_size);
	struct value *items = arena_array(job->arena, count, sizeof(*items));

	for (size_t i = 0; i < count; i++) {
		str path =
			years[i].page == 0
				? permalink_column_path(column, job->arena)
				: arena_printf(job->arena, "%.*s/list-%u.html",
					       STR_ARG(column->path),
					       years[i].page);

		items[i] = view_link(
			job, arena_printf(job->arena, "%d", (int)years[i].year),
			permalink_address(path, job->arena));
	}
	return value_list(items, count);
}

/* Those that list something themselves, in the order of the tree. */
static struct value search_columns(const struct render_job *job)
{
	const struct site *site = job->site->site;
	struct value *items =
		arena_array(job->arena, site->column_count, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];
		struct value values[SEARCH_COLUMN_FIELDS];

		if (column->is_archived || column->list.live_count == 0)
			continue;
		values[SEARCH_COLUMN_NAME] = value_text(column->name);
		values[SEARCH_COLUMN_URL] = value_url(permalink_address(
			permalink_column_path(column, job->arena), job->arena));
		values[SEARCH_COLUMN_YEARS] = search_years(job, column);
		items[count++] = view_object(job, &search_column_shape, values);
	}
	return value_list(items, count);
}

/* Where all of the cluster is found. */
static struct value portal_search(const struct render_job *job)
{
	const struct site *site = job->site->site;
	const struct site *portal =
		job->context->plan->arrangement->cluster->portal;

	if (portal == NULL || portal == site || site_is_notice_only(portal))
		return value_none();
	return value_url(
		permalink_from(site, portal, STR("search.html"), job->arena));
}

bool render_search(str *out, const struct render_job *job)
{
	struct value values[SEARCH_FIELDS];
	struct page_head head = { .title =
					  view_string(job, "search", "title") };

	values[SEARCH_INDEX_URL] = value_url(STR("/search/"));
	values[SEARCH_PORTAL_URL] = portal_search(job);
	values[SEARCH_COLUMNS] = search_columns(job);
	return view_render(out, job, &search_shape, values, &head);
}
