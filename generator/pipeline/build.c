/* Render what is stale, write it, and read back what was written. */
#include "audit/column_sets.h"
#include "pipeline/recall.h"
#include "pipeline/record.h"
#include "system/workers.h"

/* Of a recalled plan only some pages are there; the rest is as it was. */
static void count_recalled(struct build_result *result,
			   const struct page_work *work)
{
	size_t made = 0;

	*result = work->pipeline->last;
	for (size_t i = 0; i < work->item_count; i++) {
		uint8_t state = work->states[work->items[i]];

		made += state != PAGE_KEPT;
		result->written += state == PAGE_STAGED;
	}
	result->fresh = result->pages - made;
	result->unchanged = result->pages - result->written;
}

static void count(struct build_result *result, const struct page_work *work)
{
	if (work->pipeline->recall != NULL) {
		count_recalled(result, work);
		return;
	}
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

struct prover {
	struct page_work *work;
	struct prover_thread *threads;
	struct diag_list **messages; /* of each site, or NULL */
};

struct prover_thread {
	struct prover *prover;
	struct arena scratch;		/* emptied after each site */
	struct arena result;		/* messages, until they are merged */
	struct snapshot_reader *reader; /* only where pages are made again */
	struct diag_list failure;	/* the reader cannot be had */
};

/* What is staged now, and what stands there from before. */
static bool read_written(void *context, const struct site *site, str path,
			 str *out, struct arena *arena, struct diag_list *diags)
{
	const struct prover_thread *thread = context;
	const struct page_work *work = thread->prover->work;
	const struct pipeline *pipeline = work->pipeline;
	const struct site_plan *plan = &pipeline->plan.sites[site->number];
	const struct page *page = site_plan_find(plan, path);
	size_t item;

	if (page == NULL)
		return false;
	item = work->site_starts[site->number] + (size_t)(page - plan->pages);
	if (work->sites[site->number].is_fresh)
		return output_read_fresh(out, &pipeline->output,
					 page_output_path(site, path, arena),
					 arena, diags);
	if (work->states[item] == PAGE_STAGED)
		return output_read_staged(out, &pipeline->output, item, arena,
					  diags);
	return output_read(out, &pipeline->output,
			   page_output_path(site, path, arena), arena, diags);
}

/* Without an output folder the pages are made once more for the proof. */
static bool read_rendered(void *context, const struct site *site, str path,
			  str *out, struct arena *arena,
			  struct diag_list *diags)
{
	const struct prover_thread *thread = context;
	struct pipeline *pipeline = thread->prover->work->pipeline;
	const struct site_plan *plan = &pipeline->plan.sites[site->number];
	struct render_context rendering = { &pipeline->plan };
	struct diag_list messages; /* those of the page were told */
	struct render_job job = {
		.context = &rendering,
		.site = plan,
		.page = site_plan_find(plan, path),
		.reader = thread->reader,
		.arena = arena,
		.diags = &messages,
	};

	diag_list_init(&messages, arena);
	if (job.page == NULL || thread->reader == NULL)
		return false;
	if (render_page(out, &job))
		return true;
	if (messages.failed)
		diag_merge(diags, &messages);
	return false;
}

/* Which set of columns a kind of page is part of; 0: none. */
static const uint8_t sets_of_kinds[PAGE_KIND_COUNT] = {
	[PAGE_HOME] = 1 << SET_NAVIGATION,
	[PAGE_LIST] = 1 << SET_NAVIGATION,
	[PAGE_SITEMAP] = 1 << SET_SITEMAP_PAGE,
	[PAGE_SITEMAP_INDEX] = 1 << SET_SITEMAP_XML,
	[PAGE_SITEMAP_COLUMNS] = 1 << SET_SITEMAP_XML,
	[PAGE_SITEMAP_PART] = 1 << SET_SITEMAP_XML,
	[PAGE_ATOM] = 1 << SET_FEEDS,
};

/*
 * A set that was proven stays proven while none of its pages changes: all of
 * them change with the columns.
 */
static uint32_t sets_to_prove(const struct page_work *work, size_t number)
{
	const struct site_plan *plan = &work->pipeline->plan.sites[number];
	const uint8_t *states = work->states + work->site_starts[number];
	uint32_t sets = 0;

	if (!work->sites[number].is_wanted || work->pipeline->blocked[number])
		return 0;
	for (size_t i = 0; i < plan->count; i++)
		if (states[i] != PAGE_KEPT)
			sets |= sets_of_kinds[plan->pages[i].kind];
	return sets;
}

static bool is_kept(void *context, const struct site *site, str path)
{
	const struct prover_thread *thread = context;
	const struct page_work *work = thread->prover->work;
	const struct site_plan *plan =
		&work->pipeline->plan.sites[site->number];
	const struct page *page = site_plan_find(plan, path);
	size_t start = work->site_starts[site->number];

	return page != NULL &&
	       work->states[start + (size_t)(page - plan->pages)] == PAGE_KEPT;
}

static void prove_site(void *context, size_t number, size_t item)
{
	struct prover *prover = context;
	struct pipeline *pipeline = prover->work->pipeline;
	struct prover_thread *thread = &prover->threads[number];
	struct column_sets_options options = {
		.plan = &pipeline->plan.sites[item],
		.sets = sets_to_prove(prover->work, item),
		.is_kept = is_kept,
		.read = pipeline->store == NULL ? read_rendered : read_written,
		.context = thread,
	};
	struct diag_list *diags;

	if (options.sets == 0)
		return;
	diags = arena_alloc(&thread->result, sizeof(*diags));
	diag_list_init(diags, &thread->result);
	if (!column_sets_check(&options, &thread->scratch, diags))
		prover->messages[item] = diags;
	arena_reset(&thread->scratch);
}

static bool start_thread(struct prover_thread *thread, struct prover *prover)
{
	const struct pipeline *pipeline = prover->work->pipeline;

	thread->prover = prover;
	arena_init(&thread->scratch);
	arena_init(&thread->result);
	diag_list_init(&thread->failure, &thread->result);
	if (pipeline->store == NULL)
		thread->reader = snapshot_reader_open(&pipeline->snapshot,
						      &thread->failure);
	return !thread->failure.failed;
}

static void stop_thread(struct prover_thread *thread, struct pipeline *pipeline)
{
	diag_merge(&pipeline->diags, &thread->failure);
	if (thread->reader != NULL)
		snapshot_reader_close(thread->reader);
	arena_release(&thread->scratch);
	arena_take(&pipeline->arena, &thread->result);
}

/* The messages of a site block it. */
static bool prove(struct page_work *work)
{
	struct pipeline *pipeline = work->pipeline;
	size_t threads =
		pipeline->recall != NULL ? 1 : pipeline->options->threads;
	struct prover prover = { .work = work };
	bool ok = true;

	prover.threads =
		arena_array(&pipeline->arena, threads, sizeof(*prover.threads));
	prover.messages = arena_array(&pipeline->arena, pipeline->plan.count,
				      sizeof(*prover.messages));
	for (size_t i = 0; i < threads; i++)
		ok &= start_thread(&prover.threads[i], &prover);
	if (ok)
		workers_run(threads, pipeline->plan.count, prove_site, &prover);
	for (size_t i = 0; i < pipeline->plan.count; i++)
		if (prover.messages[i] != NULL) {
			diag_merge(&pipeline->diags, prover.messages[i]);
			pipeline->blocked[i] = true;
			ok &= !prover.messages[i]->failed;
		}
	for (size_t i = 0; i < threads; i++)
		stop_thread(&prover.threads[i], pipeline);
	return ok;
}

bool pipeline_build(struct build_result *out, struct pipeline *pipeline)
{
	struct page_work work;
	bool ok = true;

	*out = (struct build_result){ 0 };
	page_work_init(&work, pipeline);
	if (pipeline->recall != NULL)
		ok = recall_compare(&work);
	else if (pipeline->store != NULL)
		record_compare(&work);
	pipeline_end_phase(pipeline, "compare");
	ok = ok && page_work_run(&work);
	pipeline_end_phase(pipeline, "render");
	if (ok)
		ok = prove(&work);
	pipeline_end_phase(pipeline, "prove");
	if (pipeline->recall != NULL && !recall_holds(&work, ok))
		return false;
	if (ok && pipeline->store != NULL)
		ok = pipeline->recall != NULL ? recall_commit(&work)
					      : record_commit(&work, out);
	pipeline_end_phase(pipeline, "write");
	count(out, &work);
	return ok;
}
