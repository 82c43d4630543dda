/* When the output changes next although nobody commits anything. */
#include "site/arrange.h"

struct search {
	struct next_change found;
	struct moment as_of;
};

static void consider(struct search *search, struct moment moment,
		     const struct resource *resource,
		     const struct column *column, const char *field)
{
	if (!moment.is_set || moment.seconds <= search->as_of.seconds)
		return;
	if (search->found.moment.is_set &&
	    search->found.moment.seconds <= moment.seconds)
		return;
	search->found = (struct next_change){ moment, resource, column, field };
}

static void consider_resource(struct search *search,
			      const struct resource *resource)
{
	if (resource->status == STATUS_DRAFT ||
	    resource->status == STATUS_IN_REVIEW ||
	    resource->status == STATUS_WITHDRAWN)
		return;
	consider(search, resource->date, resource, NULL, "date");
	consider(search, resource->publish_at, resource, NULL, "publish_at");
	consider(search, resource->archived_on, resource, NULL, "archived_on");
	/* a policy whose validity ends stays where it is */
	if (resource->type != TYPE_POLICY)
		consider(search, resource->expires_on, resource, NULL,
			 "expires_on");
	if (resource->is_pinned)
		consider(search, resource->pin_until, resource, NULL,
			 "pin_until");
}

struct next_change arrangement_next(const struct arrangement *arrangement)
{
	const struct catalog *catalog = arrangement->catalog;
	const struct cluster *cluster = arrangement->cluster;
	struct search search = { .as_of = arrangement->as_of };

	for (size_t i = 0; i < catalog->count; i++)
		consider_resource(&search, &catalog->resources[i]);
	for (size_t i = 0; i < cluster->count; i++)
		for (size_t j = 0; j < cluster->sites[i].column_count; j++) {
			const struct column *column =
				&cluster->sites[i].columns[j];

			consider(&search, column->archived_on, NULL, column,
				 "archived_on");
		}
	return search.found;
}
