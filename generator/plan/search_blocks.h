/*
 * What a site's search finds, cut into the blocks that its index is made of.
 *
 * Texts stand in the order of their dates, oldest first, and a block ends
 * behind a text whose id says so, not behind a number of texts: one more text,
 * or one less, changes the block it is in and leaves the others as they are.
 * The newest block is open: what is published next joins it.
 */
#ifndef JIYUE_PLAN_SEARCH_BLOCKS_H
#define JIYUE_PLAN_SEARCH_BLOCKS_H

#include "site/arrange.h"

enum {
	SEARCH_BLOCK_LEAST = 16, /* texts of a block but the newest */
	SEARCH_BLOCK_MOST = 64,
	SEARCH_BLOCK_CHANCE = 16, /* behind those one in so many ends it */
	SEARCH_SHARDS_MOST = 4096
};

/*
 * The number says when the block begins (days since 1900, and which of that
 * day), so it is the greater the newer the block is, and stays.
 */
struct search_block {
	uint64_t number;
	uint32_t first; /* of site_lists.searched */
	uint32_t count;
};

/* By date, oldest first; the context is the catalogue. */
int search_compare(const void *left, const void *right, void *context);

/* Sorts the numbers and cuts them: the newest block is last. */
void search_blocks_cut(struct list *out, uint32_t *searched, size_t count,
		       const struct catalog *catalog, struct arena *arena);

/*
 * What is cut again when some texts came or went: of the blocks of now those
 * of [first, end); of the blocks of before those of [first, end_before).
 */
struct search_cut {
	size_t first;
	size_t end;
	size_t end_before;
};

/* The list of before and its blocks, and how much of it stayed. */
struct search_before {
	const struct search_block *blocks;
	size_t block_count;
	size_t count;
	size_t same_front; /* texts that begin both lists */
	size_t same_back;  /* texts that end both */
};

/*
 * The same blocks as search_blocks_cut, from those of before. False when these
 * are damaged.
 */
MUST_USE bool search_blocks_edit(struct list *out, struct search_cut *cut,
				 const struct search_before *before,
				 const uint32_t *searched, size_t count,
				 const struct catalog *catalog,
				 struct arena *arena);

str search_block_path(uint64_t number, struct arena *arena);

/* Files that the terms of so many texts are spread over: a power of two. */
uint32_t search_shard_count(size_t texts);

str search_shard_path(uint32_t number, struct arena *arena);

#endif
