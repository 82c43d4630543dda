#include "pipeline/render_again.h"

bool render_again(str *out, const struct page_plan *plan,
		  const struct site_plan *site, const struct page *page,
		  struct snapshot_reader *reader, struct arena *arena,
		  struct diag_list *diags)
{
	const struct render_context context = { .plan = plan };
	struct diag_list untold;
	const struct render_job job = {
		.context = &context,
		.site = site,
		.page = page,
		.reader = reader,
		.arena = arena,
		.diags = &untold,
	};

	diag_list_init(&untold, arena);
	untold.levels = diags->levels;
	if (render_page(out, &job))
		return true;
	if (untold.failed)
		diag_merge(diags, &untold);
	return false;
}
