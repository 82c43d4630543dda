/*
 * Where files went that a library had under another path, as its history says
 * it: of the files that a commit takes away and of those that it brings in, a
 * pair has the same bytes, the same name, nearly the same name, or is the only
 * one. No file is read.
 *
 * Always true: a path is followed from when it vanished last; what is known of
 * the newest RENAME_LIMIT paths that vanished is a function of the first-parent
 * history alone, so that a walk that ends at what an earlier one knew gives the
 * same.
 */
#ifndef JIYUE_SNAPSHOT_RENAMES_H
#define JIYUE_SNAPSHOT_RENAMES_H

#include "base/list.h"
#include "base/map.h"
#include "snapshot/snapshot.h"

enum {
	RENAME_LIMIT = 10000,
	RENAME_COMMIT_LIMIT = 2000, /* of one commit, gone or come */
};

struct renames {
	struct arena *arena;
	struct map to; /* str *: empty when nothing took its place */
};

/* What one commit took away and brought in; NFC paths below content/. */
struct rename_commit {
	struct list gone; /* struct rename_file */
	struct list came;
};

struct rename_file {
	str path;
	uint8_t blob_id[SNAPSHOT_ID_SIZE];
};

void renames_init(struct renames *renames, struct arena *arena);

/* Newer commits first; what is known of a path already stays. */
void renames_add_commit(struct renames *renames,
			const struct rename_commit *commit,
			struct arena *scratch);
void renames_add(struct renames *renames, str from, str to);

/*
 * The file of the snapshot that this one became; empty: none is known.
 * `renames` may be NULL.
 */
str renames_follow(const struct renames *renames,
		   const struct snapshot *snapshot, str path);

#endif
