/*
 * Bytes are read of files alone that are in a commit and in its parent and
 * differ, which is what a save of an editor is: a commit that brings a thousand
 * texts in costs no blob.
 */
#include "snapshot/edit_log.h"

#include "base/pack.h"
#include "snapshot/revision_snapshot.h"
#include "snapshot/tree_compare.h"

#include <git2/blob.h>

void edit_log_init(struct edit_log *log, struct arena *arena)
{
	*log = (struct edit_log){ .arena = arena };
	list_init(&log->entries, sizeof(struct edit_entry));
}

struct edit_walk {
	struct edit_log *log;
	const struct revision *revision;
	const struct edit_reader *reader;
	git_repository *repository;
	struct list fresh; /* struct edit_entry: the newest first */
	int64_t seconds;   /* of the commit that is looked at */
	struct arena scratch;
	struct diag_list *diags;
};

/* --- a file --------------------------------------------------------------- */

static bool enters(void *context, str path)
{
	(void)context;
	return str_starts_with(path, STR("content/"));
}

/* What cannot be read of the past is no failure of today. */
static bool needs(void *context, str path)
{
	(void)context;
	(void)path;
	return false;
}

static str read_head(struct edit_walk *walk, const git_tree_entry *entry)
{
	git_blob *blob = NULL;
	str bytes = STR("");

	if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB ||
	    git_blob_lookup(&blob, walk->repository, git_tree_entry_id(entry)) <
		    0)
		return bytes;
	bytes = (str){ git_blob_rawcontent(blob),
		       (size_t)git_blob_rawsize(blob) };
	if (bytes.len > EDIT_BYTE_LIMIT)
		bytes.len = EDIT_BYTE_LIMIT;
	bytes = arena_copy(&walk->scratch, bytes);
	git_blob_free(blob);
	return bytes;
}

static bool differs(void *context, str path, const git_tree_entry *before,
		    const git_tree_entry *after)
{
	struct edit_walk *walk = context;
	struct arena *arena = walk->log->arena;
	struct edit_entry *entry;
	str note;

	if (before == NULL || after == NULL || !enters(NULL, path) ||
	    !str_ends_with(path, STR(".md")) ||
	    git_oid_equal(git_tree_entry_id(before), git_tree_entry_id(after)))
		return true;
	note = walk->reader->note(walk->reader->context,
				  read_head(walk, before),
				  read_head(walk, after), &walk->scratch);
	if (note.len == 0)
		return true;
	entry = list_add(&walk->fresh, arena);
	entry->path = arena_copy(arena, path);
	entry->seconds = walk->seconds;
	entry->note = arena_copy(arena, note);
	return true;
}

/* --- the walk ------------------------------------------------------------- */

/* NULL where the commit has no library, or cannot be read. */
static git_tree *library_tree(const struct edit_walk *walk,
			      const git_commit *commit)
{
	git_tree *root = NULL;
	git_tree *tree = NULL;
	struct diag_list ignored;
	struct arena arena;

	arena_init(&arena);
	diag_list_init(&ignored, &arena);
	if (commit == NULL || git_commit_tree(&root, commit) < 0 ||
	    location_tree(&tree, &walk->revision->location, root, &ignored) !=
		    0)
		tree = NULL;
	git_tree_free(root);
	arena_release(&arena);
	return tree;
}

static void compare(struct edit_walk *walk, const git_commit *commit,
		    const git_tree *before, const git_tree *after)
{
	const struct tree_comparison comparison = {
		.location = &walk->revision->location,
		.repository = walk->repository,
		.context = walk,
		.enters = enters,
		.needs = needs,
		.differs = differs,
		.scratch = &walk->scratch,
		.diags = walk->diags,
	};

	walk->seconds = (int64_t)git_commit_time(commit);
	(void)!tree_compare(&comparison, before, after);
	arena_reset(&walk->scratch);
	walk->log->walked++;
}

static bool is_known(const struct edit_log *log, const git_commit *commit)
{
	char text[GIT_OID_HEXSZ + 1];

	git_oid_tostr(text, sizeof(text), git_commit_id(commit));
	return str_equal_c(log->revision, text);
}

/* Takes over `commit` and frees it. Whether it came to what is known. */
static bool walk_back(struct edit_walk *walk, git_commit *commit)
{
	git_tree *after = library_tree(walk, commit);
	bool is_met = false;

	while (commit != NULL && !is_met &&
	       walk->log->walked < EDIT_COMMIT_LIMIT) {
		git_commit *parent = NULL;
		git_tree *before;

		is_met = is_known(walk->log, commit);
		if (is_met)
			break;
		if (git_commit_parentcount(commit) == 0 ||
		    git_commit_parent(&parent, commit, 0) < 0)
			parent = NULL;
		before = library_tree(walk, parent);
		if (before != NULL && after != NULL)
			compare(walk, commit, before, after);
		git_tree_free(after);
		git_commit_free(commit);
		after = before;
		commit = parent;
	}
	git_tree_free(after);
	git_commit_free(commit);
	return is_met;
}

/* What is known comes first, and what is fresh behind it, turned. */
static void join(struct edit_walk *walk, bool is_met)
{
	struct edit_log *log = walk->log;
	const struct edit_entry *fresh = walk->fresh.items;

	if (!is_met)
		log->entries.count = 0;
	for (size_t i = walk->fresh.count; i > 0; i--)
		*(struct edit_entry *)list_add(&log->entries, log->arena) =
			fresh[i - 1];
}

static bool read_commits(struct edit_walk *walk, str revision)
{
	git_commit *commit = NULL;

	walk->repository =
		location_open(&walk->revision->location, walk->diags);
	if (walk->repository == NULL)
		return false;
	arena_init(&walk->scratch);
	/* as in history.c: what a file has now is checked elsewhere */
	location_verify_objects(false);
	if (git_commit_lookup(&commit, walk->repository, &walk->revision->id) ==
	    0)
		join(walk, walk_back(walk, commit));
	location_verify_objects(true);
	arena_release(&walk->scratch);
	walk->log->revision = arena_copy(walk->log->arena, revision);
	git_repository_free(walk->repository);
	return true;
}

bool edit_log_read(struct edit_log *log, const struct snapshot *snapshot,
		   const struct edit_reader *reader, struct diag_list *diags)
{
	struct edit_walk walk = { .log = log,
				  .revision = revision_of(snapshot),
				  .reader = reader,
				  .diags = diags };

	log->walked = 0;
	if (walk.revision == NULL || !walk.revision->is_commit) {
		edit_log_init(log, log->arena);
		return true;
	}
	list_init(&walk.fresh, sizeof(struct edit_entry));
	return read_commits(&walk, snapshot->revision);
}

/* --- for a record --------------------------------------------------------- */

void edit_log_pack(struct buf *out, const struct edit_log *log)
{
	const struct edit_entry *entries = log->entries.items;

	if (log->revision.len != GIT_OID_HEXSZ)
		return;
	pack_text(out, log->revision);
	for (size_t i = 0; i < log->entries.count; i++) {
		pack_text(out, entries[i].path);
		pack_bytes(out, &entries[i].seconds,
			   sizeof(entries[i].seconds));
		pack_text(out, entries[i].note);
	}
}

static bool unpack_log(struct edit_log *log, str bytes)
{
	if (!unpack_text(&log->revision, &bytes))
		return false;
	while (bytes.len > 0) {
		struct edit_entry *entry = list_add(&log->entries, log->arena);

		if (!unpack_text(&entry->path, &bytes) ||
		    !unpack_bytes(&entry->seconds, sizeof(entry->seconds),
				  &bytes) ||
		    !unpack_text(&entry->note, &bytes))
			return false;
	}
	return true;
}

void edit_log_unpack(struct edit_log *log, str bytes)
{
	struct arena *arena = log->arena;

	edit_log_init(log, arena);
	if (bytes.len > 0 && !unpack_log(log, bytes))
		edit_log_init(log, arena);
}
