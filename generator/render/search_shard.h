/*
 * The shards of the search index: for each term the blocks that have it.
 *
 * A file of lines in the order of terms: the term in four digits of six bits,
 * the highest first, then its blocks, oldest first. Of each stands the
 * difference to the one before, times four, and its class (enum search_class),
 * in digits of five bits, the lowest first; a digit of 32 or more has another
 * one behind it. Digits are A-Z a-z 0-9 - _.
 *
 * The upper bits of a term say which shard has it.
 */
#ifndef JIYUE_RENDER_SEARCH_SHARD_H
#define JIYUE_RENDER_SEARCH_SHARD_H

#include "base/search_text.h"

/* Postings of one shard, sorted. */
void search_shard_write(struct buf *out, const search_posting *postings,
			size_t count);

/* Adds the postings of a shard's file. False when it is none. */
MUST_USE bool search_shard_read(struct search_postings *out, str bytes);

/* A block has a term from now on, with this class, or has it no more. */
struct search_change {
	search_posting posting;
	bool is_in;
};

/* Adds the postings of before with the changes; both are sorted. */
void search_shard_change(struct search_postings *out,
			 const struct search_postings *before,
			 const struct search_change *changes, size_t count);

#endif
