/*
 * Files of sites/types/ that are gone while columns or texts are still of their
 * type, in the version of these that counts: what they were at the newest
 * commit that had them, without mistakes, counts as if it were there.
 */
#ifndef JIYUE_SITE_GONE_TYPES_H
#define JIYUE_SITE_GONE_TYPES_H

#include "base/list.h"
#include "snapshot/version_memory.h"

struct gone_types_sources {
	const struct snapshot *snapshot;
	const char *folder; /* of a work tree; or NULL */
	int32_t offset;
	struct version_memory *memory; /* of earlier searches; or NULL */
};

/*
 * Looks for the types (str) that something names and that are not there, and
 * adds those that were to `out` (struct gone_type). False when that is none.
 * Strings and the list live in `arena`.
 */
MUST_USE bool gone_types_find(struct list *out, struct list *names,
			      const struct gone_types_sources *sources,
			      struct arena *arena, struct diag_list *diags);

void gone_types_tell(const struct list *types, struct diag_list *diags);

#endif
