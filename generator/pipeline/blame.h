/* Which sites an error counts against. */
#ifndef JIYUE_PIPELINE_BLAME_H
#define JIYUE_PIPELINE_BLAME_H

#include "pipeline/library.h"
#include "record/page_work.h"

/*
 * Blocks the sites that the errors recorded so far belong to: a site's own
 * settings and theme; for a resource its owner and every site with a column
 * over its unit.
 */
void blame_sites(struct page_work *work, const struct library *library,
		 const struct diag_list *diags);

#endif
