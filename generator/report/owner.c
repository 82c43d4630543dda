#include "report/owner.h"

static const struct site *site_with_id(const struct cluster *cluster, str id)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal(cluster->sites[i].id, id))
			return &cluster->sites[i];
	return NULL;
}

static struct finding_owner owner_of_text(const struct arrangement *arrangement,
					  str path)
{
	uint32_t number = catalog_find_path(arrangement->catalog, path);
	struct finding_owner owner = { NULL, NULL };
	str rest = str_from(path, STR("content/").len);
	str unit = STR("");

	if (number != RESOURCE_NONE) {
		struct placement place = arrangement_of(arrangement, number);

		owner.site = place.site;
		owner.column = place.column;
	}
	(void)!str_split_next(&rest, '/', &unit);
	if (owner.site == NULL)
		owner.site = cluster_owner(arrangement->cluster, unit);
	return owner;
}

/* A rule about a column points at it. */
static const struct column *column_at(const struct site *site, struct span span)
{
	for (size_t i = 0; i < site->column_count; i++)
		if (site->columns[i].span.source == span.source &&
		    site->columns[i].span.start == span.start)
			return &site->columns[i];
	return NULL;
}

static struct finding_owner
owner_of_settings(const struct arrangement *arrangement, str rest,
		  struct span span)
{
	struct finding_owner owner = { NULL, NULL };
	str id;

	if (!str_split_next(&rest, '/', &id))
		return owner;
	owner.site = site_with_id(arrangement->cluster, id);
	if (owner.site != NULL && span.end > 0)
		owner.column = column_at(owner.site, span);
	return owner;
}

struct finding_owner finding_owner(const struct arrangement *arrangement,
				   str path, struct span span)
{
	struct finding_owner owner = { NULL, NULL };
	str rest = path;
	str first;

	if (!str_split_next(&rest, '/', &first))
		return owner;
	if (str_equal_c(first, "content"))
		return owner_of_text(arrangement, path);
	if (str_equal_c(first, "sites"))
		return owner_of_settings(arrangement, rest, span);
	owner.site = cluster_site_at(arrangement->cluster, first);
	return owner;
}
