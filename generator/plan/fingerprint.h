/* Fills the fingerprints of all pages of a plan. */
#ifndef JIYUE_PLAN_FINGERPRINT_H
#define JIYUE_PLAN_FINGERPRINT_H

struct arena;
struct page_plan;

void fingerprint_fill(struct page_plan *plan, struct arena *arena);

#endif
