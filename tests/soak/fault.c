/*
 * Preloaded into a build: the call number FAULT_AT of the kind FAULT_KIND
 * fails with FAULT_ERRNO, or is the last thing that the process does when that
 * is "kill". How many calls of each kind there were is written to the file
 * FAULT_COUNT, and to FAULT_DONE that the call was reached.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <lmdb.h>

#define KINDS(X)                                                               \
	X(open_to_read)                                                        \
	X(open_to_write)                                                       \
	X(read)                                                                \
	X(pread)                                                               \
	X(write)                                                               \
	X(pwrite)                                                              \
	X(writev)                                                              \
	X(pwritev)                                                             \
	X(close)                                                               \
	X(rename)                                                              \
	X(renameat)                                                            \
	X(link)                                                                \
	X(symlink)                                                             \
	X(symlinkat)                                                           \
	X(unlink)                                                              \
	X(unlinkat)                                                            \
	X(remove)                                                              \
	X(rmdir)                                                               \
	X(mkdir)                                                               \
	X(mkdirat)                                                             \
	X(ftruncate)                                                           \
	X(fsync)                                                               \
	X(fdatasync)                                                           \
	X(syncfs)                                                              \
	X(msync)                                                               \
	X(mmap)                                                                \
	X(flock)                                                               \
	X(mdb_env_create)                                                      \
	X(mdb_env_set_mapsize)                                                 \
	X(mdb_env_open)                                                        \
	X(mdb_env_get_fd)                                                      \
	X(mdb_txn_begin)                                                       \
	X(mdb_txn_commit)                                                      \
	X(mdb_dbi_open)                                                        \
	X(mdb_get)                                                             \
	X(mdb_put)                                                             \
	X(mdb_del)                                                             \
	X(mdb_drop)

#define ENUMERATOR(name) KIND_##name,
#define NAME(name) #name,
enum kind { KINDS(ENUMERATOR) KIND_COUNT };
static const char *const names[] = { KINDS(NAME) };
static atomic_long calls[KIND_COUNT];

static void tell_that_it_was(void)
{
	const char *path = getenv("FAULT_DONE");
	FILE *file = path == NULL ? NULL : fopen(path, "w");

	if (file != NULL)
		fclose(file);
}

static int fails(enum kind kind)
{
	long number = atomic_fetch_add(&calls[kind], 1) + 1;
	const char *wanted = getenv("FAULT_KIND");
	const char *at = getenv("FAULT_AT");
	const char *reason = getenv("FAULT_ERRNO");

	if (wanted == NULL || at == NULL || reason == NULL ||
	    strcmp(wanted, names[kind]) != 0 || number != atol(at))
		return 0;
	tell_that_it_was();
	if (strcmp(reason, "kill") == 0)
		raise(SIGKILL);
	errno = atoi(reason);
	return 1;
}

__attribute__((destructor)) static void count(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *file = path == NULL ? NULL : fopen(path, "w");

	if (file == NULL)
		return;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		fprintf(file, "%s %ld\n", names[kind],
			atomic_load(&calls[kind]));
	fclose(file);
}

/* Messages are not what is tried. */
#define IS_TALK(fd) ((fd) >= 0 && (fd) <= 2)

#define WRAP_AS(kind, type, name, parameters, arguments, ignored)              \
	type name parameters                                                   \
	{                                                                      \
		type(*real) parameters =                                       \
			(type(*) parameters)dlsym(RTLD_NEXT, #name);           \
                                                                               \
		return !(ignored) && fails(KIND_##kind) ? (type)-1             \
							: real arguments;      \
	}
#define WRAP(type, name, parameters, arguments, ignored)                       \
	WRAP_AS(name, type, name, parameters, arguments, ignored)

WRAP(ssize_t, read, (int fd, void *data, size_t size), (fd, data, size),
     IS_TALK(fd))
WRAP(ssize_t, pread, (int fd, void *data, size_t size, off_t at),
     (fd, data, size, at), 0)
WRAP_AS(pread, ssize_t, pread64, (int fd, void *data, size_t size, off_t at),
	(fd, data, size, at), 0)
WRAP(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size),
     IS_TALK(fd))
WRAP(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at),
     (fd, data, size, at), 0)
WRAP_AS(pwrite, ssize_t, pwrite64,
	(int fd, const void *data, size_t size, off_t at), (fd, data, size, at),
	0)
WRAP(ssize_t, writev, (int fd, const struct iovec *parts, int number),
     (fd, parts, number), IS_TALK(fd))
WRAP(ssize_t, pwritev,
     (int fd, const struct iovec *parts, int number, off_t at),
     (fd, parts, number, at), 0)
WRAP(int, rename, (const char *from, const char *to), (from, to), 0)
WRAP(int, renameat, (int a, const char *from, int b, const char *to),
     (a, from, b, to), 0)
WRAP(int, link, (const char *from, const char *to), (from, to), 0)
WRAP(int, symlink, (const char *from, const char *to), (from, to), 0)
WRAP(int, symlinkat, (const char *from, int fd, const char *to), (from, fd, to),
     0)
WRAP(int, unlink, (const char *path), (path), 0)
WRAP(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags), 0)
WRAP(int, remove, (const char *path), (path), 0)
WRAP(int, rmdir, (const char *path), (path), 0)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), 0)
WRAP(int, mkdirat, (int fd, const char *path, mode_t mode), (fd, path, mode), 0)
WRAP(int, ftruncate, (int fd, off_t size), (fd, size), 0)
WRAP_AS(ftruncate, int, ftruncate64, (int fd, off_t size), (fd, size), 0)
/* They fail as others do; the disk is not waited for (support/no_sync.h). */
WRAP(int, fsync, (int fd), (fd), 0)
WRAP(int, fdatasync, (int fd), (fd), 0)
WRAP(int, syncfs, (int fd), (fd), 0)
WRAP(int, msync, (void *place, size_t size, int flags), (place, size, flags), 0)
WRAP(void *, mmap,
     (void *place, size_t size, int protection, int flags, int fd, off_t at),
     (place, size, protection, flags, fd, at), fd < 0)
WRAP_AS(mmap, void *, mmap64,
	(void *place, size_t size, int protection, int flags, int fd, off_t at),
	(place, size, protection, flags, fd, at), fd < 0)
WRAP(int, flock, (int fd, int operation), (fd, operation), 0)

/* A file that cannot be closed is closed all the same. */
int close(int fd)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "close");
	int result = real(fd);

	return !IS_TALK(fd) && result == 0 && fails(KIND_close) ? -1 : result;
}

static int has_mode(int flags)
{
	return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
}

static int open_fails(int flags)
{
	return fails((flags & O_ACCMODE) == O_RDONLY && !has_mode(flags)
			     ? KIND_open_to_read
			     : KIND_open_to_write);
}

#define WRAP_OPEN(name, parameters, arguments)                                 \
	int name parameters                                                    \
	{                                                                      \
		int(*real) parameters =                                        \
			(int(*) parameters)dlsym(RTLD_NEXT, #name);            \
		va_list more;                                                  \
		mode_t mode;                                                   \
                                                                               \
		va_start(more, flags);                                         \
		mode = has_mode(flags) ? va_arg(more, mode_t) : 0;             \
		va_end(more);                                                  \
		return open_fails(flags) ? -1 : real arguments;                \
	}

WRAP_OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
WRAP_OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
WRAP_OPEN(openat, (int fd, const char *path, int flags, ...),
	  (fd, path, flags, mode))
WRAP_OPEN(openat64, (int fd, const char *path, int flags, ...),
	  (fd, path, flags, mode))

/* --- LMDB: it gives the error instead of leaving it in errno --- */

#define WRAP_LMDB(name, parameters, arguments)                                 \
	int name parameters                                                    \
	{                                                                      \
		int(*real) parameters =                                        \
			(int(*) parameters)dlsym(RTLD_NEXT, #name);            \
                                                                               \
		return fails(KIND_##name) ? errno : real arguments;            \
	}

WRAP_LMDB(mdb_env_create, (MDB_env * *environment), (environment))
WRAP_LMDB(mdb_env_set_mapsize, (MDB_env * environment, size_t size),
	  (environment, size))
WRAP_LMDB(mdb_env_open,
	  (MDB_env * environment, const char *path, unsigned flags,
	   mdb_mode_t mode),
	  (environment, path, flags, mode))
WRAP_LMDB(mdb_env_get_fd, (MDB_env * environment, mdb_filehandle_t *fd),
	  (environment, fd))
WRAP_LMDB(mdb_txn_begin,
	  (MDB_env * environment, MDB_txn *parent, unsigned flags,
	   MDB_txn **out),
	  (environment, parent, flags, out))
WRAP_LMDB(mdb_dbi_open,
	  (MDB_txn * txn, const char *name, unsigned flags, MDB_dbi *out),
	  (txn, name, flags, out))
WRAP_LMDB(mdb_get, (MDB_txn * txn, MDB_dbi dbi, MDB_val *key, MDB_val *value),
	  (txn, dbi, key, value))
WRAP_LMDB(mdb_put,
	  (MDB_txn * txn, MDB_dbi dbi, MDB_val *key, MDB_val *value,
	   unsigned flags),
	  (txn, dbi, key, value, flags))
WRAP_LMDB(mdb_del, (MDB_txn * txn, MDB_dbi dbi, MDB_val *key, MDB_val *value),
	  (txn, dbi, key, value))
WRAP_LMDB(mdb_drop, (MDB_txn * txn, MDB_dbi dbi, int del), (txn, dbi, del))

/* A transaction that cannot be committed is given up. */
int mdb_txn_commit(MDB_txn *txn)
{
	int (*real)(MDB_txn *) =
		(int (*)(MDB_txn *))dlsym(RTLD_NEXT, "mdb_txn_commit");
	int reason;

	if (!fails(KIND_mdb_txn_commit))
		return real(txn);
	reason = errno;
	mdb_txn_abort(txn);
	return reason;
}
