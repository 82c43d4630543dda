/* What a revision snapshot keeps; private to this folder. */
#ifndef JIYUE_SNAPSHOT_REVISION_SNAPSHOT_H
#define JIYUE_SNAPSHOT_REVISION_SNAPSHOT_H

#include "snapshot/location.h"
#include "snapshot/spool.h"

struct revision {
	struct location location;
	git_oid id;	     /* of the commit or tree */
	struct spool *spool; /* NULL: nothing is kept */
	bool is_commit;	     /* only a commit has a time and a history */
};

/* Makes a snapshot whose list is set read its files from the repository. */
void revision_attach(struct snapshot *out, const struct location *location,
		     struct arena *arena);

/* NULL when the snapshot is of another kind. */
const struct revision *revision_of(const struct snapshot *snapshot);

/*
 * The time of a commit at `offset` minutes east of UTC; not set when it is
 * outside the years that dates have, which only a forged commit is.
 */
struct moment revision_commit_time(const git_commit *commit, int32_t offset);

#endif
