/* Files without a template: robots.txt, copies. */
#include "picture/picture_facts.h"
#include "picture/small.h"
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

/*
 * One that is damaged is told at the file itself, once for all its widths. What
 * cannot be made smaller stands there as it is: browsers look at the bytes.
 */
bool render_picture(str *out, const struct render_job *job)
{
	struct span span = { job->page->first, 0, 0 };
	bool is_damaged = false;
	struct diag *diag;
	str bytes;

	if (!snapshot_read(&bytes, job->reader, job->page->first, job->arena,
			   job->diags))
		return false;
	if (!small_picture(out, &is_damaged, bytes, job->page->number,
			   job->arena)) {
		*out = picture_without_facts(bytes, NULL, job->arena);
		is_damaged = true;
	}
	if (!is_damaged)
		return true;
	diag = diag_warning(job->diags, span, "picture-damaged", "%s",
			    _("the picture is damaged; readers see a part of "
			      "it"));
	diag_help(job->diags, diag, "%s",
		  _("open it with the program that made it, and save it once "
		    "more"));
	return true;
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
