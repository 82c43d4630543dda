/*
 * The order of the three steps is the whole point of this file: each store
 * transaction is on the disk before the files move, and each file before the
 * record that says that it stands there. Which files, and which values, it is
 * told by others; so the protocol is tested with files that are none.
 */
#include "record/commit.h"

#include "base/pack.h"
#include "record/compare.h"
#include "record/last_build.h"
#include "record/plan_image.h"
#include "record/standing.h"

struct committing {
	const struct commit *commit;
	const struct page_work *work;
	struct site_change *changes; /* of each site */
	struct arena *arena;
	struct diag_list *diags;
};

/* --- step 1: what is going to change --- */

static void add_staged(struct buf *out, const struct page_work *work,
		       size_t number)
{
	const struct site_plan *plan = &work->plan->sites[number];

	for (size_t i = 0; i < plan->count; i++)
		if (work->states[work->site_starts[number] + i] == WORK_STAGED)
			pack_text(out, plan->pages[i].path);
}

static void add_paths(struct buf *out, const struct list *paths)
{
	const str *items = paths->items;

	for (size_t i = 0; i < paths->count; i++)
		pack_text(out, items[i]);
}

static bool note_pending(const struct committing *committing, size_t number)
{
	const struct page_work *work = committing->work;
	struct buf bytes;

	buf_init(&bytes, committing->arena);
	add_staged(&bytes, work, number);
	add_paths(&bytes, &committing->changes[number].gone);
	add_paths(&bytes, &work->sites[number].pending);
	return store_put(committing->commit->store, STORE_SITE_PENDING,
			 work->plan->sites[number].site->domain,
			 buf_str(&bytes), committing->diags);
}

/*
 * Pages of a site that was not there appear all at once: nothing is pending,
 * but what is known of earlier ones is void.
 */
static bool note_site(const struct committing *committing, size_t number)
{
	const struct page_work *work = committing->work;

	if (!committing->changes[number].is_file)
		return true;
	if (!work->sites[number].is_fresh)
		return note_pending(committing, number);
	return build_record_forget(committing->commit->store,
				   work->plan->sites[number].site->domain,
				   committing->diags);
}

/*
 * From here on the folder is not what the last build left, and the plan in the
 * record not that of a build.
 */
static bool note_all(const struct committing *committing)
{
	struct store *store = committing->commit->store;
	struct diag_list *diags = committing->diags;
	bool ok = store_begin(store, diags) &&
		  last_build_forget(store, diags) &&
		  standing_forget(store, diags) &&
		  plan_image_forget(store, diags);

	for (size_t i = 0; ok && i < committing->work->plan->count; i++)
		if (page_work_is_settled(committing->work, i))
			ok = note_site(committing, i);
	if (ok)
		return store_commit(store, diags);
	store_abort(store);
	return false;
}

/* --- step 2: the files --- */

static bool remove_gone(const struct committing *committing, size_t number)
{
	const struct commit_files *files = &committing->commit->files;
	const struct site_plan *plan = &committing->work->plan->sites[number];
	const struct list *gone = &committing->changes[number].gone;
	const str *paths = gone->items;
	bool ok = true;

	if (!committing->work->sites[number].is_recorded)
		return files->sweep(files->context, plan, committing->diags);
	for (size_t i = 0; ok && i < gone->count; i++)
		ok = files->remove(files->context,
				   page_output_path(plan->site, paths[i],
						    committing->arena),
				   committing->diags);
	return ok;
}

static bool move_staged(const struct committing *committing, size_t number)
{
	const struct commit_files *files = &committing->commit->files;
	const struct page_work *work = committing->work;
	const struct site_plan *plan = &work->plan->sites[number];
	size_t first = work->site_starts[number];
	bool ok = true;

	for (size_t i = 0; ok && i < plan->count; i++)
		if (work->states[first + i] == WORK_STAGED)
			ok = files->move(files->context, first + i,
					 page_output_path(plan->site,
							  plan->pages[i].path,
							  committing->arena),
					 committing->diags);
	return ok;
}

/* Gone files first: a folder may have to stand where one was. */
static bool change_site(const struct committing *committing, size_t number)
{
	const struct commit_files *files = &committing->commit->files;
	const struct page_work *work = committing->work;

	if (!committing->changes[number].is_file)
		return true;
	if (work->sites[number].is_fresh)
		return files->appear(files->context, &work->plan->sites[number],
				     committing->diags);
	return remove_gone(committing, number) &&
	       move_staged(committing, number);
}

static bool change_all(const struct committing *committing)
{
	const struct commit_files *files = &committing->commit->files;
	bool ok = true;

	for (size_t i = 0; ok && i < committing->work->plan->count; i++)
		if (page_work_is_settled(committing->work, i))
			ok = change_site(committing, i);
	return ok && files->finish(files->context, committing->diags);
}

/* --- step 3: the new record --- */

struct recorded_page commit_page(const struct page_work *work, size_t item)
{
	size_t number = page_work_site(work, item);
	const struct site_plan *site = &work->plan->sites[number];
	const struct page *page = page_work_page(work, item);
	str revision = work->plan->snapshot->revision;
	struct recorded_page record = { .path = page->path };

	if (work->states[item] == WORK_KEPT)
		return *work->known[item];
	record.dependencies = work->dependencies[item];
	record.reasons = work->reasons[item];
	record.size = work->sizes[item];
	record.sha256 = work->sha256s[item];
	memcpy(record.revision, revision.data,
	       revision.len < sizeof(record.revision)
		       ? revision.len
		       : sizeof(record.revision));
	record.told = findings_digest(page_work_findings(work, item));
	if (work->told[item] != TOLD_LOST)
		record.fingerprint = build_record_fingerprint(
			work->plan, site, page, &record.dependencies);
	return record;
}

/*
 * Of each text that others lead to with a "#", what its anchors were: while
 * they are the same, a change of it is none of theirs (record/recall.c).
 */
bool commit_anchors(struct store *store, const struct recorded_page *page,
		    struct diag_list *diags)
{
	const struct dependency_list *list = &page->dependencies;
	bool ok = true;

	for (size_t i = 0; ok && i < list->count; i++) {
		uint64_t digest;
		str bytes = { (const char *)&digest, sizeof(digest) };
		str path;

		if (dependency_anchors(&digest, &path, list->names[i]) &&
		    !str_equal(store_get(store, STORE_ANCHORS, path), bytes))
			ok = store_put(store, STORE_ANCHORS, path, bytes,
				       diags);
	}
	return ok;
}

bool commit_findings(const struct page_work *work, struct store *store,
		     size_t number, struct arena *scratch,
		     struct diag_list *diags)
{
	const struct site_plan *site = &work->plan->sites[number];
	const struct page_findings *items = work->findings.items;
	size_t first = work->site_starts[number];
	struct findings findings;
	struct list rows;

	list_init(&rows, sizeof(struct finding_row));
	for (size_t i = page_work_first_findings(work, first);
	     i < work->findings.count && items[i].item - first < site->count;
	     i++)
		if (work->told[items[i].item] == TOLD_KEPT)
			*(struct finding_row *)list_add(&rows, scratch) =
				(struct finding_row){
					site->pages[items[i].item - first].path,
					items[i].packed
				};
	findings = (struct findings){ rows.items, rows.count };
	return findings_write(store, page_findings_group(site->site, scratch),
			      &findings, diags);
}

bool commit_site_pages(const struct page_work *work, struct store *store,
		       size_t number, struct arena *scratch,
		       struct diag_list *diags)
{
	const struct site_plan *site = &work->plan->sites[number];
	struct build_record_writer writer = { .store = store,
					      .domain = site->site->domain,
					      .scratch = scratch,
					      .diags = diags };

	if (!commit_findings(work, store, number, scratch, diags))
		return false;
	for (size_t i = 0; i < site->count; i++) {
		size_t item = work->site_starts[number] + i;
		struct recorded_page page;

		if (work->states[item] == WORK_FAILED)
			continue;
		page = commit_page(work, item);
		if (!build_record_add(&writer, &page) ||
		    (work->states[item] != WORK_KEPT &&
		     !commit_anchors(store, &page, diags)))
			return false;
	}
	return build_record_end(&writer);
}

static bool write_site(const struct committing *committing, size_t number)
{
	const struct commit_record *record = &committing->commit->record;
	struct arena scratch;
	bool ok;

	arena_init(&scratch);
	ok = record->write_site(record->context, number, &scratch,
				committing->diags) &&
	     store_remove(committing->commit->store, STORE_SITE_PENDING,
			  committing->work->plan->sites[number].site->domain,
			  committing->diags);
	arena_release(&scratch);
	return ok;
}

static bool write_record(const struct committing *committing)
{
	const struct commit_record *record = &committing->commit->record;
	struct store *store = committing->commit->store;
	struct diag_list *diags = committing->diags;
	bool ok = store_begin(store, diags);

	for (size_t i = 0; ok && i < committing->work->plan->count; i++)
		if (page_work_is_settled(committing->work, i) &&
		    committing->changes[i].is_any)
			ok = write_site(committing, i);
	if (ok && record->write_rest(record->context, diags))
		return store_commit(store, diags);
	store_abort(store);
	return false;
}

bool commit_run(const struct commit *commit, struct diag_list *diags)
{
	const struct page_work *work = commit->work;
	struct arena arena;
	struct committing committing = {
		.commit = commit, .work = work, .arena = &arena, .diags = diags
	};
	bool ok;

	arena_init(&arena);
	committing.changes = arena_array(&arena, work->plan->count,
					 sizeof(*committing.changes));
	for (size_t i = 0; i < work->plan->count; i++)
		if (page_work_is_settled(work, i))
			committing.changes[i] =
				record_site_change(work, i, &arena);
	ok = commit->files.begin(commit->files.context, diags) &&
	     note_all(&committing) && change_all(&committing) &&
	     write_record(&committing);
	arena_release(&arena);
	return ok;
}
