/*
 * The functions of the table of page kinds (plan/page.c) that say what a page
 * depends on. Each gives a number that is never 0, or 0 for "nothing".
 */
#ifndef JIYUE_PLAN_PAGE_DIGESTS_H
#define JIYUE_PLAN_PAGE_DIGESTS_H

#include "plan/page_plan.h"

/* What the digests of one site's pages are made from; one a thread. */
struct fingerprinting {
	struct page_plan *plan;
	const struct arrangement *arrangement;
	uint64_t platform;
	uint64_t site;	/* settings and navigation of the site */
	uint64_t files; /* what of them files without a frame say */
	struct arena *arena;
};

void digest_add_texts(struct digest *digest, const str *texts, size_t count);
void digest_add_moment(struct digest *digest, struct moment moment);

page_digest digest_of_site;
page_digest digest_of_site_files;
page_digest digest_of_column;
page_digest digest_of_resource;
page_digest digest_of_relations;
page_digest digest_of_topic;
page_digest digest_of_home;
page_digest digest_of_kiosk;
page_digest digest_of_kiosk_list;
page_digest digest_of_sites;
page_digest digest_of_accessibility;
page_digest digest_of_list;
page_digest digest_of_newest;
page_digest digest_of_export;
page_digest digest_of_row;
page_digest digest_of_facets;
page_digest digest_of_statistics;
page_digest digest_of_archived;
page_digest digest_of_years;
page_digest digest_of_blocks;
page_digest digest_of_block_texts;
page_digest digest_of_part_dates;
page_digest digest_of_owned_dates;
page_digest digest_of_column_dates;
page_digest digest_of_file;
page_digest digest_of_picture;
page_digest digest_of_asset;

#endif
