/*
 * A table with open addressing. What the last listings did not see is left out
 * when the table is full.
 */
#include "snapshot/file_memory.h"

#include "system/clock.h"

#include <string.h>

enum {
	SETTLED = 3, /* the coarsest times of file systems have two seconds */
	FIRST_ROOM = 1024,
};

struct remembered_file {
	struct digest stamp;
	uint32_t listing; /* the last that saw it; 0: an empty slot */
	uint8_t blob_id[SNAPSHOT_ID_SIZE];
};

void file_memory_init(struct file_memory *memory)
{
	*memory = (struct file_memory){ .settled = SETTLED };
	arena_init(&memory->arena);
}

void file_memory_release(struct file_memory *memory)
{
	arena_release(&memory->arena);
}

void file_memory_begin(struct file_memory *memory)
{
	memory->listing++;
	memory->start = clock_now();
	memory->read = 0;
}

static struct digest stamp_of(const struct stat *info)
{
	const uint64_t facts[] = {
		(uint64_t)info->st_dev,		 (uint64_t)info->st_ino,
		(uint64_t)info->st_size,	 (uint64_t)info->st_mtim.tv_sec,
		(uint64_t)info->st_mtim.tv_nsec, (uint64_t)info->st_ctim.tv_sec,
		(uint64_t)info->st_ctim.tv_nsec,
	};

	return digest_of((str){ (const char *)facts, sizeof(facts) });
}

/* Where it is, or would be; there is an empty slot. */
static struct remembered_file *slot_of(const struct file_memory *memory,
				       struct digest stamp)
{
	size_t at = stamp.low & (memory->room - 1);

	while (memory->slots[at].listing != 0 &&
	       !digest_equal(memory->slots[at].stamp, stamp))
		at = (at + 1) & (memory->room - 1);
	return &memory->slots[at];
}

/* Files that were there at this listing or the one before. */
static size_t count_present(const struct file_memory *memory)
{
	size_t count = 0;

	for (size_t i = 0; i < memory->room; i++)
		count += memory->slots[i].listing != 0 &&
			 memory->slots[i].listing + 1 >= memory->listing;
	return count;
}

static void make_room(struct file_memory *memory)
{
	struct file_memory next = *memory;

	next.room = FIRST_ROOM;
	while (next.room <= 3 * count_present(memory))
		next.room *= 2;
	next.count = 0;
	arena_init(&next.arena);
	next.slots = arena_array(&next.arena, next.room, sizeof(*next.slots));
	for (size_t i = 0; i < memory->room; i++) {
		const struct remembered_file *slot = &memory->slots[i];

		if (slot->listing == 0 || slot->listing + 1 < memory->listing)
			continue;
		*slot_of(&next, slot->stamp) = *slot;
		next.count++;
	}
	arena_release(&memory->arena);
	*memory = next;
}

const uint8_t *file_memory_find(struct file_memory *memory,
				const struct stat *info)
{
	struct remembered_file *slot;

	if (memory->room == 0)
		return NULL;
	slot = slot_of(memory, stamp_of(info));
	if (slot->listing == 0)
		return NULL;
	slot->listing = memory->listing;
	return slot->blob_id;
}

static bool is_settled(const struct file_memory *memory,
		       const struct stat *info)
{
	int64_t latest = memory->start - memory->settled;

	return info->st_ctim.tv_sec < latest && info->st_mtim.tv_sec < latest;
}

void file_memory_add(struct file_memory *memory, const struct stat *info,
		     const uint8_t *blob_id)
{
	struct digest stamp = stamp_of(info);
	struct remembered_file *slot;

	memory->read++;
	if (!is_settled(memory, info))
		return;
	if (2 * memory->count >= memory->room)
		make_room(memory);
	slot = slot_of(memory, stamp);
	memory->count += slot->listing == 0;
	slot->stamp = stamp;
	slot->listing = memory->listing;
	memcpy(slot->blob_id, blob_id, SNAPSHOT_ID_SIZE);
}
