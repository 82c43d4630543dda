/*
 * When each file of a snapshot was last changed and first appeared, from one
 * walk of the Git history.
 *
 * Always true: times are committer times of the first-parent history; a file
 * that a merge brought in counts as changed by the merge. A rename is a new
 * file. Snapshots that are no Git revision have no history: all moments are
 * unset.
 */
#ifndef JIYUE_SNAPSHOT_HISTORY_H
#define JIYUE_SNAPSHOT_HISTORY_H

#include "snapshot/snapshot.h"

struct file_history {
	struct moment changed; /* newest commit that touched the file */
	struct moment created; /* oldest such commit */
};

/* One item a file of the snapshot, in the same order, in `arena`. */
MUST_USE bool history_read(const struct file_history **out,
			   const struct snapshot *snapshot, int32_t offset,
			   struct arena *arena, struct diag_list *diags);

#endif
