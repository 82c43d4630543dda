/*
 * Which addresses of a site are taken, and by whom: pages of today, old
 * addresses (`aliases:`). One address in several forms (percent-encoded, with
 * "//", "/./" or "index.html") is one: keys are compared
 * (markup/url_path.h). Tables of web servers pass over letter case: an old
 * address that differs from a page in nothing else would take it.
 *
 * Always true once filled: a site's aliases are sorted by key; no two have the
 * same one, and none has that of a page, in whatever case.
 */
#ifndef JIYUE_PLAN_ADDRESS_CHECK_H
#define JIYUE_PLAN_ADDRESS_CHECK_H

#include "plan/page_plan.h"

struct site_alias {
	str key;     /* folded */
	str written; /* as in the front matter */
	uint32_t resource;
	int64_t since; /* of those that are contested: library/claim.h */
};

/*
 * Of two pages with one path the one that was there first stays in the plan;
 * the resource of the other is one of the plan's losers.
 */
void address_check_twins(struct page_plan *plan, struct site_plan *site,
			 struct arena *arena, struct diag_list *diags);

/*
 * Fills in `site->aliases` with those of the resources that the site
 * publishes; what is taken already is recorded and left out.
 */
void address_check_aliases(const struct page_plan *plan, struct site_plan *site,
			   struct arena *arena, struct diag_list *diags);

/* The resource with this old address, or RESOURCE_NONE. */
uint32_t site_plan_find_alias(const struct site_plan *site, str folded);

/* The page that answers at the key, or NULL. */
const struct page *site_plan_find_key(const struct site_plan *site, str key);

/*
 * The page that a server would take the folded key for; of a prefix
 * (`is_prefix`), the first page below it. NULL: none.
 */
const struct page *site_plan_find_any_case(struct site_plan *site, str folded,
					   bool is_prefix, struct arena *arena);

/* The first page whose path begins so, or NULL. */
const struct page *site_plan_find_below(const struct site_plan *site,
					str prefix);

#endif
