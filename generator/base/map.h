/*
 * A map from text to a pointer, in an arena.
 *
 * Always true: keys are borrowed and must outlive the map; nothing is ever
 * removed; walking `entries` gives the order of insertion, so no output can
 * depend on the order of hashes.
 */
#ifndef JIYUE_BASE_MAP_H
#define JIYUE_BASE_MAP_H

#include "base/arena.h"

struct map_entry {
	str key;
	void *value;
	uint64_t hash;
};

struct map {
	struct arena *arena;
	struct map_entry *entries;
	size_t count;
	size_t capacity;
	uint32_t *slots;   /* entry number + 1; 0 is empty */
	size_t slot_count; /* a power of two */
};

void map_init(struct map *map, struct arena *arena);

/* Makes room for `count` keys, so that growing leaves nothing behind. */
void map_reserve(struct map *map, size_t count);

/* The value, or NULL when the key is not there. */
void *map_get(const struct map *map, str key);
bool map_has(const struct map *map, str key);

/* Adds the key, or returns false and leaves the old value. */
bool map_add(struct map *map, str key, void *value);

/* Adds the key or replaces its value. */
void map_set(struct map *map, str key, void *value);

#endif
