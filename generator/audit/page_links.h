/*
 * The proof that what was written leads somewhere: every address inside the
 * cluster that a page has is a file, and what stands behind "#" is an id in
 * it. It reads the finished pages, so it holds for templates too; what the
 * body of an article leads to is told at its place in the source besides
 * (render/body_links.h).
 *
 * Threads note what their pages have, each in a part of its own; the parts are
 * judged together at the end. Always true: what is told does not depend on
 * which thread had which page. Memory: 8 bytes an id, and once a thread each
 * dead address and each one with a fragment of another page; 40 bytes a page
 * for its size and whether another one leads to it.
 */
#ifndef JIYUE_AUDIT_PAGE_LINKS_H
#define JIYUE_AUDIT_PAGE_LINKS_H

#include "audit/page_marks.h"
#include "base/map.h"
#include "plan/page_plan.h"

struct page_links {
	const struct page_plan *plan;
	struct arena arena;
	struct list ids;      /* uint64_t: page and id together */
	struct map fragments; /* struct noted_link *, by address and where it
				 leads */
	struct map hosts;   /* struct noted_link *, by host outside and site */
	bool keeps_outside; /* every address outside, not one of a host */
	struct map outside; /* struct noted_link *, by address: those */
	struct list pages;  /* struct noted_page: each that was noted */
	uint8_t **reached;  /* of each site a bit for each page: one leads there
			     */
	struct map
		dead; /* struct noted_link *, by address as written and site */
};

void page_links_init(struct page_links *part, const struct page_plan *plan);
void page_links_release(struct page_links *part);

/* Notes the links and ids of a page. `scratch` is for what does not stay. */
void page_links_note(struct page_links *part, const struct site_plan *site,
		     const struct page *page, const struct page_marks *marks,
		     struct arena *scratch);

/* An address that leads nowhere. */
struct page_link_found {
	str href;	/* as written */
	str path;	/* domain/path of the first page that has it */
	size_t pages;	/* how many have it */
	bool is_anchor; /* the file is there, what is behind "#" not */
};

/* Styles and scripts of a theme; what is beyond is not weighed. */
enum { PAGE_CODE_LIMIT = 64 };

_Static_assert(PAGE_CODE_LIMIT <= 64, "sets of them have 64 bits");

/* What is known of a page that was read. */
struct page_found {
	const struct site_plan *site;
	const struct page *page;
	/* what its tags say that it does not show (PAGE_TAG_COUNT texts, as
	   page_marks has them); NULL: it shows all */
	const str *unshown;
	uint32_t labels; /* bit set of enum page_label */
	size_t size;	 /* bytes of its HTML */
	uint64_t code;	 /* bit set: which styles and scripts it loads */
	bool has_jiucuo; /* a home page with the entry of 找错, of its site */
	bool is_lone;	 /* a text or list that no other page leads to */
};

/* Is it one of the styles and scripts of a theme that pages are weighed with?
 */
bool page_loads_asset(const struct theme_asset *asset);

struct page_links_found {
	/* all pages that were noted, in the order of the plan */
	struct page_found *pages;
	size_t page_count;
	struct page_link_found *links; /* by page, each once a site */
	size_t count;
	/* the first address of each host outside the cluster, or of a site of
	   it that has moved, likewise */
	struct page_link_found *hosts;
	size_t host_count;
	/* every address outside the cluster, when they are kept; all of them */
	struct page_link_found *outside;
	size_t outside_count;
};

/* "https://reading.example.org:80/a" -> "reading.example.org"; or empty. */
str page_link_host(str href);

void page_links_judge(struct page_links_found *out,
		      const struct page_links *parts, size_t count,
		      struct arena *arena);

#endif
