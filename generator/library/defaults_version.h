/*
 * A _defaults.yaml with mistakes counts in its newest correct version, by the
 * types of today: one mistake, one message, and no resource below it that has
 * to be looked for in the history. What it says of drafts, withdrawal and
 * expiry holds from today all the same.
 *
 * Without such a version it stays broken: what is below it cannot be read
 * without knowing what it would inherit.
 */
#ifndef JIYUE_LIBRARY_DEFAULTS_VERSION_H
#define JIYUE_LIBRARY_DEFAULTS_VERSION_H

#include "library/catalog.h"

/* All of them were read and added to the catalogue, in `arena`. */
void defaults_versions_find(struct catalog *catalog,
			    const struct catalog_options *options,
			    struct arena *arena, struct diag_list *diags);

#endif
