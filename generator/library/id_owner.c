/*
 * Most ids are given by paths, and those are different ones. So only the ids
 * that are written are put into a table, with those that both a file and a
 * folder of one name give; whoever else has one of these by its path is found
 * by that.
 *
 * Who is first is asked of the history twice: the first answer, by the age of
 * the files, tells which ids are contested at all. Only of those it is looked
 * up since when they have had the id, and then all is settled again.
 */
#include "library/id_owner.h"

#include <stdlib.h>

#include "base/number.h"
#include "library/claim.h"
#include "library/resource.h"

/* An id that the path gives is a slice of it. */
static bool is_own_id(const struct resource *resource)
{
	return resource->id.data < resource->path.data ||
	       resource->id.data >= resource->path.data + resource->path.len;
}

static const struct name_claim *claim_of(const struct id_owners *owners,
					 uint32_t position)
{
	return map_get(&owners->since, snapshot_path(owners->snapshot,
						     owners->files[position]));
}

static bool comes_first(const struct id_owners *owners, uint32_t a, uint32_t b)
{
	const struct name_claim *left = claim_of(owners, a);
	const struct name_claim *right = claim_of(owners, b);

	if (left != NULL && right != NULL && left->since != right->since)
		return left->since < right->since;
	return history_order(owners->history, owners->files[a],
			     owners->files[b]) < 0;
}

static void wish(struct id_owners *owners, str id, uint32_t position)
{
	uintptr_t found = (uintptr_t)map_get(&owners->wanted, id);
	uint32_t owner = (uint32_t)found - 1;

	if (found == 0 ||
	    (owner != position && comes_first(owners, position, owner))) {
		if (found != 0)
			owners->is_late[owner] = true;
		map_set(&owners->wanted, id, (void *)(uintptr_t)(position + 1));
	} else if (owner != position) {
		owners->is_late[position] = true;
	}
}

/* The file at content/<id><ending> has the id unless it has one of its own. */
static void wish_by_path(struct id_owners *owners, str id, const char *ending,
			 struct arena *scratch)
{
	uint32_t file = (uint32_t)snapshot_find(
		owners->snapshot,
		arena_printf(scratch, "content/%.*s%s", STR_ARG(id), ending));
	const uint32_t *found = bsearch(&file, owners->files, owners->count,
					sizeof(file), u32_compare_items);
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

static void settle_all(struct id_owners *owners, const struct list *own,
		       const struct list *folders, struct arena *arena)
{
	struct arena scratch;

	arena_init(&scratch);
	owners->is_late = arena_array(arena, owners->count, 1);
	map_init(&owners->wanted, arena);
	map_reserve(&owners->wanted, own->count + folders->count);
	settle(owners, own, &scratch);
	settle(owners, folders, &scratch);
	arena_release(&scratch);
}

static void add_claim(struct id_owners *owners, struct name_claim *claims,
		      size_t *count, uint32_t position, struct arena *arena)
{
	uint32_t file = owners->files[position];
	str path = snapshot_path(owners->snapshot, file);
	struct resource resource;

	if (map_has(&owners->since, path) ||
	    !resource_unpack(&resource, owners->packed[position], path, file))
		return;
	claims[*count] = (struct name_claim){
		.kind = CLAIM_ID,
		.file = file,
		.text = arena_copy(arena, resource.id),
	};
	map_add(&owners->since, path, &claims[(*count)++]);
}

/* Whoever lost an id, and those they lost it to. False when nobody did. */
static bool date_contested(struct id_owners *owners, struct arena *arena)
{
	struct name_claim *claims;
	size_t count = 0;

	for (size_t i = 0; i < owners->count; i++)
		count += owners->is_late[i];
	if (count == 0 || owners->catalog == NULL)
		return false;
	claims = arena_array(arena, count * 2, sizeof(*claims));
	count = 0;
	for (size_t i = 0; i < owners->count; i++) {
		struct resource resource;
		uintptr_t owner;

		if (!owners->is_late[i] ||
		    !resource_unpack(
			    &resource, owners->packed[i],
			    snapshot_path(owners->snapshot, owners->files[i]),
			    owners->files[i]))
			continue;
		owner = (uintptr_t)map_get(&owners->wanted, resource.id);
		add_claim(owners, claims, &count, (uint32_t)i, arena);
		add_claim(owners, claims, &count, (uint32_t)owner - 1, arena);
	}
	claims_date(claims, count, owners->catalog, owners->catalog->claims);
	return true;
}

void id_owners_find(struct id_owners *owners, struct arena *arena)
{
	struct list own, folders;

	list_init(&own, sizeof(struct id_wish));
	list_init(&folders, sizeof(struct id_wish));
	owners->has_own_id = arena_array(arena, owners->count, 1);
	map_init(&owners->since, arena);
	collect(owners, &own, &folders, arena);
	settle_all(owners, &own, &folders, arena);
	if (date_contested(owners, arena))
		settle_all(owners, &own, &folders, arena);
	owners->own = own.items;
	owners->own_count = own.count;
}
