/*
 * When each file of a snapshot was last changed and first appeared, from one
 * walk of the Git history.
 *
 * Always true: times are committer times of the first-parent history; a file
 * that a merge brought in counts as changed by the merge. A rename is a new
 * file. Snapshots that are no Git revision have no history: all moments are
 * unset. What was first in a work tree is told by HEAD. Where files went that
 * are not there any more is found on the way (snapshot/renames.h).
 */
#ifndef JIYUE_SNAPSHOT_HISTORY_H
#define JIYUE_SNAPSHOT_HISTORY_H

#include "snapshot/renames.h"

struct file_history {
	struct moment changed; /* newest commit that touched the file */
	struct moment created; /* the commit that brought it in, without a
				  gap until now */
};

/*
 * What was known at an earlier revision: the walk ends when it comes to it. A
 * revision that the walk does not meet (another branch, a rewritten history)
 * is of no use and does no harm.
 */
struct history_known {
	str revision;	  /* 40 hex digits; empty: nothing is known */
	const str *paths; /* sorted */
	const struct file_history *items; /* one a path */
	size_t count;
	str renames; /* texts: from, to; the newest first */
};

/*
 * One item a file of the snapshot, in the same order, in `arena`; `renames` is
 * initialised.
 */
MUST_USE bool history_read(const struct file_history **out,
			   struct renames *renames,
			   const struct snapshot *snapshot,
			   const struct history_known *known, int32_t offset,
			   struct arena *arena, struct diag_list *diags);

/*
 * Of a work tree, whose files may be others than HEAD's: when they were
 * created, as the repository of `folder` says it, and nothing else. What HEAD
 * does not have is unset, as is all where there is no history or a shallow one.
 */
void history_read_created(const struct file_history **out,
			  struct renames *renames,
			  const struct snapshot *snapshot, const char *folder,
			  const struct history_known *known,
			  struct arena *arena);

/*
 * What that is taken from: HEAD's 40 hex digits, or as many zeros where there
 * is none, a space and the library's folder in the repository.
 */
str history_head(const char *folder, struct arena *arena);

/*
 * Is the repository a shallow clone? Where there is none to be found, it is
 * not.
 */
bool history_is_cut(const char *folder);

/* Does HEAD have one of these files? Compared are bytes, not forms. */
bool history_head_has_any(const char *folder, const str *paths, size_t count);

/*
 * Which of two files was there first: negative for `a`. That is the order in
 * which commits brought them in, then that of their paths, which alone counts
 * without a history. What no commit has came last.
 */
int64_t history_since(const struct file_history *history, uint32_t file);
int history_order(const struct file_history *history, uint32_t a, uint32_t b);

#endif
