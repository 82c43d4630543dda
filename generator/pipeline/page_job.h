/* What a worker does with one page: make it, and stage it when it differs. */
#ifndef JIYUE_PIPELINE_PAGE_JOB_H
#define JIYUE_PIPELINE_PAGE_JOB_H

#include "pipeline/pipeline.h"
#include "plan/build_record.h"

enum page_state {
	PAGE_NOT_WANTED, /* of a site that was not asked for */
	PAGE_KEPT,	 /* fresh: it was not made */
	PAGE_MADE,	 /* nothing is written */
	PAGE_UNCHANGED,
	PAGE_STAGED,
	PAGE_FAILED,
};

/* What the record says of a site, and what is to be done about it. */
struct site_work {
	bool is_wanted;
	bool is_recorded; /* the record knows what stands there */
	bool is_fresh;	  /* nothing stands there */
	struct recorded_site known;
	struct list pending; /* str: paths of an interrupted build */
};

/* Every page of the plan, site after site, in the order of the plan. */
struct page_work {
	struct pipeline *pipeline;
	size_t count;
	const size_t *items; /* the pages to look at; NULL: all */
	size_t item_count;
	size_t *site_starts; /* number of each site's first page */
	struct site_work *sites;
	const struct recorded_page **known;   /* of each page, or NULL */
	uint8_t *states;		      /* enum page_state of each page */
	uint8_t *reasons;		      /* why each page was made */
	struct dependency_list *dependencies; /* of each page that was made */
	struct diag_list **messages;	      /* of each page, or NULL */
};

/* Lays out the work; nothing is known of any page yet. */
void page_work_init(struct page_work *work, struct pipeline *pipeline);

/*
 * Makes all pages that are not fresh, with the pipeline's threads; merges
 * their messages. Messages and dependencies live in the pipeline's arena.
 */
MUST_USE bool page_work_run(struct page_work *work);

/* The path below DIR: <domain>/<path>. */
str page_output_path(const struct site *site, str path, struct arena *arena);

#endif
