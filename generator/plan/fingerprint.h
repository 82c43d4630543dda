/* Fills the fingerprints of all pages of a plan. */
#ifndef JIYUE_PLAN_FINGERPRINT_H
#define JIYUE_PLAN_FINGERPRINT_H

#include <stddef.h>
#include <stdint.h>

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

/*
 * A resource as lists show it: of one that neither replaces another nor is
 * replaced. Of the plan nothing but arrangement and snapshot is looked at,
 * unless its picture is the address of a page.
 */
struct resource;
uint64_t fingerprint_row(const struct page_plan *plan,
			 const struct resource *resource);

#endif
