/*
 * Files of a work tree that are not those of its commit: whoever builds the
 * commit may not know that they do not count.
 */
#ifndef JIYUE_SNAPSHOT_UNCOMMITTED_H
#define JIYUE_SNAPSHOT_UNCOMMITTED_H

#include "base/arena.h"
#include "base/str.h"

struct uncommitted {
	size_t count;
	str first; /* the path of one of them; in the arena */
};

/*
 * Of the library in `directory`. Nothing is found where there is no work tree,
 * and nothing is said of what cannot be read: it is a hint and no more.
 */
struct uncommitted uncommitted_find(const char *directory, struct arena *arena);

/* Is this one file of the library, by its path there, such a file? */
bool uncommitted_is(const char *directory, str path, struct arena *arena);

/*
 * The id (20 bytes, in `arena`) that the file would have if it were committed
 * as it lies there; empty: there is no such file, or no work tree.
 */
str uncommitted_blob(const char *directory, str path, struct arena *arena);

#endif
