#include "base/map.h"

#include <string.h>

#include "base/digest.h"

void map_init(struct map *map, struct arena *arena)
{
	*map = (struct map){ .arena = arena };
}

static struct map_entry *find(const struct map *map, str key, uint64_t hash)
{
	size_t mask = map->slot_count - 1;

	if (map->slot_count == 0)
		return NULL;
	for (size_t i = hash & mask; map->slots[i] != 0; i = (i + 1) & mask) {
		struct map_entry *entry = &map->entries[map->slots[i] - 1];

		if (entry->hash == hash && str_equal(entry->key, key))
			return entry;
	}
	return NULL;
}

static void place(struct map *map, size_t number)
{
	size_t mask = map->slot_count - 1;
	size_t i = map->entries[number].hash & mask;

	while (map->slots[i] != 0)
		i = (i + 1) & mask;
	map->slots[i] = (uint32_t)number + 1;
}

static void grow_to(struct map *map, size_t capacity)
{
	struct map_entry *entries =
		arena_array(map->arena, capacity, sizeof(*entries));

	if (map->count > 0)
		memcpy(entries, map->entries, map->count * sizeof(*entries));
	map->entries = entries;
	map->capacity = capacity;
	map->slot_count = 16;
	while (map->slot_count < capacity * 2)
		map->slot_count *= 2;
	map->slots =
		arena_array(map->arena, map->slot_count, sizeof(*map->slots));
	for (size_t i = 0; i < map->count; i++)
		place(map, i);
}

void map_reserve(struct map *map, size_t count)
{
	if (count > map->capacity)
		grow_to(map, count);
}

static void grow(struct map *map)
{
	grow_to(map, map->capacity == 0 ? 8 : map->capacity * 2);
}

void *map_get(const struct map *map, str key)
{
	struct map_entry *entry = find(map, key, digest_hash(key));

	return entry == NULL ? NULL : entry->value;
}

bool map_has(const struct map *map, str key)
{
	return find(map, key, digest_hash(key)) != NULL;
}

static void append(struct map *map, str key, void *value, uint64_t hash)
{
	if (map->count == map->capacity)
		grow(map);
	map->entries[map->count] =
		(struct map_entry){ .key = key, .value = value, .hash = hash };
	place(map, map->count);
	map->count++;
}

bool map_add(struct map *map, str key, void *value)
{
	uint64_t hash = digest_hash(key);

	if (find(map, key, hash) != NULL)
		return false;
	append(map, key, value, hash);
	return true;
}

void map_set(struct map *map, str key, void *value)
{
	uint64_t hash = digest_hash(key);
	struct map_entry *entry = find(map, key, hash);

	if (entry != NULL)
		entry->value = value;
	else
		append(map, key, value, hash);
}
