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

/* --- of columns that ask for them --- */

struct column_file {
	bool (*has)(const struct column *column);
	size_t (*rows)(const struct column *column); /* that it shows */
	void (*add)(struct planner *planner, const struct column *column);
};

static void source_files(struct planner *planner,
			 const struct column_file *file)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0; i < site->column_count; i++)
		if (file->has(&site->columns[i]))
			file->add(planner, &site->columns[i]);
}

static void recall_files(struct planner *planner,
			 const struct column_file *file)
{
	const struct site *site = planner->site->site;

	for (size_t i = 0;
	     planner_lists_new_row(planner) && i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (file->has(column) &&
		    planner_has_new_row(planner, column->list.live,
					file->rows(column)))
			file->add(planner, column);
	}
}

/* It shows the same rows several times. */
static bool has_facets(const struct column *column)
{
	return column->has_facets;
}

static bool has_statistics(const struct column *column)
{
	return column->has_statistics;
}

static size_t all_rows(const struct column *column)
{
	return column->list.live_count;
}

static void add_facets(struct planner *planner, const struct column *column)
{
	add_feed(planner, PAGE_FACETS, column, "facets.html");
}

static void add_statistics(struct planner *planner, const struct column *column)
{
	add_feed(planner, PAGE_STATISTICS, column, "statistics.html");
}

/* By topic and audience. */
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

static const struct column_file facets = { has_facets, facet_row_count,
					   add_facets };
static const struct column_file statistics = { has_statistics, all_rows,
					       add_statistics };
static const struct column_file group_feeds = { has_facets, facet_row_count,
						add_group_feeds };

void source_facets(struct planner *planner)
{
	source_files(planner, &facets);
}

void recall_facets(struct planner *planner)
{
	recall_files(planner, &facets);
}

void source_statistics(struct planner *planner)
{
	source_files(planner, &statistics);
}

void recall_statistics(struct planner *planner)
{
	recall_files(planner, &statistics);
}

void source_group_feeds(struct planner *planner)
{
	source_files(planner, &group_feeds);
}

void recall_group_feeds(struct planner *planner)
{
	recall_files(planner, &group_feeds);
}
