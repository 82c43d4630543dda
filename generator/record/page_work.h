/*
 * The work of a build: every page of the plan, with what the record knows of
 * it and what has become of it.
 *
 * Always true: pages have one number through all sites, in the order of the
 * plan; each worker writes the slots of its own page only.
 */
#ifndef JIYUE_RECORD_PAGE_WORK_H
#define JIYUE_RECORD_PAGE_WORK_H

#include "library/findings.h"
#include "plan/build_record.h"

enum work_state {
	WORK_NOT_WANTED, /* of a site that was not asked for */
	WORK_KEPT,	 /* fresh: it was not made */
	WORK_MADE,	 /* nothing is written */
	WORK_UNCHANGED,
	WORK_STAGED,
	WORK_FAILED, /* a mistake: there is no such page for now */
};

/* Was anything said of a page, and can the next build say it again? */
enum work_told { TOLD_NOTHING, TOLD_KEPT, TOLD_LOST };

/* What was said of a page, packed (library/findings.h). */
struct page_findings {
	size_t item;
	str packed;
};

/* What the record says of a site, and what is to be done about it. */
struct site_work {
	bool is_wanted;
	bool is_recorded; /* the record knows what stands there */
	bool is_fresh;	  /* nothing stands there */
	struct recorded_site known;
	struct list pending;	  /* str: paths of an interrupted build */
	struct list gone;	  /* str: by path, what `known` does not say */
	struct findings findings; /* of its pages, by path */
	struct digest *proof;	  /* notes of audit/column_sets.h, or NULL */
	size_t proof_count;
};

struct page_work {
	const struct page_plan *plan;
	size_t count;
	const size_t *items; /* the pages to look at; NULL: all */
	size_t item_count;
	size_t *site_starts; /* number of each site's first page */
	struct site_work *sites;
	const struct recorded_page **known;   /* of each page, or NULL */
	uint8_t *states;		      /* enum work_state of each page */
	uint8_t *reasons;		      /* why each page was made */
	uint64_t *sizes;		      /* bytes of each page made */
	struct sha256 *sha256s;		      /* of them */
	struct dependency_list *dependencies; /* of each page that was made */
	uint8_t *told;			      /* enum work_told: of each page */
	bool *is_beyond;      /* of each page: its template passed a budget */
	struct list findings; /* struct page_findings, by item: of TOLD_KEPT */
};

/* Lays out the work; nothing is known of any page yet, no site is wanted. */
void page_work_init(struct page_work *work, const struct page_plan *plan,
		    struct arena *arena);

/* The site that a page belongs to. */
size_t page_work_site(const struct page_work *work, size_t item);
const struct page *page_work_page(const struct page_work *work, size_t item);

/* Is the site written by this build? */
bool page_work_is_settled(const struct page_work *work, size_t site);

/* Will the site have a page of this path? */
bool page_work_has(const struct page_work *work, size_t site, str path);

/* The first of the findings that are of this page or of one behind it. */
size_t page_work_first_findings(const struct page_work *work, size_t item);

/* What was said of the page; empty: nothing, or it is not kept. */
str page_work_findings(const struct page_work *work, size_t item);

/* The group of the record that what is said of a site's pages is in. */
str page_findings_group(const struct site *site, struct arena *arena);

/* What the page leads to, whether it was made or kept. */
const struct dependency_list *
page_work_dependencies(const struct page_work *work, size_t item);

/* The path below DIR: <domain>/<path>. */
str page_output_path(const struct site *site, str path, struct arena *arena);

#endif
