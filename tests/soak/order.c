/*
 * Preloaded into a build: writes down in which order files are moved, brought
 * to the disk and noted in the record. ORDER_LOG names the file.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static void note(const char *what)
{
	const char *path = getenv("ORDER_LOG");
	int file = path == NULL
			   ? -1
			   : open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);

	if (file < 0)
		return;
	if (write(file, what, strlen(what)) < 0)
		abort();
	close(file);
}

/* The path of a descriptor, or "". */
static void path_of(int file, char path[4096])
{
	char link[64];
	ssize_t count;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
	count = readlink(link, path, 4095);
	path[count < 0 ? 0 : count] = '\0';
}

static void note_write(int file)
{
	char path[4096];

	path_of(file, path);
	if (strstr(path, "/record/data.mdb") != NULL)
		note("record\n");
}

/* What is below a document root; the rest is the program's own. */
static void note_file(int folder)
{
	char path[4096];

	path_of(folder, path);
	if (strstr(path, "/.jiyue") == NULL &&
	    strstr(path, "/.releases") == NULL)
		note("file\n");
}

/* What the steps of publishing are noted with. */
static void note_release(int folder, const char *name)
{
	char path[4096];

	path_of(folder, path);
	if (strcmp(name, "live") == 0 && strstr(path, "/.releases") == NULL)
		note("live\n");
	else if (strstr(path, "/.releases") != NULL &&
		 (strcmp(name, "a") == 0 || strcmp(name, "b") == 0))
		note("state\n");
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	int (*next)(int, const char *, int, const char *) =
		(int (*)(int, const char *, int, const char *))dlsym(
			RTLD_NEXT, "renameat");

	note_file(to_folder);
	note_release(to_folder, to);
	return next(from_folder, from, to_folder, to);
}

int unlinkat(int folder, const char *name, int flags)
{
	int (*next)(int, const char *, int) =
		(int (*)(int, const char *, int))dlsym(RTLD_NEXT, "unlinkat");

	note_file(folder);
	return next(folder, name, flags);
}

int syncfs(int file)
{
	(void)file;
	note("disk\n");
	return 0;
}

int fsync(int file)
{
	(void)file;
	note("flushed\n");
	return 0;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at)
{
	ssize_t (*next)(int, const void *, size_t, off_t) =
		(ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT,
								    "pwrite");

	note_write(file);
	return next(file, bytes, count, at);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at)
{
	ssize_t (*next)(int, const struct iovec *, int, off_t) =
		(ssize_t(*)(int, const struct iovec *, int, off_t))dlsym(
			RTLD_NEXT, "pwritev");

	note_write(file);
	return next(file, parts, count, at);
}
