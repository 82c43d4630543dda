/* Files without a template: robots.txt, copies. */
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
