#include "snapshot/spool.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

struct kept_file {
	uint64_t offset;
	uint32_t length;
	atomic_flag is_claimed; /* a thread keeps it, or has */
	atomic_bool is_there;	/* it has: the rest can be read */
};

struct spool {
	int descriptor;
	_Atomic uint64_t end;
	struct kept_file *files;
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
	spool->files = arena_array(arena, files, sizeof(*spool->files));
	for (size_t i = 0; i < files; i++)
		atomic_flag_clear(&spool->files[i].is_claimed);
	return spool;
}

void spool_close(struct spool *spool)
{
	close(spool->descriptor);
}

bool spool_has_room(struct spool *spool, size_t bytes)
{
	return atomic_load(&spool->end) + bytes <= SPOOL_ROOM;
}

void spool_put(struct spool *spool, size_t file, str bytes)
{
	struct kept_file *kept = &spool->files[file];

	if (bytes.len > UINT32_MAX ||
	    atomic_flag_test_and_set(&kept->is_claimed))
		return;
	kept->offset = atomic_fetch_add(&spool->end, bytes.len);
	kept->length = (uint32_t)bytes.len;
	if (pwrite(spool->descriptor, bytes.data, bytes.len,
		   (off_t)kept->offset) == (ssize_t)bytes.len)
		atomic_store(&kept->is_there, true);
}

bool spool_get(str *out, struct spool *spool, size_t file, struct arena *arena)
{
	struct kept_file *kept = &spool->files[file];
	char *data;

	if (!atomic_load(&kept->is_there))
		return false;
	data = arena_raw(arena, (size_t)kept->length + 1);
	data[kept->length] = '\0';
	*out = (str){ data, kept->length };
	return pread(spool->descriptor, data, kept->length,
		     (off_t)kept->offset) == (ssize_t)kept->length;
}
