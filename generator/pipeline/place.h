/* Moving the pages of a build into place, with its record. */
#ifndef JIYUE_PIPELINE_PLACE_H
#define JIYUE_PIPELINE_PLACE_H

#include "pipeline/build.h"

/* record/commit.h over the output folder. Counts what is removed. */
MUST_USE bool place_pages(struct build *build);

#endif
