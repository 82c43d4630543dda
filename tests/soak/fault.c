/*
 * Preloaded into a build: the call number FAULT_AT of those below fails with
 * FAULT_ERRNO. How many there were is written to the file FAULT_COUNT.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;

static int fails(void)
{
	const char *at = getenv("FAULT_AT");
	const char *reason = getenv("FAULT_ERRNO");
	long number = atomic_fetch_add(&calls, 1) + 1;

	if (at == NULL || reason == NULL || number != atol(at))
		return 0;
	errno = atoi(reason);
	return 1;
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *file = path == NULL ? NULL : fopen(path, "w");

	if (file == NULL)
		return;
	fprintf(file, "%ld\n", atomic_load(&calls));
	fclose(file);
}

/* Messages are not what is tried. */
#define IS_TALK(fd) ((fd) >= 0 && (fd) <= 2)

#define WRAP(type, name, parameters, arguments, ignored)                       \
	type name parameters                                                   \
	{                                                                      \
		type(*real) parameters =                                       \
			(type(*) parameters)dlsym(RTLD_NEXT, #name);           \
                                                                               \
		return !(ignored) && fails() ? (type)-1 : real arguments;      \
	}

WRAP(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size),
     IS_TALK(fd))
WRAP(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at),
     (fd, data, size, at), IS_TALK(fd))
WRAP(ssize_t, pwrite64, (int fd, const void *data, size_t size, off_t at),
     (fd, data, size, at), IS_TALK(fd))
WRAP(ssize_t, writev, (int fd, const struct iovec *parts, int count),
     (fd, parts, count), IS_TALK(fd))
WRAP(ssize_t, pwritev, (int fd, const struct iovec *parts, int count, off_t at),
     (fd, parts, count, at), IS_TALK(fd))
WRAP(int, rename, (const char *from, const char *to), (from, to), 0)
WRAP(int, renameat, (int a, const char *from, int b, const char *to),
     (a, from, b, to), 0)
WRAP(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags), 0)
WRAP(int, mkdirat, (int fd, const char *path, mode_t mode), (fd, path, mode), 0)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), 0)
WRAP(int, fsync, (int fd), (fd), 0)
WRAP(int, fdatasync, (int fd), (fd), 0)
WRAP(int, ftruncate, (int fd, off_t size), (fd, size), 0)
WRAP(int, ftruncate64, (int fd, off_t size), (fd, size), 0)
WRAP(void *, mmap,
     (void *place, size_t size, int protection, int flags, int fd, off_t at),
     (place, size, protection, flags, fd, at), fd < 0)
WRAP(void *, mmap64,
     (void *place, size_t size, int protection, int flags, int fd, off_t at),
     (place, size, protection, flags, fd, at), fd < 0)

/* A file that cannot be closed is closed all the same. */
int close(int fd)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "close");
	int result = real(fd);

	return !IS_TALK(fd) && result == 0 && fails() ? -1 : result;
}

static int create_at(const char *name, int fd, const char *path, int flags,
		     mode_t mode)
{
	int (*real)(int, const char *, int, ...) =
		(int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, name);

	return (flags & O_CREAT) && fails() ? -1 : real(fd, path, flags, mode);
}

int openat(int fd, const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	va_start(more, flags);
	mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
	va_end(more);
	return create_at("openat", fd, path, flags, mode);
}

int openat64(int fd, const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	va_start(more, flags);
	mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
	va_end(more);
	return create_at("openat64", fd, path, flags, mode);
}
