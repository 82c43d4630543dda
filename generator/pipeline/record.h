/*
 * The output folder and the record of what stands in it, as a build uses them.
 *
 * A build that is killed at any moment leaves no stray and no wrong page:
 *
 *	1. what will be written or removed is noted as pending, and committed;
 *	2. files are renamed into place and removed;
 *	3. the new record is committed, and nothing is pending.
 *
 * A page that is pending is made again by the next build, whatever its
 * fingerprint says, and removed when no plan has it.
 */
#ifndef JIYUE_PIPELINE_RECORD_H
#define JIYUE_PIPELINE_RECORD_H

#include "pipeline/page_job.h"

MUST_USE bool record_open(struct pipeline *pipeline);
void record_close(struct pipeline *pipeline);

/*
 * Whether the last build was whole and nothing it depends on can have changed
 * since: the same revision, and no date has passed. Fills pipeline->last.
 */
bool record_is_current(struct pipeline *pipeline);

/* What the record knows of each page of the work; fills work->known. */
void record_compare(struct page_work *work);

/* Steps 1, 2 and 3 of all sites that were made and are not blocked. */
MUST_USE bool record_commit(struct page_work *work,
			    struct build_result *result);

#endif
