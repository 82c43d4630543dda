/*
 * libgit2 looks for repositories as git does: it reads the machine's settings,
 * follows environment variables and trusts owners. None of that may decide
 * what a build makes, so the place is found by our own rules (gitdir.h) and
 * libgit2 is told it. Names are compared as NFC, since some systems write them
 * otherwise.
 */
#include "snapshot/location.h"

#include "base/unicode.h"
#include "system/reason.h"

#include <git2/config.h>
#include <git2/global.h>
#include <git2/odb.h>
#include <git2/odb_backend.h>
#include <git2/sys/odb_backend.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PACK_WINDOW = 4 << 20, PACK_LIMIT = 16 << 20 }; /* bytes */

#ifdef __SANITIZE_ADDRESS__
/* libgit2 loses the matches of its regular expressions for extensions. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

static bool set_options(void)
{
	static const int levels[] = {
		GIT_CONFIG_LEVEL_PROGRAMDATA,
		GIT_CONFIG_LEVEL_SYSTEM,
		GIT_CONFIG_LEVEL_XDG,
		GIT_CONFIG_LEVEL_GLOBAL,
	};
	/*
	 * A repository may include ~/FILE: without any home, libgit2 takes that
	 * for a mistake of its settings. This one has no files of Git's.
	 */
	static const char no_home[] = "/proc";
	bool ok = true;

	/* The machine's and the user's config must not change the output. */
	for (size_t i = 0; i < COUNT_OF(levels); i++)
		ok &= git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i],
				       levels[i] == GIT_CONFIG_LEVEL_GLOBAL
					       ? no_home
					       : "") == 0;
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
	ok &= gitdir_allow_extensions();
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

/*
 * The error when no file can be opened any more, else 0. libgit2 says that in
 * words, or of what lies in a file that it is not there; what it had open it
 * may have closed meanwhile.
 */
static int lack_of_files(void)
{
	static const int errors[] = { EMFILE, ENFILE };
	str words = str_from_c(location_reason());
	int probe;

	for (size_t i = 0; i < COUNT_OF(errors); i++)
		if (str_ends_with(words, str_from_c(strerror(errors[i]))))
			return errors[i];
	probe = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (probe < 0)
		return errno;
	close(probe);
	return 0;
}

bool location_report_no_files(str path, struct diag_list *diags)
{
	int reason = lack_of_files();

	if (reason == 0)
		return false;
	reason_explain(diags,
		       diag_failure(diags, "snapshot-git",
				    _("%.*s cannot be read: %s"), STR_ARG(path),
				    reason_text(reason)),
		       reason);
	return true;
}

static void help_missing(struct diag *diag, const struct location *location,
			 struct diag_list *diags)
{
	const struct gitdir_objects *objects = &location->objects;

	if (objects->is_partial)
		diag_help(diags, diag, "%s",
			  _("this clone is a partial one: git fetch --refetch "
			    "--no-filter completes it; in a pipeline, clone "
			    "without --filter"));
	else if (objects->lost != NULL)
		diag_help(diags, diag,
			  _("objects/info/alternates names %s, which is not "
			    "there: bring it back, or clone without --shared "
			    "and --reference"),
			  objects->lost);
	else
		diag_help(diags, diag, "%s",
			  _("git fsck shows what else is missing; git fetch "
			    "--refetch brings it from the server again, or "
			    "clone anew"));
}

void location_report_object(const struct location *location,
			    struct location_object object, int error,
			    struct diag_list *diags)
{
	char hex[GIT_OID_HEXSZ + 1];
	struct diag *diag;

	git_oid_tostr(hex, sizeof(hex), object.id);
	if (location_report_no_files(object.path, diags))
		return;
	if (object.path.len == 0)
		object.path = STR("/"); /* of all folders */
	if (error == GIT_ENOTFOUND) {
		diag = diag_failure(diags, "snapshot-object-missing",
				    _("%.*s: the Git object %s is not in the "
				      "repository"),
				    STR_ARG(object.path), hex);
		help_missing(diag, location, diags);
		return;
	}
	diag = diag_failure(diags, "snapshot-object",
			    _("%.*s: the Git object %s is damaged "
			      "(libgit2: %s)"),
			    STR_ARG(object.path), hex, location_reason());
	diag_help(diags, diag, "%s",
		  _("git fsck names all damaged objects; git fetch --refetch "
		    "brings them from the server again, or clone anew"));
}

static void report_missing(const char *directory, int reason,
			   struct diag_list *diags)
{
	struct diag *diag = diag_failure(diags, "snapshot-missing",
					 _("%s cannot be opened: %s"),
					 directory, reason_text(reason));

	diag_help(diags, diag, "%s", _("--library names the folder"));
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
 * Where its files lie in the trees: below the folder that core.worktree names,
 * or else below the one that has the .git. A library in a bare repository, or
 * named by its .git, is the root of the trees.
 */
static bool set_folder(struct location *out, const struct gitdir *gitdir,
		       const char *work, const char *real, struct arena *arena)
{
	char *named = NULL;
	bool found = false;
	str part;

	out->folder = (str){ "", 0 };
	if (strcmp(real, gitdir->path) == 0)
		return true;
	if (work != NULL) {
		str parts[] = { str_from_c(gitdir->path), STR("/"),
				str_from_c(work) };
		str path = arena_join(arena, parts, COUNT_OF(parts));

		named = realpath(work[0] == '/' ? work : path.data, NULL);
	}
	if (named != NULL)
		found = part_below(&part, str_from_c(real), str_from_c(named));
	if (!found && gitdir->top != NULL)
		found = part_below(&part, str_from_c(real),
				   str_from_c(gitdir->top));
	if (found)
		out->folder = arena_copy(arena, part);
	free(named);
	return found;
}

bool location_find(struct location *out, const char *directory,
		   struct arena *arena, struct diag_list *diags)
{
	char *real = realpath(directory, NULL);
	struct gitdir gitdir;
	const char *work;
	bool ok = false;

	*out = (struct location){ 0 };
	if (real == NULL || !is_folder(real)) {
		report_missing(directory, errno, diags);
		goto done;
	}
	if (!gitdir_find(&gitdir, real, directory, arena, diags) ||
	    !gitdir_check(&out->objects, &gitdir, arena, diags) ||
	    !gitdir_settings(&work, &out->objects, &gitdir, arena, diags))
		goto done;
	out->repository = gitdir.path;
	out->common = gitdir.common;
	ok = set_folder(out, &gitdir, work, real, arena);
	if (!ok)
		gitdir_report_none(directory, diags);
done:
	free(real);
	return ok;
}

/*
 * What is being pushed lies in a folder of its own until a hook has let it in;
 * Git names it in the environment of that hook. What the hook writes goes there
 * too, and is gone with it when the push is refused. Objects are named by what
 * is in them, so that more of them change nothing of what a commit is.
 */
static void add_quarantine(git_repository *repository)
{
	enum { FIRST = 1000, AS_BUILT_IN = -1 };
	const char *folder = getenv("GIT_QUARANTINE_PATH");
	git_odb_backend *backend = NULL;
	git_odb *odb = NULL;

	if (folder == NULL || git_repository_odb(&odb, repository) < 0)
		return;
	if (git_odb_add_disk_alternate(odb, folder) == 0 &&
	    git_odb_backend_loose(&backend, folder, AS_BUILT_IN, 0, 0, 0) == 0)
		(void)!git_odb_add_backend(odb, backend, FIRST);
	git_odb_free(odb);
}

git_repository *location_open(const struct location *location,
			      struct diag_list *diags)
{
	git_repository *repository = NULL;
	struct diag *diag;
	int reason;

	errno = 0;
	if (git_repository_open_ext(&repository, location->repository,
				    GIT_REPOSITORY_OPEN_NO_SEARCH |
					    GIT_REPOSITORY_OPEN_BARE,
				    NULL) == 0) {
		add_quarantine(repository);
		return repository;
	}
	reason = errno;
	if (location_report_no_files(str_from_c(location->repository), diags))
		return NULL;
	diag = diag_failure(diags, "snapshot-git",
			    _("the Git repository of %s cannot be opened "
			      "(libgit2: %s)"),
			    location->repository, location_reason());
	diag_help(diags, diag, _("git -C %s fsck says what is wrong with it"),
		  location->repository);
	reason_explain(diags, diag, reason);
	return NULL;
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

static int enter(git_tree **out, const struct location *location,
		 const git_tree *tree, str name, struct arena *scratch,
		 struct diag_list *diags)
{
	const git_tree_entry *entry = entry_by_name(tree, name, scratch);
	int error;

	if (entry == NULL || git_tree_entry_type(entry) != GIT_OBJECT_TREE)
		return GIT_ENOTFOUND;
	error = git_tree_lookup(out, git_tree_owner(tree),
				git_tree_entry_id(entry));
	if (error == 0)
		return 0;
	location_report_object(
		location,
		(struct location_object){ git_tree_entry_id(entry),
					  location->folder },
		error, diags);
	return GIT_ERROR;
}

int location_tree(git_tree **out, const struct location *location,
		  const git_tree *root, struct diag_list *diags)
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
		git_tree *below = NULL;

		error = enter(&below, location, tree, name, &arena, diags);
		git_tree_free(tree);
		tree = below;
	}
	arena_release(&arena);
	*out = tree;
	return error;
}
