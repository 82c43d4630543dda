/*
 * From the record's image to the pages that show what changed since. Nothing
 * here reads more than what changed, and what of the record belongs to it.
 */
#include "record/recall.h"

#include <stdlib.h>

#include "base/pack.h"
#include "library/body_anchors.h"
#include "plan/fingerprint.h"
#include "record/commit.h"

/* --- what came since --- */

/* Both are sorted by file; what is fresh counts. */
static void merge_changes(struct list *out, const struct list *before,
			  const struct list *fresh, struct arena *arena)
{
	const struct snapshot_change *a = before->items;
	const struct snapshot_change *b = fresh->items;
	size_t i = 0, j = 0;

	list_init(out, sizeof(*a));
	while (i < before->count || j < fresh->count) {
		bool is_fresh = i == before->count ||
				(j < fresh->count &&
				 b[j].patch.file <= a[i].patch.file);

		if (is_fresh && i < before->count &&
		    a[i].patch.file == b[j].patch.file)
			i++;
		*(struct snapshot_change *)list_add(out, arena) =
			is_fresh ? b[j++] : a[i++];
	}
}

static void set_patches(struct snapshot *snapshot, const struct list *changes,
			struct arena *arena)
{
	const struct snapshot_change *items = changes->items;
	struct snapshot_patch *patches =
		arena_array(arena, changes->count, sizeof(*patches));

	for (size_t i = 0; i < changes->count; i++)
		patches[i] = items[i].patch;
	snapshot->patches = patches;
	snapshot->patch_count = changes->count;
}

static void set_offsets(struct list *changes, int32_t offset)
{
	struct snapshot_change *items = changes->items;

	for (size_t i = 0; i < changes->count; i++)
		items[i].changed.offset = offset;
}

void recall_set_offset(struct recall *recall, int32_t offset)
{
	set_offsets(&recall->fresh, offset);
	set_offsets(&recall->changes, offset);
}

bool recall_list(struct recall *recall, struct snapshot *out,
		 const struct build_request *request, const struct store *store,
		 struct diag_list *diags)
{
	struct arena *arena = recall->arena;
	str last = { recall->last.revision, sizeof(recall->last.revision) };
	struct list before;

	trust_init(&recall->trust, arena);
	if (!plan_image_list(out, store, &recall->trust, arena) ||
	    !plan_image_changes(&before, out, store, arena) ||
	    !snapshot_open_listed(out, request->library, request->revision,
				  arena, diags) ||
	    !snapshot_changes_since(&recall->fresh, out, last, 0,
				    PLAN_IMAGE_CHANGES, arena))
		return false;
	merge_changes(&recall->changes, &before, &recall->fresh, arena);
	if (recall->changes.count > PLAN_IMAGE_CHANGES)
		return false;
	set_patches(out, &recall->changes, arena);
	return true;
}

/* --- is the plan still that of the last build? --- */

/*
 * Do all links into the text lead where they led? The pages they stand on are
 * not looked at.
 */
static bool has_same_anchors(struct recall *recall, struct store *store,
			     struct snapshot_reader *reader, uint32_t file)
{
	const struct snapshot *snapshot = recall->image.catalog->snapshot;
	str known =
		store_get(store, STORE_ANCHORS, snapshot_path(snapshot, file));
	struct anchors anchors;
	struct arena scratch;
	uint64_t digest;
	bool ok;

	if (!unpack_bytes(&digest, sizeof(digest), &known))
		return true; /* nobody leads to them */
	arena_init(&scratch);
	ok = body_anchors_read(&anchors, reader, file, &scratch) &&
	     anchors.digest.low == digest;
	arena_release(&scratch);
	return ok;
}

/* What is said of the file now; nothing of it may be a mistake. */
static bool read_metadata(struct metadata *out, str *told,
			  struct recall *recall, struct snapshot_reader *reader,
			  uint32_t number)
{
	struct catalog *catalog = recall->image.catalog;
	struct diag_list diags;
	struct buf packed;

	diag_list_init(&diags, recall->arena);
	diags.levels = &recall->image.arrangement->cluster->levels;
	if (!catalog_read_one(out, catalog, reader, number, recall->arena,
			      &diags) ||
	    !findings_are_mild(&diags))
		return false;
	buf_init(&packed, recall->arena);
	if (diags.count > 0 &&
	    !findings_pack(&packed, &diags, catalog->snapshot))
		return false;
	*told = buf_str(&packed);
	return true;
}

/* A file that is no resource (README.md) shows nowhere. */
static bool take_metadata(struct recall *recall, struct snapshot_reader *reader,
			  uint32_t file, struct list *told)
{
	struct catalog *catalog = recall->image.catalog;
	uint32_t number = catalog_number(catalog, file);
	struct metadata_change *change;
	struct metadata now;
	struct finding_row row;
	bool is_new;

	if (number == RESOURCE_NONE)
		return true;
	row.subject = snapshot_path(catalog->snapshot, file);
	if (!metadata_index_is_whole(recall->image.index, number) ||
	    !read_metadata(&now, &row.packed, recall, reader, number))
		return false;
	is_new = !str_equal(now.packed,
			    metadata_index_get(recall->image.index, number));
	if (is_new &&
	    !new_rows_add(&recall->rows, &recall->image, number, now.packed))
		return false;
	recall->is_touched[number] = true;
	change = list_add(&recall->touched, recall->arena);
	*change = (struct metadata_change){ number, now.key,
					    findings_digest(row.packed),
					    is_new ? now.packed : STR("") };
	*(struct finding_row *)list_add(told, recall->arena) = row;
	return true;
}

/* Rows of before, but for the subjects of `now`; both are sorted by it. */
static void merge_rows(struct findings *out, const struct findings *before,
		       const struct list *now, struct arena *arena)
{
	const struct finding_row *fresh = now->items;
	struct list rows;
	size_t at = 0;

	list_init(&rows, sizeof(struct finding_row));
	for (size_t i = 0; i < before->count || at < now->count;) {
		int order = at == now->count ? -1
			    : i == before->count
				    ? 1
				    : str_compare(before->rows[i].subject,
						  fresh[at].subject);
		const struct finding_row *row =
			order < 0 ? &before->rows[i] : &fresh[at];

		i += order <= 0;
		at += order >= 0;
		if (row->packed.len > 0)
			*(struct finding_row *)list_add(&rows, arena) = *row;
	}
	*out = (struct findings){ rows.items, rows.count };
}

bool recall_read(struct recall *recall,
		 const struct plan_image_options *options,
		 struct snapshot_reader *reader)
{
	const struct snapshot_change *fresh = recall->fresh.items;
	struct findings before;
	struct list told; /* struct finding_row: of what changed */

	arrange_mark_archived(options->cluster, options->as_of);
	if (!plan_image_read(&recall->image, options, recall->arena))
		return false;
	list_init(&told, sizeof(struct finding_row));
	list_init(&recall->touched, sizeof(struct metadata_change));
	new_rows_init(&recall->rows, recall->arena);
	recall->is_touched =
		arena_array(recall->arena, recall->image.catalog->count, 1);
	/* numbers follow files, so both are sorted alike */
	for (size_t i = 0; i < recall->fresh.count; i++)
		if (!take_metadata(recall, reader, fresh[i].patch.file,
				   &told) ||
		    !has_same_anchors(recall, options->store, reader,
				      fresh[i].patch.file))
			return false;
	metadata_index_overlay(recall->image.index, recall->touched.items,
			       recall->touched.count);
	if (!new_rows_settle(&recall->rows, &recall->image,
			     recall->touched.items, recall->touched.count))
		return false;
	findings_read(&before, options->store, FINDINGS_FILES, recall->arena);
	merge_rows(&recall->files, &before, &told, recall->arena);
	return true;
}

/* --- where it shows --- */

static bool has_one(const struct recall *recall, const bool *flags,
		    const uint32_t *numbers, size_t count)
{
	if (!snapshot_trusts(recall->image.catalog->snapshot, numbers,
			     count * sizeof(*numbers)))
		return false;
	for (size_t i = 0; i < count; i++)
		if (catalog_has(recall->image.catalog, numbers[i]) &&
		    flags[numbers[i]])
			return true;
	return false;
}

/* Is one of the newest of a column changed? sitemap/columns.xml dates it. */
static bool dates_columns(const struct recall *recall, const struct site *site)
{
	const struct column_newest *newest =
		recall->image.lists[site->number].newest;

	for (size_t i = 0; i < site->column_count; i++)
		if (has_one(recall, recall->is_touched, newest[i].items,
			    newest[i].count))
			return true;
	return false;
}

static bool has_copy(const struct recall *recall, const struct site *site)
{
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (column->show == SHOW_COPY &&
		    has_one(recall, recall->rows.is_shown, column->list.live,
			    column->list.live_count))
			return true;
	}
	return false;
}

/* A notice shows no resource, and has nothing that changes with one. */
static bool shows_touched(const struct recall *recall, const struct site *site)
{
	return !site_is_notice_only(site) &&
	       (recall->wanted[site->number] ||
		recall->rows.is_listed_on[site->number] ||
		dates_columns(recall, site) || has_copy(recall, site));
}

void recall_choose_sites(struct recall *recall)
{
	const struct arrangement *arrangement = recall->image.arrangement;
	const uint32_t *shown = recall->rows.shown.items;
	const struct cluster *cluster = arrangement->cluster;

	recall->wanted = arena_array(recall->arena, cluster->count, 1);
	for (size_t i = 0; i < recall->rows.shown.count; i++) {
		const struct site *owner =
			arrangement_of(arrangement, shown[i]).site;

		if (owner != NULL)
			recall->wanted[owner->number] = true;
	}
	for (size_t i = 0; i < cluster->count; i++)
		recall->wanted[i] = shows_touched(recall, &cluster->sites[i]);
}

void recall_plan(struct recall *recall, struct page_plan *out,
		 const struct theme *themes, const struct store *store,
		 struct diag_list *diags)
{
	const struct arrangement *arrangement = recall->image.arrangement;
	struct recall_options options = {
		.plan = { .arrangement = arrangement,
			  .snapshot = arrangement->catalog->snapshot,
			  .themes = themes,
			  .history = recall->image.history },
		.relations = recall->image.relations,
		.topics = recall->image.topics,
		.lists = recall->image.lists,
		.rows = recall->image.rows,
		.record = store,
		.changes = &recall->changes,
		.shown = recall->rows.shown.items,
		.shown_count = recall->rows.shown.count,
		.is_shown = recall->rows.is_shown,
		.has_new_row = recall->rows.is_new,
		.lists_new_row = recall->rows.is_listed_on,
		.wanted = recall->wanted,
	};

	page_plan_recall(out, &options, recall->arena, diags);
}

/* --- which pages --- */

static bool is_owner(const struct recall *recall, const struct site *site)
{
	const struct metadata_change *touched = recall->touched.items;

	for (size_t i = 0; i < recall->touched.count; i++)
		if (arrangement_of(recall->image.arrangement, touched[i].number)
			    .site == site)
			return true;
	return false;
}

/* A page that is looked at, and what the record knows of it. */
static bool add_item(struct recall *recall, struct page_work *work,
		     const struct store *store, size_t site, size_t page)
{
	const struct site_plan *plan = &work->plan->sites[site];
	size_t count = recall->items.count;
	struct recorded_page *known =
		arena_alloc(recall->arena, sizeof(*known));
	struct recalled_item *item = list_add(&recall->items, recall->arena);

	item->item = work->site_starts[site] + page;
	item->site = site;
	work->known[item->item] = known;
	if (!build_record_find(known, &item->place, store, plan->site->domain,
			       plan->pages[page].path, recall->arena))
		return false;
	/* each is a page of its own, and both are in the order of paths */
	return count == 0 || item[-1].site != site ||
	       item[-1].place < item->place;
}

static bool compare_site(struct recall *recall, struct page_plan *plan,
			 struct page_work *work, struct store *store,
			 size_t number)
{
	struct site_plan *site = &plan->sites[number];
	const struct changed_texts texts = {
		.catalog = recall->image.catalog,
		.is_changed = recall->is_touched,
		.is_shown = recall->rows.is_shown,
		.has_new_row = recall->rows.is_new,
		.lists_new_row = recall->rows.is_listed_on[number],
		.is_owner = is_owner(recall, site->site),
		.dates_columns = dates_columns(recall, site->site),
	};

	memset(work->states + work->site_starts[number], WORK_KEPT,
	       site->count);
	for (size_t i = 0; i < site->count; i++) {
		struct page *page = &site->pages[i];

		if (!page_kinds[page->kind].shows(&texts, site, page))
			continue;
		fingerprint_fill_page(plan, site, page, recall->arena);
		if (!add_item(recall, work, store, number, i))
			return false;
	}
	return true;
}

static void choose_items(const struct recall *recall, struct page_work *work)
{
	const struct recalled_item *items = recall->items.items;
	size_t *numbers = arena_array(recall->arena, recall->items.count,
				      sizeof(*numbers));

	for (size_t i = 0; i < recall->items.count; i++)
		numbers[i] = items[i].item;
	work->items = numbers;
	work->item_count = recall->items.count;
}

bool recall_compare(struct recall *recall, struct page_plan *plan,
		    struct page_work *work, struct store *store)
{
	list_init(&recall->items, sizeof(struct recalled_item));
	for (size_t i = 0; i < plan->count; i++) {
		work->sites[i].is_wanted = recall->wanted[i];
		work->sites[i].is_recorded = true;
		findings_read(
			&work->sites[i].findings, store,
			page_findings_group(plan->sites[i].site, recall->arena),
			recall->arena);
		if (recall->wanted[i] &&
		    !compare_site(recall, plan, work, store, i))
			return false;
	}
	choose_items(recall, work);
	return true;
}

/* --- what was said --- */

static bool repeat_rows(const struct findings *findings,
			const struct snapshot *snapshot,
			struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; ok && i < findings->count; i++)
		ok = findings_repeat(diags, findings->rows[i].packed, snapshot);
	return ok;
}

/* What is to be said of the pages of a site that were looked at: by path. */
static void list_told(struct list *out, const struct recall *recall,
		      const struct page_work *work, size_t site)
{
	const struct recalled_item *items = recall->items.items;

	list_init(out, sizeof(struct finding_row));
	for (size_t i = 0; i < recall->items.count; i++)
		if (items[i].site == site)
			*(struct finding_row *)list_add(
				out, recall->arena) = (struct finding_row){
				page_work_page(work, items[i].item)->path,
				page_work_findings(work, items[i].item)
			};
}

/* Of the pages of a site that were not looked at. */
static bool repeat_others(const struct recall *recall,
			  const struct page_work *work, size_t site,
			  struct diag_list *diags)
{
	struct findings others;
	struct list looked_at;
	struct finding_row *rows;

	list_told(&looked_at, recall, work, site);
	rows = looked_at.items;
	for (size_t i = 0; i < looked_at.count; i++)
		rows[i].packed = STR("");
	merge_rows(&others, &work->sites[site].findings, &looked_at,
		   recall->arena);
	return repeat_rows(&others, work->plan->snapshot, diags);
}

bool recall_repeat(const struct recall *recall, const struct page_work *work,
		   const struct store *store, struct diag_list *diags)
{
	const struct snapshot *snapshot = work->plan->snapshot;
	struct findings rest;
	bool ok;

	findings_read(&rest, store, FINDINGS_REST, recall->arena);
	ok = repeat_rows(&rest, snapshot, diags) &&
	     repeat_rows(&recall->files, snapshot, diags);
	for (size_t i = 0; ok && i < work->plan->count; i++)
		ok = repeat_others(recall, work, i, diags);
	return ok;
}

static bool write_findings(const struct recall *recall,
			   const struct page_work *work, struct store *store,
			   size_t site, struct diag_list *diags)
{
	const struct site *owner = work->plan->sites[site].site;
	struct findings findings;
	struct list told;

	list_told(&told, recall, work, site);
	merge_rows(&findings, &work->sites[site].findings, &told,
		   recall->arena);
	return findings_write(store, page_findings_group(owner, recall->arena),
			      &findings, diags);
}

/* --- the record --- */

bool recall_write_site(const struct recall *recall,
		       const struct page_work *work, struct store *store,
		       size_t number, struct arena *scratch,
		       struct diag_list *diags)
{
	const struct recalled_item *items = recall->items.items;
	struct list places;

	list_init(&places, sizeof(struct recorded_place));
	for (size_t i = 0; i < recall->items.count; i++) {
		struct recorded_place *place;

		if (items[i].site != number ||
		    work->states[items[i].item] == WORK_KEPT)
			continue;
		place = list_add(&places, recall->arena);
		place->place = items[i].place;
		place->page = commit_page(work, items[i].item);
		if (!commit_anchors(store, &place->page, diags))
			return false;
	}
	return write_findings(recall, work, store, number, diags) &&
	       build_record_update(store,
				   work->plan->sites[number].site->domain,
				   places.items, places.count, scratch, diags);
}

bool recall_write_rest(const struct recall *recall, str revision,
		       struct store *store, struct diag_list *diags)
{
	struct last_build last = recall->last;

	last.as_of_text = recall->now.as_of_text;
	last.findings = recall->said;
	memcpy(last.revision, revision.data, sizeof(last.revision));
	return metadata_index_update(recall->image.index, recall->touched.items,
				     recall->touched.count, diags) &&
	       findings_write(store, FINDINGS_FILES, &recall->files, diags) &&
	       last_build_write(store, &last, diags) &&
	       plan_image_update(store, &recall->changes,
				 recall->rows.numbers.count == 0
					 ? NULL
					 : recall->image.rows,
				 diags);
}
