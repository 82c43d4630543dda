/*
 * Names that could be taken for those of a site, to be watched (article 28):
 * worked out from its own, without asking anybody.
 *
 * Always true: a function of the settings; the names of a site are sorted, no
 * two are the same, none is a site's own; at most LOOKALIKE_LIMIT a site.
 */
#ifndef JIYUE_REPORT_LOOKALIKES_H
#define JIYUE_REPORT_LOOKALIKES_H

#include "report/sheet.h"
#include "site/cluster.h"

enum { LOOKALIKE_LIMIT = 1000 };

/* `site` is the id of one, or NULL. */
void lookalikes_make(struct sheet *out, const struct cluster *cluster,
		     const char *site, struct arena *arena);

#endif
