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
 * dead address and each one with a fragment of another page.
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
	struct map hosts; /* struct noted_link *, by host outside and site */
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

struct page_links_found {
	struct page_link_found *links; /* by page, each once a site */
	size_t count;
	/* the first address of each host outside the cluster, likewise */
	struct page_link_found *hosts;
	size_t host_count;
};

/* "https://reading.example.org:80/a" -> "reading.example.org"; or empty. */
str page_link_host(str href);

void page_links_judge(struct page_links_found *out,
		      const struct page_links *parts, size_t count,
		      struct arena *arena);

#endif
