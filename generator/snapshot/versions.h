/*
 * Earlier versions of some files of a library: a walk from the newest commit
 * to the oldest along first parents, which stops where one of them differs.
 *
 * Always true: only folders in which something is wanted are opened, so a
 * commit costs what it changed there; the walk looks at no more than
 * VERSION_COMMIT_LIMIT commits; it never fails, it ends and says why.
 */
#ifndef JIYUE_SNAPSHOT_VERSIONS_H
#define JIYUE_SNAPSHOT_VERSIONS_H

#include "snapshot/snapshot.h"

enum { VERSION_COMMIT_LIMIT = 20000 };

/* Why there is no earlier version. */
enum version_end {
	VERSION_END_FIRST,   /* the first commit was reached */
	VERSION_END_CUT,     /* the repository does not have what is older */
	VERSION_END_LIMIT,   /* too many commits */
	VERSION_END_NOTHING, /* no Git history at all */
};

struct version_walk_options {
	const struct snapshot *snapshot;
	const char *folder; /* where a work tree has its repository; or NULL */
	int32_t offset;	    /* of the times of commits */
	void *context;
	/* Is the file, or anything in the folder ("…/"), looked for? */
	bool (*wants)(void *context, str path);
	/*
	 * Of each wanted path that differs between a commit and its parent:
	 * does the walk stop at the parent? `older` is the blob that is there,
	 * or NULL. A path that is empty or ends in "/" stands for all: which
	 * differ cannot be told. NULL: it stops at each.
	 */
	bool (*notes)(void *context, str path, const uint8_t *older);
	/* Which of the wanted are listed at a stop; NULL: all. */
	bool (*lists)(void *context, str path);
	/* Nothing is looked for any more; NULL: never. */
	bool (*is_over)(void *context);
	str stop; /* 40 hex digits: a commit to stop at in any case; or empty */
};

struct version_walk;

/* Strings and state live in `arena`; never NULL. */
struct version_walk *
version_walk_open(const struct version_walk_options *options,
		  struct arena *arena);
void version_walk_close(struct version_walk *walk);

/*
 * The wanted files as they were at the next older commit at which any of them
 * was different; for a work tree the first is HEAD. False when there is none.
 * The snapshot lives as long as the arena.
 */
MUST_USE bool version_walk_next(struct snapshot *out,
				struct version_walk *walk);

/*
 * After version_walk_next: it stopped where it was told to, and the version is
 * the one before it, or that of the newest commit.
 */
bool version_walk_is_same(const struct version_walk *walk);

/* The commit that was looked at last, 40 hex digits; empty: there is none. */
str version_walk_commit(const struct version_walk *walk);

/* When the commit was made that came before it, so after it in time. */
struct moment version_walk_newer(const struct version_walk *walk);

/* That commit, 40 hex digits; empty: the walk has made no step. */
str version_walk_newer_commit(const struct version_walk *walk);

/* The time of the commit that was looked at last; may not be set. */
struct moment version_walk_time(const struct version_walk *walk);

/* How many commits lie before it. */
size_t version_walk_steps(const struct version_walk *walk);

/*
 * The wanted files of any commit of the repository; the walk stays
 * where it is. False when the commit is not there.
 */
MUST_USE bool version_walk_look(struct snapshot *out, struct version_walk *walk,
				str commit);

/* After version_walk_next gave false. */
enum version_end version_walk_end(const struct version_walk *walk);

/*
 * Lets some files of `snapshot` have the bytes of earlier versions: from now on
 * they have these ids, and are read from the repository (that of `folder`, for
 * a work tree). `patches` are sorted by file and live as long as the snapshot.
 */
void snapshot_patch(struct snapshot *snapshot,
		    const struct snapshot_patch *patches, size_t count,
		    const char *folder, struct arena *arena);

#endif
