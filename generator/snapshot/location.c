#include "snapshot/location.h"

#include "base/unicode.h"

#include <git2/config.h>
#include <git2/global.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PACK_WINDOW = 4 << 20, PACK_LIMIT = 16 << 20 }; /* bytes */

static bool set_options(void)
{
	static const int levels[] = {
		GIT_CONFIG_LEVEL_PROGRAMDATA,
		GIT_CONFIG_LEVEL_SYSTEM,
		GIT_CONFIG_LEVEL_XDG,
		GIT_CONFIG_LEVEL_GLOBAL,
	};
	bool ok = true;

	/* The machine's and the user's config must not change the output. */
	for (size_t i = 0; i < COUNT_OF(levels); i++)
		ok &= git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i],
				       "") == 0;
	/*
	 * Git refuses the repository of another user because its config and
	 * hooks run programs. Here nothing is run and nothing is checked out:
	 * objects are read and their digests compared. So a container may
	 * build what its host has cloned.
	 */
	ok &= git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) == 0;
	/*
	 * libgit2 would keep up to 256 MiB of objects; every object is read
	 * once or twice here, so that keeping them costs more than it saves.
	 */
	ok &= git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0) == 0;
	/* Of a large pack only a part is in memory at a time. */
	ok &= git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)PACK_WINDOW) ==
	      0;
	ok &= git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
			       (size_t)PACK_LIMIT) == 0;
	return ok;
}

bool snapshot_library_init(struct diag_list *diags)
{
	if (git_libgit2_init() < 0 || !set_options()) {
		diag_failure(diags, "snapshot-git",
			     _("libgit2 cannot be started: %s"),
			     location_reason());
		return false;
	}
	return true;
}

void snapshot_library_shutdown(void)
{
	git_libgit2_shutdown();
}

void location_verify_objects(bool verify)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, (int)verify);
}

const char *location_reason(void)
{
	const git_error *error = git_error_last();

	return error == NULL ? _("no reason given") : error->message;
}

void location_report_object(const git_oid *id, str path,
			    struct diag_list *diags)
{
	char hex[GIT_OID_HEXSZ + 1];
	struct diag *diag;

	git_oid_tostr(hex, sizeof(hex), id);
	diag = diag_failure(diags, "snapshot-object",
			    _("%.*s: the Git object %s cannot be read: %s"),
			    STR_ARG(path), hex, location_reason());
	diag_help(diags, diag, "%s",
		  _("check the repository with git fsck; a partial clone "
		    "must be made complete with git fetch --refetch"));
}

static void report_missing(const char *directory, int reason,
			   struct diag_list *diags)
{
	struct diag *diag = diag_failure(diags, "snapshot-missing",
					 _("%s cannot be opened: %s"),
					 directory, strerror(reason));

	diag_help(diags, diag, "%s", _("--library names the folder"));
}

static void report_no_repository(const char *directory, struct diag_list *diags)
{
	struct diag *diag =
		diag_failure(diags, "snapshot-no-repository",
			     _("%s is not in a Git repository"), directory);

	diag_help(diags, diag,
		  _("make one: git init %s, then git add and git commit; or "
		    "use --worktree to preview the files as they are"),
		  directory);
}

static bool is_folder(const char *path)
{
	struct stat info;

	if (stat(path, &info) < 0)
		return false;
	if (S_ISDIR(info.st_mode))
		return true;
	errno = ENOTDIR;
	return false;
}

/* The part of `path` below `top`, both being real paths; false: not below. */
static bool part_below(str *out, str path, str top)
{
	while (top.len > 0 && top.data[top.len - 1] == '/')
		top.len--;
	if (!str_starts_with(path, top))
		return false;
	*out = str_from(path, top.len);
	if (out->len > 0 && out->data[0] != '/')
		return false;
	*out = str_from(*out, out->len > 0);
	return true;
}

/*
 * A library in a bare repository, or named by its .git, is the root of the
 * trees; one in a work tree is the same folder of the trees.
 */
static bool set_folder(struct location *out, git_repository *repository,
		       const char *real, struct arena *arena)
{
	const char *work = git_repository_workdir(repository);
	char *real_git = realpath(git_repository_path(repository), NULL);
	char *real_work = work == NULL ? NULL : realpath(work, NULL);
	bool found = true;
	str part;

	out->folder = (str){ "", 0 };
	if (real_git == NULL || strcmp(real, real_git) != 0) {
		found = real_work != NULL && part_below(&part, str_from_c(real),
							str_from_c(real_work));
		if (found)
			out->folder = arena_copy(arena, part);
	}
	free(real_work);
	free(real_git);
	return found;
}

bool location_find(struct location *out, const char *directory,
		   struct arena *arena, struct diag_list *diags)
{
	git_repository *repository = NULL;
	char *real = realpath(directory, NULL);
	bool ok = false;
	int error;

	if (real == NULL || !is_folder(real)) {
		report_missing(directory, errno, diags);
		goto done;
	}
	error = git_repository_open_ext(&repository, real, 0, NULL);
	if (error == GIT_ENOTFOUND) {
		report_no_repository(directory, diags);
		goto done;
	}
	if (error < 0) {
		diag_failure(diags, "snapshot-git",
			     _("the Git repository of %s cannot be opened: %s"),
			     directory, location_reason());
		goto done;
	}
	ok = set_folder(out, repository, real, arena);
	if (ok)
		out->repository = arena_c_string(
			arena, str_from_c(git_repository_path(repository)));
	else
		report_no_repository(directory, diags);
done:
	git_repository_free(repository);
	free(real);
	return ok;
}

git_repository *location_open(const struct location *location,
			      struct diag_list *diags)
{
	git_repository *repository = NULL;

	if (git_repository_open_ext(&repository, location->repository,
				    GIT_REPOSITORY_OPEN_NO_SEARCH |
					    GIT_REPOSITORY_OPEN_BARE,
				    NULL) < 0) {
		diag_failure(diags, "snapshot-git",
			     _("the Git repository of %s cannot be opened: %s"),
			     location->repository, location_reason());
		return NULL;
	}
	return repository;
}

/* The entry of that name, or of one that is the same as NFC. */
static const git_tree_entry *entry_by_name(const git_tree *tree, str name,
					   struct arena *arena)
{
	const git_tree_entry *entry =
		git_tree_entry_byname(tree, arena_c_string(arena, name));
	size_t count = git_tree_entrycount(tree);
	str normal = unicode_nfc(name, arena);

	for (size_t i = 0; entry == NULL && i < count; i++) {
		const git_tree_entry *candidate =
			git_tree_entry_byindex(tree, i);
		str other = str_from_c(git_tree_entry_name(candidate));

		if (str_equal(unicode_nfc(other, arena), normal))
			entry = candidate;
	}
	return entry;
}

int location_tree(git_tree **out, const struct location *location,
		  const git_tree *root)
{
	git_tree *tree = NULL;
	struct arena arena;
	str rest = location->folder;
	str name;
	int error = git_tree_dup(&tree, (git_tree *)root);

	arena_init(&arena);
	if (rest.len == 0)
		rest.data = NULL; /* no name at all */
	while (error == 0 && str_split_next(&rest, '/', &name)) {
		const git_tree_entry *entry = entry_by_name(tree, name, &arena);
		git_tree *below = NULL;

		if (entry == NULL ||
		    git_tree_entry_type(entry) != GIT_OBJECT_TREE)
			error = GIT_ENOTFOUND;
		else if (git_tree_lookup(&below, git_tree_owner(tree),
					 git_tree_entry_id(entry)) < 0)
			error = GIT_ERROR; /* there, but not to be read */
		git_tree_free(tree);
		tree = below;
	}
	arena_release(&arena);
	*out = tree;
	return error;
}
