/*
 * Columns (栏目): the tree that each site is made of.
 *
 * A column selects resources from the library; it owns none of them
 * (先入库后使用). Navigation, breadcrumbs, the 网站地图 page, sitemap.xml and
 * the feeds are all made from this tree and from nothing else.
 *
 * Always true: `path` is the ids from the top, joined by "/"; no two columns
 * of a site have the same path; `number` is the place in the site's columns,
 * which stand in the order of the settings, parents before children.
 */
#ifndef JIYUE_SITE_COLUMN_H
#define JIYUE_SITE_COLUMN_H

#include "site/column_query.h"

enum {
	COLUMN_DEPTH_LIMIT = 8,
	COLUMN_LIMIT = 1000 /* of a site: each page may name all of them */
};

/* rules.md C.7; the order is that of column_classes. */
enum column_class {
	CLASS_NEWS,
	CLASS_NOTICE,
	CLASS_POLICY,
	CLASS_INTERPRETATION,
	CLASS_MESSAGE,
	CLASS_SERVICE_STATS,
	CLASS_CONSULT,
	CLASS_SURVEY,
	CLASS_INTERVIEW,
	CLASS_PERSONNEL_PLAN,
	CLASS_STATIC,
	CLASS_STATISTIC,
	CLASS_ANNUAL,
	CLASS_KNOWLEDGE,
	CLASS_TOPIC,
	CLASS_REPRINT,
	CLASS_SERVICE,
	CLASS_OTHER,
	CLASS_COUNT
};

struct column_class_row {
	const char *name;
	const char *label;    /* ColumnType */
	uint32_t update_days; /* 0: no cycle */
};

extern const struct column_class_row column_classes[CLASS_COUNT];

/* What stands in the column of resources that other sites publish. */
enum column_show {
	SHOW_LINK,
	SHOW_COPY, /* rendered here too, with rel=canonical */
};

/* Resource numbers, newest first; archived ones apart. */
struct column_list {
	const uint32_t *live;
	size_t live_count;
	const uint32_t *archived;
	size_t archived_count;
};

struct column {
	uint32_t number;
	str id;
	str path;
	str name;
	int class_number; /* enum column_class */
	str description;
	struct text_list keywords;
	str owner_unit;
	str editor_a;
	str editor_b;
	bool has_query;
	struct column_query query;
	int show;	    /* enum column_show */
	const char *layout; /* of schema->layouts: its own, or the one that all
			       types ask for that it selects */
	const char *template_name; /* of that layout */
	struct moment archived_on;
	bool is_archived; /* itself or a parent, as of the build's date */
	struct moment archived_since; /* the first date that made it so */
	str replaced_by;
	bool has_statistics; /* a page of what its messages came to */
	bool has_facets; /* a page of its rows by what they have in common */
	uint32_t update_days;
	const struct column *parent;
	size_t depth; /* 0 at the top */
	uint32_t child_count;
	uint32_t subtree_end; /* number behind its last descendant */
	struct span span;     /* of its id */
	struct span replaced_by_span;
	struct column_list list; /* filled by arrange */
};

#endif
