/*
 * Both lists are sorted by path, so that one walk over them finds what differs.
 */
#include "snapshot/changes.h"

#include <string.h>

struct comparison {
	const struct snapshot *before;
	const struct snapshot *now;
	struct snapshot_changes *found;
	size_t count; /* of what was found */
	size_t limit;
	struct arena *arena;
};

static bool may_change(str path)
{
	return snapshot_is_resource(path) || snapshot_is_defaults(path);
}

static bool note_gone(struct comparison *comparison, size_t file)
{
	if (!snapshot_is_resource(snapshot_path(comparison->before, file)))
		return false;
	*(uint32_t *)list_add(&comparison->found->went, comparison->arena) =
		(uint32_t)file;
	return ++comparison->count <= comparison->limit;
}

static bool note_arrival(struct comparison *comparison, size_t file)
{
	str path = snapshot_path(comparison->now, file);
	struct snapshot_arrival *came;

	if (!may_change(path))
		return false;
	came = list_add(&comparison->found->came, comparison->arena);
	*came = (struct snapshot_arrival){ .path = path };
	memcpy(came->blob_id, snapshot_blob(comparison->now, file).data,
	       SNAPSHOT_ID_SIZE);
	return ++comparison->count <= comparison->limit;
}

static bool compare_bytes(struct comparison *comparison, size_t before,
			  size_t now)
{
	str id = snapshot_blob(comparison->now, now);
	struct snapshot_change *change;

	if (str_equal(snapshot_blob(comparison->before, before), id))
		return true;
	if (!may_change(snapshot_path(comparison->now, now)))
		return false;
	change = list_add(&comparison->found->changed, comparison->arena);
	*change = (struct snapshot_change){ .patch.file = (uint32_t)before };
	memcpy(change->patch.blob_id, id.data, SNAPSHOT_ID_SIZE);
	return ++comparison->count <= comparison->limit;
}

static bool compare(struct comparison *comparison)
{
	const struct snapshot *before = comparison->before;
	const struct snapshot *now = comparison->now;
	size_t i = 0, k = 0;
	bool ok = true;

	while (ok && (i < before->count || k < now->count)) {
		int order = i == before->count ? 1
			    : k == now->count
				    ? -1
				    : str_compare(snapshot_path(before, i),
						  snapshot_path(now, k));

		if (order < 0)
			ok = note_gone(comparison, i++);
		else if (order > 0)
			ok = note_arrival(comparison, k++);
		else
			ok = compare_bytes(comparison, i++, k++);
	}
	return ok;
}

bool snapshot_changes_listed(struct snapshot_changes *out,
			     const struct snapshot *before,
			     const struct snapshot *now, size_t limit,
			     struct arena *arena)
{
	struct comparison comparison = { .before = before,
					 .now = now,
					 .found = out,
					 .limit = limit,
					 .arena = arena };

	list_init(&out->changed, sizeof(struct snapshot_change));
	list_init(&out->came, sizeof(struct snapshot_arrival));
	list_init(&out->went, sizeof(uint32_t));
	out->moves_folders = false;
	return compare(&comparison) &&
	       (before->trust == NULL || !before->trust->is_lost);
}
