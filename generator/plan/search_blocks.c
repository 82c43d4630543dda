/*
 * Where a block ends depends on the ids of its own texts alone. So after an
 * edit the blocks before the change are copied, and cutting goes on until it
 * comes to a place where a block ended before: from there on all is as it was.
 */
#include "plan/search_blocks.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/sorted.h"

enum { BLOCKS_A_DAY = 16, DAYS_BEFORE_1970 = 25567 };

int search_compare(const void *left, const void *right, void *context)
{
	const struct catalog *catalog = context;
	uint32_t a = catalog->ranks[*(const uint32_t *)left];
	uint32_t b = catalog->ranks[*(const uint32_t *)right];

	return (a < b) - (a > b);
}

/* --- cutting --- */

struct cutting {
	struct list *blocks;
	const uint32_t *searched;
	size_t count;
	const struct catalog *catalog;
	struct arena *arena;
};

static const struct search_block *last_of(const struct list *blocks)
{
	const struct search_block *items = blocks->items;

	return blocks->count == 0 ? NULL : &items[blocks->count - 1];
}

static bool ends_block(const struct resource *last, size_t count)
{
	return count == SEARCH_BLOCK_MOST ||
	       (count >= SEARCH_BLOCK_LEAST &&
		digest_hash(last->id) % SEARCH_BLOCK_CHANCE == 0);
}

/* Of the block that begins here; never that of the block before. */
static uint64_t number_at(const struct cutting *cutting, size_t place)
{
	const struct search_block *before = last_of(cutting->blocks);
	struct resource first;
	uint64_t number;
	int64_t day;

	catalog_get(&first, cutting->catalog, cutting->searched[place]);
	day = date_day_number(moment_date(first.date)) + DAYS_BEFORE_1970;
	number = day < 0 ? 0 : (uint64_t)day * BLOCKS_A_DAY;
	return before != NULL && number <= before->number ? before->number + 1
							  : number;
}

/* Adds the block that begins at the place; returns where it ends. */
static size_t cut_block(const struct cutting *cutting, size_t place)
{
	struct search_block block = { number_at(cutting, place),
				      (uint32_t)place, 0 };
	struct resource resource;

	do {
		catalog_get(&resource, cutting->catalog,
			    cutting->searched[place++]);
		block.count++;
	} while (place < cutting->count && !ends_block(&resource, block.count));
	*(struct search_block *)list_add(cutting->blocks, cutting->arena) =
		block;
	return place;
}

void search_blocks_cut(struct list *out, uint32_t *searched, size_t count,
		       const struct catalog *catalog, struct arena *arena)
{
	const struct cutting cutting = { out, searched, count, catalog, arena };
	size_t place = 0;

	list_init(out, sizeof(struct search_block));
	if (count > 0)
		qsort_r(searched, count, sizeof(*searched), search_compare,
			(void *)catalog);
	while (place < count)
		place = cut_block(&cutting, place);
}

/* --- cutting again --- */

static bool is_whole(const struct search_before *before)
{
	size_t place = 0;

	for (size_t i = 0; i < before->block_count; i++) {
		if (before->blocks[i].first != place)
			return false;
		place += before->blocks[i].count;
	}
	return place == before->count;
}

/* The first block that begins at the place or behind it. */
static size_t block_from(const struct search_before *before, size_t place)
{
	const struct sorted_numbers blocks =
		SORTED_BY(before->blocks, before->block_count,
			  struct search_block, first);

	return sorted_rows_below(&blocks, (int64_t)place);
}

/*
 * Where a block begins as one did before, with the same texts from there to the
 * end, all the rest is as it was; unless it is told from its neighbour by a
 * number that is another now.
 */
static size_t same_from(const struct cutting *cutting,
			const struct search_before *before, size_t place)
{
	size_t left = cutting->count - place;
	size_t at;

	if (left > before->same_back)
		return before->block_count;
	at = block_from(before, before->count - left);
	return at < before->block_count &&
			       before->blocks[at].first ==
				       before->count - left &&
			       before->blocks[at].number ==
				       number_at(cutting, place)
		       ? at
		       : before->block_count;
}

static void copy_blocks(const struct cutting *cutting,
			const struct search_before *before, size_t from,
			size_t end, size_t place)
{
	for (size_t i = from; i < end; i++) {
		struct search_block *block =
			list_add(cutting->blocks, cutting->arena);

		*block = before->blocks[i];
		block->first = (uint32_t)place;
		place += block->count;
	}
}

/* The last block is open, before and now, and is cut again. */
static size_t copy_front(const struct cutting *cutting,
			 const struct search_before *before)
{
	size_t end = 0;
	size_t place = 0;

	while (end + 1 < before->block_count &&
	       before->blocks[end + 1].first <= before->same_front &&
	       before->blocks[end + 1].first < cutting->count)
		place = before->blocks[++end].first;
	copy_blocks(cutting, before, 0, end, 0);
	return place;
}

bool search_blocks_edit(struct list *out, struct search_cut *cut,
			const struct search_before *before,
			const uint32_t *searched, size_t count,
			const struct catalog *catalog, struct arena *arena)
{
	const struct cutting cutting = { out, searched, count, catalog, arena };
	size_t place;

	if (!is_whole(before))
		return false;
	list_init(out, sizeof(struct search_block));
	place = copy_front(&cutting, before);
	*cut = (struct search_cut){ out->count, out->count,
				    before->block_count };
	while (place < count) {
		size_t same = same_from(&cutting, before, place);

		if (same < before->block_count) {
			cut->end_before = same;
			copy_blocks(&cutting, before, same, before->block_count,
				    place);
			break;
		}
		place = cut_block(&cutting, place);
		cut->end = out->count;
	}
	return true;
}

/* --- names --- */

str search_block_path(uint64_t number, struct arena *arena)
{
	return arena_printf(arena, "search/b/%" PRIx64 ".txt", number);
}

str search_shard_path(uint32_t number, struct arena *arena)
{
	return arena_printf(arena, "search/s/%03x.txt", number);
}

uint32_t search_shard_count(size_t texts)
{
	enum { TEXTS_A_SHARD = 32 };
	uint32_t count = 1;

	while (count < texts / TEXTS_A_SHARD && count < SEARCH_SHARDS_MOST)
		count *= 2;
	return count;
}
