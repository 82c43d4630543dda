/*
 * Changes of the files of a work tree that belong together: each is noted, and
 * all can be put back. Files are replaced whole, links are not followed, and
 * Git is told of what is renamed.
 */
#ifndef JIYUE_COMMAND_WORK_TREE_H
#define JIYUE_COMMAND_WORK_TREE_H

#include "base/diag.h"
#include "system/folder.h"

struct work_tree {
	const char *library;
	int root;
	struct folder folder;
	struct list changes; /* struct work_tree_change, in their order */
	struct arena *arena;
	struct diag_list *diags;
};

MUST_USE bool work_tree_open(struct work_tree *out, const char *library,
			     struct arena *arena, struct diag_list *diags);
void work_tree_close(struct work_tree *tree);

/* A path as people type it: without "./" before and "/" behind it. */
str work_tree_path(const char *text);

/* These record why they cannot. Paths are of the library. */
MUST_USE bool work_tree_read(str *out, struct work_tree *tree, str path,
			     struct arena *arena);
MUST_USE bool work_tree_write(struct work_tree *tree, str path, str before,
			      str after);
MUST_USE bool work_tree_rename(struct work_tree *tree, str from, str to);

/* The text of a file that was read as text before: as the snapshot has it. */
str work_tree_text(str bytes, struct arena *arena);

/* The files that are not what they were, to stdout. */
void work_tree_print(const struct work_tree *tree);

/* From the last change to the first. */
void work_tree_undo(struct work_tree *tree);

#endif
