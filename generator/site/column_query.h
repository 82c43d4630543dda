/*
 * What a column selects from the library. Every condition that is written
 * must hold; a condition with several values holds when one of them does.
 */
#ifndef JIYUE_SITE_COLUMN_QUERY_H
#define JIYUE_SITE_COLUMN_QUERY_H

#include "library/catalog.h"
#include "site/settings.h"

/* Levels of a topic, folders of a path (SNAPSHOT_DEPTH_LIMIT). */
enum { QUERY_BORDER_LIMIT = 32 };

enum query_sort { SORT_NEWEST, SORT_OLDEST, SORT_ORDER, SORT_TITLE };

/* Lists are sorted by bytes and have each text once. */
struct column_query {
	struct text_list units;	  /* of `folders`, when only these are named */
	struct text_list folders; /* below content/, without slashes at ends */
	struct type_set types;	  /* empty: any */
	struct text_list topics;  /* prefix at a "\" border */
	struct text_list keywords;
	struct text_list audience;
	struct moment since;
	struct moment until;		    /* that day included */
	uint32_t limit;			    /* 0: none */
	int sort;			    /* enum query_sort */
	const struct column_query *exclude; /* what holds here is not taken */
	struct span span;
};

MUST_USE bool column_query_read(struct column_query *out,
				const struct yaml_node *node,
				const struct settings_reader *reader);

/*
 * What a query asks of a resource; every column of a unit looks at all of the
 * unit's resources, so this stands ready for each.
 */
struct candidate {
	int64_t date; /* seconds */
	str path;     /* of its file */
	str topic;
	str keywords; /* packed texts, like the next */
	str audience;
	uint32_t type; /* number of it */
};

struct candidate candidate_of(const struct resource *resource);

/* All but units, limit and sort, which the caller works with. */
bool column_query_matches(const struct column_query *query,
			  const struct candidate *candidate);

/* Negative when a stands before b; ties by date, then by path. */
int column_query_compare(const struct column_query *query,
			 const struct resource *a, const struct resource *b);

/* The same for qsort_r of numbers of resources. */
struct column_sort {
	const struct catalog *catalog;
	const struct column_query *query;
};
int column_sort_compare(const void *left, const void *right, void *sort);

/* For help; ends with a row without rows. */
extern const struct setting_table query_settings[];

#endif
