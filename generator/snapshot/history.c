/*
 * The walk goes from the newest commit to the oldest along first parents, and
 * compares the trees of each with those of its parent:
 *
 *	commit   a ------ b ------ c          the first commit's parent is
 *	tree     A        B        C          the empty tree
 *	          \_diff_/ \_diff_/ \_diff_
 *
 * Folders with the same object id are not opened, nor are those in which the
 * snapshot has no file, so a commit costs the folders it touched. Both lists of
 * entries have Git's order, so one pass finds what differs.
 */
#include "snapshot/history.h"

#include "base/unicode.h"
#include "snapshot/revision_snapshot.h"

#include <sys/stat.h>

struct history {
	const struct snapshot *snapshot;
	const struct revision *revision;
	git_repository *repository;
	struct file_history *items;
	bool *is_born; /* one a file: older commits had it under no name */
	const struct history_known *known;
	int32_t offset;	      /* of all moments */
	struct moment moment; /* of the commit that is looked at */
	struct arena *scratch;
	struct diag_list *diags;
};

/* A folder of the library in a commit and in its parent; NULL: not there. */
struct folder_pair {
	const git_tree *after;
	const git_tree *before;
	str path; /* with "/" behind it, NFC; empty for the library */
};

static bool compare_folder(struct history *history, struct folder_pair pair);

static bool lookup(git_tree **out, struct history *history,
		   const git_tree_entry *entry, str path)
{
	*out = NULL;
	if (entry == NULL || git_tree_entry_type(entry) != GIT_OBJECT_TREE)
		return true;
	if (git_tree_lookup(out, history->repository,
			    git_tree_entry_id(entry)) == 0)
		return true;
	location_report_object(git_tree_entry_id(entry), path, history->diags);
	return false;
}

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

static bool compare_below(struct history *history, const git_tree_entry *after,
			  const git_tree_entry *before, str path)
{
	struct folder_pair pair = { .path = path };
	git_tree *after_tree = NULL;
	git_tree *before_tree = NULL;
	size_t first;
	size_t behind;
	bool ok;

	/* This also bounds the depth by that of the snapshot. */
	snapshot_range(history->snapshot, path, &first, &behind);
	if (first == behind)
		return true;
	ok = lookup(&after_tree, history, after, path) &&
	     lookup(&before_tree, history, before, path);
	pair.after = after_tree;
	pair.before = before_tree;
	if (ok)
		ok = compare_folder(history, pair);
	git_tree_free(before_tree);
	git_tree_free(after_tree);
	return ok;
}

/* One name of `folder` that differs; `before` is NULL when it is new. */
static bool compare_entry(struct history *history, str folder,
			  const git_tree_entry *after,
			  const git_tree_entry *before)
{
	bool is_folder = git_tree_entry_type(after) == GIT_OBJECT_TREE;
	str name = str_from_c(git_tree_entry_name(after));
	str parts[] = { folder, unicode_nfc(name, history->scratch),
			is_folder ? STR("/") : (str){ "", 0 } };
	str path = arena_join(history->scratch, parts, COUNT_OF(parts));

	if (is_folder)
		return compare_below(history, after, before, path);
	touch(history, path, before == NULL);
	return true;
}

static bool is_same(const git_tree_entry *a, const git_tree_entry *b)
{
	return git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
	       git_tree_entry_filemode(a) == git_tree_entry_filemode(b);
}

static bool compare_folder(struct history *history, struct folder_pair pair)
{
	size_t count = pair.after == NULL ? 0 : git_tree_entrycount(pair.after);
	size_t before_count =
		pair.before == NULL ? 0 : git_tree_entrycount(pair.before);
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		const git_tree_entry *after =
			git_tree_entry_byindex(pair.after, i);
		const git_tree_entry *before = NULL;
		int order = 1;

		while (at < before_count) {
			before = git_tree_entry_byindex(pair.before, at);
			order = git_tree_entry_cmp(before, after);
			if (order >= 0)
				break;
			at++;
		}
		if (at == before_count || order > 0)
			before = NULL;
		else
			at++;
		if (before != NULL && is_same(after, before))
			continue;
		if (!compare_entry(history, pair.path, after, before))
			return false;
	}
	return true;
}

/* The library's folder in a commit; NULL when the commit has none. */
static bool library_tree(git_tree **out, const git_commit *commit,
			 struct history *history)
{
	const struct location *location = &history->revision->location;
	git_tree *root = NULL;
	bool ok;

	*out = NULL;
	ok = git_commit_tree(&root, commit) == 0;
	if (ok) {
		int error = location_tree(out, location, root);

		ok = error == 0 || error == GIT_ENOTFOUND;
	}
	if (!ok)
		location_report_object(git_commit_tree_id(commit),
				       location->folder, history->diags);
	git_tree_free(root);
	return ok;
}

/* git_repository_is_shallow looks beside the HEAD of a linked work tree. */
static bool is_shallow(struct history *history)
{
	str path = arena_printf(history->scratch, "%sshallow",
				git_repository_commondir(history->repository));
	struct stat info;

	return stat(path.data, &info) == 0 && info.st_size > 0;
}

static bool report_shallow(struct history *history)
{
	struct diag *diag = diag_failure(
		history->diags, "history-shallow",
		_("the repository is a shallow clone, so nobody can tell when "
		  "a file was changed"));

	diag_help(history->diags, diag, "%s", _("git fetch --unshallow"));
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
	location_report_object(id, (str){ "history", 7 }, history->diags);
	return false;
}

static bool compare_commits(struct history *history, const git_commit *commit,
			    const git_tree *after, const git_tree *before)
{
	struct folder_pair pair = { .after = after, .before = before };
	bool ok;

	if (after != NULL && before != NULL &&
	    git_oid_equal(git_tree_id(after), git_tree_id(before)))
		return true;
	history->moment = revision_commit_time(commit, history->offset);
	ok = compare_folder(history, pair);
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
	size_t at = 0;

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
	const git_oid *id = &history->revision->id;
	git_commit *commit = NULL;
	bool ok = false;

	history->repository =
		location_open(&history->revision->location, history->diags);
	if (history->repository == NULL)
		return false;
	if (is_shallow(history))
		report_shallow(history);
	else if (git_commit_lookup(&commit, history->repository, id) < 0)
		location_report_object(id, history->snapshot->revision,
				       history->diags);
	else
		ok = walk(history, commit);
	git_repository_free(history->repository);
	return ok;
}

bool history_read(const struct file_history **out,
		  const struct snapshot *snapshot,
		  const struct history_known *known, int32_t offset,
		  struct arena *arena, struct diag_list *diags)
{
	static const struct history_known nothing;
	struct arena scratch;
	struct history history = {
		.snapshot = snapshot,
		.revision = revision_of(snapshot),
		.known = known == NULL ? &nothing : known,
		.offset = offset,
		.scratch = &scratch,
		.diags = diags,
	};
	bool ok = true;

	arena_init(&scratch);
	history.items =
		arena_array(arena, snapshot->count, sizeof(*history.items));
	history.is_born = arena_array(arena, snapshot->count, 1);
	if (history.revision != NULL && history.revision->is_commit)
		ok = read_revision(&history);
	*out = history.items;
	arena_release(&scratch);
	return ok;
}
