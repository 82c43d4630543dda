/*
 * The types that texts with mistakes and _defaults.yaml ask for and that are
 * not there.
 */
#ifndef JIYUE_LIBRARY_ASKED_TYPES_H
#define JIYUE_LIBRARY_ASKED_TYPES_H

#include "library/catalog.h"

/*
 * Adds their names (str) to `names`, some more than once. `reader` is of the
 * files as they were written.
 */
void asked_types_add(struct list *names, const struct catalog *catalog,
		     struct snapshot_reader *reader, struct arena *arena);

#endif
