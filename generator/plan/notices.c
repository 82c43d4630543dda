#include "plan/notices.h"

static bool is_shown(const struct arrangement *arrangement,
		     const struct site *site, uint32_t number)
{
	struct placement place;
	struct resource resource;

	if (!resource_type_means(catalog_type(arrangement->catalog, number),
				 MEANS_KEEP_UNTIL))
		return false;
	place = arrangement_of(arrangement, number);
	if (place.visibility != VISIBLE_LIVE ||
	    (place.site != site && site != arrangement->cluster->portal))
		return false;
	catalog_get(&resource, arrangement->catalog, number);
	return resource.keep_until.is_set &&
	       moment_end(resource.keep_until).seconds >
		       arrangement->as_of.seconds;
}

size_t notices_of(const struct arrangement *arrangement,
		  const struct site *site, uint32_t out[NOTICES_LIMIT])
{
	const struct catalog *catalog = arrangement->catalog;
	size_t count = 0;

	if (!snapshot_trusts(catalog->snapshot, catalog->by_date,
			     catalog->count * sizeof(*catalog->by_date)))
		return 0;
	for (size_t i = 0; i < catalog->count && count < NOTICES_LIMIT; i++)
		if (is_shown(arrangement, site, catalog->by_date[i]))
			out[count++] = catalog->by_date[i];
	return count;
}
