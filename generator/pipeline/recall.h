/*
 * A build that takes the plan of the last one from the record, because what
 * came since is nothing but other bodies: no metadata, no settings, no theme
 * and no date on which anything depends.
 *
 * It costs what the changed texts cost and the sites they stand on, whatever
 * the library has besides. Everything that is not as simple is planned anew;
 * both ways write the same bytes.
 */
#ifndef JIYUE_PIPELINE_RECALL_H
#define JIYUE_PIPELINE_RECALL_H

#include "pipeline/page_job.h"

/*
 * Opens the pipeline up to the plan. False when the plan must be made anew;
 * then the pipeline is as it was, and nothing is recorded.
 */
MUST_USE bool recall_open(struct pipeline *pipeline);

/* Chooses the pages that show what changed. */
MUST_USE bool recall_compare(struct page_work *work);

/*
 * After the pages were made and proven, `ok` or not: whether that is all there
 * is to say. If not, sets must_restart: messages are for a whole build.
 */
MUST_USE bool recall_holds(struct page_work *work, bool ok);

/* Moves the pages into place and brings the record up to date. */
MUST_USE bool recall_commit(struct page_work *work);

#endif
