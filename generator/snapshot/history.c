/*
 * The walk goes from the newest commit to the oldest along first parents, and
 * compares the trees of each with those of its parent:
 *
 *	commit   a ------ b ------ c          the first commit's parent is
 *	tree     A        B        C          the empty tree
 *	          \_diff_/ \_diff_/ \_diff_
 *
 * Folders with the same object id are not opened, so a commit costs the folders
 * it touched. Of folders in which the snapshot has no file only those of texts
 * are: files may have come from there.
 */
#include "snapshot/history.h"

#include "base/pack.h"
#include "base/unicode.h"
#include "snapshot/revision_snapshot.h"
#include "snapshot/tree_compare.h"

#include <git2/refs.h>

#include <sys/stat.h>

struct history {
	const struct snapshot *snapshot;
	const struct revision *revision;
	git_repository *repository;
	struct file_history *items;
	bool *is_born; /* one a file: older commits had it under no name */
	const struct history_known *known;
	struct renames *renames;
	struct rename_commit moves; /* of the commit that is looked at */
	struct list ended;	    /* size_t: files that it takes away */
	int32_t offset;		    /* of all moments */
	struct moment moment;	    /* of the commit that is looked at */
	struct arena *scratch;
	struct diag_list *diags;
};

/* What an earlier file of the same name did, before it was gone, is not its. */
static void touch(struct history *history, str path, bool is_new)
{
	size_t file = snapshot_find(history->snapshot, path);

	if (file == STR_NONE || history->is_born[file])
		return;
	history->is_born[file] = is_new;
	if (!history->items[file].changed.is_set)
		history->items[file].changed = history->moment;
	if (history->moment.is_set)
		history->items[file].created = history->moment;
}

/* This also bounds the depth by that of the snapshot. */
static bool needs(void *context, str path)
{
	const struct history *history = context;
	size_t first;
	size_t behind;

	snapshot_range(history->snapshot, path, &first, &behind);
	return first != behind;
}

static bool is_text_path(str path)
{
	size_t depth = 0;

	for (size_t i = 0; i < path.len; i++)
		depth += path.data[i] == '/';
	return str_starts_with(path, STR("content/")) &&
	       depth < SNAPSHOT_DEPTH_LIMIT;
}

static bool enters(void *context, str path)
{
	return is_text_path(path) || needs(context, path);
}

/* --- what a commit takes away and brings in --- */

static void note_file(struct history *history, struct list *list, str path,
		      const git_tree_entry *entry)
{
	struct rename_file *file;

	if (list->count == RENAME_COMMIT_LIMIT || !is_text_path(path))
		return;
	file = list_add(list, history->scratch);
	file->path = path;
	memcpy(file->blob_id, git_tree_entry_id(entry)->id, SNAPSHOT_ID_SIZE);
}

/* All that was in a folder; what cannot be read was nobody's. */
static void note_gone(struct history *history, str path,
		      const git_tree_entry *entry)
{
	git_tree *tree = NULL;

	if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
		note_file(history, &history->moves.gone, path, entry);
	if (git_tree_entry_type(entry) != GIT_OBJECT_TREE ||
	    !is_text_path(
		    arena_printf(history->scratch, "%.*s/", STR_ARG(path))) ||
	    git_tree_lookup(&tree, history->repository,
			    git_tree_entry_id(entry)) < 0)
		return;
	for (size_t i = 0; i < git_tree_entrycount(tree) &&
			   history->moves.gone.count < RENAME_COMMIT_LIMIT;
	     i++) {
		const git_tree_entry *below = git_tree_entry_byindex(tree, i);
		str name = unicode_nfc(str_from_c(git_tree_entry_name(below)),
				       history->scratch);

		note_gone(history,
			  arena_printf(history->scratch, "%.*s/%.*s",
				       STR_ARG(path), STR_ARG(name)),
			  below);
	}
	git_tree_free(tree);
}

/*
 * What is gone is no file of a revision's snapshot. In a work tree it may be
 * there again: what it was before is not its.
 */
static void note_end(struct history *history, str path,
		     const git_tree_entry *entry)
{
	size_t first = snapshot_find(history->snapshot, path);
	size_t behind = first + 1;

	if (tree_entry_is_folder(entry))
		snapshot_range(
			history->snapshot,
			arena_printf(history->scratch, "%.*s/", STR_ARG(path)),
			&first, &behind);
	else if (first == STR_NONE)
		return;
	for (; first < behind; first++)
		*(size_t *)list_add(&history->ended, history->scratch) = first;
}

/* Behind the commit, which may bring it in under another form of its name. */
static void end_all(struct history *history)
{
	const size_t *files = history->ended.items;

	for (size_t i = 0; i < history->ended.count; i++)
		history->is_born[files[i]] = true;
}

static bool differs(void *context, str path, const git_tree_entry *before,
		    const git_tree_entry *after)
{
	struct history *history = context;

	if (after == NULL) {
		note_gone(history, path, before);
		note_end(history, path, before);
	} else if (before == NULL) {
		note_file(history, &history->moves.came, path, after);
	}
	if (after != NULL)
		touch(history, path, before == NULL);
	return true;
}

/* The library's folder in a commit; NULL when the commit has none. */
static bool library_tree(git_tree **out, const git_commit *commit,
			 struct history *history)
{
	const struct location *location = &history->revision->location;
	struct location_object object = { git_commit_tree_id(commit),
					  location->folder };
	git_tree *root = NULL;
	int error = git_commit_tree(&root, commit);

	*out = NULL;
	if (error < 0) {
		location_report_object(location, object, error, history->diags);
		return false;
	}
	error = location_tree(out, location, root, history->diags);
	git_tree_free(root);
	return error == 0 || error == GIT_ENOTFOUND;
}

/* git_repository_is_shallow looks beside the HEAD of a linked work tree. */
static bool is_shallow(const struct location *location, struct arena *arena)
{
	str path = arena_printf(arena, "%s/shallow", location->common);
	struct stat info;

	return stat(path.data, &info) == 0 && info.st_size > 0;
}

bool history_is_cut(const char *folder)
{
	struct location location;
	struct diag_list ignored;
	struct arena arena;
	bool is_cut;

	arena_init(&arena);
	diag_list_init(&ignored, &arena);
	is_cut = location_find(&location, folder, &arena, &ignored) &&
		 is_shallow(&location, &arena);
	arena_release(&arena);
	return is_cut;
}

static bool report_shallow(struct history *history)
{
	struct diag *diag = diag_failure(
		history->diags, "history-shallow",
		_("the repository is a shallow clone, so nobody can tell when "
		  "a file was changed"));

	diag_help(history->diags, diag, "%s",
		  _("git fetch --unshallow, or in a pipeline a clone of all "
		    "commits (fetch-depth: 0, GIT_DEPTH: 0); or take the "
		    "dates from the files with --dates front-matter"));
	return false;
}

/* The first parent, or NULL behind the first commit. */
static bool parent_of(git_commit **out, const git_commit *commit,
		      struct history *history)
{
	const git_oid *id = git_commit_parent_id(commit, 0);
	int error;

	*out = NULL;
	if (id == NULL)
		return true;
	error = git_commit_lookup(out, history->repository, id);
	if (error == 0)
		return true;
	location_report_object(&history->revision->location,
			       (struct location_object){ id, STR("history") },
			       error, history->diags);
	return false;
}

static bool compare_commits(struct history *history, const git_commit *commit,
			    const git_tree *after, const git_tree *before)
{
	const struct tree_comparison comparison = {
		.location = &history->revision->location,
		.repository = history->repository,
		.context = history,
		.enters = enters,
		.needs = needs,
		.differs = differs,
		.scratch = history->scratch,
		.diags = history->diags,
	};
	bool ok;

	history->moment = revision_commit_time(commit, history->offset);
	list_init(&history->moves.gone, sizeof(struct rename_file));
	list_init(&history->moves.came, sizeof(struct rename_file));
	list_init(&history->ended, sizeof(size_t));
	ok = tree_compare(&comparison, before, after);
	if (ok)
		renames_add_commit(history->renames, &history->moves,
				   history->scratch);
	end_all(history);
	arena_reset(history->scratch);
	return ok;
}

static bool is_known(const struct history *history, const git_commit *commit)
{
	char text[GIT_OID_HEXSZ + 1];

	if (history->known->revision.len != GIT_OID_HEXSZ)
		return false;
	git_oid_tostr(text, sizeof(text), git_commit_id(commit));
	return str_equal_c(history->known->revision, text);
}

/* Both are sorted by path. What newer commits said of a change stays. */
static void take_known(struct history *history)
{
	const struct snapshot *snapshot = history->snapshot;
	const struct history_known *known = history->known;
	str renames = known->renames;
	str from, to;
	size_t at = 0;

	while (unpack_text(&from, &renames) && unpack_text(&to, &renames))
		renames_add(history->renames, from, to);
	for (size_t i = 0; i < snapshot->count && at < known->count; i++) {
		str path = snapshot_path(snapshot, i);
		int order = -1;

		while (at < known->count &&
		       (order = str_compare(known->paths[at], path)) < 0)
			at++;
		if (order != 0)
			continue;
		if (history->is_born[i])
			continue;
		if (!history->items[i].changed.is_set)
			history->items[i].changed = known->items[at].changed;
		if (known->items[at].created.is_set)
			history->items[i].created = known->items[at].created;
	}
}

/* Takes over `commit` and frees it. */
static bool walk(struct history *history, git_commit *commit)
{
	git_commit *parent = NULL;
	git_tree *after = NULL;
	git_tree *before = NULL;
	bool ok = library_tree(&after, commit, history);

	while (ok && commit != NULL) {
		if (is_known(history, commit)) {
			take_known(history);
			break;
		}
		ok = parent_of(&parent, commit, history) &&
		     (parent == NULL ||
		      library_tree(&before, parent, history)) &&
		     compare_commits(history, commit, after, before);
		git_tree_free(after);
		git_commit_free(commit);
		after = before;
		before = NULL;
		commit = parent;
		parent = NULL;
	}
	git_tree_free(after);
	git_commit_free(commit);
	return ok;
}

static bool read_revision(struct history *history)
{
	const struct revision *revision = history->revision;
	struct location_object object = { &revision->id,
					  history->snapshot->revision };
	git_commit *commit = NULL;
	bool ok = false;
	int error;

	history->repository =
		location_open(&revision->location, history->diags);
	if (history->repository == NULL)
		return false;
	error = git_commit_lookup(&commit, history->repository, object.id);
	if (is_shallow(&revision->location, history->scratch)) {
		git_commit_free(commit);
		report_shallow(history);
	} else if (error < 0) {
		location_report_object(&revision->location, object, error,
				       history->diags);
	} else {
		ok = walk(history, commit);
	}
	git_repository_free(history->repository);
	return ok;
}

int64_t history_since(const struct file_history *history, uint32_t file)
{
	return history == NULL || !history[file].created.is_set
		       ? INT64_MAX
		       : history[file].created.seconds;
}

int history_order(const struct file_history *history, uint32_t a, uint32_t b)
{
	int64_t since = history_since(history, a);
	int64_t other = history_since(history, b);

	if (since != other)
		return since < other ? -1 : 1;
	return (a > b) - (a < b);
}

/* Calls `read` with all that it needs beside the revision. */
static bool with_scratch(const struct file_history **out,
			 struct history *history, struct arena *arena,
			 bool (*read)(struct history *history))
{
	static const struct history_known nothing;
	size_t count = history->snapshot->count;
	struct arena scratch;
	bool ok;

	arena_init(&scratch);
	history->scratch = &scratch;
	history->items = arena_array(arena, count, sizeof(*history->items));
	history->is_born = arena_array(arena, count, 1);
	if (history->known == NULL)
		history->known = &nothing;
	/*
	 * Three quarters of the time would go into checksums of trees of the
	 * past. What a file has now is read elsewhere, and checked there.
	 */
	location_verify_objects(false);
	ok = read(history);
	location_verify_objects(true);
	*out = history->items;
	history->scratch = NULL;
	arena_release(&scratch);
	return ok;
}

static bool read_commit(struct history *history)
{
	return history->revision == NULL || !history->revision->is_commit ||
	       read_revision(history);
}

bool history_read(const struct file_history **out, struct renames *renames,
		  const struct snapshot *snapshot,
		  const struct history_known *known, int32_t offset,
		  struct arena *arena, struct diag_list *diags)
{
	struct history history = {
		.snapshot = snapshot,
		.revision = revision_of(snapshot),
		.known = known,
		.renames = renames,
		.offset = offset,
		.diags = diags,
	};

	return with_scratch(out, &history, arena, read_commit);
}

/* --- a work tree ---------------------------------------------------------- */

static bool find_head(struct revision *revision, struct history *history)
{
	git_repository *repository =
		location_open(&revision->location, history->diags);
	bool ok = repository != NULL &&
		  git_reference_name_to_id(&revision->id, repository, "HEAD") ==
			  0;

	git_repository_free(repository);
	return ok;
}

static bool read_head(struct history *history)
{
	struct file_history *items = history->items;
	size_t count = history->snapshot->count;
	bool ok = read_revision(history);

	for (size_t i = 0; i < count; i++) {
		items[i].changed = (struct moment){ 0 };
		if (!ok)
			items[i].created = (struct moment){ 0 };
	}
	return ok;
}

void history_read_created(const struct file_history **out,
			  struct renames *renames,
			  const struct snapshot *snapshot, const char *folder,
			  const struct history_known *known,
			  struct arena *arena)
{
	struct revision revision = { .is_commit = true };
	struct diag_list ignored;
	struct history history = {
		.snapshot = snapshot,
		.known = known,
		.renames = renames,
		.diags = &ignored,
	};

	diag_list_init(&ignored, arena);
	if (location_find(&revision.location, folder, arena, &ignored) &&
	    find_head(&revision, &history))
		history.revision = &revision;
	(void)!with_scratch(out, &history, arena,
			    history.revision == NULL ? read_commit : read_head);
}

str history_head(const char *folder, struct arena *arena)
{
	char digits[GIT_OID_HEXSZ + 1];
	struct revision revision = { .location.folder = STR("") };
	struct diag_list ignored;
	struct history history = { .diags = &ignored };

	diag_list_init(&ignored, arena);
	memset(digits, '0', GIT_OID_HEXSZ);
	digits[sizeof(digits) - 1] = '\0';
	if (location_find(&revision.location, folder, arena, &ignored) &&
	    find_head(&revision, &history))
		git_oid_tostr(digits, sizeof(digits), &revision.id);
	return arena_printf(arena, "%s %.*s", digits,
			    STR_ARG(revision.location.folder));
}

static bool has_any(const git_tree *tree, const str *paths, size_t count,
		    struct arena *arena)
{
	git_tree_entry *entry = NULL;

	for (size_t i = 0; i < count && entry == NULL; i++)
		(void)!git_tree_entry_bypath(&entry, tree,
					     arena_c_string(arena, paths[i]));
	git_tree_entry_free(entry);
	return entry != NULL;
}

bool history_head_has_any(const char *folder, const str *paths, size_t count)
{
	struct revision revision = { 0 };
	struct diag_list ignored;
	struct history history = { .revision = &revision, .diags = &ignored };
	git_repository *repository = NULL;
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	struct arena arena;
	bool has = false;

	if (count == 0)
		return false;
	arena_init(&arena);
	diag_list_init(&ignored, &arena);
	if (location_find(&revision.location, folder, &arena, &ignored) &&
	    find_head(&revision, &history))
		repository = location_open(&revision.location, &ignored);
	if (repository != NULL &&
	    git_commit_lookup(&commit, repository, &revision.id) == 0 &&
	    library_tree(&tree, commit, &history) && tree != NULL)
		has = has_any(tree, paths, count, &arena);
	git_tree_free(tree);
	git_commit_free(commit);
	git_repository_free(repository);
	arena_release(&arena);
	return has;
}
