/*
 * Finding the repository, and looking at what stands in it. libgit2 could find
 * it too, but opens files on the way and passes over a .git that is of no use.
 */
#include "snapshot/gitdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/folder.h"
#include "system/reason.h"

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

/* --- small files of paths --- */

static str trim_end(str text)
{
	while (text.len > 0 && (text.data[text.len - 1] == '\n' ||
				text.data[text.len - 1] == '\r' ||
				text.data[text.len - 1] == '/'))
		text.len--;
	return text;
}

/* A path that is relative to `folder`, or not. */
static const char *join(const char *folder, str path, struct arena *arena)
{
	if (path.len > 0 && path.data[0] == '/')
		return arena_c_string(arena, path);
	return arena_printf(arena, "%s/%.*s", folder, STR_ARG(path)).data;
}

static const char *real_path(const char *path, struct arena *arena)
{
	char *real = realpath(path, NULL);
	const char *copy =
		real == NULL ? NULL : arena_c_string(arena, str_from_c(real));

	free(real);
	return copy;
}

/* --- where it is --- */

static bool is_folder(const char *folder, const char *name, struct arena *arena)
{
	const char *path = join(folder, str_from_c(name), arena);
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_there(const char *folder, const char *name, struct arena *arena)
{
	struct stat status;

	return lstat(join(folder, str_from_c(name), arena), &status) == 0;
}

/* The repository of a linked work tree names the one that has the objects. */
static const char *common_of(const char *path, struct arena *arena)
{
	const char *name = join(path, STR("commondir"), arena);
	str text;

	if (!folder_read_path(&text, name, GITDIR_TEXT_LIMIT, arena))
		return path;
	return real_path(join(path, trim_end(text), arena), arena);
}

/* What Git takes for a repository. */
static bool is_repository(struct gitdir *out, const char *path,
			  struct arena *arena)
{
	out->path = path;
	out->common = common_of(path, arena);
	return out->common != NULL && is_there(path, "HEAD", arena) &&
	       is_folder(out->common, "objects", arena) &&
	       is_folder(out->common, "refs", arena);
}

/* A .git that is a file names the repository: “gitdir: PATH”. */
static const char *linked_repository(const char *top, const char *link,
				     struct arena *arena)
{
	str text;

	if (!folder_read_path(&text, link, GITDIR_TEXT_LIMIT, arena) ||
	    !str_starts_with(text, STR("gitdir: ")))
		return NULL;
	text = trim_end(str_from(text, 8));
	return real_path(join(top, text, arena), arena);
}

static bool report_useless(const char *path, struct diag_list *diags)
{
	struct diag *diag =
		diag_failure(diags, "snapshot-git-folder",
			     _("%s leads to no Git repository"), path);

	diag_help(diags, diag, "%s",
		  _("it is empty or damaged, or the repository that it names "
		    "was moved (git worktree repair, git submodule update); "
		    "to use files without Git, remove it and use --worktree"));
	return false;
}

static bool report_special(const char *path, struct diag_list *diags)
{
	struct diag *diag =
		diag_failure(diags, "snapshot-git-special",
			     _("%s is no ordinary file: who reads it may wait "
			       "for ever"),
			     path);

	diag_help(diags, diag, "%s",
		  _("remove it; git fsck then says whether anything is "
		    "missing"));
	return false;
}

static bool open_top(struct gitdir *out, const char *top, struct arena *arena,
		     struct diag_list *diags)
{
	const char *link = join(top, STR(".git"), arena);
	const char *path = NULL;
	struct stat status = { 0 };

	out->top = top;
	if (stat(link, &status) == 0 && S_ISDIR(status.st_mode))
		path = real_path(link, arena);
	else if (S_ISREG(status.st_mode))
		path = linked_repository(top, link, arena);
	else if (status.st_mode != 0)
		return report_special(link, diags);
	return (path != NULL && is_repository(out, path, arena)) ||
	       report_useless(link, diags);
}

void gitdir_report_none(const char *directory, struct diag_list *diags)
{
	struct diag *diag =
		diag_failure(diags, "snapshot-no-repository",
			     _("%s is not in a Git repository"), directory);

	diag_help(diags, diag,
		  _("make one: git init %s, then git add and git commit; or "
		    "use --worktree to preview the files as they are"),
		  directory);
}

/* Like Git, not beyond the file system that the folder is on. */
bool gitdir_find(struct gitdir *out, const char *real, const char *directory,
		 struct arena *arena, struct diag_list *diags)
{
	char *folder = arena_c_string(arena, str_from_c(real));
	struct stat first, status;

	*out = (struct gitdir){ 0 };
	if (stat(folder, &first) != 0) {
		gitdir_report_none(directory, diags);
		return false;
	}
	for (;;) {
		char *slash = strrchr(folder, '/');

		if (is_there(folder, ".git", arena))
			return open_top(out, folder, arena, diags);
		if (is_repository(out, folder, arena))
			return true;
		if (slash == NULL || slash[1] == '\0')
			break;
		slash[slash == folder] = '\0'; /* “/” is a folder too */
		if (stat(folder, &status) != 0 || status.st_dev != first.st_dev)
			break;
	}
	gitdir_report_none(directory, diags);
	return false;
}

/* --- what stands in it --- */

struct check {
	size_t seen;
	struct arena *arena;
	struct diag_list *diags;
};

static bool check_folder(struct check *check, const char *path, size_t depth);

static bool report_crowd(const struct check *check)
{
	struct diag *diag = diag_failure(
		check->diags, "snapshot-git-crowd",
		_("the Git repository has more than %d files and folders"),
		(int)GITDIR_ENTRY_LIMIT);

	diag_help(check->diags, diag, "%s", _("git gc packs them"));
	return false;
}

/* Links are followed, as Git does; one that leads nowhere is not opened. */
static unsigned char type_of(int folder, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
		return entry->d_type;
	if (fstatat(folder, entry->d_name, &status, 0) != 0)
		return DT_REG;
	return (unsigned char)IFTODT(status.st_mode);
}

/* A daemon of Git has a socket beside the files; opening one fails at once. */
static bool check_entry(struct check *check, const char *path, size_t depth,
			unsigned char type)
{
	switch (type) {
	case DT_REG:
	case DT_SOCK:
		return true;
	case DT_DIR:
		return depth == 0 || check_folder(check, path, depth - 1);
	default:
		return report_special(path, check->diags);
	}
}

static bool check_entries(struct check *check, DIR *entries, const char *path,
			  size_t depth)
{
	struct dirent *entry;
	bool ok = true;

	while (ok && (entry = readdir(entries)) != NULL) {
		unsigned char type;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (++check->seen > GITDIR_ENTRY_LIMIT)
			return report_crowd(check);
		type = type_of(dirfd(entries), entry);
		if (type != DT_REG)
			ok = check_entry(check,
					 join(path, str_from_c(entry->d_name),
					      check->arena),
					 depth, type);
	}
	return ok;
}

/* `depth` folders inside each other are looked at; what is missing is fine. */
static bool check_folder(struct check *check, const char *path, size_t depth)
{
	int descriptor = open(path, FOLDER_FLAGS);
	DIR *entries = descriptor < 0 ? NULL : fdopendir(descriptor);
	bool ok;

	if (entries == NULL) {
		int reason = errno;
		struct diag *diag;

		if (descriptor >= 0)
			close(descriptor);
		if (reason == ENOENT || reason == ENOTDIR)
			return true;
		diag = diag_failure(check->diags, "snapshot-git",
				    _("%s cannot be opened: %s"), path,
				    reason_text(reason));
		reason_explain(check->diags, diag, reason);
		return false;
	}
	ok = check_entries(check, entries, path, depth);
	closedir(entries);
	return ok;
}

static bool check_objects(struct check *check, struct gitdir_objects *objects,
			  const char *path, size_t alternates);

static bool check_store(struct check *check, struct gitdir_objects *objects,
			const char *path, size_t alternates)
{
	*(const char **)list_add(&objects->stores, check->arena) = path;
	return check_objects(check, objects, path, alternates);
}

/* Each line names another store of objects. */
static bool check_alternates(struct check *check,
			     struct gitdir_objects *objects, const char *path,
			     size_t alternates)
{
	const char *name = join(path, STR("info/alternates"), check->arena);
	str text, line;

	if (alternates == 0 ||
	    !folder_read_path(&text, name, GITDIR_TEXT_LIMIT, check->arena))
		return true;
	while (str_split_next(&text, '\n', &line)) {
		const char *other;

		line = trim_end(line);
		if (line.len == 0 || line.data[0] == '#')
			continue;
		other = join(path, line, check->arena);
		if (access(other, F_OK) != 0)
			objects->lost = other;
		else if (!check_store(check, objects, other, alternates - 1))
			return false;
	}
	return true;
}

static bool check_objects(struct check *check, struct gitdir_objects *objects,
			  const char *path, size_t alternates)
{
	return check_folder(check, path, 2) &&
	       check_alternates(check, objects, path, alternates);
}

static bool check_one(struct check *check, const char *path)
{
	static const char *const folders[] = { "refs", "logs" };
	bool ok = check_folder(check, path, 0);

	for (size_t i = 0; ok && i < COUNT_OF(folders); i++)
		ok = check_folder(
			check, join(path, str_from_c(folders[i]), check->arena),
			GITDIR_DEPTH_LIMIT);
	return ok;
}

bool gitdir_check(struct gitdir_objects *objects, const struct gitdir *gitdir,
		  struct arena *arena, struct diag_list *diags)
{
	struct check check = { .arena = arena, .diags = diags };

	*objects = (struct gitdir_objects){ 0 };
	list_init(&objects->stores, sizeof(const char *));
	if (!check_one(&check, gitdir->path))
		return false;
	if (strcmp(gitdir->path, gitdir->common) != 0 &&
	    !check_one(&check, gitdir->common))
		return false;
	return check_objects(&check, objects,
			     join(gitdir->common, STR("objects"), arena),
			     GITDIR_ALTERNATE_LIMIT);
}
