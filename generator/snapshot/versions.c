/*
 * The walk holds one commit with the library's tree of it. A step compares that
 * tree with the one of the parent; where nothing wanted differs, the next step
 * follows. Only where something does, the wanted files are listed.
 */
#include "snapshot/versions.h"

#include "snapshot/listing.h"
#include "snapshot/revision_snapshot.h"
#include "snapshot/tree_compare.h"

#include <git2/revparse.h>

#include <sys/stat.h>

struct version_walk {
	struct version_walk_options options;
	struct location location;
	git_repository *repository;
	git_commit *commit;  /* the one that was looked at last; or NULL */
	git_tree *tree;	     /* the library's folder of it; or NULL */
	struct moment newer; /* of the commit before it */
	git_oid newer_id;    /* once a step was made */
	size_t steps;
	bool is_first; /* `commit` itself was not given yet */
	bool is_same;  /* nothing wanted differs from the version before it */
	enum version_end end;
	struct arena *arena;
	struct arena scratch;
	struct diag_list ignored; /* what cannot be read ends the walk */
};

/* --- opening --- */

static bool find_location(struct version_walk *walk)
{
	const struct revision *revision = revision_of(walk->options.snapshot);

	if (revision != NULL) {
		walk->location = revision->location;
		return revision->is_commit;
	}
	walk->is_first = true;
	return walk->options.folder != NULL &&
	       location_find(&walk->location, walk->options.folder, walk->arena,
			     &walk->ignored);
}

static bool find_commit(struct version_walk *walk)
{
	const struct revision *revision = revision_of(walk->options.snapshot);
	git_object *head = NULL;
	bool ok;

	walk->repository = location_open(&walk->location, &walk->ignored);
	if (walk->repository == NULL)
		return false;
	if (revision != NULL)
		return git_commit_lookup(&walk->commit, walk->repository,
					 &revision->id) == 0;
	ok = git_revparse_single(&head, walk->repository, "HEAD") == 0 &&
	     git_commit_lookup(&walk->commit, walk->repository,
			       git_object_id(head)) == 0;
	git_object_free(head);
	return ok;
}

/* The library's folder in a commit; NULL when it has none. */
static bool tree_of(git_tree **out, struct version_walk *walk,
		    const git_commit *commit)
{
	git_tree *root = NULL;
	int error;

	*out = NULL;
	if (git_commit_tree(&root, commit) < 0)
		return false;
	error = location_tree(out, &walk->location, root, &walk->ignored);
	git_tree_free(root);
	return error == 0 || error == GIT_ENOTFOUND;
}

struct version_walk *
version_walk_open(const struct version_walk_options *options,
		  struct arena *arena)
{
	struct version_walk *walk = arena_alloc(arena, sizeof(*walk));

	walk->options = *options;
	walk->arena = arena;
	walk->end = VERSION_END_NOTHING;
	arena_init(&walk->scratch);
	diag_list_init(&walk->ignored, arena);
	if (!find_location(walk) || !find_commit(walk))
		return walk;
	walk->end = VERSION_END_FIRST;
	if (!tree_of(&walk->tree, walk, walk->commit)) {
		walk->end = VERSION_END_CUT;
		git_commit_free(walk->commit);
		walk->commit = NULL;
	}
	return walk;
}

void version_walk_close(struct version_walk *walk)
{
	git_tree_free(walk->tree);
	git_commit_free(walk->commit);
	git_repository_free(walk->repository);
	arena_release(&walk->scratch);
}

bool version_walk_is_same(const struct version_walk *walk)
{
	return walk->is_same;
}

enum version_end version_walk_end(const struct version_walk *walk)
{
	return walk->end;
}

static str hex_of_id(const git_oid *id, struct arena *arena)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), id);
	return arena_copy(arena, str_from_c(hex));
}

static str hex_of(const git_commit *commit, struct arena *arena)
{
	return hex_of_id(git_commit_id(commit), arena);
}

str version_walk_commit(const struct version_walk *walk)
{
	return walk->commit == NULL ? STR("")
				    : hex_of(walk->commit, walk->arena);
}

struct moment version_walk_newer(const struct version_walk *walk)
{
	return walk->newer;
}

str version_walk_newer_commit(const struct version_walk *walk)
{
	return walk->steps == 0 ? STR("")
				: hex_of_id(&walk->newer_id, walk->arena);
}

struct moment version_walk_time(const struct version_walk *walk)
{
	return walk->commit == NULL
		       ? (struct moment){ 0 }
		       : revision_commit_time(walk->commit,
					      walk->options.offset);
}

size_t version_walk_steps(const struct version_walk *walk)
{
	return walk->steps;
}

/* --- one step back --- */

static bool is_stop(const struct version_walk *walk, const git_commit *commit)
{
	git_oid id;

	return walk->options.stop.len == GIT_OID_HEXSZ &&
	       git_oid_fromstrn(&id, walk->options.stop.data, GIT_OID_HEXSZ) ==
		       0 &&
	       git_oid_equal(&id, git_commit_id(commit));
}

static bool enters(void *context, str path)
{
	const struct version_walk *walk = context;

	return walk->options.wants(walk->options.context, path);
}

struct difference {
	struct version_walk *walk;
	bool is_any;
};

static bool enters_folder(void *context, str path)
{
	return enters(((struct difference *)context)->walk, path);
}

static bool is_file(const git_tree_entry *entry)
{
	git_filemode_t mode = entry == NULL ? GIT_FILEMODE_UNREADABLE
					    : git_tree_entry_filemode(entry);

	return mode == GIT_FILEMODE_BLOB ||
	       mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

static bool stops(const struct version_walk *walk, str path,
		  const git_tree_entry *older)
{
	return walk->options.notes == NULL ||
	       walk->options.notes(walk->options.context, path,
				   is_file(older) ? git_tree_entry_id(older)->id
						  : NULL);
}

/* What is gone may be a folder: whatever was in it counts. */
static bool differs(void *context, str path, const git_tree_entry *before,
		    const git_tree_entry *after)
{
	struct difference *difference = context;
	struct version_walk *walk = difference->walk;

	str folder = STR("");

	if (after == NULL)
		folder = arena_printf(&walk->scratch, "%.*s/", STR_ARG(path));
	if (enters(walk, path))
		difference->is_any |= stops(walk, path, before);
	if (folder.len > 0 && enters(walk, folder))
		difference->is_any |= stops(walk, folder, NULL);
	return walk->options.notes != NULL || !difference->is_any;
}

/* Does anything wanted differ? What cannot be compared does. */
static bool is_different(struct version_walk *walk, git_tree *before,
			 git_tree *after)
{
	struct difference difference = { walk, false };
	const struct tree_comparison comparison = {
		.location = &walk->location,
		.repository = walk->repository,
		.context = &difference,
		.enters = enters_folder,
		.differs = differs,
		.scratch = &walk->scratch,
		.diags = &walk->ignored,
	};
	bool ok = tree_compare(&comparison, before, after);

	arena_reset(&walk->scratch);
	if (!ok && walk->options.notes != NULL)
		difference.is_any |= stops(walk, STR(""), NULL);
	return !ok || difference.is_any;
}

/* The parent in the place of the commit; false at the end. */
static bool step(struct version_walk *walk, bool *is_new)
{
	git_commit *parent = NULL;
	git_tree *tree = NULL;

	if (git_commit_parentcount(walk->commit) == 0)
		return false;
	walk->end = VERSION_END_LIMIT;
	if (walk->steps++ == VERSION_COMMIT_LIMIT)
		return false;
	walk->end = VERSION_END_CUT;
	if (git_commit_parent(&parent, walk->commit, 0) < 0)
		return false;
	if (!tree_of(&tree, walk, parent)) {
		git_commit_free(parent);
		return false;
	}
	walk->end = VERSION_END_FIRST;
	walk->is_same = !is_different(walk, tree, walk->tree);
	*is_new = !walk->is_same || is_stop(walk, parent);
	walk->newer = version_walk_time(walk);
	walk->newer_id = *git_commit_id(walk->commit);
	git_tree_free(walk->tree);
	git_commit_free(walk->commit);
	walk->tree = tree;
	walk->commit = parent;
	return true;
}

/* --- the wanted files of a commit --- */

struct lister {
	struct version_walk *walk;
	struct listing listing;
};

static bool list_tree(struct lister *lister, const git_tree *tree,
		      const struct listing_entry *folder);

static bool is_listed(const struct version_walk *walk, str path)
{
	return walk->options.lists == NULL
		       ? walk->options.wants(walk->options.context, path)
		       : walk->options.lists(walk->options.context, path);
}

static bool list_below(struct lister *lister, const git_tree_entry *entry,
		       const struct listing_entry *folder)
{
	struct version_walk *walk = lister->walk;
	git_tree *tree = NULL;
	bool ok;

	if (!is_listed(walk, arena_printf(&walk->scratch, "%.*s/",
					  STR_ARG(folder->path))))
		return true;
	if (git_tree_lookup(&tree, walk->repository, git_tree_entry_id(entry)) <
	    0)
		return false;
	ok = list_tree(lister, tree, folder);
	git_tree_free(tree);
	return ok;
}

static bool list_entry(struct lister *lister, const git_tree_entry *entry,
		       const struct listing_entry *folder)
{
	git_filemode_t mode = git_tree_entry_filemode(entry);
	str name = str_from_c(git_tree_entry_name(entry));
	struct listing_entry found;

	if (folder->depth == 0 && !listing_is_root_folder(name))
		return true;
	if (!listing_enter(&found, &lister->listing, folder, name))
		return true;
	if (mode == GIT_FILEMODE_TREE)
		return list_below(lister, entry, &found);
	if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE)
		return true;
	if (is_listed(lister->walk, found.path))
		memcpy(listing_add(&lister->listing, &found)->blob_id,
		       git_tree_entry_id(entry)->id, SNAPSHOT_ID_SIZE);
	return true;
}

static bool list_tree(struct lister *lister, const git_tree *tree,
		      const struct listing_entry *folder)
{
	size_t count = git_tree_entrycount(tree);

	for (size_t i = 0; i < count; i++)
		if (!list_entry(lister, git_tree_entry_byindex(tree, i),
				folder))
			return false;
	return true;
}

static bool list_wanted(struct snapshot *out, struct version_walk *walk,
			const git_commit *commit, const git_tree *tree)
{
	struct lister lister = { .walk = walk };
	struct listing_entry top = { 0 };
	bool ok;

	*out = (struct snapshot){ .source_base = SOURCE_ELSEWHERE };
	revision_attach(out, &walk->location, walk->arena);
	out->revision = hex_of(commit, walk->arena);
	out->time = revision_commit_time(commit, walk->options.offset);
	listing_init(&lister.listing, walk->arena, &walk->ignored);
	ok = (tree == NULL || list_tree(&lister, tree, &top)) &&
	     listing_finish(out, &lister.listing);
	listing_release(&lister.listing);
	arena_reset(&walk->scratch);
	return ok;
}

bool version_walk_look(struct snapshot *out, struct version_walk *walk,
		       str commit)
{
	git_commit *found = NULL;
	git_tree *tree = NULL;
	git_oid id;
	bool ok = walk->repository != NULL &&
		  git_oid_fromstrn(&id, commit.data, commit.len) == 0 &&
		  git_commit_lookup(&found, walk->repository, &id) == 0 &&
		  tree_of(&tree, walk, found) &&
		  list_wanted(out, walk, found, tree);

	git_tree_free(tree);
	git_commit_free(found);
	return ok;
}

static bool is_over(const struct version_walk *walk)
{
	return walk->options.is_over != NULL &&
	       walk->options.is_over(walk->options.context);
}

bool version_walk_next(struct snapshot *out, struct version_walk *walk)
{
	bool is_new = walk->is_first;

	if (walk->commit == NULL)
		return false;
	walk->is_first = false;
	while (!is_new)
		if (is_over(walk) || !step(walk, &is_new))
			return false;
	if (list_wanted(out, walk, walk->commit, walk->tree))
		return true;
	walk->end = VERSION_END_CUT;
	return false;
}

/* --- versions in the place of others --- */

void snapshot_patch(struct snapshot *snapshot,
		    const struct snapshot_patch *patches, size_t count,
		    const char *folder, struct arena *arena)
{
	struct location location;
	struct snapshot *earlier;
	struct diag_list ignored;

	snapshot->patches = patches;
	snapshot->patch_count = count;
	snapshot->has_earlier = count > 0;
	if (count == 0 || revision_of(snapshot) != NULL)
		return;
	diag_list_init(&ignored, arena);
	if (!location_find(&location, folder, arena, &ignored))
		return; /* nobody has found a version there */
	snapshot->earlier = NULL;
	earlier = arena_alloc(arena, sizeof(*earlier));
	*earlier = *snapshot;
	revision_attach(earlier, &location, arena);
	snapshot->earlier = earlier;
}
