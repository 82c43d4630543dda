/*
 * Finds many words in a text at once (Aho and Corasick): however many there
 * are, a text is gone through once.
 *
 * Words and texts are code points, so that whoever folds widths and cases does
 * it to both (audit/text_points.h).
 *
 * Always true: words are numbered in the order in which they were added, equal
 * ones too; once frozen, threads may share it. Memory is the arena's.
 */
#ifndef JIYUE_BASE_WORD_FINDER_H
#define JIYUE_BASE_WORD_FINDER_H

#include "base/list.h"

struct word_finder {
	struct arena *arena;
	struct list nodes;  /* struct finder_node; the first is the root */
	struct list words;  /* struct finder_word */
	uint64_t *edges;    /* node << 21 | code point, and one; 0 is empty */
	uint32_t *children; /* the node that the edge leads to */
	size_t edge_count;
	size_t edge_room; /* a power of two */
	/* of the words' first characters, by their low bits */
	uint64_t firsts[1024];
};

void word_finder_init(struct word_finder *finder, struct arena *arena);

/* An empty word is never found. */
void word_finder_add(struct word_finder *finder, const uint32_t *points,
		     size_t count);
void word_finder_freeze(struct word_finder *finder);

/* The word of that number stands at [start, end) of the text. */
typedef void word_found(void *context, size_t word, size_t start, size_t end);

/* By their ends; of those with one end the longest first. */
void word_finder_scan(const struct word_finder *finder, const uint32_t *points,
		      size_t count, word_found *found, void *context);

#endif
