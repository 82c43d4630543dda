/*
 * The bodies and extracts that builds keep for the next one, below
 * DIR/.jiyue/bodies (cache/kept_bytes.h): opened by a build that plans all
 * pages, as one that recalls its plan makes few.
 */
#ifndef JIYUE_PIPELINE_KEPT_BODIES_H
#define JIYUE_PIPELINE_KEPT_BODIES_H

#include "cache/kept_bytes.h"
#include "pipeline/build.h"

/* Of an open output folder: what is there takes no room any more. */
void kept_bodies_remove(const struct build *build);

/* Sets build->kept, unless no bodies are to be kept. */
void kept_bodies_open(struct build *build);

/* Between store_begin and store_commit of the record. */
MUST_USE bool kept_bodies_write(struct build *build, struct diag_list *diags);

#endif
