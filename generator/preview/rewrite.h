/*
 * A published page as the preview shows it: links to the other sites of the
 * cluster stay in the preview, and what is said of the library stands in it.
 *
 * Always true: the bytes in the output folder are not touched; apart from the
 * addresses and what is put in front of </body> the page is as published.
 */
#ifndef JIYUE_PREVIEW_REWRITE_H
#define JIYUE_PREVIEW_REWRITE_H

#include <stdint.h>

#include "base/buf.h"

struct preview_site {
	str id;	    /* it is shown at http://<id>.localhost:<port>/ */
	str domain; /* it is linked to, and its folder is named, by this */
};

struct preview_sites {
	const struct preview_site *items;
	size_t count;
	uint16_t port;
};

/* NULL: there is none. Names of hosts have no case. */
const struct preview_site *preview_site_of_id(const struct preview_sites *sites,
					      str id);

/*
 * Addresses in href, src and action that begin with https:// and the domain of
 * a site get its host in the preview.
 */
void preview_add_page(struct buf *out, str html,
		      const struct preview_sites *sites, str panel);

#endif
