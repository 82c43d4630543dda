/*
 * What was staged is read back, and what stands there from before; without an
 * output folder the pages are made once more. A thread takes a site at a time.
 */
#include "pipeline/prover.h"

#include "audit/column_sets.h"
#include "audit/rule.h"
#include "pipeline/render_again.h"
#include "record/proof_record.h"
#include "system/workers.h"

struct prover {
	const struct page_work *work;
	const struct page_maker *maker;
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
	const struct output *output = thread->prover->maker->output;
	const struct site_plan *plan = &work->plan->sites[site->number];
	const struct page *page = site_plan_find(plan, path);
	size_t item;

	if (page == NULL) /* of a recalled plan, which has not all */
		return site_plan_has(plan, path) &&
		       output_read(out, output,
				   page_output_path(site, path, arena), arena,
				   diags);
	item = work->site_starts[site->number] + (size_t)(page - plan->pages);
	if (work->sites[site->number].is_fresh)
		return output_read_fresh(out, output,
					 page_output_path(site, path, arena),
					 arena, diags);
	if (work->states[item] == WORK_FAILED)
		return false;
	if (work->states[item] == WORK_STAGED)
		return output_read_staged(out, output, item, arena, diags);
	return output_read(out, output, page_output_path(site, path, arena),
			   arena, diags);
}

/* Without an output folder the pages are made once more for the proof. */
static bool read_rendered(void *context, const struct site *site, str path,
			  str *out, struct arena *arena,
			  struct diag_list *diags)
{
	const struct prover_thread *thread = context;
	const struct page_plan *pages = thread->prover->work->plan;
	const struct site_plan *plan = &pages->sites[site->number];
	const struct page *page = site_plan_find(plan, path);

	return page != NULL && thread->reader != NULL &&
	       render_again(out, pages, plan, page, thread->reader, arena,
			    diags);
}

/*
 * A set that was proven stays proven while none of its pages changes: all of
 * them change with the columns.
 */
static uint32_t sets_to_prove(const struct page_work *work, size_t number)
{
	const struct site_plan *plan = &work->plan->sites[number];
	const uint8_t *states = work->states + work->site_starts[number];
	uint32_t sets = 0;

	if (!page_work_is_settled(work, number))
		return 0;
	for (size_t i = 0; i < plan->count; i++)
		if (states[i] != WORK_KEPT)
			sets |= page_kinds[plan->pages[i].kind].proofs;
	return sets;
}

static bool is_kept(void *context, const struct site *site, str path)
{
	const struct prover_thread *thread = context;
	const struct page_work *work = thread->prover->work;
	const struct site_plan *plan = &work->plan->sites[site->number];
	const struct page *page = site_plan_find(plan, path);
	size_t start = work->site_starts[site->number];

	if (page == NULL) /* of a recalled plan, which has not all */
		return site_plan_has(plan, path);
	return work->states[start + (size_t)(page - plan->pages)] == WORK_KEPT;
}

/* The record is read by one thread. */
static void read_notes(struct page_work *work, const struct page_maker *maker)
{
	for (size_t i = 0; maker->store != NULL && i < work->plan->count; i++) {
		const struct site *site = work->plan->sites[i].site;
		struct site_work *to = &work->sites[i];

		if (sets_to_prove(work, i) == 0)
			continue;
		to->proof_count = column_sets_note_count(site);
		to->proof = arena_array(maker->arena, to->proof_count,
					sizeof(*to->proof));
		proof_record_read(to->proof, to->proof_count, maker->store,
				  site->domain);
	}
}

static void prove_site(void *context, size_t number, size_t item)
{
	struct prover *prover = context;
	struct prover_thread *thread = &prover->threads[number];
	bool is_check = prover->maker->output == NULL;
	const struct rule_facts facts = {
		.sets = sets_to_prove(prover->work, item),
		.is_kept = is_kept,
		.read_page = is_check ? read_rendered : read_written,
		.context = thread,
		.notes = prover->work->sites[item].proof,
	};
	const struct rule_input input = {
		.plan = prover->work->plan,
		.facts = &facts,
		.site_plan = &prover->work->plan->sites[item],
		.arena = &thread->scratch,
	};
	const struct rule_choice choice = { RULE_PAGES, is_check, false,
					    RULES_ALL };
	struct diag_list *diags;

	if (facts.sets == 0)
		return;
	diags = arena_alloc(&thread->result, sizeof(*diags));
	diag_list_init_part(diags, &thread->result, &thread->failure);
	rules_judge(&input, &choice, diags);
	if (diags->count > 0)
		prover->messages[item] = diags;
	arena_reset(&thread->scratch);
}

static bool start_thread(struct prover_thread *thread, struct prover *prover,
			 const struct diag_list *whole)
{
	thread->prover = prover;
	arena_init(&thread->scratch);
	arena_init(&thread->result);
	diag_list_init_part(&thread->failure, &thread->result, whole);
	if (prover->maker->output == NULL)
		thread->reader = snapshot_reader_open(prover->maker->snapshot,
						      &thread->failure);
	return !thread->failure.failed;
}

static void stop_thread(struct prover_thread *thread, struct diag_list *diags)
{
	diag_merge(diags, &thread->failure);
	if (thread->reader != NULL)
		snapshot_reader_close(thread->reader);
	arena_release(&thread->scratch);
	arena_take(thread->prover->maker->arena, &thread->result);
}

/*
 * What is not proven is published with the message: a theme that leaves a
 * column out of one list costs that list, not the site. Whatever the proof
 * reads is made again by the next build, so that it is said again.
 */
static void tell_again(struct page_work *work, size_t number)
{
	const struct site_plan *plan = &work->plan->sites[number];

	for (size_t i = 0; i < plan->count; i++)
		if (page_kinds[plan->pages[i].kind].proofs != 0)
			work->told[work->site_starts[number] + i] = TOLD_LOST;
}

bool pages_prove(struct page_work *work, const struct page_maker *maker,
		 struct diag_list *diags)
{
	size_t sites = work->plan->count;
	struct prover prover = { .work = work, .maker = maker };
	bool ok = true;

	prover.threads = arena_array(maker->arena, maker->threads,
				     sizeof(*prover.threads));
	prover.messages =
		arena_array(maker->arena, sites, sizeof(*prover.messages));
	for (size_t i = 0; i < maker->threads; i++)
		ok &= start_thread(&prover.threads[i], &prover, diags);
	read_notes(work, maker);
	if (ok)
		workers_run(maker->threads, sites, prove_site, &prover);
	for (size_t i = 0; i < sites; i++)
		if (prover.messages[i] != NULL) {
			diag_merge(diags, prover.messages[i]);
			tell_again(work, i);
			ok &= !prover.messages[i]->failed;
		}
	for (size_t i = 0; i < maker->threads; i++)
		stop_thread(&prover.threads[i], diags);
	return ok;
}
