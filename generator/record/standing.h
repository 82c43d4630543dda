/*
 * Which revision the files of the output folder are, all of them: what a
 * release is bound to. Unlike record/last_build.h it is there after builds
 * with mistakes too, and it says of previews that they are none.
 */
#ifndef JIYUE_RECORD_STANDING_H
#define JIYUE_RECORD_STANDING_H

#include "cache/store.h"

enum standing_kind {
	STANDING_WHOLE,	  /* every site is of the revision */
	STANDING_PART,	  /* one site was built alone */
	STANDING_PREVIEW, /* files of a work tree, not of a revision */
};

struct standing {
	char revision[40];
	uint64_t kind; /* enum standing_kind */
	int64_t as_of; /* seconds */
};

/* False when nothing is known: a build was interrupted, or there was none. */
MUST_USE bool standing_read(struct standing *out, const struct store *store);

/* Between store_begin and store_commit: in the first, and in the last. */
MUST_USE bool standing_forget(struct store *store, struct diag_list *diags);
MUST_USE bool standing_write(struct store *store,
			     const struct standing *standing,
			     struct diag_list *diags);

#endif
