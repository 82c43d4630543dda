/*
 * Most ids are given by paths, and those are different ones. So only the ids
 * that are written are put into a table, with those that both a file and a
 * folder of one name give; whoever else has one of these by its path is found
 * by that.
 */
#include "library/id_owner.h"

#include <stdlib.h>

#include "library/resource.h"

/* An id that the path gives is a slice of it. */
static bool is_own_id(const struct resource *resource)
{
	return resource->id.data < resource->path.data ||
	       resource->id.data >= resource->path.data + resource->path.len;
}

static bool comes_first(const struct id_owners *owners, uint32_t a, uint32_t b)
{
	return history_order(owners->history, owners->files[a],
			     owners->files[b]) < 0;
}

static void wish(struct id_owners *owners, str id, uint32_t position)
{
	uintptr_t found = (uintptr_t)map_get(&owners->wanted, id);
	uint32_t owner = (uint32_t)found - 1;

	if (found == 0 || (owner != position &&
			   comes_first(owners, position, owner))) {
		if (found != 0)
			owners->is_late[owner] = true;
		map_set(&owners->wanted, id, (void *)(uintptr_t)(position + 1));
	} else if (owner != position) {
		owners->is_late[position] = true;
	}
}

static int compare_numbers(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

/* The file at content/<id><ending> has the id unless it has one of its own. */
static void wish_by_path(struct id_owners *owners, str id, const char *ending,
			 struct arena *scratch)
{
	uint32_t file = (uint32_t)snapshot_find(
		owners->snapshot,
		arena_printf(scratch, "content/%.*s%s", STR_ARG(id), ending));
	const uint32_t *found = bsearch(&file, owners->files, owners->count,
					sizeof(file), compare_numbers);
	uint32_t position;

	if (found == NULL)
		return;
	position = (uint32_t)(found - owners->files);
	if (owners->packed[position].len > 0 && !owners->has_own_id[position])
		wish(owners, id, position);
}

static void add_wish(struct list *wishes, str id, size_t position,
		     struct arena *arena)
{
	*(struct id_wish *)list_add(wishes, arena) =
		(struct id_wish){ id, (uint32_t)position };
}

/* A folder's index.md may have a file of the folder's name beside it. */
static void collect(struct id_owners *owners, struct list *own,
		    struct list *folders, struct arena *arena)
{
	for (size_t i = 0; i < owners->count; i++) {
		uint32_t file = owners->files[i];
		struct resource resource;

		if (owners->packed[i].len == 0 ||
		    !resource_unpack(&resource, owners->packed[i],
				     snapshot_path(owners->snapshot, file),
				     file))
			continue;
		owners->has_own_id[i] = is_own_id(&resource);
		if (owners->has_own_id[i])
			add_wish(own, resource.id, i, arena);
		else if (resource.has_folder)
			add_wish(folders, resource.id, i, arena);
	}
}

static void settle(struct id_owners *owners, const struct list *wishes,
		   struct arena *scratch)
{
	const struct id_wish *items = wishes->items;

	for (size_t i = 0; i < wishes->count; i++) {
		wish_by_path(owners, items[i].id, ".md", scratch);
		wish_by_path(owners, items[i].id, "/index.md", scratch);
		wish(owners, items[i].id, items[i].position);
		arena_reset(scratch);
	}
}

void id_owners_find(struct id_owners *owners, struct arena *arena)
{
	struct list own, folders;
	struct arena scratch;

	arena_init(&scratch);
	list_init(&own, sizeof(struct id_wish));
	list_init(&folders, sizeof(struct id_wish));
	owners->has_own_id = arena_array(arena, owners->count, 1);
	owners->is_late = arena_array(arena, owners->count, 1);
	map_init(&owners->wanted, arena);
	collect(owners, &own, &folders, arena);
	map_reserve(&owners->wanted, own.count + folders.count);
	settle(owners, &own, &scratch);
	settle(owners, &folders, &scratch);
	owners->own = own.items;
	owners->own_count = own.count;
	arena_release(&scratch);
}
