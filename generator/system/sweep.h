/* Removes files below a folder, all or those that no plan has. */
#ifndef JIYUE_SYSTEM_SWEEP_H
#define JIYUE_SYSTEM_SWEEP_H

#include <stddef.h>

#include "base/str.h"

/* Does the plan have a file with this path below the swept folder? */
typedef bool sweep_is_planned(void *context, str path);

struct sweep {
	sweep_is_planned *is_planned; /* NULL: remove everything */
	void *context;
	size_t removed; /* files */
};

/* Also removes the folder itself when it is empty then. Missing is fine. */
MUST_USE bool sweep_folder(struct sweep *sweep, int parent, const char *name);

/* rm -r; missing is fine. Links are removed, never followed. */
MUST_USE bool sweep_remove(int parent, const char *name);

/* False when it cannot be read; see errno. */
MUST_USE bool sweep_is_empty(bool *out, int folder);

#endif
