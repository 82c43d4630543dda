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
	folder->length = 0;
}

void folder_release(struct folder *folder)
{
	if (folder->descriptor >= 0)
		close(folder->descriptor);
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

static int open_path(int root, str path, bool create)
{
	int descriptor = fcntl(root, F_DUPFD_CLOEXEC, 0);
	str part;

	while (descriptor >= 0 && path.data != NULL && path.len > 0 &&
	       str_split_next(&path, '/', &part)) {
		char name[256];
		int next = -1;

		if (copy_name(name, part))
			next = open_part(descriptor, name, create);
		if (next < 0) {
			int reason = errno;

			close(descriptor);
			errno = reason;
			return -1;
		}
		close(descriptor);
		descriptor = next;
	}
	return descriptor;
}

bool folder_of(struct folder *folder, str path, bool create, char name[256])
{
	size_t slash = str_find_last_byte(path, '/');
	str parent = str_between(path, 0, slash == STR_NONE ? 0 : slash);
	str last = slash == STR_NONE ? path : str_from(path, slash + 1);

	if (!copy_name(name, last))
		return false;
	if (folder->descriptor >= 0 &&
	    str_equal(parent, (str){ folder->path, folder->length }))
		return true;
	folder_release(folder);
	if (parent.len >= sizeof(folder->path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	folder->descriptor = open_path(folder->root, parent, create);
	if (folder->descriptor < 0)
		return false;
	if (parent.len > 0)
		memcpy(folder->path, parent.data, parent.len);
	folder->length = parent.len;
	return true;
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

bool folder_read(str *out, int descriptor, const char *name,
		 struct arena *arena)
{
	int file = open_file(descriptor, name);
	struct stat status;
	char *data;
	ssize_t count = -1;

	if (file < 0)
		return false;
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
		data = arena_alloc(arena, (size_t)status.st_size + 1);
		count = read_all(file, data, (size_t)status.st_size);
		*out = (str){ data, count < 0 ? 0 : (size_t)count };
	}
	close(file);
	return count >= 0;
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
