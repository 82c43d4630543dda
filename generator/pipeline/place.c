/*
 * What the commit protocol asks for, answered by the output folder and by the
 * record of this build: that of all pages, or the few of a recalled plan.
 */
#include "pipeline/place.h"

#include "record/commit.h"
#include "record/history_record.h"
#include "record/proof_record.h"
#include "record/standing.h"
#include "record/review_record.h"
#include "record/version_record.h"
#include "record/recall.h"
#include "record/references.h"
#include "pipeline/kept_bodies.h"
#include "pipeline/redirect_file.h"
#include "pipeline/request.h"
#include "site/reviews.h"

struct placing {
	struct build *build;
	struct output_hand hand;
};

/* --- files --- */

static str *list_domains(struct build *build, bool settled_only, size_t *count)
{
	const struct cluster *cluster = &build->library.cluster;
	str *domains =
		arena_array(&build->arena, cluster->count, sizeof(*domains));

	*count = 0;
	for (size_t i = 0; i < cluster->count; i++)
		if (!settled_only || page_work_is_settled(&build->work, i))
			domains[(*count)++] = cluster->sites[i].domain;
	return domains;
}

/* The sites of a recalled plan are those of the last build. */
static bool begin(void *context, struct diag_list *diags)
{
	struct build *build = ((struct placing *)context)->build;
	size_t count;
	str *domains;

	if (build->recall != NULL)
		return true;
	domains = list_domains(build, true, &count);
	return output_note_domains(&build->output, domains, count, diags);
}

static bool appear(void *context, const struct site_plan *site,
		   struct diag_list *diags)
{
	const struct placing *placing = context;

	return output_commit_fresh(&placing->build->output, site->site->domain,
				   diags);
}

/* A site, and what becomes of its pages. */
struct swept {
	const struct page_work *work;
	size_t number;
};

static bool is_planned(void *context, str path)
{
	const struct swept *swept = context;

	return page_work_has(swept->work, swept->number, path);
}

static bool sweep(void *context, const struct site_plan *site,
		  struct diag_list *diags)
{
	struct build *build = ((struct placing *)context)->build;
	struct swept swept = { &build->work, site->site->number };

	return output_sweep(&build->output, site->site->domain, is_planned,
			    &swept, &build->result.removed, diags);
}

static bool remove_page(void *context, str path, struct diag_list *diags)
{
	struct placing *placing = context;

	placing->build->result.removed++;
	return output_remove(&placing->hand, path, diags);
}

static bool move_page(void *context, size_t item, str path,
		      struct diag_list *diags)
{
	struct placing *placing = context;

	return output_commit(&placing->hand, item, path, diags);
}

/* A site that is not in the cluster any more has no pages. */
static bool close_sites(struct build *build, struct diag_list *diags)
{
	size_t count;
	str *domains;

	if (build->recall != NULL || build->options->site != NULL)
		return true;
	domains = list_domains(build, false, &count);
	return output_keep_domains(&build->output, domains, count,
				   &build->result.removed, diags);
}

/* Was a file written or removed? */
static bool has_changed(const struct build *build)
{
	const struct page_work *work = &build->work;

	if (build->result.removed > 0)
		return true;
	for (size_t i = 0; i < work->count; i++)
		if (work->states[i] == WORK_STAGED)
			return true;
	return false;
}

static bool finish(void *context, struct diag_list *diags)
{
	struct build *build = ((struct placing *)context)->build;
	bool changed = has_changed(build);

	if (build->recall == NULL)
		redirect_file_make(build);
	return redirect_file_put(build, &changed, diags) &&
	       close_sites(build, diags) &&
	       (!(changed || build->result.removed > 0) ||
		output_sync(&build->output, diags));
}

/* --- the record --- */

static bool write_proof(struct build *build, size_t number,
			struct diag_list *diags)
{
	const struct site_work *site = &build->work.sites[number];

	return site->proof == NULL ||
	       proof_record_write(build->store,
				  build->work.plan->sites[number].site->domain,
				  site->proof, site->proof_count, diags);
}

static bool write_site(void *context, size_t number, struct arena *scratch,
		       struct diag_list *diags)
{
	struct build *build = ((struct placing *)context)->build;

	if (!write_proof(build, number, diags))
		return false;
	return build->recall != NULL
		       ? recall_write_site(build->recall, &build->work,
					   build->store, number, scratch, diags)
		       : commit_site_pages(&build->work, build->store, number,
					   scratch, diags);
}

/* Does a text wait for its review? Another version stands in for it, or none.
 */
static bool waits(const struct build *build)
{
	const struct reviews *reviews = build->library.reviews;

	return reviews != NULL && reviews_waiting(reviews)->count > 0;
}

/* The plan is of no use without the metadata of every resource as written. */
static bool write_image(struct build *build, const struct plan_dates *dates,
			struct diag_list *diags)
{
	struct plan_references references;

	if (waits(build) ||
	    !metadata_cache_is_complete(&build->metadata,
					build->library.catalog.count))
		return true;
	references_make(&references, &build->work, &build->arena);
	return plan_image_write(build->store, &build->library.plan, &references,
				dates, diags);
}

/* Can all that was said be said again, with nothing read and made? */
static bool is_all_kept(const struct page_work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (work->told[i] == TOLD_LOST)
			return false;
	return true;
}

/* What is of no single file or page; false: it cannot be kept. */
static bool pack_rest(struct buf *out, struct build *build)
{
	buf_init(out, &build->arena);
	return build->rest.count == 0 ||
	       (findings_pack(out, &build->rest, &build->library.snapshot) &&
		out->len <= FINDINGS_LIMIT);
}

static bool write_rest_findings(struct build *build, str packed,
				struct diag_list *diags)
{
	const struct finding_row row = { STR(""), packed };
	const struct findings findings = { &row, packed.len > 0 };

	return findings_write(build->store, FINDINGS_REST, &findings, diags);
}

/* Only a whole build without a mistake that moves anything is remembered. */
static bool write_complete(struct build *build, struct diag_list *diags)
{
	const struct build_options *options = build->options;
	const struct build_request request = build_request_of(options);
	const struct library *library = &build->library;
	struct plan_dates dates;
	struct list dated;
	struct last_build last;
	struct buf rest;

	if (options->site != NULL || !findings_spare_plan(diags) ||
	    !is_all_kept(&build->work) || !pack_rest(&rest, build))
		return true;
	last = build->now;
	if (!options->library.worktree &&
	    !last_build_resolve(&last, &request, &build->arena, diags))
		return false;
	last_build_set_revision(&last, &library->snapshot);
	arrangement_dates(&dated, &library->arrangement, &build->arena);
	dates = (struct plan_dates){ dated.items, dated.count };
	last.settings = library->settings_told;
	last.as_of = library->as_of.seconds;
	last.next = plan_dates_next(&dates, &library->arrangement);
	last.pages = library->plan.page_count;
	last.sites = library->plan.count;
	last.findings = diags->count;
	return write_rest_findings(build, buf_str(&rest), diags) &&
	       last_build_write(build->store, &last, diags) &&
	       write_image(build, &dates, diags);
}

static bool write_reviews(struct build *build, struct diag_list *diags)
{
	return review_record_write(
		build->store,
		build->library.reviews == NULL ? NULL : &build->reviews, diags);
}

/* What a shallow clone does not see is seen by others. */
static bool write_versions(struct build *build, struct diag_list *diags)
{
	return build->is_cut ||
	       (version_record_write(build->store, &build->versions, diags) &&
		write_reviews(build, diags));
}

static bool write_library(struct build *build, struct diag_list *diags)
{
	const struct library_options *options = &build->options->library;
	const struct library *library = &build->library;
	bool has_history = !options->worktree && !options->front_matter_dates;

	return kept_bodies_write(build, diags) &&
	       metadata_cache_write(&build->metadata, build->store, diags) &&
	       write_versions(build, diags) &&
	       findings_write(build->store, FINDINGS_FILES,
			      &library->catalog.findings, diags) &&
	       attachments_write(&library->attachments, build->store, diags) &&
	       (!has_history ||
		history_record_write(build->store, &library->snapshot,
				     library->history, &library->renames,
				     diags)) &&
	       write_complete(build, diags);
}

/* What the files are, for a release to be bound to. */
static bool write_standing(struct build *build, struct diag_list *diags)
{
	const struct build_options *options = build->options;
	const struct library *library = &build->library;
	struct standing standing = { .as_of = library->as_of.seconds };

	if (options->library.worktree)
		standing.kind = STANDING_PREVIEW;
	else if (options->site != NULL && library->cluster.count > 1)
		standing.kind = STANDING_PART;
	else if (library->snapshot.revision.len == sizeof(standing.revision))
		memcpy(standing.revision, library->snapshot.revision.data,
		       sizeof(standing.revision));
	return standing_write(build->store, &standing, diags);
}

static bool write_rest(void *context, struct diag_list *diags)
{
	struct build *build = ((struct placing *)context)->build;

	return write_standing(build, diags) &&
	       redirect_file_write(build, diags) &&
	       (build->recall != NULL
			? write_reviews(build, diags) &&
				  recall_write_rest(
					  build->recall, &build->work,
					  build->library.as_of.seconds,
					  build->store, diags)
			: write_library(build, diags));
}

bool place_pages(struct build *build)
{
	struct placing placing = { .build = build };
	const struct commit commit = {
		.work = &build->work,
		.store = build->store,
		.files = { &placing, begin, appear, sweep, remove_page,
			   move_page, finish },
		.record = { &placing, write_site, write_rest },
	};
	bool ok;

	output_hand_init(&placing.hand, &build->output);
	ok = commit_run(&commit, &build->diags);
	output_hand_release(&placing.hand);
	return ok;
}
