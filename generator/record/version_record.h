/*
 * Which earlier versions stood in for files with mistakes
 * (snapshot/version_memory.h), from build to build.
 */
#ifndef JIYUE_RECORD_VERSION_RECORD_H
#define JIYUE_RECORD_VERSION_RECORD_H

#include "cache/store.h"
#include "snapshot/version_memory.h"

/* Nothing is known when there is no usable record. */
void version_record_read(struct version_memory *memory,
			 const struct store *store);

/* Between store_begin and store_commit. */
MUST_USE bool version_record_write(struct store *store,
				   const struct version_memory *memory,
				   struct diag_list *diags);

#endif
