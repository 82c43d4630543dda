/*
 * The inspection (检查) of a cluster as of a date: what a check found, counted
 * as the score book says (rules.md E.13), site by site; what turns stale next,
 * and whom to ask; all that is open.
 *
 * Always true: scores rest on figures that were not compared with the official
 * text, and say so. Whoever makes one has made the trend before.
 */
#ifndef JIYUE_REPORT_INSPECTION_H
#define JIYUE_REPORT_INSPECTION_H

#include "report/first_seen.h"
#include "report/sheet.h"
#include "report/tally.h"
#include "report/trend.h"

struct inspection_input {
	const struct page_plan *plan;
	const struct rule_book *book; /* with what its waivers took out */
	const struct report *found;   /* of a daily check */
	const struct first_seen_sources *history;
	struct trend *trend; /* its last point is filled here; NULL: none */
	const char *site;    /* this one alone; NULL: all */
	const char *kind;    /* of the sheet, as it is asked for */
	str title;	     /* behind the platform's name */
	unsigned tables;     /* bit set of enum inspection_table */
};

enum inspection_table {
	INSPECTION_SITES = 1,
	INSPECTION_VETOES = 2,
	INSPECTION_DEDUCTIONS = 4,
	INSPECTION_SOON = 8,
	INSPECTION_OPEN = 16,
	INSPECTION_BONUS = 32,
	INSPECTION_TREND = 64,
	INSPECTION_WAIVED = 128,
	INSPECTION_ALL = 255,
};

/* report/waived.c: who decided to live with what, and until when; the row of
 * the figures says how many. */
void waived_add(struct sheet *out, const struct tallies *tallies,
		const struct waivers *waivers, const char *site);
size_t waived_count(const struct tallies *tallies,
		    const struct waivers *waivers, const char *site);

void inspection_make(struct sheet *out, const struct inspection_input *input,
		     struct arena *arena);

/* Shared with other reports: "2026-06-01", empty for none; "92.5". */
str report_day(struct date day, struct arena *arena);
str report_tenths(int64_t value, struct arena *arena);

/* "部门网站" */
str report_site_kind(const struct site *site);

#endif
