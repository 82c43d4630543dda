/*
 * Which resource stands in which column, as of a date, and where each one is
 * published.
 *
 * A resource is published once: on the site that owns its unit, in the first
 * column (in tree order) that selects it. Every other column lists it with a
 * link to that one address.
 *
 * Always true once arranged: frozen. Lists hold only resources that have an
 * address or are archived ones that have one.
 */
#ifndef JIYUE_SITE_ARRANGE_H
#define JIYUE_SITE_ARRANGE_H

#include "site/cluster.h"

enum visibility {
	VISIBLE_NOT, /* draft, in review, not yet, or owned by nobody */
	VISIBLE_LIVE,
	VISIBLE_ARCHIVED, /* out of ordinary lists; keeps its address */
	VISIBLE_GONE,	  /* withdrawn or expired: 410 */
};

struct placement {
	const struct site *site;      /* owner; NULL when it has no address */
	const struct column *column;  /* canonical */
	struct moment archived_since; /* set for archived ones */
	uint8_t visibility;	      /* enum visibility */
};

/* What time alone changes first, after the date of the arrangement. */
struct next_change {
	struct moment moment;		 /* not set: nothing ever */
	const struct resource *resource; /* or NULL: a column of a site */
	const struct site *site;
	const struct column *column;
	const char *field; /* of the front matter or the settings */
};

struct arrangement {
	const struct catalog *catalog;
	const struct cluster *cluster;
	struct moment as_of;
	const struct placement *placements; /* one a resource */
};

struct arrange_options {
	const struct catalog *catalog;
	struct cluster *cluster; /* its columns' lists are filled */
	struct moment as_of;
};

struct next_change arrangement_next(const struct arrangement *arrangement);

void arrange(struct arrangement *out, const struct arrange_options *options,
	     struct arena *arena, struct diag_list *diags);

static inline const struct placement *
arrangement_of(const struct arrangement *arrangement,
	       const struct resource *resource)
{
	return &arrangement->placements[resource->number];
}

#endif
