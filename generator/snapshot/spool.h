/*
 * A copy of files that were read from Git, of texts above all. Unpacking a file
 * from a pack costs many times what reading it costs, and a build needs most
 * files twice: for their metadata and for their page. So the bytes are kept,
 * behind each other, in a file without a name that is gone when the build ends.
 *
 * Always true: threads share a spool; the bytes of each file of the snapshot
 * are kept at most once, whoever comes first; when the disk is full they are
 * not kept, and are unpacked again.
 */
#ifndef JIYUE_SNAPSHOT_SPOOL_H
#define JIYUE_SNAPSHOT_SPOOL_H

#include "base/arena.h"

struct spool;

/* Below an open folder. NULL when the file system has no nameless files. */
struct spool *spool_open(int folder, size_t files, struct arena *arena);
void spool_close(struct spool *spool);

/* For what need not be kept: at most SPOOL_ROOM bytes in all. */
enum { SPOOL_ROOM = 512 * 1024 * 1024 };
bool spool_has_room(struct spool *spool, size_t bytes);

void spool_put(struct spool *spool, size_t file, str bytes);

/* False when the file was not put. */
MUST_USE bool spool_get(str *out, struct spool *spool, size_t file,
			struct arena *arena);

#endif
