/*
 * The addresses of what was withdrawn or has expired. They answer 410, and
 * links to them become text (render/body_links.c).
 */
#ifndef JIYUE_PLAN_GONE_PAGES_H
#define JIYUE_PLAN_GONE_PAGES_H

#include "plan/page_plan.h"

/* Fills in `plan->gone`. */
void gone_pages_find(struct page_plan *plan, struct arena *arena);

/* Where the page about it stands: below a folder that servers do not show. */
str gone_pages_path(const struct resource *resource,
		    const struct column *column, struct arena *arena);

/*
 * Notes for each site whose addresses answer 410: those that no page and no
 * old address of another has today. All pages were planned.
 */
void gone_pages_settle(struct page_plan *plan, struct arena *arena);

/*
 * The resource that had the address on the site, or RESOURCE_NONE. `key` as
 * url_path_key gives it. A plan from the record knows of none.
 */
uint32_t gone_pages_at(const struct page_plan *plan, const struct site *site,
		       str key, struct arena *arena);

#endif
