/* Pages about the whole site: 网站地图, archive list, search. */
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

bool render_search(str *out, const struct render_job *job)
{
	struct value values[SEARCH_FIELDS];
	struct page_head head = { .title =
					  view_string(job, "search", "title") };

	values[SEARCH_INDEX_URL] = value_url(STR("/search.json"));
	return view_render(out, job, &search_shape, values, &head);
}
