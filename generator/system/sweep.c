#include "system/sweep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 64, PATH_LIMIT = 4096 };

struct walk {
	struct sweep *sweep;
	char path[PATH_LIMIT]; /* below the swept folder */
	size_t length;
	size_t depth;
};

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static DIR *open_entries(int parent, const char *name)
{
	int descriptor = openat(
		parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *entries;

	if (descriptor < 0)
		return NULL;
	entries = fdopendir(descriptor);
	if (entries == NULL)
		close(descriptor);
	return entries;
}

static bool walk_folder(struct walk *walk, int parent, const char *name);

static bool push(struct walk *walk, const char *name)
{
	size_t length = strlen(name);

	if (walk->length + length + 2 > sizeof(walk->path) ||
	    walk->depth == DEPTH_LIMIT) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (walk->length > 0)
		walk->path[walk->length++] = '/';
	memcpy(walk->path + walk->length, name, length + 1);
	walk->length += length;
	walk->depth++;
	return true;
}

static bool visit(struct walk *walk, int folder, const char *name)
{
	struct sweep *sweep = walk->sweep;
	struct stat status;
	str path;

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	if (S_ISDIR(status.st_mode))
		return walk_folder(walk, folder, name);
	path = (str){ walk->path, walk->length };
	if (sweep->is_planned != NULL && S_ISREG(status.st_mode) &&
	    sweep->is_planned(sweep->context, path))
		return true;
	if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
		return false;
	sweep->removed++;
	return true;
}

static bool walk_entries(struct walk *walk, DIR *entries)
{
	size_t length = walk->length;
	struct dirent *entry;
	bool ok = true;

	while (ok && (entry = readdir(entries)) != NULL) {
		if (is_dots(entry->d_name))
			continue;
		ok = push(walk, entry->d_name) &&
		     visit(walk, dirfd(entries), entry->d_name);
		walk->length = length;
		walk->depth--;
	}
	return ok;
}

static bool walk_folder(struct walk *walk, int parent, const char *name)
{
	DIR *entries = open_entries(parent, name);
	bool ok;

	if (entries == NULL)
		return errno == ENOENT;
	ok = walk_entries(walk, entries);
	closedir(entries);
	if (!ok)
		return false;
	if (unlinkat(parent, name, AT_REMOVEDIR) != 0)
		return errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT;
	return true;
}

bool sweep_folder(struct sweep *sweep, int parent, const char *name)
{
	struct walk walk = { .sweep = sweep };

	return walk_folder(&walk, parent, name);
}

bool sweep_remove(int parent, const char *name)
{
	struct sweep all = { 0 };

	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return true;
	return (errno == EISDIR || errno == EPERM) &&
	       sweep_folder(&all, parent, name);
}

bool sweep_is_empty(bool *out, int folder)
{
	DIR *entries = open_entries(folder, ".");
	struct dirent *entry;
	bool ok;

	if (entries == NULL)
		return false;
	*out = true;
	errno = 0;
	while (*out && (entry = readdir(entries)) != NULL)
		*out = is_dots(entry->d_name);
	ok = !*out || errno == 0;
	closedir(entries);
	return ok;
}
