/*
 * The order of the phases, and nothing else: what each does is in the folder
 * that the call leads to. A build that recalls its plan takes the same way
 * behind the plan as one that made it.
 */
#include "pipeline/date_check.h"
#include "pipeline/build.h"

#include "audit/attachment_text.h"
#include "audit/judge.h"
#include "pipeline/kept_bodies.h"
#include "pipeline/link_proof.h"
#include "pipeline/page_maker.h"
#include "pipeline/place.h"
#include "pipeline/prover.h"
#include "pipeline/recall.h"
#include "pipeline/search_maker.h"
#include "pipeline/theme_trials.h"
#include "pipeline/request.h"
#include "record/compare.h"
#include "record/review_record.h"
#include "record/version.h"
#include "record/version_record.h"
#include "system/workers.h"

/* Texts of a kind that are kept for a recalled plan, which has all or none. */
enum { REST_LIMIT = 200 };

/* Pages that are worth bringing to the disk before all is made. */
enum { EARLY_FROM = 5000 };

/* --- opening --- */

static bool open_output(struct build *build)
{
	const char *directory = build->options->out;

	if (!output_open(&build->output, directory, &build->arena,
			 &build->diags))
		return false;
	if (build->options->no_body_cache)
		kept_bodies_remove(build);
	build->store =
		store_open(build->output.state, "record", record_version(),
			   &build->arena, &build->diags);
	if (build->store == NULL || !build->options->check)
		return build->store != NULL;
	build->checked =
		store_open(build->output.state, "checked", record_version(),
			   &build->arena, &build->diags);
	return build->checked != NULL;
}

static bool check_site_option(struct build *build, struct diag_list *diags)
{
	const struct cluster *cluster = &build->library.cluster;
	const char *wanted = build->options->site;
	struct diag *diag;
	struct buf names;

	if (cluster->count == 0) {
		diag = diag_failure(diags, "site-none",
				    _("no site can be built"));
		diag_help(diags, diag, "%s",
			  _("the messages above say why; what was built before "
			    "stays"));
		return false;
	}
	buf_init(&names, &build->arena);
	for (size_t i = 0; i < cluster->count; i++) {
		if (wanted == NULL || str_equal_c(cluster->sites[i].id, wanted))
			return true;
		buf_printf(&names, "%s%.*s", i == 0 ? "" : ", ",
			   STR_ARG(cluster->sites[i].id));
	}
	diag = diag_failure(diags, "site-option", _("there is no site “%s”"),
			    wanted);
	diag_help(diags, diag, _("choose one of: %.*s"),
		  STR_ARG(buf_str(&names)));
	return false;
}

static bool writes_pages(const struct build *build)
{
	return build->store != NULL && !build->options->check;
}

/* A link in the place of a document root would lead out of the folder. */
static bool check_roots(struct build *build, struct diag_list *diags)
{
	const struct cluster *cluster = &build->library.cluster;
	const char *wanted = build->options->site;
	bool ok = true;

	for (size_t i = 0; writes_pages(build) && i < cluster->count; i++)
		if (wanted == NULL || str_equal_c(cluster->sites[i].id, wanted))
			ok &= output_check_root(&build->output,
						cluster->sites[i].domain,
						diags);
	return ok;
}

void build_begin_reviews(struct build *build)
{
	if (build->reviews.arena == NULL) {
		review_log_init(&build->reviews, &build->arena);
		if (!build->is_cut)
			review_record_read(&build->reviews, build->store);
	}
	build->library.review_log = &build->reviews;
}

static bool read_library(struct build *build)
{
	struct library *library = &build->library;
	struct metadata_cache *known = NULL;

	if (build->store != NULL) {
		metadata_cache_init(&build->metadata, build->store,
				    &library->arena);
		findings_read(&build->known_files, build->store, FINDINGS_FILES,
			      &library->arena);
		version_memory_init(&build->versions, &library->arena);
		if (!build->is_cut)
			version_record_read(&build->versions, build->store);
		library->memory = &build->versions;
		build_begin_reviews(build);
		library->known = &build->known_files;
		known = &build->metadata;
	}
	library->told = &build->files;
	return library_read(library, known, &build->rest);
}

static bool plan_phases(struct build *build)
{
	struct library *library = &build->library;
	struct diag_list *diags = &build->rest;
	int spool = build->store == NULL ? -1 : build->output.state;

	if (!library_list(library, spool, diags))
		return false;
	build->now.names = diag_list_digest(diags);
	phases_end(&build->phases, "list");
	if (!library_read_history(library, build->store, diags))
		return false;
	phases_end(&build->phases, "history");
	if (!read_library(build))
		return false;
	phases_end(&build->phases, "read");
	if (!check_site_option(build, diags) || !check_roots(build, diags))
		return false;
	library_load_themes(library, diags);
	if (diags->failed)
		return false;
	library_settle_as_of(library);
	phases_end(&build->phases, "themes");
	library_arrange(library, diags);
	phases_end(&build->phases, "arrange");
	library_plan(library, diags);
	while (library_leave_out_losers(library)) {
		library_arrange(library, diags);
		library_plan(library, diags);
	}
	return true;
}

/* What is said of a file is kept beside its metadata, the rest together. */
static bool plan_library(struct build *build)
{
	bool ok = plan_phases(build);

	build->diags.levels = build->rest.levels;
	diag_merge(&build->diags, &build->rest);
	diag_merge(&build->diags, &build->files);
	return ok;
}

static void lay_out_work(struct build *build)
{
	const struct library *library = &build->library;
	const char *wanted = build->options->site;
	struct page_work *work = &build->work;

	page_work_init(work, &library->plan, &build->arena);
	for (size_t i = 0; i < work->plan->count; i++)
		work->sites[i].is_wanted =
			wanted == NULL ||
			str_equal_c(library->cluster.sites[i].id, wanted);
}

void build_init_messages(struct build *build)
{
	size_t limit = build->options->message_limit;

	diag_list_init(&build->diags, &build->arena);
	build->diags.limit = limit;
	diag_list_init_part(&build->files, &build->arena, &build->diags);
	diag_list_init(&build->rest, &build->arena);
	build->rest.limit =
		limit > 0 && limit < REST_LIMIT ? REST_LIMIT : limit;
}

/*
 * Only who opens a library starts libgit2, which takes longer than all else
 * that a command without one does: it reads the machine's certificates.
 */
static bool init_build(struct build *build, const struct build_options *options)
{
	*build = (struct build){ .options = options };
	arena_init(&build->arena);
	phases_begin(&build->phases, &build->arena);
	build_init_messages(build);
	library_init(&build->library, &options->library);
	build->has_git = snapshot_library_init(&build->diags);
	return build->has_git;
}

bool build_open_library(struct build *out, const struct build_options *options)
{
	return init_build(out, options) &&
	       library_list(&out->library, -1, &out->diags);
}

/* Before it is listed: HEAD may move meanwhile, and is another one then. */
static bool resolve_tree(struct build *build)
{
	const struct build_request request = build_request_of(build->options);

	return !request.worktree ||
	       last_build_resolve(&build->now, &request, &build->arena,
				  &build->diags);
}

/*
 * A shallow clone, with dates that need no history: a clean build goes by the
 * commits that are there. What an earlier one learned of others is left alone.
 * Without that option nothing is built from scratch in a shallow clone.
 */
static bool is_cut(const struct build_options *options)
{
	return options->out != NULL && options->library.front_matter_dates &&
	       history_is_cut(options->library.folder);
}

static bool open_build(struct build *build, const struct build_options *options,
		       bool anew, struct theme_trials *trials)
{
	if (!init_build(build, options))
		return false;
	build->library.trials = trials;
	if (trials != NULL)
		diag_merge(&build->diags, &trials->diags);
	if (options->out != NULL &&
	    !(open_output(build) && resolve_tree(build)))
		return false;
	build->is_cut = is_cut(options);
	anew |= options->out == NULL || options->check || build->is_cut;
	if (!anew && build_is_current(build)) {
		build->is_current = true;
		return true;
	}
	phases_end(&build->phases, "record");
	if (!anew && recall_open(build))
		phases_end(&build->phases, "recall");
	else if (!plan_library(build))
		return false;
	lay_out_work(build);
	phases_end(&build->phases, "plan");
	return true;
}

bool build_open(struct build *out, const struct build_options *options)
{
	return open_build(out, options, options->always, NULL);
}

void build_close(struct build *build)
{
	library_close(&build->library);
	if (build->checked != NULL)
		store_close(build->checked);
	if (build->kept != NULL)
		kept_bytes_close(build->kept);
	if (build->store != NULL)
		store_close(build->store);
	if (build->output.arena != NULL)
		output_close(&build->output);
	if (build->has_git)
		snapshot_library_shutdown();
	arena_release(&build->arena);
}

/* --- compare --- */

static bool has_site(void *context, str domain)
{
	return output_has_site(context, domain);
}

static bool has_page(void *context, str path, uint64_t size)
{
	return output_has_file(context, path, size);
}

void build_compare(struct build *build)
{
	const struct compare_options options = {
		.store = build->store,
		.has_site = has_site,
		.has_page = store_is_intact(build->store) ? NULL : has_page,
		.context = &build->output,
		.arena = &build->arena,
	};

	record_compare(&build->work, &options);
}

static bool compare(struct build *build)
{
	if (build->recall != NULL) {
		bool ok = recall_compare(build->recall, &build->library.plan,
					 &build->work, build->store);

		build->result.pages = build->recall->last.pages;
		return ok;
	}
	if (build->store != NULL)
		build_compare(build);
	if (writes_pages(build))
		kept_bodies_open(build);
	return true;
}

/* --- what was done --- */

/* Of a recalled plan only some pages are there; the rest is as it was. */
static void count_recalled(struct build_result *result,
			   const struct page_work *work)
{
	size_t made = 0;

	for (size_t i = 0; i < work->item_count; i++) {
		uint8_t state = work->states[work->items[i]];

		made += state != WORK_KEPT;
		result->written += state == WORK_STAGED;
	}
	result->fresh = result->pages - made;
	result->unchanged = result->pages - result->written;
}

static void count(struct build_result *result, const struct page_work *work)
{
	for (size_t i = 0; i < work->count; i++) {
		result->pages += work->states[i] != WORK_NOT_WANTED &&
				 work->states[i] != WORK_FAILED;
		result->fresh += work->states[i] == WORK_KEPT;
		result->written += work->states[i] == WORK_STAGED;
		result->unchanged += work->states[i] == WORK_UNCHANGED ||
				     work->states[i] == WORK_KEPT;
	}
	for (size_t i = 0; i < work->plan->count; i++) {
		result->sites += work->sites[i].is_wanted;
	}
}

/* --- the run --- */

/* The record, which a recalled plan is read from, is for one thread. */
static struct page_maker maker_of(struct build *build)
{
	const struct build_options *options = build->options;

	return (struct page_maker){
		.snapshot = &build->library.snapshot,
		.output = writes_pages(build) ? &build->output : NULL,
		.store = writes_pages(build) ? build->store : NULL,
		.kept = build->kept,
		.threads = build->recall != NULL ? 1 : options->library.threads,
		.is_changed = build->recall != NULL ? build->recall->is_touched
						    : NULL,
		.progress = options->progress,
		.progress_context = options->progress_context,
		.arena = &build->arena,
	};
}

bool build_make(struct build *build)
{
	const struct page_maker maker = maker_of(build);

	return pages_make(&build->work, &maker, &build->diags);
}

/*
 * Of one site alone it is not known where others lead. It is a third of the
 * time of making pages, so a build leaves it to the check.
 */
static bool proves_links(const struct build *build)
{
	return build->options->check && build->options->site == NULL;
}

static bool note_kept_pages(struct build *build, const struct page_maker *maker)
{
	struct link_proof proof = { .work = &build->work,
				    .output = &build->output,
				    .store = build->checked,
				    .threads = maker->threads,
				    .parts = maker->links };
	bool ok =
		build->checked == NULL || link_proof_run(&proof, &build->diags);

	build->result.read = proof.read;
	return ok;
}

static bool make_pages(struct build *build, struct page_maker *maker)
{
	size_t threads = proves_links(build) ? maker->threads : 0;
	bool ok;

	if (threads > 0)
		maker->links = arena_array(&build->arena, threads,
					   sizeof(*maker->links));
	for (size_t i = 0; i < threads; i++) {
		page_links_init(&maker->links[i], build->work.plan);
		maker->links[i].keeps_outside = build->options->external;
	}
	ok = pages_make(&build->work, maker, &build->diags);
	if (ok && threads > 0)
		ok = note_kept_pages(build, maker);
	if (ok && threads > 0)
		page_links_judge(&build->links, maker->links, threads,
				 &build->arena);
	for (size_t i = 0; i < threads; i++)
		page_links_release(&maker->links[i]);
	return ok;
}

static const struct dependency_list *
leads_to(void *context, const struct site_plan *site, size_t page)
{
	const struct page_work *work = context;

	return page_work_dependencies(
		work, work->site_starts[site->site->number] + page);
}

/* Of one site alone it is not known what its pages lead to elsewhere. */
static void judge_cluster(struct build *build, bool are_made,
			  const struct text_twins *twins,
			  const struct list *dates, struct diag_list *diags)
{
	const struct rule_facts facts = {
		.context = &build->work,
		.links = &build->links,
		.twins = twins,
		.dates = dates,
		.leads_to = are_made && build->options->site == NULL ? leads_to
								     : NULL,
	};
	struct arena scratch;
	const struct rule_input input = {
		.book = build->book,
		.plan = &build->library.plan,
		.arrangement = build->library.plan.arrangement,
		.today = arrangement_today(build->library.plan.arrangement),
		.facts = &facts,
		.arena = &scratch
	};
	const struct rule_choice choice = { RULE_CLUSTER, build->options->check,
					    build->options->daily, RULES_ALL };

	arena_init(&scratch);
	rules_judge(&input, &choice, diags);
	arena_release(&scratch);
}

/* What a check goes by; a build has no use for it. */
static void read_book(struct build *build)
{
	const struct arrangement *arrangement = build->library.plan.arrangement;
	struct rule_book_sources from = {
		.snapshot = build->library.plan.snapshot,
		.offset = arrangement->cluster->platform.offset,
		.today = arrangement_today(arrangement),
	};

	from.reader = snapshot_reader_open(from.snapshot, &build->diags);
	if (from.reader == NULL)
		return;
	build->book = arena_alloc(&build->arena, sizeof(*build->book));
	rule_book_read(build->book, &from, &build->arena, &build->diags);
	snapshot_reader_close(from.reader);
}

static void find_twins(struct text_twins *out, const struct judging *judging)
{
	text_twins_find(out, &judging->texts,
			judging->plan->arrangement->catalog->ranks,
			rule_book_limit(judging->book, LIMIT_COPY_PERCENT),
			judging->arena);
}

/* Rules of resources, columns and the cluster. */
static bool judge(struct build *build, size_t threads, bool are_made)
{
	struct judging judging = {
		.plan = &build->library.plan,
		.book = build->book,
		.store = build->checked,
		.threads = threads,
		.arena = &build->arena,
		.is_check = build->options->check,
		.is_daily = build->options->daily,
	};
	struct text_twins twins = { 0 };
	struct list dates = { 0 };
	struct diag_list found;
	bool ok;

	diag_list_init_part(&found, &build->arena, &build->rest);
	ok = judge_library(&judging, &found);
	if (judging.texts.items != NULL)
		find_twins(&twins, &judging);
	if (ok)
		attachments_judge(&judging, &found);
	if (build->options->check)
		ok &= date_check_run(&dates, &build->library, build->checked,
				     &build->arena, &found);
	judge_cluster(build, are_made, &twins, &dates, &found);
	diag_merge(&build->diags, &found);
	diag_merge(&build->rest, &found);
	build->result.judged = judging.judged;
	build->result.bodies = judging.bodies;
	return ok;
}

/* What a check found is kept by what it was found of: no order is needed. */
static bool make_and_judge(struct build *build, struct page_maker *maker)
{
	struct store *checked = build->checked;
	struct diag_list *diags = &build->diags;
	bool ok = checked == NULL || store_begin(checked, diags);

	if (!ok)
		return false;
	ok = make_pages(build, maker);
	phases_end(&build->phases, "render");
	if (build->options->check)
		read_book(build);
	if (build->options->check && build->book == NULL)
		ok = false;
	else if (build->recall == NULL)
		ok &= judge(build, maker->threads, ok);
	if (checked == NULL)
		return ok;
	if (ok)
		return store_commit(checked, diags);
	store_abort(checked);
	return false;
}

static void sync_early(void *context)
{
	output_sync_early(context);
}

/* Of a few pages it would be waited for twice. */
static bool is_worth_early(const struct build *build)
{
	size_t staged = 0;

	if (!writes_pages(build))
		return false;
	for (size_t i = 0; i < build->work.count; i++)
		staged += build->work.states[i] == WORK_STAGED;
	return staged >= EARLY_FROM;
}

/* The disk is busy with the pages while the search is made of them. */
static bool make_and_prove(struct build *build)
{
	struct page_maker maker = maker_of(build);
	struct side_job early = { 0 };
	bool ok = make_and_judge(build, &maker);

	if (ok && is_worth_early(build))
		side_job_begin(&early, sync_early, &build->output);
	ok = ok && search_shards_make(build, &maker, &build->diags);
	phases_end(&build->phases, "search");
	ok = ok && pages_prove(&build->work, &maker, &build->diags);
	phases_end(&build->phases, "prove");
	side_job_end(&early);
	return ok;
}

static bool run(struct build *build, struct theme_trials *trials,
		bool *must_restart)
{
	bool ok = compare(build);

	*must_restart = build->recall != NULL && !ok;
	phases_end(&build->phases, "compare");
	ok = ok && make_and_prove(build);
	if (build->recall != NULL && !recall_holds(build, ok)) {
		*must_restart = true;
		return false;
	}
	if (ok && theme_trials_note(trials, &build->work, &build->diags)) {
		*must_restart = true;
		return false;
	}
	build->result.is_held_back =
		build->options->strict && build->diags.error_count > 0;
	if (ok && writes_pages(build) && !build->result.is_held_back)
		ok = place_pages(build);
	phases_end(&build->phases, "write");
	if (build->recall != NULL)
		count_recalled(&build->result, &build->work);
	else
		count(&build->result, &build->work);
	if (build->result.is_held_back)
		build->result.written = 0;
	return ok;
}

/*
 * A recalled plan that does not hold costs time, and a theme that cannot make
 * every page: all is planned anew.
 */
bool build_run(struct build *build)
{
	const struct build_options *options = build->options;
	struct theme_trials trials;
	bool must_restart, ok;

	if (build->is_current)
		return true;
	theme_trials_init(&trials);
	ok = run(build, &trials, &must_restart);
	while (!ok && must_restart) {
		build_close(build);
		must_restart = false;
		ok = open_build(build, options, true, &trials) &&
		     run(build, &trials, &must_restart);
	}
	build->library.trials = NULL;
	theme_trials_release(&trials);
	return ok;
}
