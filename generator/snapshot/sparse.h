/* Work trees that do not have all files of their commit on purpose. */
#ifndef JIYUE_SNAPSHOT_SPARSE_H
#define JIYUE_SNAPSHOT_SPARSE_H

#include "base/diag.h"

/* Does Git keep files out of the work tree of `directory`? */
bool sparse_is_set(const char *directory, struct arena *arena);

/*
 * Warns when Git keeps files out of the work tree of `directory` (sparse
 * checkout): what leads to them is dead in a preview, and not in a build.
 */
void sparse_warn(const char *directory, struct arena *arena,
		 struct diag_list *diags);

#endif
