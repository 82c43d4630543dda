/*
 * The functions of the table of page kinds (plan/page.c) that add pages to a
 * site's plan, and say which of them show a changed text.
 */
#ifndef JIYUE_PLAN_PAGE_SOURCES_H
#define JIYUE_PLAN_PAGE_SOURCES_H

#include "plan/page_plan.h"

/* The site that is planned. */
struct planner {
	const struct plan_options *options;
	const struct recall_options *recall; /* NULL: all of it */
	struct page_plan *plan;
	struct site_plan *site;
	enum page_kind kind; /* the one that is asked for */
	struct list pages;   /* struct page */
	struct arena *arena;
	struct diag_list *diags;
};

/* One more page; it belongs to no column and no resource yet. */
struct page *planner_add(struct planner *planner, enum page_kind kind,
			 str path);

/* Of a recalled plan: is any list of the site another, or any row of one? */
bool planner_lists_new_row(const struct planner *planner);
/* Has one of these a new row? If they are a list: is that another? */
bool planner_has_new_row(const struct planner *planner, const uint32_t *numbers,
			 size_t count);
/* Is the list of the column, or of one below it, another? */
bool planner_has_change_below(const struct planner *planner,
			      const struct column *column);

page_source source_lists;
page_source source_articles;
page_source source_copies;
page_source source_beside; /* texts, feeds of topics */
page_source source_gone_pages;
page_source source_attachments;
page_source source_pictures;
page_source source_sitemap_parts;
page_source source_assets;
page_source source_search_blocks;
page_source source_search_shards;

/* These are in plan/column_files.c. */
page_source source_atom_feeds;
page_source source_json_feeds;
page_source source_rss_feeds;
page_source source_group_feeds;
page_source source_facets;
page_source source_statistics;
page_source recall_atom_feeds;
page_source recall_json_feeds;
page_source recall_rss_feeds;
page_source recall_group_feeds;
page_source recall_facets;
page_source recall_statistics;

page_source recall_articles;
page_source recall_copies;
page_source recall_beside;
page_source recall_lists;
page_source recall_search_blocks;
page_source recall_fixed; /* the only one of its kind */

page_shows shows_always;
page_shows shows_text;
page_shows shows_rows;
page_shows shows_moved;
page_shows shows_edit;
page_shows shows_block_texts;
page_shows shows_never; /* by itself: pipeline/search_maker.h */
page_shows shows_part_dates;
page_shows shows_owned_dates;
page_shows shows_column_dates;

/* The path of a part of a site's map, in the arena. */
str sitemap_part_path(const struct column *column,
		      const struct sitemap_part *part, struct arena *arena);

/* The path of a numbered page of a column's list. */
str list_page_path(const struct column *column, uint32_t number,
		   struct arena *arena);

#endif
