/* What a worker does with one page: make it, and stage it when it differs. */
#ifndef JIYUE_PIPELINE_PAGE_JOB_H
#define JIYUE_PIPELINE_PAGE_JOB_H

#include "output/output.h"
#include "pipeline/pipeline.h"

enum page_state {
	PAGE_NOT_MADE, /* of a site that was not asked for */
	PAGE_MADE,     /* nothing is written */
	PAGE_UNCHANGED,
	PAGE_STAGED,
	PAGE_FAILED,
};

/* Every page of the plan, site after site, in the order of the plan. */
struct page_work {
	struct pipeline *pipeline;
	const struct output *output; /* NULL: nothing is written */
	size_t count;
	size_t *site_starts;	     /* number of each site's first page */
	uint8_t *states;	     /* enum page_state of each page */
	struct diag_list **messages; /* of each page, or NULL */
};

/* Makes all pages with the pipeline's threads; merges their messages. */
MUST_USE bool page_work_run(struct page_work *work, struct pipeline *pipeline,
			    const struct output *output);

#endif
