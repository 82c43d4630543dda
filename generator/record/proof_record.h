/*
 * What the proof of a site's columns noted of its pages (audit/column_sets.h),
 * from build to build.
 */
#ifndef JIYUE_RECORD_PROOF_RECORD_H
#define JIYUE_RECORD_PROOF_RECORD_H

#include "base/digest.h"
#include "cache/store.h"

/* All are 0 when it is not known, or was of another number of pages. */
void proof_record_read(struct digest *out, size_t count,
		       const struct store *store, str domain);

/* Between store_begin and store_commit. */
MUST_USE bool proof_record_write(struct store *store, str domain,
				 const struct digest *notes, size_t count,
				 struct diag_list *diags);

#endif
