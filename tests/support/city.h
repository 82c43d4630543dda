/*
 * A small city in memory: three sites and some resources, read, arranged and
 * planned as a build does it. A test changes single files of it.
 *
 *	struct memory_file edits[] = { { "content/jyj/n1.md", STR("…") } };
 *	city_open(&city, "2024-06-01", edits, COUNT_OF(edits));
 *	city_list(&city, "jyj", "xw", "n2 n1");
 *	city_close(&city);
 */
#ifndef JIYUE_TESTS_SUPPORT_CITY_H
#define JIYUE_TESTS_SUPPORT_CITY_H

#include "plan/page_plan.h"

struct city {
	struct arena arena;
	struct diag_list diags;
	struct snapshot snapshot;
	struct snapshot_reader *reader;
	struct cluster cluster;
	bool cluster_ok;
	struct catalog catalog;
	struct arrangement arrangement;
	struct theme *themes;
	struct page_plan plan;
	struct file_history *history;	       /* all unset */
	const struct attachments *attachments; /* NULL: nothing is known */
};

/*
 * Reads and arranges the city with these files replaced or added; one without
 * bytes is left out. With mistakes in the settings it stops before the
 * resources, and `cluster_ok` is false.
 */
void city_open(struct city *city, const char *as_of,
	       const struct memory_file *edits, size_t count);
void city_close(struct city *city);

/* Loads the themes and makes the plan. */
void city_plan(struct city *city);

/* The same with one theme for all sites, which the caller has. */
void city_plan_with(struct city *city, const struct theme *theme);

/* Sites, columns and resources that must be there. */
struct site *city_site(const struct city *city, const char *id);
struct column *city_column(const struct city *city, const char *site,
			   const char *path);
/* In the city's arena. */
const struct resource *city_resource(struct city *city, const char *id);
const struct placement *city_placement(struct city *city, const char *id);

/* The page of a site that must be there. */
const struct page *city_page(const struct city *city, const char *site,
			     const char *path);

/* Last parts of the ids, with a space between. */
str city_names(struct city *city, const uint32_t *numbers, size_t count);

/* Asserts what a column lists, live and archived. */
void city_list(struct city *city, const char *site, const char *column,
	       const char *names);
void city_archived(struct city *city, const char *site, const char *column,
		   const char *names);

/* Asserts the ids of all messages in the order they came. */
void city_says(struct city *city, const char *ids);

#endif
