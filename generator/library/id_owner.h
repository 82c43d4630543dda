/*
 * Whose an id is, when several files want it: that of the file that has had it
 * for longest (library/claim.h), so that a page that is published keeps its
 * own.
 */
#ifndef JIYUE_LIBRARY_ID_OWNER_H
#define JIYUE_LIBRARY_ID_OWNER_H

#include "base/map.h"
#include "library/catalog.h"
#include "snapshot/history.h"

struct id_wish {
	str id;
	uint32_t position;
};

/* Files are known by their position in `files`. */
struct id_owners {
	const struct snapshot *snapshot;
	const struct catalog *catalog;	    /* what claims need; or NULL */
	const struct file_history *history; /* NULL: paths alone decide */
	const uint32_t *files;		    /* sorted */
	const str *packed; /* of each; empty: it does not count */
	size_t count;

	bool *has_own_id;	   /* not the one that its path gives */
	const struct id_wish *own; /* of those that have one, in their order */
	size_t own_count;
	struct map wanted; /* position + 1 of the owner, by id */
	bool *is_late;	   /* another one has its id */
	struct map since;  /* struct name_claim *, by path: of the contested */
};

/* Fills the second half in; what stays is in `arena`. */
void id_owners_find(struct id_owners *owners, struct arena *arena);

#endif
