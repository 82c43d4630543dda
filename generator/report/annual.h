/*
 * The annual reports (rules.md F): 政府网站工作年度报表 of a site, and the
 * supervisor's 政府网站监管年度报表 of the city.
 *
 * Their fields are those of the types annual_report and supervision_report, in
 * that order, so that a published report has the same. What the library, the
 * settings and the records (audit/records.h) know is counted; the rest is read
 * from a file beside the site's settings, and stays empty until somebody writes
 * it there:
 *
 *	sites/<id>/statistics/2026.yaml              unique_visitors: 12000
 *	sites/<portal>/statistics/2026-supervision.yaml
 *
 * Always true: each field says where its value is from; nothing is estimated.
 * A text counts in the year of its date.
 */
#ifndef JIYUE_REPORT_ANNUAL_H
#define JIYUE_REPORT_ANNUAL_H

#include "plan/page_plan.h"
#include "report/sheet.h"

struct annual_input {
	const struct page_plan *plan;
	struct snapshot_reader *reader;
	int16_t year;
	const char *site; /* this one alone; NULL: all, and the city's */
};

/* False when the world fails; mistakes of the files are told. */
MUST_USE bool annual_make(struct sheet *out, const struct annual_input *input,
			  struct arena *arena, struct diag_list *diags);

/*
 * The report of the site that is asked for, or the city's, as a resource that
 * is still a draft: what is known is filled in, all else is there to be.
 */
MUST_USE bool annual_draft(struct buf *out, const struct annual_input *input,
			   struct arena *arena, struct diag_list *diags);

#endif
