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
 * Always true: it has the files of the last whole listing and no others.
 */
#ifndef JIYUE_SNAPSHOT_FILE_MEMORY_H
#define JIYUE_SNAPSHOT_FILE_MEMORY_H

#include "base/digest.h"
#include "snapshot/snapshot.h"

#include <sys/stat.h>

/* The files of one listing: a table that is at most half full. */
struct file_table {
	struct arena arena;
	struct remembered_file *slots;
	size_t room; /* a power of two, or 0 */
	size_t count;
};

struct file_memory {
	struct file_table known; /* of the listing before */
	struct file_table seen;	 /* of the one that is being made */
	int64_t start;		 /* of that, in seconds since 1970 */
	int64_t settled; /* seconds that a file must not be younger than */
	size_t read;	 /* files whose bytes were read for it */
};

void file_memory_init(struct file_memory *memory);
void file_memory_release(struct file_memory *memory);

/* Around a listing; one that failed is forgotten. */
void file_memory_begin(struct file_memory *memory);
void file_memory_end(struct file_memory *memory, bool is_whole);

/* The id of the file's bytes, SNAPSHOT_ID_SIZE; NULL: they must be read. */
const uint8_t *file_memory_find(struct file_memory *memory,
				const struct stat *info);

/* `info` is what the system said before the bytes were read. */
void file_memory_add(struct file_memory *memory, const struct stat *info,
		     const uint8_t *blob_id);

#endif
