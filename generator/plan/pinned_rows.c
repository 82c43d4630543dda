/*
 * Columns may have very many rows, and hardly any is pinned: what is not is
 * passed over by a byte of its placement, and no record of it is read.
 */
#include "plan/pinned_rows.h"

static bool is_pinned(const struct arrangement *arrangement, uint32_t number)
{
	const struct catalog *catalog = arrangement->catalog;
	struct resource resource;

	if (!arrangement_may_pin(arrangement, number) ||
	    !resource_type_means(catalog_type(catalog, number), MEANS_PIN))
		return false;
	catalog_get(&resource, catalog, number);
	return resource_is_pinned(&resource, arrangement->as_of);
}

struct column_newest pinned_rows(const struct arrangement *arrangement,
				 const struct column *column, size_t shown,
				 struct arena *arena)
{
	const struct column_list *rows = &column->list;
	struct list found;

	list_init(&found, sizeof(uint32_t));
	if (snapshot_trusts(arrangement->catalog->snapshot, rows->live,
			    rows->live_count * sizeof(*rows->live)))
		for (size_t i = shown; i < rows->live_count; i++)
			if (is_pinned(arrangement, rows->live[i]))
				*(uint32_t *)list_add(&found, arena) =
					rows->live[i];
	return (struct column_newest){ found.items, found.count };
}
