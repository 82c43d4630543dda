/* Making pages with several threads, and staging those that differ. */
#ifndef JIYUE_PIPELINE_PAGE_MAKER_H
#define JIYUE_PIPELINE_PAGE_MAKER_H

#include "audit/page_links.h"
#include "output/output.h"
#include "pipeline/build.h"
#include "record/page_work.h"

struct page_maker {
	const struct snapshot *snapshot;
	const struct output *output; /* NULL: nothing is staged */
	const struct store *store;   /* of the last build, or NULL */
	struct kept_bytes *kept;     /* of bodies; or NULL */
	size_t threads;
	build_progress *progress; /* may be NULL */
	void *progress_context;
	/* of a recalled plan, by resource: it is not what it was; or NULL */
	const bool *is_changed;
	struct page_links *links; /* one a thread, which notes them; or NULL */
	struct arena *arena;	  /* of messages and dependencies */
};

/*
 * Makes all pages of the work that are not fresh and merges their messages; an
 * error blocks the page's site.
 */
MUST_USE bool pages_make(struct page_work *work, const struct page_maker *maker,
			 struct diag_list *diags);

#endif
