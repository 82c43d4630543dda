/*
 * One of the two trees of files. What is put into it is looked for where it can
 * be: staged, kept of an older release, or in the tree that is live.
 */
#ifndef JIYUE_RELEASE_TREE_H
#define JIYUE_RELEASE_TREE_H

#include "release/compare.h"

/*
 * Makes the changes (struct release_change). Each path may have been changed
 * already, or be missing: only `after` counts. What was there `before` is kept
 * with `keeps`.
 */
MUST_USE bool tree_change(const struct releases *releases, int tree,
			  const struct list *changes, bool keeps,
			  struct diag_list *diags);

/* Its folder is there afterwards: somebody may have removed it. */
MUST_USE bool tree_make(const struct releases *releases, int tree,
			struct diag_list *diags);

/* Do all stand there then? */
MUST_USE bool tree_look(const struct releases *releases, int tree,
			const struct list *changes, struct diag_list *diags);

/*
 * Has a copy of everything that comes ready, before anything is changed; the
 * paths (str) of which there is none are `lacking`. False with a failure: a
 * copy cannot be written.
 */
MUST_USE bool tree_stage(struct list *lacking, const struct releases *releases,
			 const struct list *changes, struct diag_list *diags);

/* Removes everything that is not `after` one of the changes. */
MUST_USE bool tree_sweep(const struct releases *releases, int tree,
			 const struct list *changes, struct diag_list *diags);

/* The file that was there before the change is not needed any more. */
void tree_forget_file(const struct releases *releases,
		      const struct release_change *change);

#endif
