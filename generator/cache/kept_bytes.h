/*
 * What was dear to make and may be wanted again, from one build to the next:
 * bytes by name, behind each other in one file. Which names stand where is an
 * index, which its owner keeps in the record of the build.
 *
 * Always true: bytes are given only for the key they were put with, and only
 * when their checksum is right, so a file that is damaged, cut, swapped or of a
 * build that was killed costs the time to make them again and nothing else.
 * What is put never overwrites what the last index leads to. Threads share it.
 *
 * Bounded: KEPT_BYTES_LIMIT on the disk, twice that while a build runs, and
 * KEPT_BYTES_NAMES. What is there stays; of the rest nothing is kept, so that a
 * library that is too large has the same part of it each time. A name that is
 * put with another key makes room, and settling leaves out what nobody wants.
 */
#ifndef JIYUE_CACHE_KEPT_BYTES_H
#define JIYUE_CACHE_KEPT_BYTES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"

enum {
	KEPT_BYTES_LIMIT = 1024 * 1024 * 1024,
	KEPT_BYTES_NAMES = 224 * 1024,
	KEPT_BYTES_ITEM = 256 * 1024, /* bytes of one; longer ones are not */
};

struct kept_bytes;

/*
 * The file `name` below an open folder, with the index of the last build;
 * `expected`: names that may come. Whatever else stands in its place goes. NULL
 * when there can be no such file.
 */
struct kept_bytes *kept_bytes_open(int folder, const char *name, str index,
				   size_t expected, struct arena *arena);
void kept_bytes_close(struct kept_bytes *kept);

/* What is kept there is gone from the disk. */
void kept_bytes_remove(int folder, const char *name);

/* False when the name was not put with this key. */
MUST_USE bool kept_bytes_get(str *out, struct kept_bytes *kept, uint64_t name,
			     struct digest key, struct arena *arena);

/* False when there is no room for it. */
bool kept_bytes_put(struct kept_bytes *kept, uint64_t name, struct digest key,
		    str bytes);

/* Is the index another one than it was? */
bool kept_bytes_has_changed(const struct kept_bytes *kept);

/*
 * Is much of the file of no use any more, or was there no room? Then whoever
 * knows the names wants those that may be asked for again, and settles: they
 * are moved into a new file, and the others are gone. Not while threads use it.
 */
bool kept_bytes_is_due(const struct kept_bytes *kept);
void kept_bytes_want(struct kept_bytes *kept, uint64_t name);
void kept_bytes_settle(struct kept_bytes *kept);

/*
 * The index for the next build, made where the table was: nothing is found and
 * put any more.
 */
str kept_bytes_index(struct kept_bytes *kept);

/* What is on the disk. */
uint64_t kept_bytes_size(const struct kept_bytes *kept);

#endif
