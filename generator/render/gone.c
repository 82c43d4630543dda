/*
 * The page about what was taken down: its title, since when, and the editor's
 * reason. Nothing of its text is said, as that may be the reason.
 */
#include "library/resource_reader.h"
#include "library/stand_in.h"
#include "render/view.h"

static struct value view_successor(const struct render_job *job)
{
	uint32_t number = relations_replacement(&job->context->plan->relations,
						job->page->resource);
	str address = number == RESOURCE_NONE ? STR("")
					      : view_address(job, number, NULL);

	return address.len == 0
		       ? value_none()
		       : view_link(job, view_resource(job, number)->title,
				   address);
}

static void fill(struct value *values, const struct render_job *job,
		 const struct front_matter *matter)
{
	const struct resource *resource =
		view_resource(job, job->page->resource);
	bool is_withdrawn = resource->status == STATUS_WITHDRAWN;

	values[GONE_TITLE] = value_text(resource->title);
	values[GONE_IS_WITHDRAWN] = value_truth(is_withdrawn);
	values[GONE_SINCE] = value_moment(
		is_withdrawn
			? front_matter_get(matter, MEANS_WITHDRAWN_ON)->moment
			: resource->expires_on);
	values[GONE_REASON] = value_text(
		is_withdrawn
			? front_matter_get(matter, MEANS_WITHDRAWN_REASON)->text
			: STR(""));
	values[GONE_REPLACEMENT] = view_successor(job);
}

/* What is wrong with the file was said when it was read. */
bool render_gone(str *out, const struct render_job *job)
{
	const struct resource *resource =
		view_resource(job, job->page->resource);
	struct page_head head = { .title = view_string(job, "gone", "title") };
	struct value values[GONE_FIELDS];
	struct front_matter matter;
	struct diag_list untold;
	struct source source;

	diag_list_init(&untold, job->arena);
	if (!resource_reader_matter(&matter, &source, view_catalog(job),
				    job->reader, resource->file, job->arena,
				    &untold)) {
		diag_merge(job->diags, &untold);
		return false;
	}
	fill(values, job, &matter);
	return view_render(out, job, &gone_shape, values, &head);
}
