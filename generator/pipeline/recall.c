#include "pipeline/recall.h"

#include <stdlib.h>

#include "base/pack.h"
#include "pipeline/record.h"
#include "plan/fingerprint.h"
#include "plan/plan_image.h"

/* A page that shows something of what changed. */
struct recalled_item {
	size_t item; /* of the work */
	size_t site;
	size_t place; /* in the record of its site */
};

struct recall {
	struct last_build last;
	struct last_build now; /* what record_resolve gives of this build */
	struct plan_image image;
	struct list changes; /* struct snapshot_change: since the image */
	struct list fresh;   /* of these, since the last build */
	struct list touched; /* struct metadata_change, by number */
	bool *wanted;	     /* one a site: it shows something of that */
	bool *is_touched;    /* one a resource */
	struct list items;   /* struct recalled_item */
};

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

static bool open_snapshot(struct pipeline *pipeline)
{
	const struct pipeline_options *options = pipeline->options;
	struct recall *recall = pipeline->recall;
	struct arena *arena = &pipeline->arena;
	struct list before;

	if (!plan_image_list(&pipeline->snapshot, pipeline->store, arena) ||
	    !plan_image_changes(&before, pipeline->store, arena))
		return false;
	pipeline->is_open = snapshot_open_listed(
		&pipeline->snapshot, options->library, options->revision, arena,
		&pipeline->diags);
	if (!pipeline->is_open ||
	    !snapshot_changes_since(&recall->fresh, &pipeline->snapshot,
				    (str){ recall->last.revision,
					   sizeof(recall->last.revision) },
				    0, PLAN_IMAGE_CHANGES, arena))
		return false;
	merge_changes(&recall->changes, &before, &recall->fresh, arena);
	if (recall->changes.count > PLAN_IMAGE_CHANGES)
		return false;
	set_patches(&pipeline->snapshot, &recall->changes, arena);
	pipeline->reader =
		snapshot_reader_open(&pipeline->snapshot, &pipeline->diags);
	return pipeline->reader != NULL;
}

/* --- is the plan still that of the last build? --- */

static bool is_in_time(const struct pipeline *pipeline)
{
	const struct last_build *last = &pipeline->recall->last;

	return pipeline->as_of.seconds >= last->as_of &&
	       pipeline->as_of.seconds < last->next;
}

static bool read_image(struct pipeline *pipeline)
{
	struct recall *recall = pipeline->recall;
	struct plan_image_options options = {
		.snapshot = &pipeline->snapshot,
		.cluster = &pipeline->cluster,
		.as_of = pipeline->as_of,
		.store = pipeline->store,
	};

	recall->image.catalog = &pipeline->catalog;
	recall->image.arrangement = &pipeline->arrangement;
	arrange_mark_archived(&pipeline->cluster, pipeline->as_of);
	return plan_image_read(&recall->image, &options, &pipeline->arena);
}

/* A file that is no resource (README.md) shows nowhere. */
static bool take_metadata(struct pipeline *pipeline, uint32_t file)
{
	struct recall *recall = pipeline->recall;
	uint32_t number = pipeline->catalog.numbers[file];
	struct metadata_change *change;
	struct metadata now;

	if (number == RESOURCE_NONE)
		return true;
	if (!catalog_read_one(&now, &pipeline->catalog, pipeline->reader,
			      number, pipeline->cluster.platform.offset,
			      &pipeline->arena) ||
	    !str_equal(now.packed,
		       metadata_index_get(recall->image.index, number)))
		return false;
	recall->is_touched[number] = true;
	change = list_add(&recall->touched, &pipeline->arena);
	*change = (struct metadata_change){ number, now.key };
	return true;
}

/* Numbers follow files, so both are sorted alike. */
static bool is_metadata_same(struct pipeline *pipeline)
{
	struct recall *recall = pipeline->recall;
	const struct snapshot_change *fresh = recall->fresh.items;

	list_init(&recall->touched, sizeof(struct metadata_change));
	recall->is_touched =
		arena_array(&pipeline->arena, pipeline->catalog.count, 1);
	for (size_t i = 0; i < recall->fresh.count; i++)
		if (!take_metadata(pipeline, fresh[i].patch.file))
			return false;
	return true;
}

/* --- where it shows --- */

static bool has_touched(const struct recall *recall, const uint32_t *numbers,
			size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (recall->is_touched[numbers[i]])
			return true;
	return false;
}

/* Is one of the newest of a column changed? sitemap/columns.xml dates it. */
static bool dates_columns(const struct recall *recall, const struct site *site)
{
	const struct column_newest *newest =
		recall->image.lists[site->number].newest;

	for (size_t i = 0; i < site->column_count; i++)
		if (has_touched(recall, newest[i].items, newest[i].count))
			return true;
	return false;
}

static bool has_copy(const struct recall *recall, const struct site *site)
{
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (column->show == SHOW_COPY &&
		    has_touched(recall, column->list.live,
				column->list.live_count))
			return true;
	}
	return false;
}

static void find_sites(struct pipeline *pipeline)
{
	struct recall *recall = pipeline->recall;
	const struct metadata_change *touched = recall->touched.items;
	const struct cluster *cluster = &pipeline->cluster;

	recall->wanted = arena_array(&pipeline->arena, cluster->count, 1);
	for (size_t i = 0; i < recall->touched.count; i++) {
		const struct site *owner =
			arrangement_of(&pipeline->arrangement,
				       touched[i].number)
				.site;

		if (owner != NULL)
			recall->wanted[owner->number] = true;
	}
	for (size_t i = 0; i < cluster->count; i++)
		if (dates_columns(recall, &cluster->sites[i]) ||
		    has_copy(recall, &cluster->sites[i]))
			recall->wanted[i] = true;
}

/* A notice shows no resource, and has nothing that changes with one. */
static void make_plan(struct pipeline *pipeline)
{
	struct recall *recall = pipeline->recall;
	const struct cluster *cluster = &pipeline->cluster;
	struct recall_options options = {
		.plan = { .arrangement = &pipeline->arrangement,
			  .snapshot = &pipeline->snapshot },
		.image = &recall->image,
		.record = pipeline->store,
		.changes = &recall->changes,
		.resources = recall->touched.items,
		.resource_count = recall->touched.count,
		.is_changed = recall->is_touched,
		.wanted = recall->wanted,
	};

	pipeline->themes = arena_array(&pipeline->arena, cluster->count,
				       sizeof(*pipeline->themes));
	for (size_t i = 0; i < cluster->count; i++) {
		if (site_is_notice_only(&cluster->sites[i]))
			recall->wanted[i] = false;
		if (recall->wanted[i])
			pipeline_load_theme(pipeline, &cluster->sites[i]);
	}
	options.plan.themes = pipeline->themes;
	page_plan_recall(&pipeline->plan, &options, &pipeline->arena,
			 &pipeline->diags);
	pipeline->blocked = arena_array(&pipeline->arena, cluster->count,
					sizeof(*pipeline->blocked));
}

static bool has_errors(const struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->plan.count; i++)
		if (pipeline->plan.sites[i].has_errors)
			return true;
	return pipeline->diags.items.count > 0;
}

/* --- opening --- */

static bool try_open(struct pipeline *pipeline)
{
	struct recall *recall = pipeline->recall;

	if (!open_snapshot(pipeline) ||
	    !cluster_read(&pipeline->cluster, &pipeline->snapshot,
			  pipeline->reader, &pipeline->arena, &pipeline->diags))
		return false;
	set_offsets(&recall->fresh, pipeline->cluster.platform.offset);
	set_offsets(&recall->changes, pipeline->cluster.platform.offset);
	pipeline_settle_as_of(pipeline);
	if (pipeline->diags.items.count > 0 || !is_in_time(pipeline) ||
	    !read_image(pipeline) || !is_metadata_same(pipeline))
		return false;
	find_sites(pipeline);
	make_plan(pipeline);
	return !has_errors(pipeline) && !recall->image.index->is_damaged;
}

/* Whatever was tried leaves nothing behind but some memory. */
static void undo(struct pipeline *pipeline)
{
	if (pipeline->reader != NULL)
		snapshot_reader_close(pipeline->reader);
	if (pipeline->is_open)
		snapshot_close(&pipeline->snapshot);
	pipeline->reader = NULL;
	pipeline->is_open = false;
	pipeline->recall = NULL;
	pipeline->snapshot = (struct snapshot){ 0 };
	pipeline->cluster = (struct cluster){ 0 };
	pipeline->catalog = (struct catalog){ 0 };
	pipeline->arrangement = (struct arrangement){ 0 };
	pipeline->plan = (struct page_plan){ 0 };
	diag_list_init(&pipeline->diags, &pipeline->arena);
}

bool recall_open(struct pipeline *pipeline)
{
	const struct pipeline_options *options = pipeline->options;
	struct recall *recall = arena_alloc(&pipeline->arena, sizeof(*recall));

	if (options->worktree || options->site != NULL ||
	    options->front_matter_dates ||
	    !record_last(&recall->last, pipeline) ||
	    !record_has_all_sites(pipeline))
		return false;
	pipeline->recall = recall;
	if (record_resolve(&recall->now, pipeline) &&
	    recall->now.place == recall->last.place && try_open(pipeline)) {
		pipeline->last =
			(struct build_result){ .pages = recall->last.pages,
					       .sites = recall->last.sites };
		return true;
	}
	undo(pipeline);
	return false;
}

/* --- which pages --- */

/* Does the page show the text of a changed resource, or when it changed? */
static bool is_shown(const struct recall *recall, const struct site_plan *site,
		     const struct page *page, bool is_owner)
{
	switch (page->kind) {
	case PAGE_ARTICLE:
	case PAGE_COPY:
		return recall->is_touched[page->resource];
	case PAGE_SITEMAP_PART:
		return has_touched(recall, site->lists->owned + page->first,
				   page->count);
	case PAGE_SITEMAP_INDEX:
		return is_owner;
	case PAGE_SITEMAP_COLUMNS:
		return is_owner || dates_columns(recall, site->site);
	default:
		return false;
	}
}

static bool is_owner(const struct pipeline *pipeline, const struct site *site)
{
	const struct recall *recall = pipeline->recall;
	const struct metadata_change *touched = recall->touched.items;

	for (size_t i = 0; i < recall->touched.count; i++)
		if (arrangement_of(&pipeline->arrangement, touched[i].number)
			    .site == site)
			return true;
	return false;
}

/* What the record knows of a page, and where. */
static bool take_known(struct page_work *work, struct recalled_item *item,
		       const struct site_plan *site, const struct page *page)
{
	struct pipeline *pipeline = work->pipeline;
	struct recorded_page *known =
		arena_alloc(&pipeline->arena, sizeof(*known));

	work->known[item->item] = known;
	return build_record_find(known, &item->place, pipeline->store,
				 site->site->domain, page->path,
				 &pipeline->arena);
}

static bool compare_site(struct page_work *work, size_t number)
{
	struct pipeline *pipeline = work->pipeline;
	struct recall *recall = pipeline->recall;
	struct site_plan *site = &pipeline->plan.sites[number];
	size_t start = work->site_starts[number];
	bool owner = is_owner(pipeline, site->site);

	memset(work->states + start, PAGE_KEPT, site->count);
	for (size_t i = 0; i < site->count; i++) {
		struct page *page = &site->pages[i];
		struct recalled_item *item;

		if (!is_shown(recall, site, page, owner))
			continue;
		item = list_add(&recall->items, &pipeline->arena);
		item->item = start + i;
		item->site = number;
		fingerprint_fill_page(&pipeline->plan, site, page,
				      &pipeline->arena);
		if (!take_known(work, item, site, page))
			return false;
	}
	return true;
}

static void choose_items(struct page_work *work)
{
	const struct list *chosen = &work->pipeline->recall->items;
	const struct recalled_item *items = chosen->items;
	size_t *numbers = arena_array(&work->pipeline->arena, chosen->count,
				      sizeof(*numbers));

	for (size_t i = 0; i < chosen->count; i++)
		numbers[i] = items[i].item;
	work->items = numbers;
	work->item_count = chosen->count;
}

bool recall_compare(struct page_work *work)
{
	struct pipeline *pipeline = work->pipeline;
	struct recall *recall = pipeline->recall;

	list_init(&recall->items, sizeof(struct recalled_item));
	for (size_t i = 0; i < pipeline->plan.count; i++) {
		work->sites[i].is_wanted = recall->wanted[i];
		work->sites[i].is_recorded = true;
		if (recall->wanted[i] && !compare_site(work, i)) {
			pipeline->must_restart = true;
			return false;
		}
	}
	choose_items(work);
	return true;
}

bool recall_holds(struct page_work *work, bool ok)
{
	struct pipeline *pipeline = work->pipeline;

	pipeline->must_restart |= pipeline->diags.items.count > 0 ||
				  pipeline->recall->image.index->is_damaged;
	return ok && !pipeline->must_restart;
}

/* --- into place --- */

static const struct page *page_of(const struct page_work *work,
				  const struct recalled_item *item)
{
	return &work->pipeline->plan.sites[item->site]
			.pages[item->item - work->site_starts[item->site]];
}

/* Step 1 of pipeline/record.h, a site at a time. */
static bool note_pending(struct page_work *work, size_t number,
			 struct arena *scratch)
{
	struct pipeline *pipeline = work->pipeline;
	const struct recalled_item *items = pipeline->recall->items.items;
	struct buf paths;

	buf_init(&paths, scratch);
	for (size_t i = 0; i < work->item_count; i++)
		if (items[i].site == number &&
		    work->states[items[i].item] == PAGE_STAGED)
			pack_text(&paths, page_of(work, &items[i])->path);
	return paths.len == 0 ||
	       store_put(pipeline->store, 'w',
			 pipeline->plan.sites[number].site->domain,
			 buf_str(&paths), &pipeline->diags);
}

static bool note_all(struct page_work *work, struct arena *scratch)
{
	struct pipeline *pipeline = work->pipeline;
	bool ok = store_begin(pipeline->store, &pipeline->diags) &&
		  record_forget_last(pipeline);

	for (size_t i = 0; ok && i < pipeline->plan.count; i++)
		if (pipeline->recall->wanted[i])
			ok = note_pending(work, i, scratch);
	if (ok)
		return store_commit(pipeline->store, &pipeline->diags);
	store_abort(pipeline->store);
	return false;
}

static bool move_pages(struct page_work *work, struct arena *scratch)
{
	struct pipeline *pipeline = work->pipeline;
	const struct recalled_item *items = pipeline->recall->items.items;
	struct output_hand hand;
	bool ok = true;

	output_hand_init(&hand, &pipeline->output);
	for (size_t i = 0; ok && i < work->item_count; i++) {
		const struct page *page = page_of(work, &items[i]);

		if (work->states[items[i].item] != PAGE_STAGED)
			continue;
		ok = output_commit(
			&hand, items[i].item,
			page_output_path(
				pipeline->plan.sites[items[i].site].site,
				page->path, scratch),
			&pipeline->diags);
	}
	output_hand_release(&hand);
	return ok;
}

static bool write_site(struct page_work *work, size_t number,
		       struct arena *scratch)
{
	struct pipeline *pipeline = work->pipeline;
	const struct recalled_item *items = pipeline->recall->items.items;
	str domain = pipeline->plan.sites[number].site->domain;
	struct list places;
	bool ok;

	list_init(&places, sizeof(struct recorded_place));
	for (size_t i = 0; i < work->item_count; i++) {
		struct recorded_place *place;

		if (items[i].site != number ||
		    work->states[items[i].item] == PAGE_KEPT)
			continue;
		place = list_add(&places, &pipeline->arena);
		place->place = items[i].place;
		place->page = record_of_page(work, number, items[i].item);
	}
	ok = build_record_update(pipeline->store, domain, places.items,
				 places.count, scratch, &pipeline->diags);
	return ok &&
	       store_remove(pipeline->store, 'w', domain, &pipeline->diags);
}

static bool write_record(struct page_work *work, struct arena *scratch)
{
	struct pipeline *pipeline = work->pipeline;
	struct recall *recall = pipeline->recall;
	struct last_build last = recall->last;
	bool ok = store_begin(pipeline->store, &pipeline->diags);

	for (size_t i = 0; ok && i < pipeline->plan.count; i++)
		if (recall->wanted[i])
			ok = write_site(work, i, scratch);
	last.as_of_text = recall->now.as_of_text;
	memcpy(last.revision, pipeline->snapshot.revision.data,
	       sizeof(last.revision));
	ok = ok &&
	     metadata_index_update(recall->image.index, recall->touched.items,
				   recall->touched.count, &pipeline->diags) &&
	     record_write_last(pipeline, &last) &&
	     plan_image_update(pipeline->store, &recall->changes,
			       &pipeline->diags);
	if (ok)
		return store_commit(pipeline->store, &pipeline->diags);
	store_abort(pipeline->store);
	return false;
}

bool recall_commit(struct page_work *work)
{
	struct arena scratch;
	bool ok;

	arena_init(&scratch);
	ok = note_all(work, &scratch) && move_pages(work, &scratch);
	arena_reset(&scratch);
	ok = ok && write_record(work, &scratch);
	arena_release(&scratch);
	return ok;
}
