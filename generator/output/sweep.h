/* Removes files below a folder, all or those that no plan has. */
#ifndef JIYUE_OUTPUT_SWEEP_H
#define JIYUE_OUTPUT_SWEEP_H

#include "output/output.h"

struct sweep {
	output_is_planned *is_planned; /* NULL: remove everything */
	void *context;
	size_t removed; /* files */
};

/* Also removes the folder itself when it is empty then. Missing is fine. */
MUST_USE bool sweep_folder(struct sweep *sweep, int parent, const char *name);

/* rm -r; missing is fine. Links are removed, never followed. */
MUST_USE bool sweep_remove(int parent, const char *name);

bool sweep_is_empty(int folder);

#endif
