/*
 * Where one resource is published, and which columns list it: what arrange asks
 * of each, one by one. All of it is a function of the resource, the settings
 * and the date.
 */
#ifndef JIYUE_SITE_PLACING_H
#define JIYUE_SITE_PLACING_H

#include "site/arrange.h"

enum visibility placing_visibility(const struct resource *resource,
				   struct moment as_of, bool drafts);

/* Of a place whose column is known: what stands in an archived column is
 * archived with it. */
void placing_settle(struct stored_placement *place,
		    const struct cluster *cluster, struct moment archived_on);

/*
 * The whole placement, by settings and date of an arrangement. Columns are
 * marked (arrange_mark_archived).
 */
struct stored_placement placing_of(const struct arrangement *arrangement,
				   const struct resource *resource);

enum listing { LISTING_NONE, LISTING_LIVE, LISTING_ARCHIVED };

/* In which list of a column stands what the column selects? */
enum listing placing_listed(const struct stored_placement *place,
			    const struct site *site,
			    const struct column *column, int64_t date);

/* Does the column select it, by its query alone? */
bool placing_selects(const struct column *column, str unit,
		     const struct candidate *candidate);

#endif
