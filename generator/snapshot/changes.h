/*
 * What came since an earlier revision of a library.
 */
#ifndef JIYUE_SNAPSHOT_CHANGES_H
#define JIYUE_SNAPSHOT_CHANGES_H

#include "base/list.h"
#include "snapshot/snapshot.h"

enum { CHANGES_COMMIT_LIMIT = 1000 };

/* A file that later commits gave other bytes. */
struct snapshot_change {
	struct snapshot_patch patch; /* the file, and its bytes now */
	struct moment changed;	     /* the newest commit that touched it */
};

/*
 * Finds what the first-parent history brought between `revision` (40 hex
 * digits) and the snapshot's own, at most `limit` files in the order of their
 * numbers, when that is nothing but other bytes of Markdown files in content/
 * that the snapshot lists. False when it is anything else: a file that came or
 * went, settings, a history that does not lead there; then `out` is of no use,
 * and nothing is recorded.
 */
MUST_USE bool snapshot_changes_since(struct list *out,
				     const struct snapshot *snapshot,
				     str revision, int32_t offset, size_t limit,
				     struct arena *arena);

#endif
