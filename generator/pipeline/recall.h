/*
 * The phases of a build that recalls its plan (record/recall.h) instead of
 * those of pipeline/library.h.
 */
#ifndef JIYUE_PIPELINE_RECALL_H
#define JIYUE_PIPELINE_RECALL_H

#include "pipeline/build.h"
#include "record/recall.h"

/*
 * Opens the library up to the plan. False when the plan must be made anew;
 * then the build is as it was, and nothing is recorded.
 */
MUST_USE bool recall_open(struct build *build);

/*
 * After the pages were made and proven, `ok` or not: whether what was said
 * before can be said again, and then it is. If not, the build starts anew.
 */
MUST_USE bool recall_holds(struct build *build, bool ok);

#endif
