#include "pipeline/record.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pack.h"
#include "pipeline/history_record.h"
#include "plan/plan_image.h"

enum { RECORD_FORMAT = 2 };

/* --- opening --- */

/*
 * The program itself is part of what pages depend on: a record of another
 * build of it is not used.
 */
static struct digest program_digest(void)
{
	struct digest digest = { 0 };
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct stat status;
	void *bytes;

	digest_add_number(&digest, RECORD_FORMAT);
	digest_add(&digest, STR(JIYUE_VERSION));
	if (file < 0)
		return digest;
	if (fstat(file, &status) == 0 && status.st_size > 0) {
		bytes = mmap(NULL, (size_t)status.st_size, PROT_READ,
			     MAP_PRIVATE, file, 0);
		if (bytes != MAP_FAILED) {
			digest_add(&digest,
				   (str){ bytes, (size_t)status.st_size });
			munmap(bytes, (size_t)status.st_size);
		}
	}
	close(file);
	return digest;
}

bool record_open(struct pipeline *pipeline)
{
	const char *directory = pipeline->options->out;
	str path =
		arena_printf(&pipeline->arena, "%s/.jiyue/record", directory);

	if (!output_open(&pipeline->output, directory, &pipeline->arena,
			 &pipeline->diags))
		return false;
	pipeline->store = store_open(path.data, program_digest(),
				     &pipeline->arena, &pipeline->diags);
	return pipeline->store != NULL;
}

void record_close(struct pipeline *pipeline)
{
	if (pipeline->store != NULL)
		store_close(pipeline->store);
	if (pipeline->output.arena != NULL)
		output_close(&pipeline->output);
}

/* --- is there anything to do? --- */

static const char last_name[] = "last";

bool record_last(struct last_build *out, const struct pipeline *pipeline)
{
	str value = store_get(pipeline->store, 'l', str_from_c(last_name));

	return value.len == sizeof(*out) &&
	       unpack_bytes(out, sizeof(*out), &value);
}

bool record_resolve(struct last_build *out, struct pipeline *pipeline)
{
	const struct pipeline_options *options = pipeline->options;
	struct digest place = { 0 };
	str input;

	*out = (struct last_build){ 0 };
	if (!snapshot_resolve(&input, options->library, options->revision,
			      &pipeline->arena, &pipeline->diags))
		return false;
	memcpy(out->revision, input.data, sizeof(out->revision));
	digest_add(&place, str_from(input, sizeof(out->revision)));
	digest_add_number(&place, options->front_matter_dates);
	out->place = place.low;
	if (options->as_of_text != NULL)
		out->as_of_text =
			digest_hash(str_from_c(options->as_of_text)) | 1;
	return true;
}

bool record_has_all_sites(const struct pipeline *pipeline)
{
	str domains = { NULL, 0 };
	str domain;

	if (!folder_read(&domains, pipeline->output.state, "domains",
			 pipeline->output.arena))
		return false;
	while (str_split_next(&domains, '\n', &domain))
		if (domain.len > 0 &&
		    !output_has_site(&pipeline->output, domain))
			return false;
	return true;
}

/*
 * A day of --as-of is of the platform's time zone, which is not known yet; but
 * the same text for the same revision is the same moment.
 */
bool record_is_current(struct pipeline *pipeline)
{
	const struct pipeline_options *options = pipeline->options;
	struct last_build last, now;

	if (options->worktree || options->site != NULL ||
	    !record_last(&last, pipeline) || !record_resolve(&now, pipeline) ||
	    memcmp(last.revision, now.revision, sizeof(now.revision)) != 0 ||
	    last.place != now.place || last.as_of_text != now.as_of_text)
		return false;
	if (options->as_of_text == NULL &&
	    (options->as_of.seconds < last.as_of ||
	     options->as_of.seconds >= last.next))
		return false;
	if (!record_has_all_sites(pipeline))
		return false;
	pipeline->last = (struct build_result){ .pages = last.pages,
						.fresh = last.pages,
						.unchanged = last.pages,
						.sites = last.sites };
	return true;
}

bool record_forget_last(struct pipeline *pipeline)
{
	return store_remove(pipeline->store, 'l', str_from_c(last_name),
			    &pipeline->diags) &&
	       plan_image_forget(pipeline->store, &pipeline->diags);
}

bool record_write_last(struct pipeline *pipeline, const struct last_build *last)
{
	return store_put(pipeline->store, 'l', str_from_c(last_name),
			 (str){ (const char *)last, sizeof(*last) },
			 &pipeline->diags);
}

/* Of no use without the metadata of every resource. */
static bool write_image(struct pipeline *pipeline)
{
	return !metadata_cache_is_complete(&pipeline->metadata,
					   pipeline->catalog.count) ||
	       plan_image_write(pipeline->store, &pipeline->plan,
				&pipeline->diags);
}

/* Only a whole build without any message is remembered as complete. */
static bool write_complete(struct pipeline *pipeline)
{
	const struct pipeline_options *options = pipeline->options;
	struct next_change next;
	struct last_build last;

	if (options->worktree || options->site != NULL ||
	    pipeline->diags.items.count > 0)
		return true;
	if (!record_resolve(&last, pipeline))
		return false;
	/* the branch may have moved on meanwhile */
	memcpy(last.revision, pipeline->snapshot.revision.data,
	       sizeof(last.revision));
	next = arrangement_next(&pipeline->arrangement);
	last.as_of = pipeline->as_of.seconds;
	last.next = next.moment.is_set ? next.moment.seconds : INT64_MAX;
	last.pages = pipeline->plan.page_count;
	last.sites = pipeline->plan.count;
	return record_write_last(pipeline, &last) && write_image(pipeline);
}

/* --- what is known --- */

static int compare_paths(const void *left, const void *right)
{
	return str_compare(*(const str *)left, *(const str *)right);
}

static bool is_pending(const struct site_work *site, str path)
{
	return site->pending.count > 0 &&
	       bsearch(&path, site->pending.items, site->pending.count,
		       sizeof(path), compare_paths) != NULL;
}

static void read_site(struct page_work *work, size_t number)
{
	struct pipeline *pipeline = work->pipeline;
	struct site_work *site = &work->sites[number];
	str domain = pipeline->cluster.sites[number].domain;

	site->is_fresh = !output_has_site(&pipeline->output, domain);
	site->is_recorded =
		!site->is_fresh &&
		build_record_read(&site->known, pipeline->store, domain,
				  &pipeline->arena) &&
		build_record_pending(&site->pending, pipeline->store, domain,
				     &pipeline->arena);
	if (!site->is_recorded) {
		site->known = (struct recorded_site){ 0 };
		list_init(&site->pending, sizeof(str));
	}
	if (site->pending.count > 0)
		qsort(site->pending.items, site->pending.count, sizeof(str),
		      compare_paths);
}

/* Both are sorted by path: one step forward for each. */
static void match_site(struct page_work *work, size_t number)
{
	const struct site_plan *plan = &work->pipeline->plan.sites[number];
	struct site_work *site = &work->sites[number];
	size_t first = work->site_starts[number];
	size_t at = 0;

	for (size_t i = 0; i < plan->count; i++) {
		str path = plan->pages[i].path;
		int order = -1;

		while (at < site->known.count &&
		       (order = str_compare(site->known.pages[at].path, path)) <
			       0)
			at++;
		if (order == 0 && at < site->known.count &&
		    !is_pending(site, path))
			work->known[first + i] = &site->known.pages[at];
	}
}

void record_compare(struct page_work *work)
{
	for (size_t i = 0; i < work->pipeline->plan.count; i++)
		if (work->sites[i].is_wanted) {
			read_site(work, i);
			match_site(work, i);
		}
}

/* --- step 1: what is going to change --- */

static bool is_settled(const struct page_work *work, size_t number)
{
	return work->sites[number].is_wanted &&
	       !work->pipeline->blocked[number];
}

/* Pages of the last build, and of an interrupted one, that no plan has. */
static struct list gone_paths(const struct page_work *work, size_t number,
			      struct arena *arena)
{
	const struct site_plan *plan = &work->pipeline->plan.sites[number];
	const struct site_work *site = &work->sites[number];
	const str *pending = site->pending.items;
	struct list gone;

	list_init(&gone, sizeof(str));
	for (size_t i = 0; i < site->known.count; i++)
		if (site_plan_find(plan, site->known.pages[i].path) == NULL)
			*(str *)list_add(&gone, arena) =
				site->known.pages[i].path;
	for (size_t i = 0; i < site->pending.count; i++)
		if (site_plan_find(plan, pending[i]) == NULL)
			*(str *)list_add(&gone, arena) = pending[i];
	return gone;
}

struct change {
	struct list gone; /* str */
	bool is_any;	  /* files, or what is known of them */
	bool is_file;	  /* something is written or removed */
};

static struct change find_change(const struct page_work *work, size_t number,
				 struct arena *arena)
{
	const struct site_plan *plan = &work->pipeline->plan.sites[number];
	const struct site_work *site = &work->sites[number];
	struct change change = { .gone = gone_paths(work, number, arena) };

	change.is_file = change.gone.count > 0 || !site->is_recorded;
	for (size_t i = 0; i < plan->count; i++) {
		uint8_t state = work->states[work->site_starts[number] + i];

		change.is_any |= state != PAGE_KEPT;
		change.is_file |= state == PAGE_STAGED;
	}
	change.is_any |= change.is_file || site->pending.count > 0;
	return change;
}

static bool note_pending(const struct page_work *work, size_t number,
			 const struct change *change, struct arena *arena)
{
	struct pipeline *pipeline = work->pipeline;
	const struct site_plan *plan = &pipeline->plan.sites[number];
	const str *gone = change->gone.items;
	const str *before = work->sites[number].pending.items;
	struct buf bytes;

	buf_init(&bytes, arena);
	for (size_t i = 0; i < plan->count; i++)
		if (work->states[work->site_starts[number] + i] == PAGE_STAGED)
			pack_text(&bytes, plan->pages[i].path);
	for (size_t i = 0; i < change->gone.count; i++)
		pack_text(&bytes, gone[i]);
	for (size_t i = 0; i < work->sites[number].pending.count; i++)
		pack_text(&bytes, before[i]);
	return store_put(pipeline->store, 'w', plan->site->domain,
			 buf_str(&bytes), &pipeline->diags);
}

/*
 * Pages of a site that was not there appear all at once: nothing is pending,
 * but what is known of earlier ones is void.
 */
static bool note_site(const struct page_work *work, size_t number,
		      const struct change *change, struct arena *arena)
{
	struct pipeline *pipeline = work->pipeline;

	if (!work->sites[number].is_fresh)
		return note_pending(work, number, change, arena);
	return build_record_forget(pipeline->store,
				   pipeline->plan.sites[number].site->domain,
				   &pipeline->diags);
}

static bool note_all(struct page_work *work, const struct change *changes,
		     struct arena *arena)
{
	struct pipeline *pipeline = work->pipeline;
	bool ok = store_begin(pipeline->store, &pipeline->diags) &&
		  record_forget_last(pipeline);

	for (size_t i = 0; ok && i < pipeline->plan.count; i++)
		if (is_settled(work, i) && changes[i].is_file)
			ok = note_site(work, i, &changes[i], arena);
	if (ok)
		return store_commit(pipeline->store, &pipeline->diags);
	store_abort(pipeline->store);
	return false;
}

/* --- step 2: the files --- */

static bool is_planned(void *context, str path)
{
	return site_plan_find(context, path) != NULL;
}

static bool remove_gone(struct page_work *work, size_t number,
			const struct change *change, struct output_hand *hand,
			struct build_result *result)
{
	struct pipeline *pipeline = work->pipeline;
	const struct site_plan *plan = &pipeline->plan.sites[number];
	const str *gone = change->gone.items;
	bool ok = true;

	if (!work->sites[number].is_recorded)
		return output_sweep(&pipeline->output, plan->site->domain,
				    is_planned, (void *)plan, &result->removed,
				    &pipeline->diags);
	for (size_t i = 0; ok && i < change->gone.count; i++) {
		ok = output_remove(
			hand,
			page_output_path(plan->site, gone[i], &pipeline->arena),
			&pipeline->diags);
		result->removed++;
	}
	return ok;
}

/* Gone files first: a folder may have to stand where one was. */
static bool change_files(struct page_work *work, size_t number,
			 const struct change *change, struct output_hand *hand,
			 struct build_result *result)
{
	struct pipeline *pipeline = work->pipeline;
	const struct site_plan *plan = &pipeline->plan.sites[number];
	size_t first = work->site_starts[number];
	bool ok;

	if (work->sites[number].is_fresh)
		return output_commit_fresh(&pipeline->output,
					   plan->site->domain,
					   &pipeline->diags);
	ok = remove_gone(work, number, change, hand, result);
	for (size_t i = 0; ok && i < plan->count; i++)
		if (work->states[first + i] == PAGE_STAGED)
			ok = output_commit(hand, first + i,
					   page_output_path(plan->site,
							    plan->pages[i].path,
							    &pipeline->arena),
					   &pipeline->diags);
	return ok;
}

/* --- domains --- */

static bool is_any_blocked(const struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->cluster.count; i++)
		if (pipeline->blocked[i])
			return true;
	return false;
}

/* Of the sites that are written by this build. */
static bool note_domains(struct page_work *work)
{
	struct pipeline *pipeline = work->pipeline;
	const struct cluster *cluster = &pipeline->cluster;
	str *domains =
		arena_array(&pipeline->arena, cluster->count, sizeof(*domains));
	size_t count = 0;

	for (size_t i = 0; i < cluster->count; i++)
		if (is_settled(work, i))
			domains[count++] = cluster->sites[i].domain;
	return output_note_domains(&pipeline->output, domains, count,
				   &pipeline->diags);
}

/*
 * A settings file that cannot be read must not cost its site its pages; nor
 * must a new domain of a site that has mistakes.
 */
static bool keep_domains(struct pipeline *pipeline, struct build_result *result)
{
	const struct cluster *cluster = &pipeline->cluster;
	str *domains;

	if (pipeline->options->site != NULL || cluster->broken.count > 0 ||
	    is_any_blocked(pipeline))
		return true;
	domains =
		arena_array(&pipeline->arena, cluster->count, sizeof(*domains));
	for (size_t i = 0; i < cluster->count; i++)
		domains[i] = cluster->sites[i].domain;
	return output_keep_domains(&pipeline->output, domains, cluster->count,
				   &result->removed, &pipeline->diags);
}

/* --- step 3: the new record --- */

/* A page with messages is made again, so that they are said again. */
struct recorded_page record_of_page(const struct page_work *work, size_t number,
				    size_t item)
{
	const struct page_plan *plan = &work->pipeline->plan;
	const struct site_plan *site = &plan->sites[number];
	const struct page *page =
		&site->pages[item - work->site_starts[number]];
	struct recorded_page record = { .path = page->path };

	if (work->states[item] == PAGE_KEPT)
		return *work->known[item];
	record.dependencies = work->dependencies[item];
	record.reasons = work->reasons[item];
	memcpy(record.revision, work->pipeline->snapshot.revision.data,
	       work->pipeline->snapshot.revision.len < sizeof(record.revision)
		       ? work->pipeline->snapshot.revision.len
		       : sizeof(record.revision));
	if (work->messages[item] == NULL)
		record.fingerprint = build_record_fingerprint(
			plan, site, page, &record.dependencies);
	return record;
}

static bool write_site(struct page_work *work, size_t number,
		       struct arena *scratch)
{
	struct pipeline *pipeline = work->pipeline;
	const struct site_plan *site = &pipeline->plan.sites[number];
	struct diag_list *diags = &pipeline->diags;
	struct build_record_writer writer = { .store = pipeline->store,
					      .domain = site->site->domain,
					      .scratch = scratch,
					      .diags = diags };

	for (size_t i = 0; i < site->count; i++) {
		struct recorded_page page = record_of_page(
			work, number, work->site_starts[number] + i);

		if (!build_record_add(&writer, &page))
			return false;
	}
	return build_record_end(&writer) &&
	       store_remove(pipeline->store, 'w', site->site->domain, diags);
}

static bool write_library(struct pipeline *pipeline)
{
	bool has_history = !pipeline->options->worktree &&
			   !pipeline->options->front_matter_dates;

	return metadata_cache_write(&pipeline->metadata, pipeline->store,
				    &pipeline->diags) &&
	       (!has_history ||
		history_record_write(pipeline->store, &pipeline->snapshot,
				     pipeline->history, &pipeline->diags));
}

static bool write_record(struct page_work *work, const struct change *changes)
{
	struct pipeline *pipeline = work->pipeline;
	bool ok = store_begin(pipeline->store, &pipeline->diags) &&
		  write_library(pipeline);
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; ok && i < pipeline->plan.count; i++)
		if (is_settled(work, i) && changes[i].is_any) {
			ok = write_site(work, i, &scratch);
			arena_reset(&scratch);
		}
	arena_release(&scratch);
	if (ok && write_complete(pipeline))
		return store_commit(pipeline->store, &pipeline->diags);
	store_abort(pipeline->store);
	return false;
}

bool record_commit(struct page_work *work, struct build_result *result)
{
	struct pipeline *pipeline = work->pipeline;
	struct output_hand hand;
	struct change *changes = arena_array(
		&pipeline->arena, pipeline->plan.count, sizeof(*changes));
	bool ok;

	for (size_t i = 0; i < pipeline->plan.count; i++)
		if (is_settled(work, i))
			changes[i] = find_change(work, i, &pipeline->arena);
	ok = note_domains(work) && note_all(work, changes, &pipeline->arena);
	output_hand_init(&hand, &pipeline->output);
	for (size_t i = 0; ok && i < pipeline->plan.count; i++)
		if (is_settled(work, i) && changes[i].is_file)
			ok = change_files(work, i, &changes[i], &hand, result);
	output_hand_release(&hand);
	/* before the record: it may say that there is nothing left to do */
	return ok && keep_domains(pipeline, result) &&
	       write_record(work, changes);
}
