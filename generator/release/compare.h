/* What two releases differ in. Parts that both have are not read. */
#ifndef JIYUE_RELEASE_COMPARE_H
#define JIYUE_RELEASE_COMPARE_H

#include "release/releases.h"

struct release_change {
	str path;
	const struct file_digest *before; /* NULL: it was not there */
	const struct file_digest *after;  /* NULL: it is not there any more */
};

/*
 * Changes by path. Either manifest may be NULL: a tree with nothing in it.
 * All is in the arena of `releases`.
 */
MUST_USE bool release_compare(struct list *out, const struct releases *releases,
			      const struct manifest *before,
			      const struct manifest *after,
			      struct diag_list *diags);

/* The same with the files in which they do not differ: all of both. */
MUST_USE bool release_join(struct list *out, const struct releases *releases,
			   const struct manifest *before,
			   const struct manifest *after,
			   struct diag_list *diags);

#endif
