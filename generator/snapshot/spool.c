#include "snapshot/spool.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

/* `length` is one more than that of the bytes; 0: not put. */
struct entry {
	uint64_t offset;
	_Atomic uint32_t length;
};

struct spool {
	int descriptor;
	_Atomic uint64_t end;
	struct entry *entries;
};

struct spool *spool_open(int folder, size_t files, struct arena *arena)
{
	int descriptor =
		openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	struct spool *spool;

	if (descriptor < 0)
		return NULL;
	spool = arena_alloc(arena, sizeof(*spool));
	spool->descriptor = descriptor;
	spool->entries = arena_array(arena, files, sizeof(*spool->entries));
	return spool;
}

void spool_close(struct spool *spool)
{
	close(spool->descriptor);
}

void spool_put(struct spool *spool, size_t file, str bytes)
{
	struct entry *entry = &spool->entries[file];
	uint64_t offset;

	if (bytes.len >= UINT32_MAX || entry->length != 0)
		return;
	offset = atomic_fetch_add(&spool->end, bytes.len);
	if (pwrite(spool->descriptor, bytes.data, bytes.len, (off_t)offset) !=
	    (ssize_t)bytes.len)
		return;
	entry->offset = offset;
	atomic_store(&entry->length, (uint32_t)bytes.len + 1);
}

bool spool_get(str *out, struct spool *spool, size_t file, struct arena *arena)
{
	const struct entry *entry = &spool->entries[file];
	uint32_t length = atomic_load(&entry->length);
	char *data;

	if (length == 0)
		return false;
	data = arena_raw(arena, length);
	data[length - 1] = '\0';
	*out = (str){ data, length - 1 };
	return pread(spool->descriptor, data, length - 1,
		     (off_t)entry->offset) == (ssize_t)(length - 1);
}
