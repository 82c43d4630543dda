/*
 * A worker takes runs of neighbouring pages, which share folders, frame and
 * column. Each page writes to its own slots of the work and to the worker's
 * own arenas, so there is nothing to lock; what it said is merged in the order
 * of pages afterwards, and output does not depend on the number of threads.
 */
#include "pipeline/page_maker.h"

#include <stdlib.h>

#include "library/extracts.h"
#include "render/page_frame.h"
#include "render/target_anchors.h"
#include "system/workers.h"

/*
 * A worker takes some pages in a row, so that two of them are seldom in one
 * folder: the system lets only one make files in it at a time.
 */
enum { PAGES_A_RUN = 32, PROGRESS_EVERY = 64 };

struct worker_state {
	size_t number;
	struct arena scratch; /* emptied after each page */
	struct arena result;  /* dependencies, until the workers stop */
	struct arena site_values, column_values; /* of the frame */
	struct arena talk; /* messages, until they are merged */
	struct page_frame frame;
	struct target_anchors targets;
	struct snapshot_reader *reader;
	struct output_hand hand;
	struct sha256_maker *sha256;
	struct diag_list diags; /* of all its pages */
	struct list findings;	/* struct page_findings */
	size_t findings_room;	/* bytes that may still be kept */
};

struct crew {
	struct page_work *work;
	const struct page_maker *maker;
	struct render_context context;
	struct extracts extracts;
	bool is_late; /* the second turn */
	struct worker_state *workers;
	size_t made; /* by the first worker; for the progress line */
};

/*
 * The record knows other bytes, so the old file need not be read to be seen to
 * differ. Behind a build that was killed the file may have the new ones.
 */
static bool is_known_to_differ(const struct page_work *work, size_t item,
			       const struct site *site)
{
	const struct recorded_page *known = work->known[item];

	return known != NULL && work->sites[site->number].pending.count == 0 &&
	       memcmp(&known->sha256, &work->sha256s[item],
		      sizeof(known->sha256)) != 0;
}

static enum output_result write_page(const struct page_work *work,
				     struct worker_state *worker, size_t item,
				     const struct render_job *job, str bytes)
{
	const struct site *site = job->site->site;
	str path = page_output_path(site, job->page->path, &worker->scratch);

	if (work->sites[site->number].is_fresh)
		return output_stage_fresh(&worker->hand, path, bytes,
					  job->diags);
	if (is_known_to_differ(work, item, site))
		return output_stage_changed(&worker->hand, item, path, bytes,
					    job->diags);
	return output_stage(&worker->hand, item, path, bytes, job->diags);
}

static enum work_state stage(const struct page_work *work,
			     struct worker_state *worker, size_t item,
			     const struct render_job *job, str bytes)
{
	switch (write_page(work, worker, item, job, bytes)) {
	case OUTPUT_UNCHANGED:
		return WORK_UNCHANGED;
	case OUTPUT_STAGED:
		return WORK_STAGED;
	case OUTPUT_FAILED:
		break;
	}
	return WORK_FAILED;
}

/* Of what has a template; other files have no links in HTML. */
static void note_links(const struct page_maker *maker,
		       const struct worker_state *worker,
		       const struct render_job *job, str bytes)
{
	struct page_marks marks;

	if (maker->links == NULL ||
	    page_kinds[job->page->kind].template_name == NULL)
		return;
	page_marks_read(&marks, bytes, job->arena, job->arena);
	page_links_note(&maker->links[worker->number], job->site, job->page,
			&marks, job->arena);
}

static void add_findings(struct worker_state *worker, size_t item, str packed)
{
	struct page_findings *findings =
		list_add(&worker->findings, &worker->result);

	*findings = (struct page_findings){ item, packed };
}

/* A page need not be made to say again what was said of it. */
static bool repeat_messages(const struct page_work *work,
			    struct worker_state *worker, size_t item,
			    const struct render_job *job)
{
	const struct findings *known =
		&work->sites[job->site->site->number].findings;
	uint64_t told = work->known[item]->told;
	str packed;

	if (told == 0)
		return true;
	packed = findings_of(known, job->page->path);
	if (findings_digest(packed) != told ||
	    !findings_repeat(job->diags, packed, job->context->plan->snapshot))
		return false;
	work->told[item] = TOLD_KEPT;
	add_findings(worker, item, packed);
	return true;
}

static enum work_state make(const struct crew *crew,
			    struct worker_state *worker, size_t item,
			    const struct render_job *job)
{
	const struct page_work *work = crew->work;
	struct page_comparison comparison = build_record_compare(
		job->context->plan, job->site, job->page, work->known[item]);
	str bytes;

	if (page_kinds[job->page->kind].turn == TURN_LAST)
		return crew->maker->output == NULL ? WORK_MADE : WORK_FAILED;
	if (comparison.freshness == FRESHNESS_SAME &&
	    repeat_messages(work, worker, item, job))
		return WORK_KEPT;
	work->reasons[item] = (uint8_t)comparison.reasons;
	if (!render_page(&bytes, job))
		return WORK_FAILED;
	work->sizes[item] = bytes.len;
	note_links(crew->maker, worker, job, bytes);
	if (crew->maker->output == NULL)
		return WORK_MADE;
	work->sha256s[item] = sha256_of(worker->sha256, bytes);
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
static void keep_messages(struct crew *crew, struct worker_state *worker,
			  size_t item, const struct diag_list *diags)
{
	struct page_work *work = crew->work;
	struct buf packed;

	if (diags->count == 0)
		return;
	diag_merge(&worker->diags, diags);
	if (work->told[item] == TOLD_KEPT)
		return; /* as before */
	if (crew->maker->output == NULL)
		return; /* there will be no record of them */
	buf_init(&packed, &worker->scratch);
	if (!findings_pack(&packed, diags, work->plan->snapshot) ||
	    packed.len > worker->findings_room) {
		work->told[item] = TOLD_LOST;
		return;
	}
	work->told[item] = TOLD_KEPT;
	worker->findings_room -= packed.len;
	add_findings(worker, item,
		     arena_copy(&worker->result, buf_str(&packed)));
}

static int compare_items(const void *left, const void *right)
{
	const struct page_findings *a = left;
	const struct page_findings *b = right;

	return (a->item > b->item) - (a->item < b->item);
}

static void take_findings(struct page_work *work,
			  const struct worker_state *worker,
			  struct arena *arena)
{
	const struct page_findings *findings = worker->findings.items;

	for (size_t i = 0; i < worker->findings.count; i++)
		*(struct page_findings *)list_add(&work->findings, arena) =
			findings[i];
}

static void tell_progress(struct crew *crew, size_t worker, size_t place)
{
	const struct page_maker *maker = crew->maker;

	if (worker == 0 && maker->progress != NULL &&
	    crew->made++ % PROGRESS_EVERY == 0)
		maker->progress(maker->progress_context, place,
				crew->work->item_count);
}

/* The disk says no: nothing of this build will be published. */
static bool has_failed(const struct page_maker *maker)
{
	return maker->output != NULL && output_has_failed(maker->output);
}

/* Whether the theme is why there is no page. */
static bool is_beyond(const struct diag_list *diags)
{
	const struct diag *items = diags->items.items;

	for (size_t i = 0; i < diags->items.count; i++)
		if (str_starts_with(str_from_c(items[i].id), STR("template-")))
			return true;
	return false;
}

/*
 * The file that the last build left; nothing when it is not what the record
 * knows.
 */
static str read_before(const struct crew *crew, struct worker_state *worker,
		       size_t item, const struct render_job *job)
{
	const struct recorded_page *known = crew->work->known[item];
	struct sha256 digest;
	str bytes;

	if (crew->maker->is_changed == NULL || crew->maker->output == NULL ||
	    !page_kinds[job->page->kind].reads_before || known == NULL ||
	    !output_read(&bytes, crew->maker->output,
			 page_output_path(job->site->site, job->page->path,
					  &worker->scratch),
			 &worker->scratch, job->diags))
		return STR("");
	digest = sha256_of(worker->sha256, bytes);
	return memcmp(&digest, &known->sha256, sizeof(digest)) == 0 ? bytes
								    : STR("");
}

static void make_page(struct crew *crew, size_t number, size_t place)
{
	struct page_work *work = crew->work;
	size_t item = work->items == NULL ? place : work->items[place];
	struct worker_state *worker = &crew->workers[number];
	size_t site = page_work_site(work, item);
	const struct site_plan *plan = &work->plan->sites[site];
	struct diag_list diags;
	struct list dependencies;
	bool asks_all = false;
	struct render_job job = {
		.context = &crew->context,
		.site = plan,
		.page = &plan->pages[item - work->site_starts[site]],
		.reader = worker->reader,
		.arena = &worker->scratch,
		.diags = &diags,
		.dependencies = &dependencies,
		.frame = &worker->frame,
		.targets = &worker->targets,
		.asks_all = &asks_all,
	};

	if (worker->reader == NULL || !work->sites[site].is_wanted ||
	    (page_kinds[job.page->kind].turn == TURN_LATE) != crew->is_late ||
	    has_failed(crew->maker))
		return;
	tell_progress(crew, number, place);
	diag_list_init(&diags, &worker->scratch);
	diags.levels = worker->diags.levels;
	list_init(&dependencies, sizeof(str));
	job.before = read_before(crew, worker, item, &job);
	work->states[item] = (uint8_t)make(crew, worker, item, &job);
	work->is_beyond[item] =
		work->states[item] == WORK_FAILED && is_beyond(&diags);
	keep_messages(crew, worker, item, &diags);
	if (asks_all)
		work->told[item] = TOLD_LOST;
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
			 const struct page_maker *maker,
			 const struct diag_list *diags)
{
	arena_init(&worker->scratch);
	arena_init(&worker->result);
	arena_init(&worker->site_values);
	arena_init(&worker->column_values);
	arena_init(&worker->talk);
	page_frame_init(&worker->frame, &worker->site_values,
			&worker->column_values);
	target_anchors_init(&worker->targets);
	diag_list_init_part(&worker->diags, &worker->talk, diags);
	list_init(&worker->findings, sizeof(struct page_findings));
	worker->findings_room = FINDINGS_LIMIT / maker->threads;
	worker->reader = snapshot_reader_open(maker->snapshot, &worker->diags);
	worker->sha256 = sha256_open();
	if (maker->output != NULL)
		output_hand_init(&worker->hand, maker->output);
}

static void stop_worker(struct worker_state *worker,
			const struct page_maker *maker, struct diag_list *diags)
{
	diag_merge(diags, &worker->diags);
	if (worker->reader != NULL)
		snapshot_reader_close(worker->reader);
	sha256_close(worker->sha256);
	if (maker->output != NULL)
		output_hand_release(&worker->hand);
	target_anchors_release(&worker->targets);
	arena_release(&worker->scratch);
	arena_release(&worker->site_values);
	arena_release(&worker->column_values);
	arena_release(&worker->talk);
	arena_take(maker->arena, &worker->result);
}

static void make_turn(struct crew *crew, bool is_late)
{
	size_t items = crew->work->item_count;

	crew->is_late = is_late;
	workers_run(crew->maker->threads,
		    (items + PAGES_A_RUN - 1) / PAGES_A_RUN, make_run, crew);
}

/* The texts of a block that will be made; those that were not ask nobody. */
static bool want_block(bool *wanted, const struct page_work *work, size_t item)
{
	const struct site_plan *site =
		&work->plan->sites[page_work_site(work, item)];
	const struct page *page = page_work_page(work, item);

	if (page->kind != PAGE_SEARCH_BLOCK ||
	    build_record_compare(work->plan, site, page, work->known[item])
			    .freshness == FRESHNESS_SAME)
		return false;
	for (uint32_t i = 0; i < page->count; i++)
		wanted[site->lists->searched[page->first + i]] = true;
	return true;
}

/* What is read for few pages need not be kept. */
static void open_extracts(struct crew *crew)
{
	const struct page_maker *maker = crew->maker;
	const struct page_work *work = crew->work;
	const struct catalog *catalog = work->plan->arrangement->catalog;
	bool is_any = false;
	bool *wanted;

	if (maker->output == NULL || work->items != NULL)
		return;
	wanted = arena_array(maker->arena, catalog->count, sizeof(*wanted));
	for (size_t i = 0; i < work->count; i++)
		is_any |= want_block(wanted, work, i);
	if (!is_any)
		return;
	crew->extracts.kept = maker->kept;
	extracts_open(&crew->extracts, maker->output->state, wanted,
		      catalog->count, maker->arena);
	crew->context.extracts = &crew->extracts;
}

bool pages_make(struct page_work *work, const struct page_maker *maker,
		struct diag_list *diags)
{
	struct crew crew = { .work = work,
			     .maker = maker,
			     .context = { .plan = work->plan,
					  .kept = maker->kept,
					  .is_changed = maker->is_changed } };
	bool ok = true;

	crew.workers = arena_array(maker->arena, maker->threads,
				   sizeof(*crew.workers));
	for (size_t i = 0; i < maker->threads; i++) {
		crew.workers[i].number = i;
		start_worker(&crew.workers[i], maker, diags);
		ok &= crew.workers[i].reader != NULL;
	}
	open_extracts(&crew);
	for (int turn = 0; ok && turn < 2; turn++)
		make_turn(&crew, turn == 1);
	extracts_close(&crew.extracts);
	for (size_t i = 0; i < maker->threads; i++) {
		take_findings(work, &crew.workers[i], maker->arena);
		stop_worker(&crew.workers[i], maker, diags);
	}
	if (work->findings.count > 0)
		qsort(work->findings.items, work->findings.count,
		      sizeof(struct page_findings), compare_items);
	return ok && !has_failed(maker);
}
