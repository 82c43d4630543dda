/* Render, write, and read back what was written. */
#include "audit/column_sets.h"
#include "pipeline/page_job.h"

static bool commit_site(struct page_work *work, size_t site,
			struct output_hand *hand)
{
	struct pipeline *pipeline = work->pipeline;
	const struct site_plan *plan = &pipeline->plan.sites[site];
	size_t first = work->site_starts[site];

	for (size_t i = 0; i < plan->count; i++) {
		str parts[3] = { plan->site->domain, STR("/"),
				 plan->pages[i].path };

		if (work->states[first + i] != PAGE_STAGED)
			continue;
		if (!output_commit(hand, first + i,
				   arena_join(&pipeline->arena, parts, 3),
				   &pipeline->diags))
			return false;
	}
	return true;
}

static bool is_planned(void *context, str path)
{
	const struct site_plan *plan = context;

	return site_plan_find(plan, path) != NULL;
}

static bool was_made(const struct page_work *work, size_t site)
{
	return work->pipeline->plan.sites[site].count > 0 &&
	       work->states[work->site_starts[site]] != PAGE_NOT_MADE;
}

static bool commit(struct page_work *work, const struct output *output,
		   struct build_result *result)
{
	struct pipeline *pipeline = work->pipeline;
	struct output_hand hand;
	bool ok = true;

	output_hand_init(&hand, output);
	for (size_t i = 0; ok && i < pipeline->plan.count; i++) {
		const struct site_plan *plan = &pipeline->plan.sites[i];

		if (pipeline->blocked[i] || !was_made(work, i))
			continue;
		ok = commit_site(work, i, &hand) &&
		     output_sweep(output, plan->site->domain, is_planned,
				  (void *)plan, &result->removed,
				  &pipeline->diags);
	}
	output_hand_release(&hand);
	return ok;
}

/* A settings file that cannot be read must not cost its site its pages. */
static bool keep_domains(const struct pipeline *pipeline,
			 const struct output *output,
			 struct build_result *result, struct diag_list *diags)
{
	const struct cluster *cluster = &pipeline->cluster;
	str *domains;

	if (pipeline->options->site != NULL || cluster->has_broken_sites)
		return true;
	domains = arena_array(output->arena, cluster->count, sizeof(*domains));
	for (size_t i = 0; i < cluster->count; i++)
		domains[i] = cluster->sites[i].domain;
	return output_keep_domains(output, domains, cluster->count,
				   &result->removed, diags);
}

static void count(struct build_result *result, const struct page_work *work)
{
	for (size_t i = 0; i < work->count; i++) {
		result->pages += work->states[i] != PAGE_NOT_MADE;
		result->written += work->states[i] == PAGE_STAGED;
		result->unchanged += work->states[i] == PAGE_UNCHANGED;
	}
	for (size_t i = 0; i < work->pipeline->plan.count; i++) {
		result->sites += was_made(work, i);
		result->blocked_sites +=
			was_made(work, i) && work->pipeline->blocked[i];
	}
}

/* --- the proof over the written files --- */

static bool read_written(void *context, const struct site *site, str path,
			 str *out, struct arena *arena)
{
	const struct output *output = context;
	str parts[3] = { site->domain, STR("/"), path };

	return output_read(out, output, arena_join(arena, parts, 3), arena);
}

static void prove_written(struct page_work *work, const struct output *output)
{
	struct pipeline *pipeline = work->pipeline;
	struct column_sets_options options = {
		.read = read_written,
		.context = (void *)output,
	};

	for (size_t i = 0; i < pipeline->plan.count; i++) {
		options.plan = &pipeline->plan.sites[i];
		if (was_made(work, i) && !pipeline->blocked[i])
			column_sets_check(&options, &pipeline->arena,
					  &pipeline->diags);
	}
}

/* Without an output folder the pages are made once more for the proof. */
static bool read_rendered(void *context, const struct site *site, str path,
			  str *out, struct arena *arena)
{
	struct pipeline *pipeline = context;
	const struct site_plan *plan = &pipeline->plan.sites[site->number];
	struct render_context rendering = { &pipeline->plan,
					    pipeline->history };
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

static void prove_rendered(struct page_work *work)
{
	struct pipeline *pipeline = work->pipeline;
	struct column_sets_options options = {
		.read = read_rendered,
		.context = pipeline,
	};

	for (size_t i = 0; i < pipeline->plan.count; i++) {
		options.plan = &pipeline->plan.sites[i];
		if (was_made(work, i) && !pipeline->blocked[i])
			column_sets_check(&options, &pipeline->arena,
					  &pipeline->diags);
	}
}

static bool build_into(struct build_result *out, struct pipeline *pipeline,
		       const struct output *output)
{
	struct page_work work;
	bool ok = page_work_run(&work, pipeline, output);

	if (ok && output == NULL)
		prove_rendered(&work);
	if (ok && output != NULL) {
		ok = commit(&work, output, out) &&
		     keep_domains(pipeline, output, out, &pipeline->diags);
		if (ok)
			prove_written(&work, output);
	}
	count(out, &work);
	return ok;
}

bool pipeline_build(struct build_result *out, struct pipeline *pipeline)
{
	struct output output;
	bool ok;

	*out = (struct build_result){ 0 };
	if (pipeline->options->out == NULL)
		return build_into(out, pipeline, NULL);
	if (!output_open(&output, pipeline->options->out, &pipeline->arena,
			 &pipeline->diags))
		return false;
	ok = build_into(out, pipeline, &output);
	output_close(&output);
	return ok;
}
