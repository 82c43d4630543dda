/*
 * Files that a column has beside its list, each always at the same address:
 * feeds, the page of facets, the page of statistics.
 */
#include "plan/feed_groups.h"
#include "plan/page_sources.h"

static void add_feed(struct planner *planner, enum page_kind kind,
		     const struct column *column, const char *name)
{
	str path = arena_printf(planner->arena, "%.*s/%s",
				STR_ARG(column->path), name);

	planner_add(planner, kind, path)->column = column;
}

static void add_feeds(struct planner *planner, enum page_kind kind,
		      const char *name)
{
	const struct site *site = planner->site->site;

	planner_add(planner, kind, str_from_c(name)); /* the site's own */
	for (size_t i = 0; i < site->column_count; i++)
		add_feed(planner, kind, &site->columns[i], name);
}

void source_atom_feeds(struct planner *planner)
{
	add_feeds(planner, PAGE_ATOM, "feed.xml");
}

void source_json_feeds(struct planner *planner)
{
	add_feeds(planner, PAGE_JSON_FEED, "feed.json");
}

void source_rss_feeds(struct planner *planner)
{
	add_feeds(planner, PAGE_RSS, "rss.xml");
}

/* Only columns that ask for it: it shows the same rows several times. */
void source_facets(struct planner *planner)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0; i < site->column_count; i++)
		if (site->columns[i].has_facets)
			add_feed(planner, PAGE_FACETS, &site->columns[i],
				 "facets.html");
}

void source_statistics(struct planner *planner)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0; i < site->column_count; i++)
		if (site->columns[i].has_statistics)
			add_feed(planner, PAGE_STATISTICS, &site->columns[i],
				 "statistics.html");
}

static void recall_feeds(struct planner *planner, const char *name)
{
	const struct site *site = planner->site->site;

	if (planner_lists_new_row(planner))
		planner_add(planner, planner->kind, str_from_c(name));
	for (size_t i = 0;
	     planner_lists_new_row(planner) && i < site->column_count; i++) {
		struct column_newest newest = planner->site->lists->newest[i];

		if (planner_has_change_below(planner, &site->columns[i]) ||
		    planner_has_new_row(planner, newest.items, newest.count))
			add_feed(planner, planner->kind, &site->columns[i],
				 name);
	}
}

void recall_atom_feeds(struct planner *planner)
{
	recall_feeds(planner, "feed.xml");
}

void recall_json_feeds(struct planner *planner)
{
	recall_feeds(planner, "feed.json");
}

void recall_rss_feeds(struct planner *planner)
{
	recall_feeds(planner, "rss.xml");
}

void recall_facets(struct planner *planner)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0;
	     planner_lists_new_row(planner) && i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (column->has_facets &&
		    planner_has_new_row(planner, column->list.live,
					facet_row_count(column)))
			add_feed(planner, PAGE_FACETS, column, "facets.html");
	}
}

void recall_statistics(struct planner *planner)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0;
	     planner_lists_new_row(planner) && i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (column->has_statistics &&
		    planner_has_new_row(planner, column->list.live,
					column->list.live_count))
			add_feed(planner, PAGE_STATISTICS, column,
				 "statistics.html");
	}
}

/* --- feeds by topic and audience, of columns with a page of facets --- */

static void add_group_feeds(struct planner *planner,
			    const struct column *column)
{
	const struct catalog *catalog = planner->options->arrangement->catalog;
	struct list groups;

	feed_groups_find(&groups, column, catalog, planner->arena);
	for (size_t i = 0; i < groups.count; i++) {
		const struct feed_group *group =
			&((const struct feed_group *)groups.items)[i];
		struct page *page = planner_add(
			planner, PAGE_GROUP_FEED,
			feed_group_path(column, group->key, planner->arena));

		page->column = column;
		page->number = group->key;
	}
}

void source_group_feeds(struct planner *planner)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0; i < site->column_count; i++)
		if (site->columns[i].has_facets)
			add_group_feeds(planner, &site->columns[i]);
}

void recall_group_feeds(struct planner *planner)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0;
	     planner_lists_new_row(planner) && i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (column->has_facets &&
		    planner_has_new_row(planner, column->list.live,
					facet_row_count(column)))
			add_group_feeds(planner, column);
	}
}
