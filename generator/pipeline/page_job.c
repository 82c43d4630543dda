#include "pipeline/page_job.h"

#include "render/page_frame.h"
#include "system/workers.h"

/*
 * A worker takes some pages in a row, so that two of them are seldom in one
 * folder: the system lets only one make files in it at a time.
 */
enum { PAGES_A_RUN = 32, PROGRESS_EVERY = 64 };

struct worker_state {
	struct arena scratch; /* emptied after each page */
	struct arena result;  /* messages, until they are merged */
	struct arena lasting; /* of the frame */
	struct page_frame frame;
	struct snapshot_reader *reader;
	struct output_hand hand;
	struct diag_list failure; /* the reader cannot be had */
};

struct crew {
	struct page_work *work;
	struct render_context context;
	struct worker_state *workers;
	size_t made; /* by the first worker; for the progress line */
};

static size_t site_of(const struct page_work *work, size_t item)
{
	size_t site = 0;

	while (site + 1 < work->pipeline->plan.count &&
	       work->site_starts[site + 1] <= item)
		site++;
	return site;
}

static bool is_wanted(const struct pipeline *pipeline, size_t site)
{
	return pipeline->options->site == NULL ||
	       str_equal_c(pipeline->cluster.sites[site].id,
			   pipeline->options->site);
}

str page_output_path(const struct site *site, str path, struct arena *arena)
{
	str parts[3] = { site->domain, STR("/"), path };

	return arena_join(arena, parts, 3);
}

static enum output_result write_page(const struct page_work *work,
				     struct worker_state *worker, size_t item,
				     const struct render_job *job, str bytes)
{
	const struct site *site = job->site->site;
	str path = page_output_path(site, job->page->path, &worker->scratch);

	return work->sites[site->number].is_fresh
		       ? output_stage_fresh(&worker->hand, path, bytes,
					    job->diags)
		       : output_stage(&worker->hand, item, path, bytes,
				      job->diags);
}

static enum page_state stage(const struct page_work *work,
			     struct worker_state *worker, size_t item,
			     const struct render_job *job, str bytes)
{
	switch (write_page(work, worker, item, job, bytes)) {
	case OUTPUT_UNCHANGED:
		return PAGE_UNCHANGED;
	case OUTPUT_STAGED:
		return PAGE_STAGED;
	case OUTPUT_FAILED:
		break;
	}
	return PAGE_FAILED;
}

static enum page_state make(const struct crew *crew,
			    struct worker_state *worker, size_t site,
			    size_t item, const struct render_job *job)
{
	const struct page_work *work = crew->work;
	struct page_comparison comparison = build_record_compare(
		job->context->plan, job->site, job->page, work->known[item]);
	str bytes;

	if (comparison.freshness == PAGE_FRESH)
		return PAGE_KEPT;
	work->reasons[item] = (uint8_t)comparison.reasons;
	if (!render_page(&bytes, job))
		return PAGE_FAILED;
	if (work->pipeline->store == NULL || work->pipeline->blocked[site])
		return PAGE_MADE;
	return stage(work, worker, item, job, bytes);
}

/* Like messages they outlive the page. */
static void keep_dependencies(struct page_work *work,
			      struct worker_state *worker, size_t item,
			      const struct list *found)
{
	str *names;

	if (found->count == 0)
		return;
	names = arena_array(&worker->result, found->count, sizeof(*names));
	for (size_t i = 0; i < found->count; i++)
		names[i] = arena_copy(&worker->result,
				      ((const str *)found->items)[i]);
	work->dependencies[item] =
		(struct dependency_list){ names, found->count };
}

/* Messages outlive the page; most pages have none. */
static void keep_messages(struct page_work *work, struct worker_state *worker,
			  size_t item, const struct diag_list *diags)
{
	struct diag_list *kept;

	if (diags->items.count == 0)
		return;
	kept = arena_alloc(&worker->result, sizeof(*kept));
	diag_list_init(kept, &worker->result);
	diag_merge(kept, diags);
	work->messages[item] = kept;
}

static void tell_progress(struct crew *crew, size_t worker, size_t place)
{
	const struct pipeline_options *options = crew->work->pipeline->options;

	if (worker == 0 && options->progress != NULL &&
	    crew->made++ % PROGRESS_EVERY == 0)
		options->progress(options->progress_context, place,
				  crew->work->item_count);
}

static void make_page(struct crew *crew, size_t number, size_t place)
{
	struct page_work *work = crew->work;
	size_t item = work->items == NULL ? place : work->items[place];
	struct worker_state *worker = &crew->workers[number];
	size_t site = site_of(work, item);
	const struct site_plan *plan = &work->pipeline->plan.sites[site];
	struct diag_list diags;
	struct list dependencies;
	struct render_job job = {
		.context = &crew->context,
		.site = plan,
		.page = &plan->pages[item - work->site_starts[site]],
		.reader = worker->reader,
		.arena = &worker->scratch,
		.diags = &diags,
		.dependencies = &dependencies,
		.frame = &worker->frame,
	};

	if (worker->reader == NULL || !work->sites[site].is_wanted)
		return;
	tell_progress(crew, number, place);
	diag_list_init(&diags, &worker->scratch);
	list_init(&dependencies, sizeof(str));
	work->states[item] = (uint8_t)make(crew, worker, site, item, &job);
	keep_messages(work, worker, item, &diags);
	keep_dependencies(work, worker, item, &dependencies);
	arena_reset(&worker->scratch);
}

static void make_run(void *context, size_t number, size_t run)
{
	struct crew *crew = context;
	size_t behind = (run + 1) * PAGES_A_RUN;

	if (behind > crew->work->item_count)
		behind = crew->work->item_count;
	for (size_t i = run * PAGES_A_RUN; i < behind; i++)
		make_page(crew, number, i);
}

static void start_worker(struct worker_state *worker,
			 const struct page_work *work)
{
	arena_init(&worker->scratch);
	arena_init(&worker->result);
	arena_init(&worker->lasting);
	page_frame_init(&worker->frame, &worker->lasting);
	diag_list_init(&worker->failure, &worker->result);
	worker->reader = snapshot_reader_open(&work->pipeline->snapshot,
					      &worker->failure);
	if (work->pipeline->store != NULL)
		output_hand_init(&worker->hand, &work->pipeline->output);
}

static void stop_worker(struct worker_state *worker,
			const struct page_work *work)
{
	diag_merge(&work->pipeline->diags, &worker->failure);
	if (worker->reader != NULL)
		snapshot_reader_close(worker->reader);
	if (work->pipeline->store != NULL)
		output_hand_release(&worker->hand);
	arena_release(&worker->scratch);
	arena_release(&worker->lasting);
	arena_take(&work->pipeline->arena, &worker->result);
}

/* In the order of pages, so that messages do not depend on the threads. */
static void merge_messages(struct page_work *work)
{
	struct pipeline *pipeline = work->pipeline;

	for (size_t i = 0; i < work->count; i++) {
		if (work->messages[i] == NULL)
			continue;
		diag_merge(&pipeline->diags, work->messages[i]);
		if (work->messages[i]->error_count > 0)
			pipeline->blocked[site_of(work, i)] = true;
	}
}

void page_work_init(struct page_work *work, struct pipeline *pipeline)
{
	const struct page_plan *plan = &pipeline->plan;
	struct arena *arena = &pipeline->arena;

	*work = (struct page_work){ .pipeline = pipeline,
				    .count = plan->page_count,
				    .item_count = plan->page_count };
	work->site_starts =
		arena_array(arena, plan->count, sizeof(*work->site_starts));
	work->sites = arena_array(arena, plan->count, sizeof(*work->sites));
	for (size_t i = 0; i < plan->count; i++) {
		if (i > 0)
			work->site_starts[i] = work->site_starts[i - 1] +
					       plan->sites[i - 1].count;
		work->sites[i].is_wanted = is_wanted(pipeline, i);
	}
	work->known = arena_array(arena, work->count, sizeof(*work->known));
	work->states = arena_array(arena, work->count, 1);
	work->reasons = arena_array(arena, work->count, 1);
	work->dependencies =
		arena_array(arena, work->count, sizeof(*work->dependencies));
	work->messages =
		arena_array(arena, work->count, sizeof(*work->messages));
}

bool page_work_run(struct page_work *work)
{
	struct pipeline *pipeline = work->pipeline;
	/* the record, which a recalled plan is read from, is for one thread */
	size_t threads =
		pipeline->recall != NULL ? 1 : pipeline->options->threads;
	struct crew crew = { .work = work, .context = { &pipeline->plan } };
	bool ok = true;

	crew.workers =
		arena_array(&pipeline->arena, threads, sizeof(*crew.workers));
	for (size_t i = 0; i < threads; i++) {
		start_worker(&crew.workers[i], work);
		ok &= crew.workers[i].reader != NULL;
	}
	if (ok)
		workers_run(threads,
			    (work->item_count + PAGES_A_RUN - 1) / PAGES_A_RUN,
			    make_run, &crew);
	merge_messages(work);
	for (size_t i = 0; i < threads; i++)
		stop_worker(&crew.workers[i], work);
	return ok;
}
