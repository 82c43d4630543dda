/*
 * A resource with mistakes counts in its newest correct version: what it was at
 * an earlier commit, read with the _defaults.yaml and the types of that commit,
 * stands in for it. So does one whose site publishes only what was reviewed,
 * and which was not: then a version is correct when it was.
 *
 * Always true: whether something is withdrawn, expired or a draft is no matter
 * of mistakes; what the file of today says of that holds. Pages are made from
 * the bytes of the version, because the snapshot has them in the place of
 * today's; places in messages are not of those bytes.
 */
#ifndef JIYUE_LIBRARY_STAND_IN_H
#define JIYUE_LIBRARY_STAND_IN_H

#include "library/catalog.h"
#include "library/front_matter.h"
#include "library/review_gate.h"
#include "snapshot/version_search.h"

struct stand_in {
	uint32_t file; /* of the snapshot of today */
	const struct schema *schema;
	const struct defaults *defaults;
	struct digest key; /* of all that it is made from */
};

struct stand_in_search {
	struct catalog *catalog; /* its schema and defaults; gets stand_ins */
	struct snapshot *snapshot;
	const char *folder; /* of a work tree; or NULL */
	int32_t offset;
	struct version_memory *memory; /* of earlier searches; or NULL */
	struct digest verdicts; /* of all settings that a verdict depends on */
	const struct review_gate
		*gate;	  /* who says what was reviewed; or NULL */
	uint32_t *files;  /* with mistakes or without review, sorted */
	bool *is_waiting; /* of each: it has no mistakes */
	str *packed;	  /* of each: what stands in for it; empty: nothing */
	size_t count;
};

/* Also says of each file what readers see of it. */
void stand_ins_find(struct stand_in_search *search, struct arena *arena,
		    struct diag_list *diags);

/* What stands in for the file, or NULL. */
const struct stand_in *catalog_stand_in(const struct catalog *catalog,
					uint32_t file);

#endif
