/* Files without a template: robots.txt, search data, copies. */
#include "markup/json_writer.h"
#include "render/view.h"

bool render_robots(str *out, const struct render_job *job)
{
	const struct site *site = job->site->site;
	struct buf bytes;

	buf_init(&bytes, job->arena);
	buf_add(&bytes, STR("User-agent: *\nAllow: /\n"));
	if (!site_is_notice_only(site))
		buf_printf(&bytes, "\nSitemap: https://%.*s/sitemap.xml\n",
			   STR_ARG(site->domain));
	*out = buf_str(&bytes);
	return true;
}

static str short_date(struct moment moment, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	moment_format(&text, moment, STR("%Y-%m-%d"));
	return buf_str(&text);
}

static void add_search_row(struct json_writer *json,
			   const struct render_job *job, uint32_t number)
{
	struct placement placement = view_placement(job, number);
	str archived = STR("");
	struct resource resource;

	catalog_get(&resource, view_catalog(job), number);
	if (placement.archived_since.is_set)
		archived = arena_printf(
			job->arena, "%.*s %.*s",
			STR_ARG(view_platform(job)->archive_stamp),
			STR_ARG(short_date(placement.archived_since,
					   job->arena)));
	json_open_object(json);
	json_member_text(json, "t", resource.title);
	json_member_text(json, "u", view_address(job, number, NULL));
	json_member_text(json, "d", short_date(resource.date, job->arena));
	json_member_text(json, "s", resource.summary);
	json_member_text(
		json, "k",
		str_from_c(catalog_type(view_catalog(job), number)->label));
	json_member_text(json, "a", archived);
	json_close_object(json);
}

bool render_search_index(str *out, const struct render_job *job)
{
	const struct site_lists *lists = job->site->lists;
	struct json_writer json;
	struct buf bytes;

	buf_init(&bytes, job->arena);
	json_begin(&json, &bytes);
	json_open_array(&json);
	for (size_t i = 0; i < lists->searched_count; i++)
		add_search_row(&json, job, lists->searched[i]);
	json_close_array(&json);
	*out = buf_str(&bytes);
	return true;
}

bool render_attachment(str *out, const struct render_job *job)
{
	const struct snapshot *snapshot = job->context->plan->snapshot;
	str path = snapshot_path(snapshot, job->page->first);
	str bytes;

	return snapshot_read(&bytes, job->reader, job->page->first, job->arena,
			     job->diags) &&
	       attachment_bytes(out, path, bytes, job->arena);
}

/* So few, and so seldom, that each has a reader of its own. */
static bool read_earlier(str *out, const struct render_job *job, size_t file)
{
	struct snapshot_reader *reader =
		snapshot_reader_open(job->site->theme->earlier, job->diags);
	bool ok = reader != NULL &&
		  snapshot_read(out, reader, file, job->arena, job->diags);

	snapshot_reader_close(reader);
	return ok;
}

bool render_asset(str *out, const struct render_job *job)
{
	const struct theme_asset *asset =
		&job->site->theme->assets[job->page->first];

	*out = asset->data;
	if (asset->file == STR_NONE)
		return true;
	if (job->site->theme->earlier != NULL)
		return read_earlier(out, job, asset->file);
	return snapshot_read(out, job->reader, asset->file, job->arena,
			     job->diags);
}
