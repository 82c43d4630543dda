/*
 * Bytes that were dear to get (unpacked from chains of differences in a Git
 * pack) and are wanted once more: kept in a nameless file until the end.
 *
 * Always true: threads share a spool; each file of the snapshot is put at most
 * once and may be got from then on; when the disk says no, nothing is kept.
 */
#ifndef JIYUE_SNAPSHOT_SPOOL_H
#define JIYUE_SNAPSHOT_SPOOL_H

#include "base/arena.h"

struct spool;

/* Below an open folder. NULL when the file system has no nameless files. */
struct spool *spool_open(int folder, size_t files, struct arena *arena);
void spool_close(struct spool *spool);

void spool_put(struct spool *spool, size_t file, str bytes);

/* False when the file was not put. */
MUST_USE bool spool_get(str *out, struct spool *spool, size_t file,
			struct arena *arena);

#endif
