/* Pages about the whole site: 网站地图, archive list, 网站导航, search. */
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

/* Live sites of a kind, in the order of their ids. */
static struct value sites_of_kind(const struct render_job *job, int kind)
{
	const struct cluster *cluster =
		job->context->plan->arrangement->cluster;
	struct value *items =
		arena_array(job->arena, cluster->count, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		if (site->kind == kind && site->state == STATE_LIVE)
			items[count++] = view_link(
				job, site->short_name,
				permalink_from(job->site->site, site,
					       STR("index.html"), job->arena));
	}
	return value_list(items, count);
}

struct value view_directory(const struct render_job *job)
{
	const struct value values[DIRECTORY_FIELDS] = {
		[DIRECTORY_DEPARTMENTS] = sites_of_kind(job, KIND_DEPARTMENT),
		[DIRECTORY_COUNTIES] = sites_of_kind(job, KIND_COUNTY),
		[DIRECTORY_ZONES] = sites_of_kind(job, KIND_ZONE),
		[DIRECTORY_FOREIGN] = sites_of_kind(job, KIND_FOREIGN),
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

bool render_search(str *out, const struct render_job *job)
{
	struct value values[SEARCH_FIELDS];
	struct page_head head = { .title =
					  view_string(job, "search", "title") };

	values[SEARCH_INDEX_URL] = value_url(STR("/search.json"));
	return view_render(out, job, &search_shape, values, &head);
}
