/*
 * The output folder and the record of what stands in it, as a build uses them.
 *
 * A build that is killed at any moment leaves no stray and no wrong page:
 *
 *	1. what will be written or removed is noted as pending, and committed;
 *	2. files are renamed into place and removed;
 *	3. the new record is committed, and nothing is pending.
 *
 * A page that is pending is made again by the next build, whatever its
 * fingerprint says, and removed when no plan has it.
 */
#ifndef JIYUE_PIPELINE_RECORD_H
#define JIYUE_PIPELINE_RECORD_H

#include "pipeline/page_job.h"

MUST_USE bool record_open(struct pipeline *pipeline);
void record_close(struct pipeline *pipeline);

/* What a whole build without messages was made from. */
struct last_build {
	char revision[40];
	uint64_t place;	     /* digest: which library, dates of what */
	uint64_t as_of_text; /* digest of --as-of; 0: there was none */
	int64_t as_of;	     /* seconds */
	int64_t next; /* when time alone changes something; INT64_MAX: never */
	uint64_t pages;
	uint64_t sites;
};

/* False when the last build was not such a one, or nothing is known of it. */
MUST_USE bool record_last(struct last_build *out,
			  const struct pipeline *pipeline);

/* What this build is made from: revision, place and as_of_text. */
MUST_USE bool record_resolve(struct last_build *out, struct pipeline *pipeline);

/*
 * From here on the folder is not what the last build left, and the plan in the
 * record not that of a build; in the first transaction.
 */
MUST_USE bool record_forget_last(struct pipeline *pipeline);

/* In the last transaction, behind everything else. */
MUST_USE bool record_write_last(struct pipeline *pipeline,
				const struct last_build *last);

/* Are the document roots of all sites there? */
bool record_has_all_sites(const struct pipeline *pipeline);

/*
 * Whether the last build was whole and nothing it depends on can have changed
 * since: the same revision, and no date has passed. Fills pipeline->last.
 */
bool record_is_current(struct pipeline *pipeline);

/* What the record knows of each page of the work; fills work->known. */
void record_compare(struct page_work *work);

/* What is to be remembered of a page of the work, of site `number`. */
struct recorded_page record_of_page(const struct page_work *work, size_t number,
				    size_t item);

/* Steps 1, 2 and 3 of all sites that were made and are not blocked. */
MUST_USE bool record_commit(struct page_work *work,
			    struct build_result *result);

#endif
