/* Render what is stale, write it, and read back what was written. */
#include "audit/column_sets.h"
#include "pipeline/record.h"

static void count(struct build_result *result, const struct page_work *work)
{
	for (size_t i = 0; i < work->count; i++) {
		result->pages += work->states[i] != PAGE_NOT_WANTED;
		result->fresh += work->states[i] == PAGE_KEPT;
		result->written += work->states[i] == PAGE_STAGED;
		result->unchanged += work->states[i] == PAGE_UNCHANGED ||
				     work->states[i] == PAGE_KEPT;
	}
	for (size_t i = 0; i < work->pipeline->plan.count; i++) {
		result->sites += work->sites[i].is_wanted;
		result->blocked_sites +=
			work->sites[i].is_wanted && work->pipeline->blocked[i];
	}
}

/* --- the proof of article 13 over the files, before they are published --- */

/* What is staged now, and what stands there from before. */
static bool read_written(void *context, const struct site *site, str path,
			 str *out, struct arena *arena)
{
	const struct page_work *work = context;
	const struct pipeline *pipeline = work->pipeline;
	const struct site_plan *plan = &pipeline->plan.sites[site->number];
	const struct page *page = site_plan_find(plan, path);
	size_t item;

	if (page == NULL)
		return false;
	item = work->site_starts[site->number] + (size_t)(page - plan->pages);
	if (work->states[item] == PAGE_STAGED)
		return output_read_staged(out, &pipeline->output, item, arena);
	return output_read(out, &pipeline->output,
			   page_output_path(site, path, arena), arena);
}

/* Without an output folder the pages are made once more for the proof. */
static bool read_rendered(void *context, const struct site *site, str path,
			  str *out, struct arena *arena)
{
	const struct page_work *work = context;
	struct pipeline *pipeline = work->pipeline;
	const struct site_plan *plan = &pipeline->plan.sites[site->number];
	struct render_context rendering = { &pipeline->plan };
	struct diag_list ignored;
	struct render_job job = {
		.context = &rendering,
		.site = plan,
		.page = site_plan_find(plan, path),
		.reader = pipeline->reader,
		.arena = arena,
		.diags = &ignored,
	};

	diag_list_init(&ignored, arena);
	return job.page != NULL && render_page(out, &job);
}

/* Only these kinds of page say which columns there are. */
static bool shows_columns(enum page_kind kind)
{
	return kind == PAGE_HOME || kind == PAGE_LIST || kind == PAGE_SITEMAP ||
	       kind == PAGE_SITEMAP_INDEX || kind == PAGE_SITEMAP_COLUMNS ||
	       kind == PAGE_ATOM;
}

/* What was proven stays proven while none of these files changes. */
static bool needs_proof(const struct page_work *work, size_t number)
{
	const struct site_plan *plan = &work->pipeline->plan.sites[number];
	const uint8_t *states = work->states + work->site_starts[number];

	if (!work->sites[number].is_wanted || work->pipeline->blocked[number])
		return false;
	for (size_t i = 0; i < plan->count; i++)
		if (states[i] != PAGE_KEPT &&
		    shows_columns(plan->pages[i].kind))
			return true;
	return false;
}

static void prove(struct page_work *work)
{
	struct pipeline *pipeline = work->pipeline;
	struct column_sets_options options = {
		.read = pipeline->store == NULL ? read_rendered : read_written,
		.context = work,
	};
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < pipeline->plan.count; i++) {
		options.plan = &pipeline->plan.sites[i];
		if (needs_proof(work, i) &&
		    !column_sets_check(&options, &scratch, &pipeline->diags))
			pipeline->blocked[i] = true;
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

bool pipeline_build(struct build_result *out, struct pipeline *pipeline)
{
	struct page_work work;
	bool ok;

	*out = (struct build_result){ 0 };
	page_work_init(&work, pipeline);
	if (pipeline->store != NULL)
		record_compare(&work);
	pipeline_end_phase(pipeline, "compare");
	ok = page_work_run(&work);
	pipeline_end_phase(pipeline, "render");
	if (ok)
		prove(&work);
	pipeline_end_phase(pipeline, "prove");
	if (ok && pipeline->store != NULL)
		ok = record_commit(&work, out);
	pipeline_end_phase(pipeline, "write");
	count(out, &work);
	return ok;
}
