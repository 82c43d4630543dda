/*
 * A published page as the preview shows it: links to the other sites of the
 * cluster stay in the preview, links on a page of another day stay on that
 * day, those to what readers do not see yet are marked, and what is said of
 * the page stands in it.
 *
 * Always true: the bytes in the output folder are not touched; apart from the
 * values and marks of links and what is put in front of </body> the page is as
 * published.
 */
#ifndef JIYUE_PREVIEW_REWRITE_H
#define JIYUE_PREVIEW_REWRITE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"

struct preview_site {
	str id;	    /* it is shown at http://<id>.<name>/ */
	str domain; /* it is linked to, and its folder is named, by this */
};

struct preview_sites {
	const struct preview_site *items;
	size_t count;
};

/* How the links of a page are written. */
struct preview_links {
	const struct preview_sites *sites;
	str domain;		 /* of the page's own site */
	str name;		 /* "localhost:8080"; empty: sites are told */
				 /* apart by ?site= */
	str as_of;		 /* a day, or empty */
	const struct map *marks; /* preview/notes.h */
	struct arena *arena;
};

/* NULL: there is none. Names of hosts have no case. */
const struct preview_site *preview_site_of_id(const struct preview_sites *sites,
					      str id);

/*
 * Addresses in href, src and action that begin with https:// and the domain of
 * a site, or with a slash.
 */
void preview_add_page(struct buf *out, str html,
		      const struct preview_links *links, str panel);

#endif
