/* A build beside the record: is there anything to do at all? */
#ifndef JIYUE_PIPELINE_REQUEST_H
#define JIYUE_PIPELINE_REQUEST_H

#include "pipeline/build.h"
#include "record/last_build.h"

struct build_request build_request_of(const struct build_options *options);

/* Are the document roots of all sites of the last build there? */
bool build_has_all_sites(const struct build *build);

/*
 * Whether the last build was whole and nothing it depends on can have changed
 * since: the same revision, and no date has passed. Fills build->result.
 */
bool build_is_current(struct build *build);

#endif
