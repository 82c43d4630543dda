/*
 * Two trees are compared as git diff does it. The new tree is put together of
 * entries that are there: whole folders of settings and themes by their id,
 * single files below content/. Nothing of the rest is looked at.
 */
#include "snapshot/changed_files.h"

#include <git2/diff.h>
#include <git2/refs.h>

#include "base/unicode.h"
#include "snapshot/location.h"
#include "snapshot/snapshot.h"

/*
 * These three are of git2/index.h, which has a field with a name that
 * base/banned.h forbids and cannot be included.
 */
int git_index_open(git_index **out, const char *path);
int git_index_write_tree_to(git_oid *out, git_index *index,
			    git_repository *repository);
void git_index_free(git_index *index);

static const char defaults_name[] = "_defaults.yaml";

struct comparing {
	struct location location;
	git_repository *repository;
	git_tree *before; /* of the library; NULL: there is none */
	git_tree *after;
	struct list updates; /* git_tree_update */
	struct map updated;  /* their paths */
	struct changed_files *out;
	struct arena *arena;
	struct diag_list *diags;
};

static bool fail(const struct comparing *all)
{
	diag_failure(all->diags, "changed-files",
		     _("what changed cannot be found out (libgit2: %s)"),
		     location_reason());
	return false;
}

/* --- the two trees -------------------------------------------------------- */

/* Of the library; a tree that has no such folder is none. */
static bool enter(git_tree **out, const struct comparing *all, git_tree *root)
{
	int error = location_tree(out, &all->location, root, all->diags);

	if (error == 0)
		return true;
	*out = NULL;
	return error == GIT_ENOTFOUND;
}

static bool tree_of_commit(git_tree **out, const struct comparing *all,
			   const git_oid *id)
{
	git_commit *commit = NULL;
	git_tree *root = NULL;
	bool ok = git_commit_lookup(&commit, all->repository, id) == 0 &&
		  git_commit_tree(&root, commit) == 0;

	ok = ok ? enter(out, all, root) : fail(all);
	git_tree_free(root);
	git_commit_free(commit);
	return ok;
}

static bool tree_of_text(git_tree **out, const struct comparing *all,
			 str commit)
{
	git_oid id;

	*out = NULL;
	if (commit.len == 0)
		return true;
	return git_oid_fromstrn(&id, commit.data, commit.len) == 0
		       ? tree_of_commit(out, all, &id)
		       : fail(all);
}

/* Before the first commit there is no HEAD. */
static bool tree_of_head(git_tree **out, const struct comparing *all)
{
	git_oid id;
	int error = git_reference_name_to_id(&id, all->repository, "HEAD");

	*out = NULL;
	if (error == GIT_ENOTFOUND || error == GIT_EUNBORNBRANCH)
		return true;
	return error == 0 ? tree_of_commit(out, all, &id) : fail(all);
}

static bool tree_of_index(git_tree **out, const struct comparing *all,
			  const char *path)
{
	git_index *index = NULL;
	git_tree *root = NULL;
	git_oid id;
	bool ok;

	if (path == NULL)
		path = arena_printf(all->arena, "%s/index",
				    all->location.repository)
			       .data;
	ok = git_index_open(&index, path) == 0 &&
	     git_index_write_tree_to(&id, index, all->repository) == 0 &&
	     git_tree_lookup(&root, all->repository, &id) == 0;
	ok = ok ? enter(out, all, root) : fail(all);
	git_tree_free(root);
	git_index_free(index);
	return ok;
}

/* --- the tree of what changed --------------------------------------------- */

static void add_update(struct comparing *all, str path, const git_oid *id,
		       git_filemode_t mode)
{
	str folder = all->location.folder;
	git_tree_update *update;

	if (map_has(&all->updated, path))
		return;
	path = arena_copy(all->arena, path);
	map_set(&all->updated, path, all);
	update = list_add(&all->updates, all->arena);
	*update = (git_tree_update){
		.action = GIT_TREE_UPDATE_UPSERT,
		.id = *id,
		.filemode = mode,
		.path = arena_printf(all->arena, "%.*s%s%.*s", STR_ARG(folder),
				     folder.len == 0 ? "" : "/", STR_ARG(path))
				.data,
	};
}

/* A file or folder as it is, if it is there. */
static void add_entry(struct comparing *all, str path)
{
	git_tree_entry *entry = NULL;

	if (git_tree_entry_bypath(&entry, all->after,
				  arena_c_string(all->arena, path)) == 0)
		add_update(all, path, git_tree_entry_id(entry),
			   git_tree_entry_filemode(entry));
	git_tree_entry_free(entry);
}

static void add_defaults_above(struct comparing *all, str path)
{
	for (size_t i = 0; i < path.len; i++)
		if (path.data[i] == '/')
			add_entry(all,
				  arena_printf(all->arena, "%.*s%s", (int)i + 1,
					       path.data, defaults_name));
}

struct below {
	struct comparing *all;
	str folder; /* with its slash */
};

static int add_below(const char *root, const git_tree_entry *entry,
		     void *context)
{
	struct below *below = context;

	if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
		add_update(below->all,
			   arena_printf(below->all->arena, "%.*s%s%s",
					STR_ARG(below->folder), root,
					git_tree_entry_name(entry)),
			   git_tree_entry_id(entry),
			   git_tree_entry_filemode(entry));
	return 0;
}

/* What all texts of a folder inherit became another: all are read. */
static void add_heirs(struct comparing *all, str path)
{
	str folder = str_between(path, 0, str_find_last_byte(path, '/'));
	struct below below = { all, arena_printf(all->arena, "%.*s/",
						 STR_ARG(folder)) };
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;

	if (git_tree_entry_bypath(&entry, all->after,
				  arena_c_string(all->arena, folder)) == 0 &&
	    git_tree_lookup(&tree, all->repository, git_tree_entry_id(entry)) ==
		    0)
		(void)!git_tree_walk(tree, GIT_TREEWALK_PRE, add_below, &below);
	git_tree_free(tree);
	git_tree_entry_free(entry);
}

static int add_change(const git_diff_delta *delta, float progress,
		      void *context)
{
	struct comparing *all = context;
	str path = str_from_c(delta->new_file.path);

	(void)progress;
	if (delta->status == GIT_DELTA_DELETED)
		return 0;
	all->out->count++;
	map_set(&all->out->paths,
		unicode_nfc(arena_copy(all->arena, path), all->arena), all);
	if (!str_starts_with(path, STR("content/")))
		return 0;
	add_update(all, path, &delta->new_file.id,
		   (git_filemode_t)delta->new_file.mode);
	add_defaults_above(all, path);
	if (snapshot_is_defaults(path))
		add_heirs(all, path);
	return 0;
}

static bool write_tree(struct comparing *all)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid id;

	add_entry(all, STR("sites"));
	add_entry(all, STR("themes"));
	if (all->updates.count == 0)
		return true;
	if (git_tree_create_updated(&id, all->repository, NULL,
				    all->updates.count, all->updates.items) < 0)
		return fail(all);
	git_oid_tostr(hex, sizeof(hex), &id);
	all->out->tree = arena_copy(all->arena, str_from_c(hex));
	return true;
}

static bool compare(struct comparing *all)
{
	git_diff *diff = NULL;
	bool ok;

	if (all->after == NULL)
		return true;
	ok = git_diff_tree_to_tree(&diff, all->repository, all->before,
				   all->after, NULL) == 0 &&
	     git_diff_foreach(diff, add_change, NULL, NULL, NULL, all) == 0;
	git_diff_free(diff);
	return ok ? write_tree(all) : fail(all);
}

/* --- what is asked -------------------------------------------------------- */

static bool begin(struct comparing *all, struct changed_files *out,
		  const char *directory, struct arena *arena,
		  struct diag_list *diags)
{
	*all = (struct comparing){ .out = out, .arena = arena, .diags = diags };
	*out = (struct changed_files){ .tree = STR("") };
	map_init(&out->paths, arena);
	map_init(&all->updated, arena);
	list_init(&all->updates, sizeof(git_tree_update));
	if (!location_find(&all->location, directory, arena, diags))
		return false;
	all->repository = location_open(&all->location, diags);
	return all->repository != NULL;
}

static void end(struct comparing *all)
{
	git_tree_free(all->before);
	git_tree_free(all->after);
	git_repository_free(all->repository);
}

bool changed_files_staged(struct changed_files *out, const char *directory,
			  const char *index, struct arena *arena,
			  struct diag_list *diags)
{
	struct comparing all;
	bool ok = begin(&all, out, directory, arena, diags) &&
		  tree_of_head(&all.before, &all) &&
		  tree_of_index(&all.after, &all, index) && compare(&all);

	end(&all);
	return ok;
}

bool changed_files_between(struct changed_files *out, const char *directory,
			   str before, str after, struct arena *arena,
			   struct diag_list *diags)
{
	struct comparing all;
	bool ok = begin(&all, out, directory, arena, diags) &&
		  tree_of_text(&all.before, &all, before) &&
		  tree_of_text(&all.after, &all, after) && compare(&all);

	end(&all);
	return ok;
}

bool changed_files_branch(str *out, const char *directory, struct arena *arena,
			  struct diag_list *diags)
{
	struct changed_files ignored;
	struct comparing all;
	git_reference *head = NULL;
	bool ok = begin(&all, &ignored, directory, arena, diags);

	if (ok && git_reference_lookup(&head, all.repository, "HEAD") == 0 &&
	    git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		*out = arena_copy(
			arena, str_from_c(git_reference_symbolic_target(head)));
	else if (ok)
		ok = fail(&all);
	git_reference_free(head);
	end(&all);
	return ok;
}

/* Both are empty, or both name the same object. */
static bool is_same_entry(const struct comparing *all, str path)
{
	const char *name = arena_c_string(all->arena, path);
	git_tree_entry *left = NULL;
	git_tree_entry *right = NULL;
	bool same;

	if (all->before != NULL)
		(void)!git_tree_entry_bypath(&left, all->before, name);
	if (all->after != NULL)
		(void)!git_tree_entry_bypath(&right, all->after, name);
	same = left == NULL || right == NULL
		       ? left == right
		       : git_oid_equal(git_tree_entry_id(left),
				       git_tree_entry_id(right)) == 1;
	git_tree_entry_free(left);
	git_tree_entry_free(right);
	return same;
}

bool changed_files_is_same(const char *directory, str commit, str other,
			   str path, struct arena *arena)
{
	struct changed_files ignored;
	struct diag_list unsaid;
	struct comparing all;
	bool same;

	diag_list_init(&unsaid, arena);
	same = begin(&all, &ignored, directory, arena, &unsaid) &&
	       tree_of_text(&all.before, &all, commit) &&
	       tree_of_text(&all.after, &all, other) &&
	       is_same_entry(&all, path);
	end(&all);
	return same;
}
