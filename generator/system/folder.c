/*
 * Folders that lead to the last path stay open, with their names: the next
 * path opens only what differs. A name is opened with O_NOFOLLOW below the
 * folder before it, so no link in between can lead out, whenever it is put
 * there.
 */
#include "system/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMPARE_CHUNK = 64 * 1024 };

void folder_init(struct folder *folder, int root)
{
	folder->root = root;
	folder->descriptor = -1;
	folder->depth = 0;
}

static void close_from(struct folder *folder, size_t depth)
{
	while (folder->depth > depth)
		close(folder->open[--folder->depth].descriptor);
}

void folder_release(struct folder *folder)
{
	close_from(folder, 0);
	folder->descriptor = -1;
}

static int open_part(int parent, const char *name, bool create)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int descriptor = openat(parent, name, flags);

	if (descriptor >= 0 || errno != ENOENT || !create)
		return descriptor;
	if (mkdirat(parent, name, 0777) != 0 && errno != EEXIST)
		return -1;
	return openat(parent, name, flags);
}

static bool copy_name(char name[256], str part)
{
	if (part.len == 0 || part.len > 255 || str_equal(part, STR(".")) ||
	    str_equal(part, STR("..")) ||
	    memchr(part.data, '\0', part.len) != NULL) {
		errno = EINVAL;
		return false;
	}
	memcpy(name, part.data, part.len);
	name[part.len] = '\0';
	return true;
}

/* How many of the open folders lead to `path`. */
static size_t shared_depth(const struct folder *folder, str path)
{
	size_t depth = 0;

	while (depth < folder->depth) {
		size_t end = folder->open[depth].end;

		if (end > path.len ||
		    (end < path.len && path.data[end] != '/') ||
		    memcmp(folder->path, path.data, end) != 0)
			break;
		depth++;
	}
	return depth;
}

/* Opens the rest of `path` below the folders that are open. */
static bool open_rest(struct folder *folder, str path, bool create)
{
	size_t end =
		folder->depth == 0 ? 0 : folder->open[folder->depth - 1].end;

	while (end < path.len) {
		size_t start = folder->depth == 0 ? 0 : end + 1;
		char name[256];
		int next;

		end = start;
		while (end < path.len && path.data[end] != '/')
			end++;
		if (folder->depth == FOLDER_DEPTH_LIMIT) {
			errno = ENAMETOOLONG;
			return false;
		}
		if (!copy_name(name, str_between(path, start, end)))
			return false;
		next = open_part(folder->descriptor, name, create);
		if (next < 0)
			return false;
		memcpy(folder->path + start, path.data + start, end - start);
		if (start > 0)
			folder->path[start - 1] = '/';
		folder->open[folder->depth].descriptor = next;
		folder->open[folder->depth++].end = end;
		folder->descriptor = next;
	}
	return true;
}

bool folder_of(struct folder *folder, str path, bool create, char name[256])
{
	size_t slash = str_find_last_byte(path, '/');
	str parent = str_between(path, 0, slash == STR_NONE ? 0 : slash);
	str last = slash == STR_NONE ? path : str_from(path, slash + 1);

	if (!copy_name(name, last))
		return false;
	if (parent.len >= sizeof(folder->path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	close_from(folder, shared_depth(folder, parent));
	folder->descriptor =
		folder->depth == 0 ? folder->root
				   : folder->open[folder->depth - 1].descriptor;
	return open_rest(folder, parent, create);
}

bool folder_clear_way(struct folder *folder, str path)
{
	str part = path;

	folder_release(folder);
	for (size_t i = 0; i < path.len; i++) {
		struct stat status;
		char name[256];

		if (path.data[i] != '/')
			continue;
		part.len = i;
		if (!folder_of(folder, part, false, name))
			return errno == ENOENT;
		if (fstatat(folder->descriptor, name, &status,
			    AT_SYMLINK_NOFOLLOW) == 0 &&
		    !S_ISDIR(status.st_mode) &&
		    unlinkat(folder->descriptor, name, 0) != 0)
			return false;
	}
	return true;
}

static size_t count_folders(str path)
{
	size_t count = 0;

	for (size_t i = 0; i < path.len; i++)
		count += path.data[i] == '/';
	return count;
}

void folder_remove_empty(struct folder *folder, str path, size_t kept)
{
	size_t depth = count_folders(path);

	for (; depth > kept; depth--) {
		char name[256];

		path.len = str_find_last_byte(path, '/');
		folder_release(folder);
		if (!folder_of(folder, path, false, name) ||
		    unlinkat(folder->descriptor, name, AT_REMOVEDIR) != 0)
			return;
	}
}

static int open_file(int descriptor, const char *name)
{
	/* not to wait for a writer where a pipe is in the way */
	return openat(descriptor, name,
		      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

static ssize_t read_all(int file, char *data, size_t wanted)
{
	size_t done = 0;

	while (done < wanted) {
		ssize_t count = read(file, data + done, wanted - done);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		if (count == 0)
			break;
		done += (size_t)count;
	}
	return (ssize_t)done;
}

bool folder_read_open(str *out, int file, size_t limit, struct arena *arena)
{
	struct stat status;
	char *data;
	ssize_t count = -1;
	int reason;

	if (file < 0)
		return false;
	errno = 0;
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
	    (size_t)status.st_size <= limit) {
		data = arena_alloc(arena, (size_t)status.st_size + 1);
		count = read_all(file, data, (size_t)status.st_size);
		*out = (str){ data, count < 0 ? 0 : (size_t)count };
	}
	reason = errno == 0 ? EISDIR : errno; /* or another thing */
	close(file);
	errno = reason;
	return count >= 0;
}

bool folder_read(str *out, int descriptor, const char *name,
		 struct arena *arena)
{
	return folder_read_open(out, open_file(descriptor, name), SIZE_MAX,
				arena);
}

bool folder_read_path(str *out, const char *path, size_t limit,
		      struct arena *arena)
{
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	return folder_read_open(out, file, limit, arena);
}

bool folder_write(int descriptor, const char *name, str bytes)
{
	int file = openat(descriptor, name,
			  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			  0666);
	size_t done = 0;

	if (file < 0)
		return false;
	while (done < bytes.len) {
		ssize_t count =
			write(file, bytes.data + done, bytes.len - done);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			int reason = errno;

			close(file);
			unlinkat(descriptor, name, 0);
			errno = reason;
			return false;
		}
		done += (size_t)count;
	}
	return close(file) == 0;
}

static bool has_bytes(int file, str bytes)
{
	char chunk[COMPARE_CHUNK];
	size_t done = 0;

	while (done < bytes.len) {
		size_t wanted = bytes.len - done < sizeof(chunk)
					? bytes.len - done
					: sizeof(chunk);

		if (read_all(file, chunk, wanted) != (ssize_t)wanted ||
		    memcmp(chunk, bytes.data + done, wanted) != 0)
			return false;
		done += wanted;
	}
	return true;
}

bool folder_put_path(const char *path, str bytes, struct arena *arena)
{
	str beside = arena_printf(arena, "%s.new", path);

	if (unlink(beside.data) != 0 && errno != ENOENT)
		return false;
	if (!folder_write(AT_FDCWD, beside.data, bytes))
		return false;
	if (rename(beside.data, path) == 0)
		return true;
	unlink(beside.data);
	return false;
}

bool folder_is_same(int descriptor, const char *name, str bytes)
{
	int file = open_file(descriptor, name);
	struct stat status;
	bool same;

	if (file < 0)
		return false;
	same = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
	       (size_t)status.st_size == bytes.len && has_bytes(file, bytes);
	close(file);
	return same;
}
