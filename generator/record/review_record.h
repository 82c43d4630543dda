/*
 * What commits say of reviews (snapshot/review_log.h), from build to build.
 */
#ifndef JIYUE_RECORD_REVIEW_RECORD_H
#define JIYUE_RECORD_REVIEW_RECORD_H

#include "cache/store.h"
#include "snapshot/review_log.h"

/* Nothing is known when there is no usable record. */
void review_record_read(struct review_log *log, const struct store *store);

/* Between store_begin and store_commit; NULL: nobody asks for any. */
MUST_USE bool review_record_write(struct store *store,
				  const struct review_log *log,
				  struct diag_list *diags);

#endif
