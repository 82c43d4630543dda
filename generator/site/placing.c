#include "site/placing.h"

/* A draft, or before its time. */
static bool is_to_come(const struct resource *resource, struct moment as_of)
{
	return resource->status == STATUS_DRAFT ||
	       resource->status == STATUS_IN_REVIEW ||
	       !moment_has_passed(resource->date, as_of) ||
	       (resource->publish_at.is_set &&
		!moment_has_passed(resource->publish_at, as_of));
}

/* expires_on takes a page down; valid_until, the end of a document, does not.
 */
enum visibility placing_visibility(const struct resource *resource,
				   struct moment as_of, bool drafts)
{
	if (resource->status == STATUS_WITHDRAWN)
		return VISIBLE_GONE;
	if (is_to_come(resource, as_of))
		return drafts ? VISIBLE_LIVE : VISIBLE_NOT;
	if (moment_has_passed(moment_end(resource->expires_on), as_of))
		return VISIBLE_GONE;
	if (moment_has_passed(resource->archived_on, as_of))
		return VISIBLE_ARCHIVED;
	return VISIBLE_LIVE;
}

void placing_settle(struct stored_placement *place,
		    const struct cluster *cluster, struct moment archived_on)
{
	const struct column *column;

	if (place->site == 0)
		return;
	column = &cluster->sites[place->site - 1].columns[place->column];
	if (place->visibility == VISIBLE_LIVE && column->is_archived) {
		place->visibility = VISIBLE_ARCHIVED;
		place->archived_since = column->archived_since;
	} else if (place->visibility == VISIBLE_ARCHIVED) {
		place->archived_since = archived_on;
	}
}

bool placing_selects(const struct column *column, str unit,
		     const struct candidate *candidate)
{
	const struct text_list *units = &column->query.units;
	bool is_of_unit = units->count == 0;

	if (!column->has_query)
		return false;
	for (size_t i = 0; !is_of_unit && i < units->count; i++)
		is_of_unit = str_equal(units->items[i], unit);
	return is_of_unit && column_query_matches(&column->query, candidate);
}

struct stored_placement placing_of(const struct arrangement *arrangement,
				   const struct resource *resource)
{
	const struct cluster *cluster = arrangement->cluster;
	struct stored_placement place = {
		.visibility = placing_visibility(resource, arrangement->as_of,
						 arrangement->drafts),
		.is_pinned = resource->is_pinned,
	};
	const struct site *site = cluster_owner(cluster, resource->unit);
	struct candidate candidate = candidate_of(resource);

	if (site == NULL || site_is_notice_only(site) ||
	    place.visibility == VISIBLE_NOT)
		return place;
	for (uint32_t i = 0; place.site == 0 && i < site->column_count; i++)
		if (placing_selects(&site->columns[i], resource->unit,
				    &candidate)) {
			place.site = site->number + 1;
			place.column = i;
		}
	placing_settle(&place, cluster, resource->archived_on);
	return place;
}

/* Is the column the resource's own? */
static bool is_own(const struct stored_placement *place,
		   const struct site *site, const struct column *column)
{
	return place->site == site->number + 1 &&
	       place->column == column->number;
}

/*
 * An archived column changes no more: what others publish after its last day
 * does not come to stand in it. A day without an hour is meant as a whole.
 */
static bool came_too_late(const struct column *column, int64_t date)
{
	struct moment since = column->archived_since;

	if (!column->is_archived)
		return false;
	return since.has_time ? date > since.seconds
			      : date >= since.seconds + SECONDS_A_DAY;
}

enum listing placing_listed(const struct stored_placement *place,
			    const struct site *site,
			    const struct column *column, int64_t date)
{
	bool is_archived = place->visibility == VISIBLE_ARCHIVED;

	if (came_too_late(column, date) && !is_own(place, site, column))
		return LISTING_NONE;
	if (place->site != 0 && (place->visibility == VISIBLE_LIVE ||
				 (is_archived && column->is_archived)))
		return LISTING_LIVE;
	return is_archived && is_own(place, site, column) ? LISTING_ARCHIVED
							  : LISTING_NONE;
}
