#include "release/file_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"

enum { PIECE = 256 * 1024 };

static int open_file(int folder, const char *name)
{
	int file = openat(folder, name,
			  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat status;

	if (file < 0)
		return -1;
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode))
		return file;
	close(file);
	errno = EISDIR; /* or another thing */
	return -1;
}

static bool write_all(int file, str bytes)
{
	while (bytes.len > 0) {
		ssize_t count = write(file, bytes.data, bytes.len);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return false;
		bytes = str_from(bytes, (size_t)count);
	}
	return true;
}

/* `to` is -1 when nothing is written. */
static bool pass(struct file_digest *out, struct file_digest_maker *maker,
		 int from, int to)
{
	char *piece = malloc(PIECE);
	ssize_t count = -1;

	if (piece == NULL)
		arena_out_of_memory(PIECE);
	file_digest_begin(maker);
	while ((count = read(from, piece, PIECE)) != 0) {
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			break;
		file_digest_add(maker, (str){ piece, (size_t)count });
		if (to >= 0 && !write_all(to, (str){ piece, (size_t)count })) {
			count = -1;
			break;
		}
	}
	free(piece);
	*out = file_digest_end(maker);
	return count == 0;
}

bool file_copy_digest(struct file_digest *out, struct file_digest_maker *maker,
		      int folder, const char *name)
{
	int file = open_file(folder, name);
	bool ok;

	if (file < 0)
		return false;
	ok = pass(out, maker, file, -1);
	close(file);
	return ok;
}

/*
 * Servers tell browsers by size and time whether a file is the one they have:
 * the same bytes keep their time in both trees.
 */
static bool copy_time(int from, int to)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };
	struct stat status;

	if (fstat(from, &status) != 0)
		return false;
	times[1] = status.st_mtim;
	return futimens(to, times) == 0;
}

bool file_copy(struct file_digest *out, struct file_digest_maker *maker,
	       int from, const char *from_name, int to, const char *to_name)
{
	int source = open_file(from, from_name);
	int target;
	bool ok;

	if (source < 0)
		return false;
	target = openat(to, to_name,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			0666);
	ok = target >= 0 && pass(out, maker, source, target) &&
	     copy_time(source, target);
	if (target >= 0 && close(target) != 0)
		ok = false;
	if (!ok && target >= 0) {
		int reason = errno;

		unlinkat(to, to_name, 0);
		errno = reason;
	}
	close(source);
	return ok;
}

struct file_copy_name file_copy_name(str path, const struct sha256 *sha256)
{
	struct file_copy_name out;
	struct arena arena;
	struct buf text;

	arena_init(&arena);
	buf_init(&text, &arena);
	digest_print(&text, digest_of(path));
	buf_add_byte(&text, '-');
	file_digest_print(&text, sha256);
	memcpy(out.text, text.data, text.len + 1);
	arena_release(&arena);
	return out;
}
