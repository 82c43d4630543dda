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

/* Where a resource stands. */
struct placement {
	const struct site *site;      /* owner; NULL when it has no address */
	const struct column *column;  /* canonical */
	struct moment archived_since; /* set for archived ones */
	uint8_t visibility;	      /* enum visibility */
};

/* The same by numbers, as the arrangement and the record keep it. */
struct stored_placement {
	struct moment archived_since;
	uint32_t site;	 /* + 1; 0: no address */
	uint32_t column; /* of the site */
	uint32_t visibility;
	uint32_t is_pinned; /* until when is not looked at */
};

/* What time alone changes first, after the date of the arrangement. */
struct next_change {
	struct moment moment; /* not set: nothing ever */
	uint32_t resource;    /* its number, or RESOURCE_NONE: a column */
	const struct site *site;
	const struct column *column;
	const char *field; /* of the front matter or the settings */
};

/* Is it in a column, live or archived? */
bool stored_placement_has_page(const struct stored_placement *place);

/* A moment after the date of an arrangement that changes a resource. */
struct dated_change {
	int64_t seconds;
	uint32_t resource;
	uint32_t zero; /* it is compared byte by byte */
};

struct arrangement {
	const struct catalog *catalog;
	const struct cluster *cluster;
	struct moment as_of;
	const struct stored_placement *places; /* one a resource */
	size_t looked_at; /* resources that columns were held against */
	bool drafts;	  /* what is not published yet is shown as live */
};

struct arrange_options {
	const struct catalog *catalog;
	struct cluster *cluster; /* its columns' lists are filled */
	struct moment as_of;
	const bool *left_out; /* by resource number: another has its address;
				 or NULL */
	bool drafts;	      /* a preview */
};

/* Which columns are archived as of the date; arrange begins with it. */
void arrange_mark_archived(struct cluster *cluster, struct moment as_of);

struct next_change arrangement_next(const struct arrangement *arrangement);

/*
 * The next moment of each resource that has one (struct dated_change), in the
 * order of moments and numbers.
 */
void arrangement_dates(struct list *out, const struct arrangement *arrangement,
		       struct arena *arena);
void dated_changes_sort(struct list *changes);

/* When the first column is archived after that day; INT64_MAX: none is. */
int64_t cluster_next(const struct cluster *cluster, struct moment as_of);

/* The same of one resource alone. */
struct next_change resource_next(const struct resource *resource,
				 struct moment as_of);

void arrange(struct arrangement *out, const struct arrange_options *options,
	     struct arena *arena, struct diag_list *diags);

/* The day of `as_of`, where the platform is. */
struct date arrangement_today(const struct arrangement *arrangement);

struct placement arrangement_of(const struct arrangement *arrangement,
				uint32_t number);

/* Does it say that it stands above others? Until when is not looked at. */
bool arrangement_may_pin(const struct arrangement *arrangement,
			 uint32_t number);

/* Has it a page: in a column, live or archived? */
bool arrangement_has_page(const struct arrangement *arrangement,
			  uint32_t number);

#endif
