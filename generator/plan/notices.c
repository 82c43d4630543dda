/*
 * Hardly any resource is of a type with notices, and every home page asks, so
 * their types are looked at in place, by number: a byte a resource.
 */
#include "plan/notices.h"

static bool is_shown(const struct arrangement *arrangement,
		     const struct site *site, uint32_t number)
{
	struct placement place;
	struct resource resource;

	place = arrangement_of(arrangement, number);
	if (place.visibility != VISIBLE_LIVE ||
	    (place.site != site && site != arrangement->cluster->portal))
		return false;
	catalog_get(&resource, arrangement->catalog, number);
	return resource.keep_until.is_set &&
	       moment_end(resource.keep_until).seconds >
		       arrangement->as_of.seconds;
}

/* Which types have a last day; false when none has. */
static bool list_types(bool *out, const struct schema *schema)
{
	bool is_any = false;

	for (size_t i = 0; i < schema->type_count; i++) {
		out[i] = resource_type_means(&schema->types[i],
					     MEANS_KEEP_UNTIL);
		is_any |= out[i];
	}
	return is_any;
}

size_t notices_of(const struct arrangement *arrangement,
		  const struct site *site, uint32_t out[NOTICES_LIMIT])
{
	const struct catalog *catalog = arrangement->catalog;
	const uint32_t *numbers = catalog->by_date;
	bool has_day[UINT8_MAX + 1] = { false };
	size_t count = 0;

	if (!list_types(has_day, catalog->schema) ||
	    !snapshot_trusts(catalog->snapshot, numbers,
			     catalog->count * sizeof(*numbers)) ||
	    !snapshot_trusts(catalog->snapshot, catalog->types, catalog->count))
		return 0;
	for (size_t i = 0; i < catalog->count && count < NOTICES_LIMIT; i++)
		if (catalog_has(catalog, numbers[i]) &&
		    has_day[catalog->types[numbers[i]]] &&
		    is_shown(arrangement, site, numbers[i]))
			out[count++] = numbers[i];
	return count;
}
