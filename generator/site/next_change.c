/*
 * When the output changes next although nobody commits anything. One function
 * says which fields of a resource have a day: what `jiyue next` prints, the
 * moment until which a record holds and the rows of its image all come from it,
 * so that none of them can miss a day that another knows.
 */
#include "site/arrange.h"

#include <stdlib.h>

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
	struct moment midnight = moment_end(resource->closes_on);
	int64_t days;

	if (resource_consultation(&days, resource, search->as_of) <=
	    CONSULTING_NONE)
		return;
	consider_field(search, resource, resource->opens_on, "opens_on");
	midnight.seconds -= days * SECONDS_A_DAY;
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

static void consider_cluster(struct search *search,
			     const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->count; i++)
		consider_columns(search, &cluster->sites[i]);
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
	struct search search = { .found.resource = RESOURCE_NONE,
				 .as_of = arrangement->as_of };

	for (uint32_t i = 0; i < catalog->count; i++) {
		struct resource resource;

		catalog_get(&resource, catalog, i);
		consider_resource(&search, &resource);
	}
	consider_cluster(&search, arrangement->cluster);
	return search.found;
}

static int compare_dated(const void *left, const void *right)
{
	const struct dated_change *a = left;
	const struct dated_change *b = right;

	if (a->seconds != b->seconds)
		return a->seconds < b->seconds ? -1 : 1;
	return (a->resource > b->resource) - (a->resource < b->resource);
}

void dated_changes_sort(struct list *changes)
{
	if (changes->count > 0)
		qsort(changes->items, changes->count, changes->item_size,
		      compare_dated);
}

void arrangement_dates(struct list *out, const struct arrangement *arrangement,
		       struct arena *arena)
{
	const struct catalog *catalog = arrangement->catalog;

	list_init(out, sizeof(struct dated_change));
	for (uint32_t i = 0; i < catalog->count; i++) {
		struct resource resource;
		struct moment next;

		catalog_get(&resource, catalog, i);
		next = resource_next(&resource, arrangement->as_of).moment;
		if (next.is_set)
			*(struct dated_change *)list_add(out, arena) =
				(struct dated_change){ next.seconds, i, 0 };
	}
	dated_changes_sort(out);
}

int64_t cluster_next(const struct cluster *cluster, struct moment as_of)
{
	struct search search = { .found.resource = RESOURCE_NONE,
				 .as_of = as_of };

	consider_cluster(&search, cluster);
	return search.found.moment.is_set ? search.found.moment.seconds
					  : INT64_MAX;
}
