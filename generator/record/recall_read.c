/*
 * The record's image, and what came since. Nothing here reads more than what
 * changed, and what of the record belongs to it.
 */
#include "record/recall.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/pack.h"
#include "library/body_anchors.h"
#include "markup/file_kind.h"
#include "record/history_record.h"
#include "record/plan_edit_shown.h"
#include "record/references.h"
#include "snapshot/history.h"
#include "snapshot/list_edit.h"

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

static struct list renumbered(const struct recall *recall,
			      const struct list *changes)
{
	const struct snapshot_change *items = changes->items;
	struct list now;

	list_init(&now, sizeof(*items));
	for (size_t i = 0; i < changes->count; i++) {
		uint32_t file =
			renumbering_now(&recall->moves, items[i].patch.file);
		struct snapshot_change *change;

		if (file == RENUMBERING_NONE)
			continue;
		change = list_add(&now, recall->arena);
		*change = items[i];
		change->patch.file = file;
	}
	return now;
}

/* Files that came are changes too, of numbers that were not there. */
static struct list arrived(const struct recall *recall,
			   const struct snapshot_changes *found)
{
	const struct snapshot_arrival *came = found->came.items;
	struct list now;

	list_init(&now, sizeof(struct snapshot_change));
	for (size_t i = 0; i < found->came.count; i++) {
		struct snapshot_change *change = list_add(&now, recall->arena);

		change->patch.file = recall->moves.came[i];
		memcpy(change->patch.blob_id, came[i].blob_id,
		       SNAPSHOT_ID_SIZE);
		change->changed = came[i].changed;
	}
	return now;
}

/* The list with what came and without what went. */
static bool edit_list(struct recall *recall, struct snapshot *out,
		      const struct list *before, struct snapshot_changes *found)
{
	struct list stayed, came, changed;

	recall->fresh = found->changed;
	stayed = *before;
	if (found->came.count > 0 || found->went.count > 0) {
		if (!snapshot_edit_list(out, &recall->moves, &recall->before,
					found, recall->arena))
			return false;
		recall->is_edited = true;
		came = arrived(recall, found);
		stayed = renumbered(recall, before);
		changed = renumbered(recall, &found->changed);
		merge_changes(&recall->fresh, &came, &changed, recall->arena);
	}
	merge_changes(&recall->changes, &stayed, &recall->fresh, recall->arena);
	set_patches(out, &recall->changes, recall->arena);
	return true;
}

static bool has_defaults(const struct recall *recall,
			 const struct snapshot *snapshot)
{
	const struct snapshot_change *fresh = recall->fresh.items;

	for (size_t i = 0; i < recall->fresh.count; i++)
		if (snapshot_is_defaults(
			    snapshot_path(snapshot, fresh[i].patch.file)))
			return true;
	return false;
}

/*
 * What was said of settings may have been that there is no such folder; what is
 * said of them now makes the build give up anyway. What was said of inherited
 * fields stands there, too.
 */
static bool is_rest_quiet(const struct recall *recall,
			  const struct snapshot *snapshot,
			  const struct snapshot_changes *found,
			  const struct store *store)
{
	struct findings rest;

	if (!found->moves_folders && !has_defaults(recall, snapshot))
		return true;
	findings_read(&rest, store, FINDINGS_REST, recall->arena);
	return rest.count == 0;
}

/* The list of the image becomes one of commits, and what they brought. */
static bool find_in_commits(struct recall *recall,
			    struct snapshot_changes *found,
			    struct snapshot *out,
			    const struct build_request *request,
			    struct diag_list *diags)
{
	str last = { recall->last.revision, sizeof(recall->last.revision) };
	struct snapshot list = recall->before;

	*out = list;
	if (!snapshot_open_listed(out, request->library, request->revision,
				  recall->arena, diags))
		return false;
	recall->before = *out;
	recall->before.patches = list.patches;
	recall->before.patch_count = list.patch_count;
	return snapshot_changes_since(found, out, last, 0, RECALL_FILES,
				      recall->arena);
}

/* When HEAD has it, its dates are HEAD's, which nobody looked up. */
static bool is_new_to_head(const struct snapshot_changes *found,
			   const struct build_request *request,
			   struct arena *arena)
{
	const struct snapshot_arrival *came = found->came.items;
	size_t count = found->came.count;
	str *paths = arena_array(arena, count, sizeof(*paths));

	for (size_t i = 0; i < count; i++)
		paths[i] = came[i].path;
	return !history_head_has_any(request->library, paths, count);
}

/* Numbers and paths are those of the list that it was listed with. */
static bool find_in_tree(struct recall *recall, struct snapshot_changes *found,
			 struct snapshot *out,
			 const struct build_request *request)
{
	struct snapshot tree = *out;

	if (!snapshot_changes_listed(found, &recall->before, &tree,
				     RECALL_FILES, recall->arena) ||
	    !is_new_to_head(found, request, recall->arena))
		return false;
	*out = recall->before;
	out->revision = tree.revision;
	out->operations = tree.operations;
	out->state = tree.state;
	return true;
}

bool recall_list(struct recall *recall, struct snapshot *out,
		 const struct build_request *request, const struct store *store,
		 struct diag_list *diags)
{
	struct arena *arena = recall->arena;
	struct snapshot_changes found;
	struct list before;

	trust_init(&recall->trust, arena);
	recall->is_tree = request->worktree;
	if (!plan_image_list(&recall->before, store, &recall->trust, arena) ||
	    !plan_image_changes(&before, &recall->before, store, arena))
		return false;
	set_patches(&recall->before, &before, arena);
	if (!(request->worktree
		      ? find_in_tree(recall, &found, out, request)
		      : find_in_commits(recall, &found, out, request, diags)) ||
	    !edit_list(recall, out, &before, &found) ||
	    !is_rest_quiet(recall, out, &found, store))
		return false;
	recall->is_edited |= recall->changes.count > PLAN_IMAGE_CHANGES;
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

/* Can it be written, and what stands around it? */
static bool is_whole(struct recall *recall, uint32_t before)
{
	return before >= recall->edit.catalog.count ||
	       metadata_index_is_whole(&recall->edit.index, before);
}

/*
 * The page about what was taken down is no part of a recalled plan: which of
 * several had the address is settled over all of them.
 */
static bool was_taken_down(const struct plan_edit *edit, uint32_t before)
{
	const struct stored_placement *places = edit->arrangement.places;

	return !catalog_has_item(&edit->catalog, places, sizeof(*places),
				 before) ||
	       places[before].visibility == VISIBLE_GONE;
}

/* Has time changed what the resource of before is? */
static bool is_due(const struct recall *recall, uint32_t before)
{
	return recall->due.count > 0 &&
	       bsearch(&before, recall->due.items, recall->due.count,
		       sizeof(before), u32_compare_items) != NULL;
}

/*
 * What it was is known by the number of before. Words alone move nothing, the
 * rest is an edit of the plan.
 */
static bool compare_metadata(struct recall *recall, uint32_t number,
			     struct metadata *now)
{
	struct plan_edit *edit = &recall->edit;
	uint32_t before = renumbering_before(&edit->resources, number);

	if (before != RESOURCE_NONE && was_taken_down(edit, before))
		return false;
	if (before != RESOURCE_NONE && !is_due(recall, before) &&
	    str_equal(now->packed, metadata_index_get(&edit->index, before))) {
		now->packed = STR("");
		return true;
	}
	if (before == RESOURCE_NONE || is_due(recall, before) ||
	    !new_rows_fit(&edit->before, before, now->packed)) {
		recall->is_edited = true;
		if (!plan_edit_add(edit, before, number, now->packed))
			return false;
	}
	new_rows_add(&recall->rows, number);
	return true;
}

/* Begins the text like an extension that a published file may have? */
static bool begins_as_extension(str text)
{
	enum { LONGEST = 16 };
	char small[LONGEST];

	for (size_t i = 0; i < text.len && i < LONGEST; i++) {
		small[i] = byte_lower(text.data[i]);
		if (!byte_is_digit(small[i]) &&
		    (small[i] < 'a' || small[i] > 'z'))
			break;
		if (file_extension_may_be_allowed((str){ small, i + 1 }))
			return true;
	}
	return false;
}

static bool is_hex(char byte)
{
	byte = byte_lower(byte);
	return byte_is_digit(byte) || (byte >= 'a' && byte <= 'f');
}

/*
 * A draft that has the name of a file keeps it from being called unused; that
 * is judged for the whole library. What is encoded may be a name, too.
 */
static bool may_name_file(str text)
{
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.data[i] == '.' &&
		    begins_as_extension(str_from(text, i + 1)))
			return true;
		if (text.data[i] == '%' && is_hex(text.data[i + 1]))
			return true;
	}
	return false;
}

/* What a file of a work tree was before nobody can say. */
static bool names_no_file(const struct snapshot *snapshot, uint32_t file)
{
	struct diag_list ignored;
	struct snapshot_reader *reader;
	struct arena scratch;
	str text;
	bool ok;

	if (snapshot->operations == NULL)
		return false;
	arena_init(&scratch);
	diag_list_init(&ignored, &scratch);
	reader = snapshot_reader_open(snapshot, &ignored);
	ok = reader != NULL &&
	     snapshot_read(&text, reader, file, &scratch, &ignored) &&
	     !may_name_file(text);
	snapshot_reader_close(reader);
	arena_release(&scratch);
	return ok;
}

static bool is_draft(const struct arrangement *arrangement, uint32_t number)
{
	return number < arrangement->catalog->count &&
	       arrangement_of(arrangement, number).visibility == VISIBLE_NOT;
}

static bool take_metadata(struct recall *recall, struct snapshot_reader *reader,
			  uint32_t file, struct list *told)
{
	struct catalog *catalog = recall->image.catalog;
	uint32_t number = catalog_number(catalog, file);
	struct metadata_change *change;
	struct metadata now;
	struct finding_row row;
	uint32_t before;

	before = renumbering_before(&recall->edit.resources, number);
	row.subject = snapshot_path(catalog->snapshot, file);
	if (!is_whole(recall, before) ||
	    !read_metadata(&now, &row.packed, recall, reader, number) ||
	    !compare_metadata(recall, number, &now))
		return false;
	recall->is_touched[number] = true;
	change = list_add(&recall->touched, recall->arena);
	*change = (struct metadata_change){ number, now.key,
					    findings_digest(row.packed),
					    now.packed };
	*(struct finding_row *)list_add(told, recall->arena) = row;
	return true;
}

/* Its file is what it was: so are its metadata, and what is said of it. */
static bool take_due(struct recall *recall, uint32_t before)
{
	struct plan_edit *edit = &recall->edit;
	uint32_t number = renumbering_now(&edit->resources, before);
	struct metadata_change *change;
	struct metadata known;

	if (number == RENUMBERING_NONE || recall->is_touched[number])
		return true;
	if (!is_whole(recall, before) || was_taken_down(edit, before) ||
	    !metadata_index_find(&known, &edit->index, before) ||
	    !plan_edit_add(edit, before, number, known.packed))
		return false;
	new_rows_add(&recall->rows, number);
	recall->is_touched[number] = true;
	change = list_add(&recall->touched, recall->arena);
	*change = (struct metadata_change){ number, known.key, known.told,
					    STR("") };
	return true;
}

static int compare_touched(const void *left, const void *right)
{
	const struct metadata_change *a = left;
	const struct metadata_change *b = right;

	return (a->number > b->number) - (a->number < b->number);
}

static bool take_all_due(struct recall *recall)
{
	const uint32_t *due = recall->due.items;

	for (size_t i = 0; i < recall->due.count; i++)
		if (!take_due(recall, due[i]))
			return false;
	if (recall->due.count > 0 && recall->touched.count > 0)
		qsort(recall->touched.items, recall->touched.count,
		      recall->touched.item_size, compare_touched);
	return true;
}

/* Of what went nothing is said any more. */
static bool take_gone(struct recall *recall, struct list *told)
{
	struct plan_edit *edit = &recall->edit;

	for (size_t i = 0; i < edit->resources.went_count; i++) {
		uint32_t number = edit->resources.went[i];
		struct finding_row row = { .packed = STR("") };

		row.subject = snapshot_path(
			&recall->before, catalog_file(&edit->catalog, number));
		if (!is_whole(recall, number) ||
		    !is_whole(recall, number + 1) ||
		    (number > 0 && !is_whole(recall, number - 1)) ||
		    !plan_edit_add(edit, number, RESOURCE_NONE, STR("")))
			return false;
		*(struct finding_row *)list_add(told, recall->arena) = row;
	}
	return true;
}

/* Around what came. */
static bool are_neighbours_whole(struct recall *recall)
{
	const struct renumbering *moves = &recall->edit.resources;

	for (size_t i = 0; i < moves->came_count; i++) {
		uint32_t before = RESOURCE_NONE;

		for (uint32_t now = moves->came[i];
		     now > 0 && before == RESOURCE_NONE; now--)
			before = renumbering_before(moves, now - 1);
		if (!is_whole(recall, before) ||
		    !is_whole(recall, before == RESOURCE_NONE ? 0 : before + 1))
			return false;
	}
	return true;
}

static bool are_drafts_quiet(const struct recall *recall)
{
	const struct metadata_change *touched = recall->touched.items;
	const struct plan_edit *edit = &recall->edit;
	const struct arrangement *now = recall->image.arrangement;

	for (size_t i = 0; i < recall->touched.count; i++) {
		uint32_t number = touched[i].number;
		uint32_t before = renumbering_before(&edit->resources, number);

		if (is_draft(now, number) &&
		    !names_no_file(now->catalog->snapshot,
				   catalog_file(now->catalog, number)))
			return false;
		if (is_draft(&edit->arrangement, before) &&
		    !names_no_file(&recall->before,
				   catalog_file(&edit->catalog, before)))
			return false;
	}
	for (size_t i = 0; i < edit->resources.went_count; i++)
		if (is_draft(&edit->arrangement, edit->resources.went[i]) &&
		    !names_no_file(&recall->before,
				   catalog_file(&edit->catalog,
						edit->resources.went[i])))
			return false;
	return true;
}

/* Whose day has come since the last build. */
static bool find_due(struct recall *recall, struct moment as_of)
{
	const struct plan_dates *dates = &recall->image.dates;
	size_t count = 0;

	list_init(&recall->due, sizeof(uint32_t));
	if (as_of.seconds < recall->last.next)
		return true;
	if (!snapshot_trusts(&recall->before, dates->items,
			     dates->count * sizeof(*dates->items)))
		return false;
	while (count < dates->count &&
	       dates->items[count].seconds <= as_of.seconds)
		count++;
	if (count > RECALL_FILES)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (dates->items[i].resource >= recall->image.catalog->count)
			return false;
		*(uint32_t *)list_add(&recall->due, recall->arena) =
			dates->items[i].resource;
	}
	if (count > 0)
		qsort(recall->due.items, count, sizeof(uint32_t),
		      u32_compare_items);
	recall->is_edited = true;
	return true;
}

/* Pages with dead links to files, all of which are looked at. */
static bool has_few_near(const struct recall *recall)
{
	enum { NEAR_LIMIT = 100 };
	struct list near;

	list_init(&near, sizeof(uint32_t));
	references_find(&recall->image.references, reference_to_near(), &near,
			recall->arena);
	return near.count <= NEAR_LIMIT;
}

/*
 * A message on a dead link to a file names the one that was meant: what comes
 * or goes makes it another, and only the history says what became of a file
 * that is gone.
 */
static bool read_renames(struct recall *recall, const struct snapshot *now,
			 const struct store *store)
{
	bool has_near =
		references_has(&recall->image.references, reference_to_near());
	const struct file_history *ignored;
	struct history_known known;
	struct diag_list diags;

	if (!has_near && recall->moves.went_count == 0)
		return true;
	if (recall->is_tree)
		return !has_near;
	history_record_read_renames(&known, store);
	renames_init(&recall->renames, recall->arena);
	diag_list_init(&diags, recall->arena);
	recall->has_renames = known.revision.len > 0 &&
			      history_read(&ignored, &recall->renames, now,
					   &known, 0, recall->arena, &diags);
	return recall->has_renames && has_few_near(recall);
}

/* The image, with the numbers of the list of now. */
static bool read_image(struct recall *recall,
		       const struct plan_image_options *options)
{
	struct plan_image_options before = *options;

	before.snapshot = &recall->before;
	arrange_mark_archived(options->cluster, options->as_of);
	if (!plan_image_read(&recall->image, &before, recall->arena) ||
	    !find_due(recall, options->as_of))
		return false;
	plan_edit_init(&recall->edit, &recall->image, recall->arena);
	recall->image.catalog->snapshot = options->snapshot;
	recall->edit.files = recall->moves;
	/* what is written again, or found in the edges, is looked at first */
	if (recall->is_edited
		    ? !trust_holds_all(&recall->trust)
		    : !snapshot_trusts(&recall->before,
				       recall->image.references.edges,
				       recall->image.references.edge_count *
					       sizeof(struct plan_edge)))
		return false;
	return renumbering_is_none(&recall->moves) ||
	       (read_renames(recall, options->snapshot, options->store) &&
		plan_edit_number(&recall->edit, options->snapshot) &&
		are_neighbours_whole(recall));
}

/* Whose bytes changed, and whatever inherits what changed; false: too many. */
static bool list_fresh(struct list *files, struct recall *recall,
		       struct snapshot_reader *reader)
{
	struct catalog *catalog = recall->image.catalog;
	const struct snapshot_change *fresh = recall->fresh.items;

	list_init(files, sizeof(uint32_t));
	for (size_t i = 0; i < recall->fresh.count; i++) {
		uint32_t file = fresh[i].patch.file;
		str path = snapshot_path(catalog->snapshot, file);
		size_t first = file, behind = first + 1;

		if (snapshot_is_defaults(path)) {
			if (!catalog_read_defaults(catalog, reader, file,
						   recall->arena))
				return false;
			path.len -= str_file_name(path).len;
			snapshot_range(catalog->snapshot, path, &first,
				       &behind);
		} else if (catalog_number(catalog, file) == RESOURCE_NONE) {
			return false; /* what is said of it is not known */
		}
		for (; first < behind; first++)
			if (catalog_number(catalog, first) != RESOURCE_NONE)
				*(uint32_t *)list_add(files, recall->arena) =
					(uint32_t)first;
		if (files->count > RECALL_FILES)
			return false;
	}
	if (files->count > 0)
		qsort(files->items, files->count, sizeof(uint32_t),
		      u32_compare_items);
	return true;
}

/* What is said of each file that changed, and what it is. */
static bool read_fresh(struct recall *recall, struct store *store,
		       struct snapshot_reader *reader, struct list *told)
{
	struct list files;
	const uint32_t *file;

	if (!list_fresh(&files, recall, reader))
		return false;
	file = files.items;
	/* numbers follow files, so both are sorted alike */
	for (size_t i = 0; i < files.count; i++)
		if ((i == 0 || file[i] != file[i - 1]) &&
		    (!take_metadata(recall, reader, file[i], told) ||
		     !has_same_anchors(recall, store, reader, file[i])))
			return false;
	if (!take_all_due(recall) || !take_gone(recall, told))
		return false;
	if (told->count > 0)
		qsort(told->items, told->count, told->item_size,
		      finding_row_compare);
	return true;
}

/* Works out what moved and who shows it. */
static bool settle(struct recall *recall)
{
	bool has_moved = recall->edit.moved.count > 0;

	metadata_index_overlay(recall->image.index, recall->touched.items,
			       recall->touched.count);
	if (has_moved && !plan_edit_apply(&recall->edit))
		return false;
	if (!are_drafts_quiet(recall) ||
	    !new_rows_settle(&recall->rows, &recall->image,
			     recall->touched.items, recall->touched.count))
		return false;
	if (has_moved)
		plan_edit_show(&recall->edit, &recall->rows);
	return true;
}

/* --- the search --- */

/* A block that is made again is read whole, with what its texts inherit. */
static void read_block(const struct recall *recall,
		       struct snapshot_reader *reader,
		       const struct site_lists *lists,
		       const struct search_block *block, bool is_cut)
{
	struct catalog *catalog = recall->image.catalog;
	const uint32_t *numbers = lists->searched + block->first;
	bool is_read = is_cut;

	for (uint32_t i = 0; !is_read && i < block->count; i++)
		is_read = catalog_has(catalog, numbers[i]) &&
			  recall->is_touched[numbers[i]];
	for (uint32_t i = 0; is_read && i < block->count; i++)
		if (catalog_has(catalog, numbers[i]))
			catalog_read_above(catalog, reader, numbers[i],
					   recall->arena);
}

static void read_blocks(const struct recall *recall,
			struct snapshot_reader *reader,
			const struct cluster *cluster)
{
	const struct search_cut *cuts = recall->edit.searches;

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site_lists *lists = &recall->image.lists[i];

		if (!site_lists_trust_search(lists,
					     recall->image.catalog->snapshot))
			return;
		for (size_t k = 0; k < lists->block_count; k++)
			read_block(recall, reader, lists, &lists->blocks[k],
				   cuts != NULL && k >= cuts[i].first &&
					   k < cuts[i].end);
	}
}

bool recall_read(struct recall *recall,
		 const struct plan_image_options *options,
		 struct snapshot_reader *reader)
{
	struct findings before;
	struct list told; /* struct finding_row: of what changed */

	recall->reader = reader;
	if (!read_image(recall, options))
		return false;
	list_init(&told, sizeof(struct finding_row));
	list_init(&recall->touched, sizeof(struct metadata_change));
	new_rows_init(&recall->rows, recall->arena);
	recall->is_touched =
		arena_array(recall->arena, recall->image.catalog->count, 1);
	if (!read_fresh(recall, options->store, reader, &told) ||
	    !settle(recall))
		return false;
	read_blocks(recall, reader, options->cluster);
	findings_read(&before, options->store, FINDINGS_FILES, recall->arena);
	findings_merge(&recall->files, &before, &told, recall->arena);
	return true;
}
