/*
 * From the image to the pages that show what changed since, and what becomes
 * of them in the record.
 */
#include "record/recall.h"

#include <stdlib.h>

#include "base/pack.h"
#include "plan/fingerprint.h"
#include "plan/kiosk.h"
#include "record/commit.h"
#include "record/history_record.h"
#include "record/moved_aliases.h"
#include "record/plan_edit_shown.h"
#include "record/references.h"

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

/* Is what the site publishes not what it was? */
static bool has_moved(const struct recall *recall, const struct site *site)
{
	return recall->edit.moved.count > 0 &&
	       recall->edit.owns_moved[site->number];
}

/* Does its search find more than before, or less? */
static bool has_new_blocks(const struct recall *recall, const struct site *site)
{
	const struct search_cut *cut;

	if (recall->edit.moved.count == 0)
		return false;
	cut = &recall->edit.searches[site->number];
	return cut->first < cut->end || cut->first < cut->end_before;
}

/* Is one of the newest of a column changed? sitemap/columns.xml dates it. */
static bool dates_columns(const struct recall *recall, const struct site *site)
{
	const struct column_newest *newest =
		recall->image.lists[site->number].newest;

	if (recall->edit.moved.count > 0 &&
	    recall->edit.is_edited[site->number])
		return true;
	for (size_t i = 0; i < site->column_count; i++)
		if (has_one(recall, recall->is_touched, newest[i].items,
			    newest[i].count))
			return true;
	return false;
}

/* Its search finds the texts of others too. */
static bool finds_touched(const struct recall *recall, const struct site *site)
{
	const struct site_lists *lists = &recall->image.lists[site->number];

	return has_new_blocks(recall, site) ||
	       has_one(recall, recall->is_touched, lists->searched,
		       lists->searched_count);
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

/* Its machines show texts of others too, whole. */
static bool has_kiosk_text(const struct recall *recall, const struct site *site)
{
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (kiosk_has(site, column) &&
		    has_one(recall, recall->rows.is_shown, column->list.live,
			    kiosk_count(column, &column->list)))
			return true;
	}
	return false;
}

/* A notice shows no resource, and has nothing that changes with one. */
static bool shows_touched(const struct recall *recall, const struct site *site)
{
	return !site_is_notice_only(site) &&
	       (recall->wanted[site->number] || has_moved(recall, site) ||
		recall->rows.is_listed_on[site->number] ||
		dates_columns(recall, site) || has_copy(recall, site) ||
		has_kiosk_text(recall, site) || finds_touched(recall, site));
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
			  .history = recall->image.history,
			  .renames = recall->has_renames ? &recall->renames
							 : NULL },
		.relations = recall->image.relations,
		.topics = recall->image.topics,
		.lists = recall->image.lists,
		.rows = recall->image.rows,
		.record = store,
		.changes = &recall->changes,
		.shown = recall->rows.shown.items,
		.shown_count = recall->rows.shown.count,
		.is_shown = recall->rows.is_shown,
		.is_changed = recall->is_touched,
		.has_new_row = recall->rows.is_new,
		.lists_new_row = recall->rows.is_listed_on,
		.wanted = recall->wanted,
	};

	if (recall->edit.moved.count > 0) {
		options.lists_changed = plan_edit_changes(&recall->edit);
		options.searches = recall->edit.searches;
	}

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

/* --- pages that came and went --- */

static bool has_path(const struct list *paths, str path)
{
	return paths->count > 0 &&
	       bsearch(&path, paths->items, paths->count, sizeof(path),
		       str_compare_items) != NULL;
}

static bool leads_to_file(const struct dependency_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (dependency_is_file(list->names[i]))
			return true;
	return false;
}

/* Does anything but what is looked at depend on the page that is gone? */
static bool can_go(const struct recall *recall, const struct store *store,
		   str domain, str path)
{
	struct recorded_page known;
	size_t place;

	return build_record_find(&known, &place, store, domain, path,
				 recall->arena) &&
	       !leads_to_file(&known.dependencies) &&
	       !plan_edit_is_target(&recall->edit, path);
}

/* What is not planned any more; `left` has all paths that may be gone. */
static bool find_gone(struct recall *recall, struct site_work *work,
		      const struct site_plan *plan, const struct store *store,
		      struct list *left)
{
	const str *paths = left->items;

	if (left->count > 0)
		qsort(left->items, left->count, sizeof(str), str_compare_items);
	for (size_t i = 0; i < left->count; i++) {
		if ((i > 0 && str_equal(paths[i], paths[i - 1])) ||
		    site_plan_find(plan, paths[i]) != NULL)
			continue;
		if (!can_go(recall, store, plan->site->domain, paths[i]))
			return false;
		*(str *)list_add(&work->gone, recall->arena) = paths[i];
	}
	recall->last.pages -= work->gone.count;
	return true;
}

/* The page of a resource that moved. */
static bool is_of_moved(const struct recall *recall, const struct page *page)
{
	const struct moved_resource *moved = recall->edit.moved.items;

	for (size_t i = 0;
	     page->resource != RESOURCE_NONE && i < recall->edit.moved.count;
	     i++)
		if (moved[i].now == page->resource)
			return true;
	return false;
}

/* Nobody else has the address, nobody had it, and no dead link means it. */
static bool is_free(const struct recall *recall, const struct site *site,
		    const struct page *page, bool is_recorded,
		    const struct list *left)
{
	if (is_recorded)
		return page_kinds[page->kind].is_alone ||
		       !is_of_moved(recall, page) || has_path(left, page->path);
	return recall->edit.moved.count > 0 &&
	       !references_has(&recall->image.references,
			       reference_to_page(site->domain, page->path)) &&
	       !references_has_alias(&recall->image.references, site,
				     page->path, recall->arena);
}

/* A page that is looked at, and what the record knows of it. */
static bool add_item(struct recall *recall, struct page_work *work,
		     const struct store *store, size_t site, size_t page,
		     const struct list *left)
{
	const struct site_plan *plan = &work->plan->sites[site];
	struct recorded_page *known =
		arena_alloc(recall->arena, sizeof(*known));
	struct recalled_item *item = list_add(&recall->items, recall->arena);

	item->item = work->site_starts[site] + page;
	item->site = site;
	item->is_new = !build_record_find(
		known, &item->place, store, plan->site->domain,
		plan->pages[page].path, recall->arena);
	recall->last.pages += item->is_new;
	if (!item->is_new)
		work->known[item->item] = known;
	return is_free(recall, plan->site, &plan->pages[page], !item->is_new,
		       left);
}

/* Each is a page of its own. */
static bool has_twins(const struct site_plan *site)
{
	for (size_t i = 1; i < site->count; i++)
		if (str_equal(site->pages[i].path, site->pages[i - 1].path))
			return true;
	return false;
}

/* Has the site another list, or other texts that its search finds? */
static bool has_edit(const struct recall *recall, const struct site *site)
{
	return recall->edit.moved.count > 0 &&
	       (recall->edit.is_edited[site->number] ||
		has_new_blocks(recall, site));
}

/* A text that did not change is read again too, with what it inherits. */
static void read_inherited(const struct recall *recall,
			   const struct site_plan *site,
			   const struct page *page)
{
	page_reads *reads = page_kinds[page->kind].reads;
	const uint32_t *numbers = &page->resource;
	size_t count = page->resource != RESOURCE_NONE;

	if (reads != NULL)
		count = reads(&numbers, site, page);
	for (size_t i = 0; i < count; i++)
		catalog_read_above(recall->image.catalog, recall->reader,
				   numbers[i], recall->arena);
}

static bool compare_site(struct recall *recall, struct page_plan *plan,
			 struct page_work *work, struct store *store,
			 size_t number)
{
	struct site_plan *site = &plan->sites[number];
	struct list left = { 0 };
	const struct changed_texts texts = {
		.catalog = recall->image.catalog,
		.is_changed = recall->is_touched,
		.is_shown = recall->rows.is_shown,
		.has_new_row = recall->rows.is_new,
		.lists_new_row = recall->rows.is_listed_on[number],
		.is_owner = is_owner(recall, site->site) ||
			    has_moved(recall, site->site),
		.has_moved = has_moved(recall, site->site),
		.has_edit = has_edit(recall, site->site),
		.search = recall->edit.searches == NULL
				  ? NULL
				  : &recall->edit.searches[number],
		.dates_columns = dates_columns(recall, site->site),
		.exports_moved =
			recall->edit.moved.count == 0
				? 0
				: plan_edit_exports(&recall->edit, site->site),
	};

	memset(work->states + work->site_starts[number], WORK_KEPT,
	       site->count);
	if (recall->edit.moved.count > 0)
		left = plan_edit_left(&recall->edit, site->site);
	if (has_twins(site) ||
	    !find_gone(recall, &work->sites[number], site, store, &left))
		return false;
	site->left = (struct sorted_rows){ work->sites[number].gone.items,
					   work->sites[number].gone.count,
					   sizeof(str), 0 };
	for (size_t i = 0; i < site->count; i++) {
		struct page *page = &site->pages[i];

		if (!page_kinds[page->kind].shows(&texts, site, page))
			continue;
		read_inherited(recall, site, page);
		fingerprint_fill_page(plan, site, page, recall->arena);
		if (!add_item(recall, work, store, number, i, &left))
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

/* Once each site knows which pages are gone. */
static bool settle_aliases(struct recall *recall, const struct page_plan *plan)
{
	if (recall->edit.moved.count == 0)
		return true;
	moved_aliases_find(&recall->aliases, &recall->edit);
	return moved_aliases_are_free(&recall->aliases, &recall->edit, plan);
}

bool recall_compare(struct recall *recall, struct page_plan *plan,
		    struct page_work *work, struct store *store)
{
	list_init(&recall->items, sizeof(struct recalled_item));
	list_init(&recall->aliases, sizeof(struct moved_alias));
	for (size_t i = 0; i < plan->count; i++) {
		work->sites[i].is_wanted = recall->wanted[i];
		work->sites[i].is_recorded = true;
		list_init(&work->sites[i].gone, sizeof(str));
		findings_read(
			&work->sites[i].findings, store,
			page_findings_group(plan->sites[i].site, recall->arena),
			recall->arena);
		if (recall->wanted[i] &&
		    !compare_site(recall, plan, work, store, i))
			return false;
	}
	choose_items(recall, work);
	return settle_aliases(recall, plan);
}

bool recall_add_page(struct recall *recall, struct page_work *work,
		     const struct store *store, size_t site, size_t page)
{
	static const struct list none = { 0 };

	return add_item(recall, work, store, site, page, &none);
}

static int compare_items(const void *left, const void *right)
{
	size_t a = ((const struct recalled_item *)left)->item;
	size_t b = ((const struct recalled_item *)right)->item;

	return (a > b) - (a < b);
}

void recall_settle_pages(struct recall *recall, struct page_work *work)
{
	if (recall->items.count > 0)
		qsort(recall->items.items, recall->items.count,
		      sizeof(struct recalled_item), compare_items);
	choose_items(recall, work);
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

/* Both are sorted by path, and have none in common. */
static void merge_told(struct list *out, const struct list *a,
		       const struct list *b, struct arena *arena)
{
	const struct finding_row *one = a->items;
	const struct finding_row *other = b->items;
	size_t i = 0, k = 0;

	list_init(out, sizeof(*one));
	while (i < a->count || k < b->count) {
		bool is_one =
			k == b->count ||
			(i < a->count &&
			 str_compare(one[i].subject, other[k].subject) < 0);

		*(struct finding_row *)list_add(out, arena) =
			is_one ? one[i++] : other[k++];
	}
}

/* What is to be said of the pages of a site that were looked at: by path. */
static void list_told(struct list *out, const struct recall *recall,
		      const struct page_work *work, size_t site)
{
	const struct recalled_item *items = recall->items.items;
	const struct list *gone = &work->sites[site].gone;
	struct list looked_at;
	struct list none;

	list_init(&looked_at, sizeof(struct finding_row));
	list_init(&none, sizeof(struct finding_row));
	for (size_t i = 0; i < recall->items.count; i++)
		if (items[i].site == site)
			*(struct finding_row *)list_add(
				&looked_at,
				recall->arena) = (struct finding_row){
				page_work_page(work, items[i].item)->path,
				page_work_findings(work, items[i].item)
			};
	for (size_t i = 0; i < gone->count; i++)
		*(struct finding_row *)list_add(&none, recall->arena) =
			(struct finding_row){ ((const str *)gone->items)[i],
					      STR("") };
	merge_told(out, &looked_at, &none, recall->arena);
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
	findings_merge(&others, &work->sites[site].findings, &looked_at,
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
	findings_merge(&findings, &work->sites[site].findings, &told,
		       recall->arena);
	return findings_write(store, page_findings_group(owner, recall->arena),
			      &findings, diags);
}

/* --- the record --- */

static bool is_written(const struct page_work *work,
		       const struct recalled_item *item, size_t site)
{
	return item->site == site && work->states[item->item] != WORK_KEPT;
}

/* Pages that stay where they are in the record. */
static bool update_pages(const struct recall *recall,
			 const struct page_work *work, struct store *store,
			 size_t number, struct arena *scratch,
			 struct diag_list *diags)
{
	const struct recalled_item *items = recall->items.items;
	struct list places;

	list_init(&places, sizeof(struct recorded_place));
	for (size_t i = 0; i < recall->items.count; i++)
		if (is_written(work, &items[i], number))
			*(struct recorded_place *)list_add(
				&places,
				recall->arena) = (struct recorded_place){
				items[i].place, commit_page(work, items[i].item)
			};
	return build_record_update(store,
				   work->plan->sites[number].site->domain,
				   places.items, places.count, scratch, diags);
}

static void add_edit(struct list *edits, bool has_gone,
		     const struct recorded_page *page, struct arena *arena)
{
	struct recorded_edit *edit = list_add(edits, arena);

	edit->has_gone = has_gone;
	edit->page = *page;
}

/* Both are sorted by path. */
static bool edit_pages(const struct recall *recall,
		       const struct page_work *work, struct store *store,
		       size_t number, struct arena *scratch,
		       struct diag_list *diags)
{
	const struct recalled_item *items = recall->items.items;
	const struct list *gone = &work->sites[number].gone;
	const str *paths = gone->items;
	struct list edits;
	size_t at = 0;

	list_init(&edits, sizeof(struct recorded_edit));
	for (size_t i = 0; i < recall->items.count; i++) {
		struct recorded_page page;

		if (!is_written(work, &items[i], number))
			continue;
		page = commit_page(work, items[i].item);
		for (;
		     at < gone->count && str_compare(paths[at], page.path) < 0;
		     at++)
			add_edit(&edits, true,
				 &(struct recorded_page){ .path = paths[at] },
				 recall->arena);
		add_edit(&edits, false, &page, recall->arena);
	}
	for (; at < gone->count; at++)
		add_edit(&edits, true,
			 &(struct recorded_page){ .path = paths[at] },
			 recall->arena);
	return build_record_edit(store, work->plan->sites[number].site->domain,
				 edits.items, edits.count, scratch, diags);
}

static bool has_new_page(const struct recall *recall, size_t site)
{
	const struct recalled_item *items = recall->items.items;

	for (size_t i = 0; i < recall->items.count; i++)
		if (items[i].site == site && items[i].is_new)
			return true;
	return false;
}

bool recall_write_site(const struct recall *recall,
		       const struct page_work *work, struct store *store,
		       size_t number, struct arena *scratch,
		       struct diag_list *diags)
{
	const struct recalled_item *items = recall->items.items;
	bool moves = work->sites[number].gone.count > 0 ||
		     has_new_page(recall, number);

	for (size_t i = 0; i < recall->items.count; i++) {
		struct recorded_page page;

		if (!is_written(work, &items[i], number))
			continue;
		page = commit_page(work, items[i].item);
		if (!commit_anchors(store, &page, diags))
			return false;
	}
	return write_findings(recall, work, store, number, diags) &&
	       (moves ? edit_pages : update_pages)(recall, work, store, number,
						   scratch, diags);
}

/*
 * The image as a whole build would write it: the bytes and dates that differ
 * from it go into its list.
 */
static bool write_image(const struct recall *recall,
			const struct page_work *work, struct store *store,
			struct diag_list *diags)
{
	const struct snapshot_change *changes = recall->changes.items;
	size_t count = work->plan->snapshot->count;
	struct snapshot snapshot = *work->plan->snapshot;
	struct page_plan plan = *work->plan;
	uint8_t(*ids)[SNAPSHOT_ID_SIZE] =
		arena_raw(recall->arena, count * SNAPSHOT_ID_SIZE);
	struct file_history *history =
		arena_raw(recall->arena, count * sizeof(*history));

	memcpy(ids, snapshot.blob_ids, count * SNAPSHOT_ID_SIZE);
	memcpy(history, plan.history, count * sizeof(*history));
	for (size_t i = 0; i < recall->changes.count; i++) {
		struct file_history *item = &history[changes[i].patch.file];

		memcpy(ids[changes[i].patch.file], changes[i].patch.blob_id,
		       SNAPSHOT_ID_SIZE);
		item->changed = changes[i].changed;
		if (!item->created.is_set)
			item->created = changes[i].changed;
	}
	snapshot.blob_ids = (const uint8_t(*)[SNAPSHOT_ID_SIZE])ids;
	plan.snapshot = &snapshot;
	plan.history = history;
	return plan_image_write(store, &plan, &recall->image.references,
				&recall->image.dates, diags);
}

static bool update_image(struct recall *recall, const struct page_work *work,
			 struct store *store, struct diag_list *diags)
{
	struct plan_references *references = &recall->image.references;
	bool has_edges;

	has_edges = references_add(references, work, recall->arena);
	references_move_aliases(references, &recall->aliases, recall->arena);
	if (recall->is_edited)
		return write_image(recall, work, store, diags);
	return (!has_edges ||
		plan_image_write_edges(store, references->edges,
				       references->edge_count, diags)) &&
	       plan_image_update(store, &recall->changes,
				 recall->rows.numbers.count == 0
					 ? NULL
					 : recall->image.rows,
				 diags);
}

bool recall_write_rest(struct recall *recall, const struct page_work *work,
		       int64_t as_of, struct store *store,
		       struct diag_list *diags)
{
	struct last_build last = recall->last;

	last.as_of_text = recall->now.as_of_text;
	last.findings = recall->said;
	if (recall->is_edited) {
		last.as_of = as_of;
		last.next = plan_dates_next(&recall->image.dates,
					    recall->image.arrangement);
	}
	last_build_set_revision(&last, work->plan->snapshot);
	if (recall->has_renames &&
	    !history_record_write_renames(store, work->plan->snapshot->revision,
					  &recall->renames, diags))
		return false;
	return metadata_index_update(recall->image.index, recall->touched.items,
				     recall->touched.count, diags) &&
	       findings_write(store, FINDINGS_FILES, &recall->files, diags) &&
	       last_build_write(store, &last, diags) &&
	       update_image(recall, work, store, diags);
}
