/*
 * The hot list of a site (热门信息): which of its texts readers ask for most,
 * by its file of statistics (site/hits.h). What is archived or listed from
 * others is in no hot list.
 */
#ifndef JIYUE_PLAN_HOT_PAGES_H
#define JIYUE_PLAN_HOT_PAGES_H

#include "plan/site_lists.h"

enum { HOT_PAGES_LIMIT = 10 };

struct hot_pages {
	uint32_t items[HOT_PAGES_LIMIT]; /* the most read first */
	size_t count;
	/* the rows above the last of these that are no page any more */
	const struct page_hits *gone; /* the first of them, or NULL */
	size_t gone_count;
};

void hot_pages_of(struct hot_pages *out, const struct site *site,
		  const struct site_lists *lists,
		  const struct arrangement *arrangement);

#endif
