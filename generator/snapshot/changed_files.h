/*
 * What one change of a library brings: a commit that is about to be made, or
 * commits that are pushed. A tree of it has nothing but the files that changed
 * and what reading them needs (settings, themes, the _defaults.yaml above
 * them), so that a hook costs what the change touches.
 *
 * Always true: only a tree is written, which no commit and no branch names.
 */
#ifndef JIYUE_SNAPSHOT_CHANGED_FILES_H
#define JIYUE_SNAPSHOT_CHANGED_FILES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"

struct changed_files {
	str tree;	  /* 40 hex digits; empty: nothing is left to read */
	struct map paths; /* of the library, changed or new, as NFC */
	size_t count;	  /* of them */
};

/*
 * What is staged, beside HEAD. `index` is what GIT_INDEX_FILE names, or NULL:
 * git commit FILE stages elsewhere.
 */
MUST_USE bool changed_files_staged(struct changed_files *out,
				   const char *directory, const char *index,
				   struct arena *arena,
				   struct diag_list *diags);

/* Between two commits, 40 hex digits each; `before` empty: all files. */
MUST_USE bool changed_files_between(struct changed_files *out,
				    const char *directory, str before,
				    str after, struct arena *arena,
				    struct diag_list *diags);

/*
 * The branch that HEAD names, "refs/heads/main", which is there or not.
 */
MUST_USE bool changed_files_branch(str *out, const char *directory,
				   struct arena *arena,
				   struct diag_list *diags);

/* Has the library the same file or folder, or none, at both commits? */
bool changed_files_is_same(const char *directory, str commit, str other,
			   str path, struct arena *arena);

#endif
