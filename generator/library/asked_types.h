/*
 * The types that texts with mistakes and _defaults.yaml ask for and that are
 * not there.
 */
#ifndef JIYUE_LIBRARY_ASKED_TYPES_H
#define JIYUE_LIBRARY_ASKED_TYPES_H

#include "library/catalog.h"
#include "library/front_matter.h"
#include "snapshot/version_search.h"

/*
 * Adds their names (str) to `names`, some more than once. `reader` is of the
 * files as they were written.
 */
void asked_types_add(struct list *names, const struct catalog *catalog,
		     struct snapshot_reader *reader, struct arena *arena);

/* The type that is not there, where that is all that is wrong; or empty. */
str asked_types_lacking(const struct defaults *tried,
			const struct schema *schema,
			const struct diag_list *diags);

/*
 * Before that: an earlier version of the item lacks nothing but this type. Of
 * each item the newest such version counts.
 */
void asked_types_note(struct catalog *catalog, str name,
		      struct version_sought *item, struct arena *arena);

#endif
