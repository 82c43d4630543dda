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
	struct moment changed;	     /* the newest commit that touched it;
					not set in a work tree */
};

/* A file that later commits brought in. */
struct snapshot_arrival {
	str path;
	uint8_t blob_id[SNAPSHOT_ID_SIZE];
	struct moment changed; /* the newest commit that touched it */
};

struct snapshot_changes {
	struct list changed; /* struct snapshot_change, by file */
	struct list came;    /* struct snapshot_arrival, by path */
	struct list went;    /* uint32_t: files of the snapshot, sorted */
	bool moves_folders;  /* some came or went (snapshot/list_edit.h) */
};

/*
 * Finds what the first-parent history brought between `revision` (40 hex
 * digits) and the snapshot's own, at most `limit` files, when that is nothing
 * but Markdown files in content/ with other bytes, new ones, and such of the
 * snapshot's list that are gone, alone or with their folder, and what folders
 * there inherit (_defaults.yaml) with other bytes or new. False when it is
 * anything else: attachments, settings, a history that does not lead there;
 * then `out` is of no use, and nothing is recorded.
 */
MUST_USE bool snapshot_changes_since(struct snapshot_changes *out,
				     const struct snapshot *snapshot,
				     str revision, int32_t offset, size_t limit,
				     struct arena *arena);

/*
 * The same between two lists: that of before, with its patches, and that of a
 * work tree. Nobody knows when its files were changed.
 */
MUST_USE bool snapshot_changes_listed(struct snapshot_changes *out,
				      const struct snapshot *before,
				      const struct snapshot *now, size_t limit,
				      struct arena *arena);

#endif
