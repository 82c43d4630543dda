/*
 * Which texts say another day of publishing than the history does
 * (library/date_changes.h), for a check: the log of the history is kept in the
 * store of checks.
 */
#ifndef JIYUE_PIPELINE_DATE_CHECK_H
#define JIYUE_PIPELINE_DATE_CHECK_H

#include "cache/store.h"
#include "pipeline/library.h"

/*
 * A list of struct date_change in `arena`; empty without a history. `store` is
 * between begin and commit; NULL: nothing is kept. False when the world fails.
 */
MUST_USE bool date_check_run(struct list *out, const struct library *library,
			     struct store *store, struct arena *arena,
			     struct diag_list *diags);

#endif
