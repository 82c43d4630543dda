#include "system/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* As the library's listing knows it for what is left behind by a program. */
#define STAGED ".~jiyue-%ld"

static bool finish(int descriptor, const char *staged, mode_t mode)
{
	int file =
		openat(descriptor, staged, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool ok =
		file >= 0 && fchmod(file, mode & 0777) == 0 && fsync(file) == 0;

	if (file >= 0)
		close(file);
	return ok;
}

static bool replace(int descriptor, const char *name, str before, str after)
{
	char staged[64];
	struct stat old;
	bool ok;
	int reason;

	if (fstatat(descriptor, name, &old, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	if (!S_ISREG(old.st_mode)) {
		errno = ELOOP;
		return false;
	}
	snprintf(staged, sizeof(staged), STAGED, (long)getpid());
	ok = folder_write(descriptor, staged, after) &&
	     finish(descriptor, staged, old.st_mode);
	if (ok && !folder_is_same(descriptor, name, before)) {
		errno = EBUSY;
		ok = false;
	}
	if (ok && renameat(descriptor, staged, descriptor, name) == 0)
		return true;
	reason = errno;
	unlinkat(descriptor, staged, 0);
	errno = reason;
	return false;
}

bool replace_file(struct folder *folder, str path, str before, str after)
{
	char name[256];

	return folder_of(folder, path, false, name) &&
	       replace(folder->descriptor, name, before, after);
}

bool replace_read(str *out, struct folder *folder, str path,
		  struct arena *arena)
{
	struct stat info;
	char name[256];

	if (!folder_of(folder, path, false, name) ||
	    fstatat(folder->descriptor, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	if (!S_ISREG(info.st_mode)) {
		errno = ELOOP;
		return false;
	}
	return folder_read(out, folder->descriptor, name, arena);
}
