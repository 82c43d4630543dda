/*
 * What one process knows of the bytes of files from one listing of a work tree
 * to the next, so that a preview reads what was saved and not 100,000 files.
 *
 * A file is known again by its stamp, as Git's index does: what the system says
 * of it (device, inode, size, both times to the nanosecond). A file whose times
 * are of the last seconds is not remembered, as it could be written again
 * without another time. Nothing of this is kept in a record: another process
 * reads every file.
 *
 * Always true: what it has is true of any file that has the stamp; it grows
 * with the files of a listing, not with listings.
 */
#ifndef JIYUE_SNAPSHOT_FILE_MEMORY_H
#define JIYUE_SNAPSHOT_FILE_MEMORY_H

#include "base/digest.h"
#include "snapshot/snapshot.h"

#include <sys/stat.h>

struct file_memory {
	struct arena arena;
	struct remembered_file *slots; /* at most half of them are taken */
	size_t room;		       /* a power of two, or 0 */
	size_t count;
	uint32_t listing; /* number of this one */
	int64_t start;	  /* of it, in seconds since 1970 */
	int64_t settled;  /* seconds that a file must not be younger than */
	size_t read;	  /* files whose bytes were read for it */
};

void file_memory_init(struct file_memory *memory);
void file_memory_release(struct file_memory *memory);

/* A listing begins. */
void file_memory_begin(struct file_memory *memory);

/* The id of the file's bytes, SNAPSHOT_ID_SIZE; NULL: they must be read. */
const uint8_t *file_memory_find(struct file_memory *memory,
				const struct stat *info);

/* `info` is what the system said before the bytes were read. */
void file_memory_add(struct file_memory *memory, const struct stat *info,
		     const uint8_t *blob_id);

#endif
