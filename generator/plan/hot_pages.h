/*
 * The hot list of a home page or of a column's first page (热门信息): which
 * texts of the site, or of the column and all below it, readers ask for most,
 * by the site's file of statistics (site/hits.h). What is archived, what is
 * listed from others and what the page shows anyhow is in no hot list.
 */
#ifndef JIYUE_PLAN_HOT_PAGES_H
#define JIYUE_PLAN_HOT_PAGES_H

#include "plan/site_lists.h"

enum { HOT_PAGES_LIMIT = 5 };

struct hot_pages {
	uint32_t items[HOT_PAGES_LIMIT]; /* the most read first */
	size_t count;
	/* the rows above the last of these that are no page any more */
	const struct page_hits *gone; /* the first of them, or NULL */
	size_t gone_count;
};

/* Of the home page. */
void hot_pages_of_home(struct hot_pages *out, const struct site *site,
		       const struct site_lists *lists,
		       const struct arrangement *arrangement);

/*
 * Of the first page of a column, whose own list begins with so many rows.
 * `gone` is told once, of the home page, and NULL here.
 */
void hot_pages_of_column(struct hot_pages *out, const struct site *site,
			 const struct site_lists *lists,
			 const struct arrangement *arrangement,
			 const struct column *column, size_t rows);

#endif
