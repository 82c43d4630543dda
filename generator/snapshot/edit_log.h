/*
 * What the commits of a history changed in texts that were there before, as far
 * as somebody wants to know it: of each such change the caller is given the
 * bytes before and after, and says what of it is to be noted.
 *
 * The walk follows first parents from the newest commit to the oldest, and
 * opens only the folders below content/ that a commit touched.
 *
 * Always true: entries are in the order of the commits, the oldest first, and
 * in a commit in that of Git; they are a function of the history and of `note`
 * alone. A known log ends the walk at the commit that it was read to; one that
 * the walk does not meet (a rewritten history) is forgotten. What a shallow
 * clone does not have is not looked at.
 */
#ifndef JIYUE_SNAPSHOT_EDIT_LOG_H
#define JIYUE_SNAPSHOT_EDIT_LOG_H

#include "base/buf.h"
#include "base/list.h"
#include "snapshot/snapshot.h"

enum {
	EDIT_COMMIT_LIMIT = 1000 * 1000,
	EDIT_BYTE_LIMIT = 64 * 1024, /* of a text: its head */
};

struct edit_entry {
	str path;	 /* as it was then, NFC */
	int64_t seconds; /* of the commit */
	str note;
};

struct edit_log {
	struct arena *arena;
	str revision;	     /* 40 hex digits: it is read to there; or empty */
	struct list entries; /* struct edit_entry */
	size_t walked;	     /* commits that this run looked at */
};

struct edit_reader {
	void *context;
	/*
	 * The heads of a text before and after: what is noted of it, in
	 * `arena`; empty: nothing.
	 */
	str (*note)(void *context, str before, str after, struct arena *arena);
};

/* Nothing is known. */
void edit_log_init(struct edit_log *log, struct arena *arena);

/*
 * Goes on to the commit of the snapshot. False with a failure when the world
 * fails; a snapshot without a history has an empty log.
 */
MUST_USE bool edit_log_read(struct edit_log *log,
			    const struct snapshot *snapshot,
			    const struct edit_reader *reader,
			    struct diag_list *diags);

/* As bytes, for a record; what cannot be unpacked is not known. */
void edit_log_pack(struct buf *out, const struct edit_log *log);
void edit_log_unpack(struct edit_log *log, str bytes);

#endif
