/*
 * A sheet: what a report has to say, as facts and tables. Reports fill one;
 * here it becomes text, CSV, JSON or a page to be printed, so that all of them
 * say the same.
 *
 * Always true: every row has a cell a column; keys are of small letters, for
 * programs, and lasting; what people read is Chinese, whatever the locale, as
 * pages are.
 */
#ifndef JIYUE_REPORT_SHEET_H
#define JIYUE_REPORT_SHEET_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/list.h"
#include "theme/value.h"

struct sheet_column {
	const char *key;
	const char *label;
	bool is_number; /* JSON has no quotes; an empty cell is null */
	/* of the page alone */
	bool is_id;	/* long digits, of which the page has the first ten */
	bool is_hidden; /* for programs; the page leaves it out */
	bool is_short;	/* a date or a word, which is not broken */
	bool is_narrow; /* a few digits: many fit beside each other */
};

enum { CHART_SERIES = 3 };

enum chart_kind {
	CHART_LINES, /* a row is a moment, each series a line */
	CHART_BARS,  /* a row is a bar, in which the series stand in a row */
};

/* A picture of a table's own numbers, above it on the page. */
struct sheet_chart {
	enum chart_kind kind;
	size_t label;		     /* the column with the names of rows */
	bool has_site;		     /* names are of a site: column 0 has it */
	size_t series[CHART_SERIES]; /* columns with numbers */
	size_t count;
};

struct sheet_fact {
	const char *key;
	const char *label;
	str value;
	bool is_figure; /* one of those that the page begins with */
};

struct sheet_table {
	const char *key;
	const char *title;
	str note; /* above it; may be empty */
	const struct sheet_column *columns;
	size_t column_count;
	const struct sheet_chart *chart; /* NULL: none */
	struct list cells;		 /* str, row by row */
};

struct sheet {
	const char *kind; /* "inspection" */
	str title;
	str home;		 /* whose site has the page's style */
	struct list facts;	 /* struct sheet_fact */
	struct list tables;	 /* struct sheet_table */
	const struct form *form; /* its page is a form's; NULL: none */
	struct arena *arena;
};

void sheet_init(struct sheet *sheet, const char *kind, str title,
		struct arena *arena);
void sheet_add_fact(struct sheet *sheet, const char *key, const char *label,
		    str value);

/* A number that the page begins with. */
void sheet_add_figure(struct sheet *sheet, const char *key, const char *label,
		      size_t value);

/* The table is good until the next one is added. */
struct sheet_table *sheet_add_table(struct sheet *sheet, const char *key,
				    const char *title,
				    const struct sheet_column *columns,
				    size_t column_count);

/* One after the other, a row at a time. */
void sheet_add_cell(struct sheet *sheet, struct sheet_table *table, str cell);
void sheet_add_number(struct sheet *sheet, struct sheet_table *table,
		      int64_t number);

size_t sheet_row_count(const struct sheet_table *table);

struct form;
struct theme;

struct sheet_format {
	const char *name;
	/* False after an error of the theme's template. */
	bool (*write)(struct buf *out, const struct sheet *sheet,
		      const struct theme *theme, struct diag_list *diags);
};

/* The first is that of no option; ends with a row without name. */
extern const struct sheet_format sheet_formats[];

/* report/sheet_chart.c: lines and bars for the template. */
extern const struct shape chart_shape;
/* The page's own style, as an element. */
struct value sheet_styles(const struct sheet *sheet);
struct value sheet_object(const struct shape *shape, const struct value *values,
			  struct arena *arena);
struct value sheet_chart_value(const struct sheet_table *table,
			       struct arena *arena);

/* NULL: there is none of this name. */
const struct sheet_format *sheet_format_find(const char *name);

/* report/sheet_page.c: the page, by the template "report" of the theme. */
bool sheet_write_page(struct buf *out, const struct sheet *sheet,
		      const struct theme *theme, struct diag_list *diags);

#endif
