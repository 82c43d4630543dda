/*
 * The lists that pages of a site are made from, beside the columns' own: what
 * the site publishes, what is archived, what is newest below each column.
 */
#ifndef JIYUE_PLAN_SITE_LISTS_H
#define JIYUE_PLAN_SITE_LISTS_H

#include "plan/search_blocks.h"

struct column_newest {
	const uint32_t *items; /* resource numbers, newest first */
	size_t count;
};

/* At most SITEMAP_ADDRESSES of a column and year: rows of `owned`. */
struct sitemap_part {
	uint32_t first;
	uint32_t count;
	uint32_t column;
	int32_t year;
	uint32_t number; /* of the same column and year, from 0 */
};

enum { SITEMAP_ADDRESSES = 50000 }; /* sitemaps.org protocol */

struct site_lists {
	/* by column number: the newest of the column and all below it */
	const struct column_newest *newest;
	/* all that is published here, by column, year and date, newest first */
	const uint32_t *owned;
	size_t owned_count;
	/* the archived ones of them, newest archive date first */
	const uint32_t *archived;
	size_t archived_count;
	/*
	 * What the site's search finds, oldest first: all it publishes, and the
	 * services of others that its columns list (搜索即服务, article 14).
	 * The portal's finds what all sites publish.
	 */
	const uint32_t *searched;
	size_t searched_count;
	/* parts of `searched`; the last is the newest */
	const struct search_block *blocks;
	size_t block_count;
	/* what each file of the site map has of `owned`: a column and year */
	const struct sitemap_part *parts;
	size_t part_count;
};

enum { CHILD_BLOCK_ITEMS = 6 }; /* shown of each column below a column */

/*
 * What a block of a page shows of a column: a column of its own order keeps
 * it; of a column with columns below it, the newest of all.
 */
struct column_newest site_lists_block(const struct site_lists *lists,
				      const struct column *column,
				      size_t limit);

/*
 * What each block of the home page shows, in the order of the settings: an
 * entry that a block before has shown is not shown again.
 */
const struct column_newest *site_lists_home(const struct site_lists *lists,
					    const struct site *site,
					    const struct snapshot *snapshot,
					    struct arena *arena);

/* The newest of a column and all below it, from their lists. */
struct column_newest site_lists_newest(const struct site *site,
				       const struct column *column,
				       const struct catalog *catalog,
				       size_t limit, struct arena *arena);

/* What a feed of the column has; of NULL, the site's own. */
struct column_newest site_lists_feed(const struct site_lists *lists,
				     const struct site *site,
				     const struct column *column,
				     const struct arrangement *arrangement,
				     struct arena *arena);

/* Can what the search finds be used? If not, the snapshot is damaged. */
MUST_USE bool site_lists_trust_search(const struct site_lists *lists,
				      const struct snapshot *snapshot);

/* Where the texts of a year begin in a column's list: a page of it. */
struct column_year {
	int16_t year;
	uint32_t page; /* as page.number of a list page */
};

enum { COLUMN_YEARS_MOST = 30 };

/*
 * The years of a column whose list has several pages, newest first; their
 * number. A list in another order has none.
 */
size_t column_years(struct column_year out[COLUMN_YEARS_MOST],
		    const struct column *column, const struct catalog *catalog,
		    size_t page_size);

/* One a site; `limit` is the length of a column's `newest`. */
struct site_lists *site_lists_make(const struct arrangement *arrangement,
				   size_t limit, struct arena *arena);

#endif
