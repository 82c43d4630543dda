/* When the output changes next although nobody commits anything. */
#include "site/arrange.h"

struct search {
	struct next_change found;
	struct moment as_of;
};

static void consider(struct search *search, struct next_change change)
{
	if (!change.moment.is_set ||
	    change.moment.seconds <= search->as_of.seconds)
		return;
	if (search->found.moment.is_set &&
	    search->found.moment.seconds <= change.moment.seconds)
		return;
	search->found = change;
}

static void consider_field(struct search *search,
			   const struct resource *resource,
			   struct moment moment, const char *field)
{
	consider(search, (struct next_change){ .moment = moment,
					       .resource = resource->number,
					       .field = field });
}

/* Lists say how many days are left of one that is open. */
static void consider_consultation(struct search *search,
				  const struct resource *resource)
{
	enum { DAY = 86400 };
	struct moment midnight = moment_end(resource->closes_on);
	int64_t days;

	if (resource_consultation(&days, resource, search->as_of) <=
	    CONSULTING_NONE)
		return;
	consider_field(search, resource, resource->opens_on, "opens_on");
	midnight.seconds -= days * DAY;
	consider_field(search, resource, midnight, "closes_on");
}

static void consider_resource(struct search *search,
			      const struct resource *resource)
{
	if (resource->status == STATUS_DRAFT ||
	    resource->status == STATUS_IN_REVIEW ||
	    resource->status == STATUS_WITHDRAWN)
		return;
	consider_field(search, resource, resource->date, "date");
	consider_field(search, resource, resource->publish_at, "publish_at");
	consider_field(search, resource, resource->archived_on, "archived_on");
	consider_field(search, resource, moment_end(resource->expires_on),
		       "expires_on");
	consider_field(search, resource, moment_end(resource->valid_until),
		       "valid_until");
	consider_field(search, resource, moment_end(resource->keep_until),
		       "keep_until");
	consider_consultation(search, resource);
	if (resource->is_pinned)
		consider_field(search, resource,
			       moment_end(resource->pin_until), "pin_until");
}

static void consider_columns(struct search *search, const struct site *site)
{
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		consider(search,
			 (struct next_change){ .moment = column->archived_on,
					       .resource = RESOURCE_NONE,
					       .site = site,
					       .column = column,
					       .field = "archived_on" });
	}
}

struct next_change resource_next(const struct resource *resource,
				 struct moment as_of)
{
	struct search search = { .found.resource = RESOURCE_NONE,
				 .as_of = as_of };

	consider_resource(&search, resource);
	return search.found;
}

struct next_change arrangement_next(const struct arrangement *arrangement)
{
	const struct catalog *catalog = arrangement->catalog;
	const struct cluster *cluster = arrangement->cluster;
	struct search search = { .found.resource = RESOURCE_NONE,
				 .as_of = arrangement->as_of };

	for (uint32_t i = 0; i < catalog->count; i++) {
		struct resource resource;

		catalog_get(&resource, catalog, i);
		consider_resource(&search, &resource);
	}
	for (size_t i = 0; i < cluster->count; i++)
		consider_columns(&search, &cluster->sites[i]);
	return search.found;
}
