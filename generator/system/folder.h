/*
 * Files and folders below an open folder. A path never leaves it: every part
 * is opened by name below the one before, and symbolic links are not followed.
 */
#ifndef JIYUE_SYSTEM_FOLDER_H
#define JIYUE_SYSTEM_FOLDER_H

#include "base/arena.h"
#include "base/str.h"

enum { FOLDER_DEPTH_LIMIT = 48, FOLDER_PATH_LIMIT = 4096 };

/*
 * The folder last used and those above it stay open, so that neighbours and
 * cousins need few calls. `path` is relative to `root`, without a slash at its
 * end.
 */
struct folder {
	int root;	/* borrowed */
	int descriptor; /* of the folder last asked for; -1: none */
	struct {
		int descriptor;
		size_t end; /* of its path in `path` */
	} open[FOLDER_DEPTH_LIMIT];
	size_t depth; /* how many are open */
	char path[FOLDER_PATH_LIMIT];
};

void folder_init(struct folder *folder, int root);
void folder_release(struct folder *folder);

/*
 * Opens the folder that holds `path` and gives the name in it. With `create`,
 * missing folders are made. False (errno says why) when it cannot be had.
 */
MUST_USE bool folder_of(struct folder *folder, str path, bool create,
			char name[256]);

/*
 * Removes what is no folder where `path` has folders: a file of earlier days,
 * or a link. False: see errno.
 */
MUST_USE bool folder_clear_way(struct folder *folder, str path);

/*
 * Removes the folders above `path` that are empty, from the lowest up; the
 * first `kept` of them stay.
 */
void folder_remove_empty(struct folder *folder, str path, size_t kept);

/* All bytes of a file below `descriptor`, in the arena; false: see errno. */
MUST_USE bool folder_read(str *out, int descriptor, const char *name,
			  struct arena *arena);

/*
 * The same for any path, whose links are followed. False when it has more than
 * `limit` bytes or is no ordinary file; nobody waits for a pipe.
 */
MUST_USE bool folder_read_path(str *out, const char *path, size_t limit,
			       struct arena *arena);

/* The same of a file that is open, which is closed; -1 gives false. */
MUST_USE bool folder_read_open(str *out, int file, size_t limit,
			       struct arena *arena);

/* Writes a new file of these bytes. */
MUST_USE bool folder_write(int descriptor, const char *name, str bytes);

/*
 * The file at that path has these bytes from now on. They are written beside it
 * and renamed: whoever reads it has all of the old or of the new.
 */
MUST_USE bool folder_put_path(const char *path, str bytes, struct arena *arena);

/* Does the file have exactly these bytes? A missing file does not. */
bool folder_is_same(int descriptor, const char *name, str bytes);

#endif
