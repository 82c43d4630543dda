/* What differs between a library's folder in two commits. */
#ifndef JIYUE_SNAPSHOT_TREE_COMPARE_H
#define JIYUE_SNAPSHOT_TREE_COMPARE_H

#include "snapshot/location.h"

struct tree_comparison {
	const struct location *location;
	git_repository *repository;
	void *context;
	/* Is the folder (its path ends in "/") of interest? NULL: all are. */
	bool (*enters)(void *context, str path);
	/*
	 * Must it be there? NULL: it must. What need not be and cannot be read
	 * counts as the same in both.
	 */
	bool (*needs)(void *context, str path);
	/*
	 * A file that differs: `before` is NULL when it is new, `after` when
	 * it, or a folder, is gone. False ends the comparison.
	 */
	bool (*differs)(void *context, str path, const git_tree_entry *before,
			const git_tree_entry *after);
	struct arena *scratch; /* paths, NFC */
	struct diag_list *diags;
};

/*
 * Calls `differs` for all below the trees, either of which may be NULL. Folders
 * with the same object id are not opened, so the cost is that of the folders
 * that differ. False when an object cannot be read, which is recorded, or when
 * `differs` said so.
 */
MUST_USE bool tree_compare(const struct tree_comparison *comparison,
			   const git_tree *before, const git_tree *after);

bool tree_entry_is_folder(const git_tree_entry *entry); /* NULL: no */

#endif
