/*
 * Where the old addresses of a site lead: `aliases:` of resources
 * (plan/address_check.h) and the rows of sites/<id>/redirects.csv.
 *
 * An address is looked for by its key (markup/url_path.h) with its query, then
 * without one, then among the rows with "*": the longest counts.
 *
 * Always true once settled: no old address is a page of today; none leads to
 * another old address of the cluster, so nobody is sent twice; what leads into
 * the cluster leads to a page.
 */
#ifndef JIYUE_PLAN_REDIRECTS_H
#define JIYUE_PLAN_REDIRECTS_H

#include "plan/page_plan.h"

enum { REDIRECT_GONE = 410 };

struct site_redirect {
	const struct redirect_row *row;
	str key;       /* with its query; of a row with "*" what comes before */
	uint16_t code; /* 410 too where what it led to is gone */
	str to;	       /* as in a Location header, without "*"; empty: 410 */
	const struct site_plan *site; /* that it leads to; NULL: outside */
	str path;	   /* there, from "/" on, without query and fragment */
	str query;	   /* with its "?"; or empty */
	str fragment;	   /* with its "#"; or empty */
	uint32_t resource; /* of an "id:", or RESOURCE_NONE */
	uint32_t shown;	   /* that the page there shows, or RESOURCE_NONE */
};

/*
 * Fills in `redirects` of every site once all have their pages and aliases.
 * A row that is wrong is recorded and left out.
 */
void redirects_settle(struct page_plan *plan, struct arena *arena,
		      struct diag_list *diags);

/* What answers at an old address; both unset: nothing. */
struct old_address {
	uint32_t resource; /* with the alias, or RESOURCE_NONE */
	const struct site_redirect *redirect;
	str rest; /* behind the key of a row with "*" */
};

/* `key` of the path, with the query ("?…") behind it if there is one. */
struct old_address redirects_find(const struct site_plan *site, str key);

/* Is it an old address in full, of an alias or a row without "*"? */
bool redirects_has(const struct site_plan *site, str key);

/*
 * The rows whose new address is this resource's page, as they say where it was
 * before: `*count` numbers of exact rows.
 */
const uint32_t *redirects_to(const struct site_plan *site, uint32_t resource,
			     size_t *count);

/* What a link to the old address depends on, but for `resource`. */
uint64_t redirects_digest(const struct site_redirect *redirect);

#endif
