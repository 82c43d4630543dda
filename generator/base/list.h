/*
 * A growing array of one type in an arena.
 *
 * Always true: items lie behind each other; adding may move them, so keep
 * positions, not pointers, until the list is complete.
 */
#ifndef JIYUE_BASE_LIST_H
#define JIYUE_BASE_LIST_H

#include "base/arena.h"

struct list {
	void *items; /* cast to the item type */
	size_t count;
	size_t capacity;
	size_t item_size;
};

void list_init(struct list *list, size_t item_size);

/* Makes room for `count` items in all, so that growing leaves nothing. */
void list_reserve(struct list *list, size_t count, struct arena *arena);

/* A new zeroed item at the end. */
void *list_add(struct list *list, struct arena *arena);

#endif
