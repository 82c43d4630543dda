/*
 * The inspection (检查) of a cluster as of a date: what a check found, counted
 * as the score book says (rules.md E.13), site by site; what turns stale next,
 * and whom to ask; all that is open.
 *
 * Always true: a finding counts once, for the first check of the score book
 * that has it; what is taken off for one item is never more than its points.
 * Scores rest on figures that were not compared with the official text, and
 * say so.
 */
#ifndef JIYUE_REPORT_INSPECTION_H
#define JIYUE_REPORT_INSPECTION_H

#include "audit/rule_book.h"
#include "plan/page_plan.h"
#include "report/report.h"
#include "report/sheet.h"

struct inspection_input {
	const struct page_plan *plan;
	const struct rule_book *book;
	const struct report *found; /* of a daily check */
	const char *site;	    /* this one alone; NULL: all */
	const char *kind;	    /* of the sheet, as it is asked for */
	str title;		    /* behind the platform's name */
	unsigned tables;	    /* bit set of enum inspection_table */
};

enum inspection_table {
	INSPECTION_SITES = 1,
	INSPECTION_VETOES = 2,
	INSPECTION_DEDUCTIONS = 4,
	INSPECTION_SOON = 8,
	INSPECTION_OPEN = 16,
	INSPECTION_ALL = 31,
};

void inspection_make(struct sheet *out, const struct inspection_input *input,
		     struct arena *arena);

/* Shared with other reports: "2026-06-01", and the day a build speaks for. */
str report_day(struct date day, struct arena *arena);
#endif
