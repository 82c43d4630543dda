/*
 * Texts whose day of publishing was changed by a commit, as the history says it
 * (rules.md R-DATE-03). A draft has no such day.
 *
 * The log belongs to the caller: it is kept from check to check, so that one
 * after a commit reads what the commit changed.
 */
#ifndef JIYUE_LIBRARY_DATE_CHANGES_H
#define JIYUE_LIBRARY_DATE_CHANGES_H

#include "library/catalog.h"
#include "snapshot/edit_log.h"
#include "snapshot/history.h"

/* A text that says another day today than when it was published. */
struct date_change {
	uint32_t resource;
	struct date was;    /* the day it was published under */
	struct moment when; /* the first commit that changed it */
};

/* Goes on with the log; false when the world fails, which is said. */
MUST_USE bool date_changes_log(struct edit_log *log,
			       const struct catalog *catalog,
			       const struct snapshot *snapshot,
			       struct diag_list *diags);

struct date_history {
	const struct edit_log *log;
	const struct file_history *history; /* of the files; or NULL */
	const struct renames *renames;	    /* or NULL */
};

/*
 * Fills a list of struct date_change, one a resource, in the order of the log.
 * Before its file was there without a gap nothing counts.
 */
void date_changes_list(struct list *out, const struct catalog *catalog,
		       const struct date_history *history, struct arena *arena);

#endif
