#include "snapshot/file_memory.h"

#include "system/clock.h"

#include <string.h>

enum {
	SETTLED = 3, /* the coarsest times of file systems have two seconds */
	FIRST_ROOM = 1024,
};

struct remembered_file {
	struct digest stamp; /* all zero: an empty slot */
	uint8_t blob_id[SNAPSHOT_ID_SIZE];
};

static void init_table(struct file_table *table)
{
	*table = (struct file_table){ 0 };
	arena_init(&table->arena);
}

void file_memory_init(struct file_memory *memory)
{
	*memory = (struct file_memory){ .settled = SETTLED };
	init_table(&memory->known);
	init_table(&memory->seen);
}

void file_memory_release(struct file_memory *memory)
{
	arena_release(&memory->known.arena);
	arena_release(&memory->seen.arena);
}

void file_memory_begin(struct file_memory *memory)
{
	memory->start = clock_now();
	memory->read = 0;
}

void file_memory_end(struct file_memory *memory, bool is_whole)
{
	if (is_whole) {
		arena_release(&memory->known.arena);
		memory->known = memory->seen;
	} else {
		arena_release(&memory->seen.arena);
	}
	init_table(&memory->seen);
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
static struct remembered_file *slot_of(const struct file_table *table,
				       struct digest stamp)
{
	static const struct digest none = { 0, 0 };
	size_t at = stamp.low & (table->room - 1);

	while (!digest_equal(table->slots[at].stamp, none) &&
	       !digest_equal(table->slots[at].stamp, stamp))
		at = (at + 1) & (table->room - 1);
	return &table->slots[at];
}

static void grow(struct file_table *table)
{
	struct file_table larger;

	init_table(&larger);
	larger.room = table->room == 0 ? FIRST_ROOM : 2 * table->room;
	larger.count = table->count;
	larger.slots =
		arena_array(&larger.arena, larger.room, sizeof(*larger.slots));
	for (size_t i = 0; i < table->room; i++)
		if (table->slots[i].stamp.low != 0 ||
		    table->slots[i].stamp.high != 0)
			*slot_of(&larger, table->slots[i].stamp) =
				table->slots[i];
	arena_release(&table->arena);
	*table = larger;
}

static void put(struct file_table *table, struct digest stamp,
		const uint8_t *blob_id)
{
	struct remembered_file *slot;

	if (2 * table->count >= table->room)
		grow(table);
	slot = slot_of(table, stamp);
	table->count += slot->stamp.low == 0 && slot->stamp.high == 0;
	slot->stamp = stamp;
	memcpy(slot->blob_id, blob_id, SNAPSHOT_ID_SIZE);
}

const uint8_t *file_memory_find(struct file_memory *memory,
				const struct stat *info)
{
	struct digest stamp = stamp_of(info);
	const struct remembered_file *slot;

	if (memory->known.room == 0)
		return NULL;
	slot = slot_of(&memory->known, stamp);
	if (!digest_equal(slot->stamp, stamp))
		return NULL;
	put(&memory->seen, stamp, slot->blob_id);
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
	memory->read++;
	if (is_settled(memory, info))
		put(&memory->seen, stamp_of(info), blob_id);
}
