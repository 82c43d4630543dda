/*
 * The proof of links where most pages are those of the last build: what such a
 * page leads to is kept by its SHA-256 from an earlier check, and only pages
 * that no check has read are read.
 */
#ifndef JIYUE_PIPELINE_LINK_PROOF_H
#define JIYUE_PIPELINE_LINK_PROOF_H

#include "audit/page_links.h"
#include "output/output.h"
#include "record/page_work.h"

struct link_proof {
	const struct page_work *work;
	const struct output *output; /* what the pages that are kept stand in */
	struct store *store;	     /* between store_begin and store_commit */
	size_t threads;
	struct page_links *parts; /* one a thread: gets links and ids */
	size_t read;		  /* pages */
};

/*
 * Notes the links of all pages that were not made. False when the world fails,
 * which is said.
 */
MUST_USE bool link_proof_run(struct link_proof *proof, struct diag_list *diags);

#endif
