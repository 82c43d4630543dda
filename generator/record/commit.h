/*
 * How a build's pages come to stand in the output folder: one protocol, for a
 * build that planned everything and for one that recalled its plan.
 *
 * A build that is killed at any moment leaves no stray and no wrong page:
 *
 *	1. what will be written or removed is noted as pending, and what was
 *	   known of the whole is forgotten; committed;
 *	2. files are removed and renamed into place;
 *	3. the new record is committed, and nothing is pending.
 *
 * A page that is pending is made again by the next build, whatever its
 * fingerprint says, and removed when no plan has it.
 */
#ifndef JIYUE_RECORD_COMMIT_H
#define JIYUE_RECORD_COMMIT_H

#include "record/page_work.h"

/*
 * How files move; output/ does it. Each returns false with a failure, and then
 * the protocol ends. Paths are <domain>/<path>.
 */
struct commit_files {
	void *context;
	/* before anything is noted */
	bool (*begin)(void *context, struct diag_list *diags);
	/* a document root that was not there, all at once */
	bool (*appear)(void *context, const struct site_plan *site,
		       struct diag_list *diags);
	/* whatever stands there and is not planned goes */
	bool (*sweep)(void *context, const struct site_plan *site,
		      struct diag_list *diags);
	bool (*remove)(void *context, str path, struct diag_list *diags);
	/* what was staged under the number of a page */
	bool (*move)(void *context, size_t item, str path,
		     struct diag_list *diags);
	/* behind all sites: the record may say that nothing is left to do */
	bool (*finish)(void *context, struct diag_list *diags);
};

/* What the new record says; between store_begin and store_commit. */
struct commit_record {
	void *context;
	/* of the pages of a site that changed */
	bool (*write_site)(void *context, size_t number, struct arena *scratch,
			   struct diag_list *diags);
	/* of everything else, behind all sites */
	bool (*write_rest)(void *context, struct diag_list *diags);
};

struct commit {
	const struct page_work *work;
	struct store *store;
	struct commit_files files;
	struct commit_record record;
};

/* All three steps, for all settled sites. */
MUST_USE bool commit_run(const struct commit *commit, struct diag_list *diags);

/*
 * What is to be remembered of a page of the work. A page whose messages are not
 * kept is made again, so that they are said again.
 */
struct recorded_page commit_page(const struct page_work *work, size_t item);

/* What a page that was made knows of the anchors of other texts. */
MUST_USE bool commit_anchors(struct store *store,
			     const struct recorded_page *page,
			     struct diag_list *diags);

/* What was said of the pages of a site, for the next build to say again. */
MUST_USE bool commit_findings(const struct page_work *work, struct store *store,
			      size_t number, struct arena *scratch,
			      struct diag_list *diags);

/* The record of all pages of a site: write_site of a build that planned it. */
MUST_USE bool commit_site_pages(const struct page_work *work,
				struct store *store, size_t number,
				struct arena *scratch, struct diag_list *diags);

#endif
