/*
 * Since when a resource has had what another one wants too: its id, the end of
 * its address, an old address. Who had it first keeps it; how old the files are
 * is no matter, so that an old file that is given the slug of a newer one takes
 * nothing from it.
 *
 *	commit      1    2    3    4        3: b takes the slug of a. a has had
 *	a.md        -    x    x    x        it since 2, b since 3: a keeps it
 *	b.md        y    y    x    x
 *
 * Asked only of those that are contested. The search follows first parents and
 * has the bounds of snapshot/version_search.h; what it found is remembered. A
 * file whose history is not there has had all of it since it came in.
 */
#ifndef JIYUE_LIBRARY_CLAIM_H
#define JIYUE_LIBRARY_CLAIM_H

#include "library/catalog.h"

enum claim_kind {
	CLAIM_ID,
	CLAIM_ADDRESS, /* month and slug: what the file gives to an address */
	CLAIM_ALIAS,   /* an old address, by its folded key */
};

struct name_claim {
	enum claim_kind kind;
	uint32_t file; /* of the snapshot */
	str text;      /* the id, claim_address, or the key */
	int64_t since; /* the answer: for comparing, INT64_MAX: no commit */
};

/* What the search needs; lives as long as the catalogue. */
struct claim_sources {
	const char *folder;		    /* of a work tree; or NULL */
	const struct file_history *history; /* or NULL: paths alone decide */
	struct version_memory *memory;	    /* of earlier searches; or NULL */
	struct digest verdicts; /* of all settings that a verdict depends on */
	const struct diag_list *diags; /* whose levels hold */
};

/* What a resource gives to its address. */
str claim_address(const struct resource *resource, struct arena *arena);

/*
 * Fills in `since`. The catalogue need not be indexed yet: its snapshot, schema
 * and defaults are used. Without sources or a history all are the same.
 */
void claims_date(struct name_claim *claims, size_t count,
		 const struct catalog *catalog,
		 const struct claim_sources *sources);

#endif
