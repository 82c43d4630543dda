/*
 * Which commit was the library's newest at a moment: along first parents from
 * the snapshot's own commit, the first whose committer time is not behind it.
 *
 * Always true: one walk answers for all moments; it looks at no more than
 * VERSION_COMMIT_LIMIT commits and reads no tree. A commit whose time only a
 * forger can have written is passed over.
 */
#ifndef JIYUE_SNAPSHOT_REVISION_DATES_H
#define JIYUE_SNAPSHOT_REVISION_DATES_H

#include "snapshot/versions.h"

struct revision_date {
	struct moment until; /* what is asked */
	str revision;	     /* 40 hex digits; empty: there was none yet */
};

struct revision_dates {
	struct revision_date *items; /* the newest moment first */
	size_t count;
	struct moment first; /* of the oldest commit that was looked at */
};

/*
 * Fills the revisions, which stay empty where there is no history. Of a work
 * tree it is the history of HEAD in the repository of `folder`.
 */
void revision_dates_find(struct revision_dates *dates,
			 const struct snapshot *snapshot, const char *folder,
			 struct arena *arena);

#endif
