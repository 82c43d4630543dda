/*
 * Trees of commits are compared pairwise along first parents, from the newest
 * on; a file that a newer commit touched is not looked at again. The walk ends
 * after a bound: then too much has changed for a recalled plan to be worth it.
 */
#include "snapshot/changes.h"

#include "base/map.h"
#include "base/number.h"
#include "snapshot/listing.h"
#include "snapshot/revision_snapshot.h"
#include "snapshot/tree_compare.h"

#include <stdlib.h>

struct search {
	const struct snapshot *snapshot;
	const struct revision *revision;
	git_repository *repository;
	git_oid until;
	int32_t offset;
	size_t limit;
	struct moment moment; /* of the commit that is looked at */
	struct snapshot_changes *found;
	struct map seen;	  /* paths that a newer commit touched */
	struct list gone_folders; /* str: a newer commit took them away */
	struct arena *arena;
	struct arena scratch;
	struct diag_list *diags; /* ignored: whoever reads on meets it again */
};

static bool is_file(const git_tree_entry *entry)
{
	git_filemode_t mode = git_tree_entry_filemode(entry);

	return mode == GIT_FILEMODE_BLOB ||
	       mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

static str first_name(str path)
{
	return str_between(path, 0, str_find_byte(path, '/'));
}

static bool enters(void *context, str path)
{
	(void)context;
	return listing_is_root_folder(first_name(path));
}

/* There now, with these bytes. */
static void note_present(struct search *search, str path, size_t file,
			 const git_tree_entry *entry)
{
	struct snapshot_arrival *came;
	struct snapshot_change *change;
	const unsigned char *id = git_tree_entry_id(entry)->id;

	if (file == STR_NONE) {
		came = list_add(&search->found->came, search->arena);
		came->path = path;
		memcpy(came->blob_id, id, SNAPSHOT_ID_SIZE);
		came->changed = search->moment;
		return;
	}
	change = list_add(&search->found->changed, search->arena);
	change->patch.file = (uint32_t)file;
	memcpy(change->patch.blob_id, id, SNAPSHOT_ID_SIZE);
	change->changed = search->moment;
}

static bool has_same_mode(const git_tree_entry *before,
			  const git_tree_entry *after)
{
	return before == NULL || after == NULL ||
	       git_tree_entry_filemode(before) ==
		       git_tree_entry_filemode(after);
}

static bool note_gone(struct search *search, str path, size_t file)
{
	if (search->seen.count == search->limit)
		return false;
	map_add(&search->seen, path, NULL);
	*(uint32_t *)list_add(&search->found->went, search->arena) =
		(uint32_t)file;
	return true;
}

/* With all that the list has below it, when that is nothing but texts. */
static bool lose_folder(struct search *search, str path)
{
	str parts[] = { path, STR("/") };
	str folder = arena_join(search->arena, parts, COUNT_OF(parts));
	size_t file, behind;

	if (!str_starts_with(folder, STR("content/")))
		return false;
	*(str *)list_add(&search->gone_folders, search->arena) = folder;
	snapshot_range(search->snapshot, folder, &file, &behind);
	for (; file < behind; file++) {
		path = snapshot_path(search->snapshot, file);
		if (!snapshot_is_resource(path))
			return false;
		if (!map_has(&search->seen, path) &&
		    !note_gone(search, path, file))
			return false;
	}
	return true;
}

static bool is_past(const struct search *search, str path)
{
	const str *folders = search->gone_folders.items;

	for (size_t i = 0; i < search->gone_folders.count; i++)
		if (str_starts_with(path, folders[i]))
			return true;
	return map_has(&search->seen, path);
}

/* What an older commit did to a file that a newer one touched is past. */
static bool differs(void *context, str path, const git_tree_entry *before,
		    const git_tree_entry *after)
{
	struct search *search = context;
	size_t file;

	if (!listing_is_root_folder(first_name(path)))
		return true;
	if (tree_entry_is_folder(before) && after == NULL &&
	    !is_past(search, path))
		return lose_folder(search, path);
	if ((!snapshot_is_resource(path) &&
	     (!snapshot_is_defaults(path) || after == NULL)) ||
	    (before != NULL && !is_file(before)) ||
	    (after != NULL && !is_file(after)) || !has_same_mode(before, after))
		return false;
	if (is_past(search, path))
		return true;
	if (search->seen.count == search->limit)
		return false;
	path = arena_copy(search->arena, path);
	file = snapshot_find(search->snapshot, path);
	if (after == NULL && file != STR_NONE)
		return note_gone(search, path, file);
	map_add(&search->seen, path, NULL);
	if (after != NULL)
		note_present(search, path, file, after);
	return true;
}

static bool compare(struct search *search, const git_tree *before,
		    const git_tree *after)
{
	const struct tree_comparison comparison = {
		.location = &search->revision->location,
		.repository = search->repository,
		.context = search,
		.enters = enters,
		.differs = differs,
		.scratch = &search->scratch,
		.diags = search->diags,
	};
	bool ok = tree_compare(&comparison, before, after);

	arena_reset(&search->scratch);
	return ok;
}

/* The library's folder in the commit; NULL when there is none. */
static git_tree *tree_of(const struct search *search, const git_commit *commit)
{
	git_tree *root = NULL;
	git_tree *tree = NULL;

	if (git_commit_tree(&root, commit) < 0 ||
	    location_tree(&tree, &search->revision->location, root,
			  search->diags) != 0)
		tree = NULL;
	git_tree_free(root);
	return tree;
}

static bool compare_with_parent(struct search *search, git_commit *commit,
				git_commit *parent)
{
	git_tree *after = tree_of(search, commit);
	git_tree *before = tree_of(search, parent);
	bool ok = after != NULL && before != NULL;

	search->moment = revision_commit_time(commit, search->offset);
	ok = ok && search->moment.is_set && compare(search, before, after);
	git_tree_free(before);
	git_tree_free(after);
	return ok;
}

/* Takes over `commit` and frees it. */
static bool walk(struct search *search, git_commit *commit)
{
	bool ok = true;

	for (size_t i = 0;
	     ok && !git_oid_equal(git_commit_id(commit), &search->until); i++) {
		git_commit *parent = NULL;

		ok = i < CHANGES_COMMIT_LIMIT &&
		     git_commit_parent(&parent, commit, 0) == 0 &&
		     compare_with_parent(search, commit, parent);
		git_commit_free(commit);
		commit = parent;
	}
	git_commit_free(commit);
	return ok;
}

static int compare_files(const void *left, const void *right)
{
	const struct snapshot_change *a = left;
	const struct snapshot_change *b = right;

	return (a->patch.file > b->patch.file) -
	       (a->patch.file < b->patch.file);
}

static int compare_arrivals(const void *left, const void *right)
{
	const struct snapshot_arrival *a = left;
	const struct snapshot_arrival *b = right;

	return str_compare(a->path, b->path);
}

static void sort(struct list *list, int (*order)(const void *, const void *))
{
	if (list->count > 0)
		qsort(list->items, list->count, list->item_size, order);
}

static void begin(struct snapshot_changes *out, struct search *search)
{
	list_init(&out->changed, sizeof(struct snapshot_change));
	list_init(&out->came, sizeof(struct snapshot_arrival));
	list_init(&out->went, sizeof(uint32_t));
	list_init(&search->gone_folders, sizeof(str));
	out->moves_folders = false;
	map_init(&search->seen, search->arena);
}

bool snapshot_changes_since(struct snapshot_changes *out,
			    const struct snapshot *snapshot, str revision,
			    int32_t offset, size_t limit, struct arena *arena)
{
	struct search search = { .snapshot = snapshot,
				 .revision = revision_of(snapshot),
				 .offset = offset,
				 .limit = limit,
				 .found = out,
				 .arena = arena };
	struct diag_list ignored;
	git_commit *commit = NULL;
	bool ok;

	begin(out, &search);
	if (search.revision == NULL || !search.revision->is_commit ||
	    git_oid_fromstrn(&search.until, revision.data, revision.len) < 0)
		return false;
	arena_init(&search.scratch);
	diag_list_init(&ignored, arena);
	search.diags = &ignored;
	search.repository = location_open(&search.revision->location, &ignored);
	ok = search.repository != NULL &&
	     git_commit_lookup(&commit, search.repository,
			       &search.revision->id) == 0 &&
	     walk(&search, commit);
	git_repository_free(search.repository);
	arena_release(&search.scratch);
	sort(&out->changed, compare_files);
	sort(&out->came, compare_arrivals);
	sort(&out->went, u32_compare_items);
	return ok;
}
