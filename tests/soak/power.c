/*
 * Preloaded into a build, or a publish: keeps beside its output what a disk
 * would have after a power cut. POWER_SHADOW is a copy of POWER_OUT as it was
 *when all was on the disk; what is brought there is brought into the copy, and
 *nothing else. The call number POWER_AT that would change something ends the
 *process; POWER_COUNT is a file that gets the number of such calls.
 *
 *	syncfs              the copy becomes what the output is
 *	fsync, fdatasync    the file does, under whatever name it has later; of
 *a folder the names of its files, folders and links pwrite, O_DSYNC     the
 *same bytes of the copy
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long calls;

static void fail(const char *what)
{
	fprintf(stderr, "power.c: %s\n", what);
	abort();
}

/* Before each call that changes something. */
static void change(void)
{
	const char *at = getenv("POWER_AT");

	if (++calls == (at == NULL ? -1 : atol(at)))
		raise(SIGKILL);
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("POWER_COUNT");
	FILE *file = path == NULL ? NULL : fopen(path, "w");

	if (file == NULL)
		return;
	fprintf(file, "%ld\n", calls);
	fclose(file);
}

static void path_of(int file, char path[PATH_MAX])
{
	char link[64];
	ssize_t count;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
	count = readlink(link, path, PATH_MAX - 1);
	path[count < 0 ? 0 : count] = '\0';
}

/* Its place in the copy; false when it is not of the output. */
static int shadow_of(int file, char shadow[PATH_MAX])
{
	const char *out = getenv("POWER_OUT");
	const char *copy = getenv("POWER_SHADOW");
	char path[PATH_MAX];
	size_t length = out == NULL ? 0 : strlen(out);

	path_of(file, path);
	if (length == 0 || copy == NULL || strncmp(path, out, length) != 0 ||
	    (path[length] != '/' && path[length] != '\0'))
		return 0;
	if (snprintf(shadow, PATH_MAX, "%s%s", copy, path + length) >= PATH_MAX)
		fail("a path is too long");
	return 1;
}

static void run(char *const words[])
{
	char *const settings[] = { "PATH=/usr/bin:/bin", NULL };
	pid_t child;
	int status;

	if (posix_spawnp(&child, words[0], NULL, NULL, words, settings) != 0 ||
	    waitpid(child, &status, 0) != child || status != 0)
		fail(words[0]);
}

static void copy_all(void)
{
	char from[PATH_MAX];
	char *out = getenv("POWER_OUT");
	char *copy = getenv("POWER_SHADOW");
	char synced[PATH_MAX];
	char *remove[] = { "rm", "-rf", copy, synced, NULL };
	char *make[] = { "cp", "-a", from, copy, NULL };

	if (out == NULL || copy == NULL)
		return;
	snprintf(from, sizeof(from), "%s", out);
	snprintf(synced, sizeof(synced), "%s.synced", copy);
	run(remove);
	run(make);
}

/* Where the bytes of a file are that was brought to the disk, whatever it is
 * called by now. */
static void synced_name(char name[PATH_MAX], const struct stat *info)
{
	snprintf(name, PATH_MAX, "%s.synced/%llu", getenv("POWER_SHADOW"),
		 (unsigned long long)info->st_ino);
}

static void copy_file(char *from, char *to)
{
	char *words[] = { "cp", "-p", "--remove-destination", from, to, NULL };

	run(words);
}

/* A name is there; its bytes may not be. */
static void keep_name(char *path, char *shadow, const struct stat *info)
{
	char synced[PATH_MAX], target[PATH_MAX];
	ssize_t length;
	int file;

	if (S_ISDIR(info->st_mode)) {
		(void)NEXT(mkdirat)(AT_FDCWD, shadow, 0777);
	} else if (S_ISLNK(info->st_mode)) {
		length = readlink(path, target, sizeof(target) - 1);
		target[length < 0 ? 0 : length] = '\0';
		NEXT(unlinkat)(AT_FDCWD, shadow, 0);
		if (symlink(target, shadow) != 0)
			fail(shadow);
	} else {
		synced_name(synced, info);
		if (access(synced, F_OK) == 0) {
			copy_file(synced, shadow);
			return;
		}
		file = NEXT(open)(shadow, O_WRONLY | O_CREAT, 0666);
		if (file >= 0)
			close(file);
	}
}

static void keep_names(const char *shadow, const char *path)
{
	char name[PATH_MAX + NAME_MAX + 2];
	char other[PATH_MAX + NAME_MAX + 2];
	struct dirent *entry;
	DIR *folder = opendir(shadow);
	struct stat info;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (lstat(name, &info) == 0)
			continue;
		snprintf(name, sizeof(name), "%s/%s", shadow, entry->d_name);
		NEXT(unlinkat)(AT_FDCWD, name, 0);
	}
	if (folder != NULL)
		closedir(folder);
	folder = opendir(path);
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		snprintf(other, sizeof(other), "%s/%s", shadow, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0 && lstat(name, &info) == 0)
			keep_name(name, other, &info);
	}
	if (folder != NULL)
		closedir(folder);
}

/* What lies in a folder that the disk does not know is lost with it. */
static int has_folder(const char *path)
{
	char folder[PATH_MAX];
	struct stat info;

	snprintf(folder, sizeof(folder), "%s", path);
	*strrchr(folder, '/') = '\0';
	return stat(folder, &info) == 0;
}

static void keep_file(int file)
{
	char shadow[PATH_MAX], path[PATH_MAX], synced[PATH_MAX];
	struct stat info;

	if (!shadow_of(file, shadow) || fstat(file, &info) != 0)
		return;
	path_of(file, path);
	if (S_ISDIR(info.st_mode)) {
		keep_names(shadow, path);
		return;
	}
	snprintf(synced, sizeof(synced), "%s.synced", getenv("POWER_SHADOW"));
	(void)NEXT(mkdirat)(AT_FDCWD, synced, 0777);
	synced_name(synced, &info);
	copy_file(path, synced);
	if (has_folder(shadow))
		copy_file(path, shadow);
}

/* What is written through. */
static void keep_bytes(int file, const void *bytes, size_t count, off_t at)
{
	char shadow[PATH_MAX];
	int copy;

	if ((fcntl(file, F_GETFL) & O_DSYNC) == 0 || !shadow_of(file, shadow))
		return;
	copy = NEXT(open)(shadow, O_WRONLY | O_CREAT, 0666);
	if (copy < 0)
		return;
	if (NEXT(pwrite)(copy, bytes, count, at) != (ssize_t)count)
		fail("the copy cannot be written");
	close(copy);
}

/* --- calls ---------------------------------------------------------------- */

int syncfs(int file)
{
	(void)file;
	change();
	copy_all();
	return 0;
}

int fsync(int file)
{
	change();
	keep_file(file);
	return 0;
}

int fdatasync(int file)
{
	change();
	keep_file(file);
	return 0;
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	change();
	return NEXT(renameat)(from_folder, from, to_folder, to);
}

int unlinkat(int folder, const char *name, int flags)
{
	change();
	return NEXT(unlinkat)(folder, name, flags);
}

int symlinkat(const char *target, int folder, const char *name)
{
	change();
	return NEXT(symlinkat)(target, folder, name);
}

int mkdirat(int folder, const char *name, mode_t mode)
{
	change();
	return NEXT(mkdirat)(folder, name, mode);
}

ssize_t write(int file, const void *bytes, size_t count)
{
	change();
	return NEXT(write)(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at)
{
	ssize_t done;

	change();
	done = NEXT(pwrite)(file, bytes, count, at);
	if (done > 0)
		keep_bytes(file, bytes, (size_t)done, at);
	return done;
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at)
{
	change();
	return NEXT(pwritev)(file, parts, count, at);
}
