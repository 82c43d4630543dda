/*
 * redirects.json (render/redirects.h) of a build: of all sites of the revision,
 * also when one alone was made. The record has the rules of each, so that a
 * recalled plan changes those of what moved.
 */
#ifndef JIYUE_PIPELINE_REDIRECT_FILE_H
#define JIYUE_PIPELINE_REDIRECT_FILE_H

#include "pipeline/build.h"

/* Of a recalled plan. False when the record does not have them. */
MUST_USE bool redirect_file_recall(struct build *build);

/* Of a whole one. */
void redirect_file_make(struct build *build);

/* The file, unless it is the same; `*changed` is set when it was written. */
MUST_USE bool redirect_file_put(struct build *build, bool *changed,
				struct diag_list *diags);

/* The record; between store_begin and store_commit. */
MUST_USE bool redirect_file_write(struct build *build, struct diag_list *diags);

#endif
