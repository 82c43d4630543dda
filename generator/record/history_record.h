/* Dates of change from the last build, so that the walk is short. */
#ifndef JIYUE_RECORD_HISTORY_RECORD_H
#define JIYUE_RECORD_HISTORY_RECORD_H

#include "cache/store.h"
#include "snapshot/history.h"

/* Nothing is known when there is no usable record. */
void history_record_read(struct history_known *out, const struct store *store,
			 int32_t offset, struct arena *arena);

/* Between store_begin and store_commit. */
MUST_USE bool history_record_write(struct store *store,
				   const struct snapshot *snapshot,
				   const struct file_history *items,
				   const struct renames *renames,
				   struct diag_list *diags);

/*
 * What became of files that are gone, with the revision until which that is
 * known; slices of the store. Of a recalled plan, which writes no dates.
 */
void history_record_read_renames(struct history_known *out,
				 const struct store *store);
MUST_USE bool history_record_write_renames(struct store *store, str revision,
					   const struct renames *renames,
					   struct diag_list *diags);

#endif
