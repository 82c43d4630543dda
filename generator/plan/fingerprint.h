/* Fills the fingerprints of all pages of a plan. */
#ifndef JIYUE_PLAN_FINGERPRINT_H
#define JIYUE_PLAN_FINGERPRINT_H

#include <stddef.h>

struct arena;
struct page;
struct page_plan;
struct site_plan;

/* Of all pages, with up to `threads` threads. */
void fingerprint_fill(struct page_plan *plan, size_t threads,
		      struct arena *arena);

/* Of one page, when the plan has `rows` from an earlier build. */
void fingerprint_fill_page(struct page_plan *plan, const struct site_plan *site,
			   struct page *page, struct arena *arena);

#endif
