/*
 * What sites did in a period (article 33): texts they published, original and
 * taken over, messages they answered, and how many of their policies have an
 * interpretation, in which form (rules.md R-POL-07). A period is the day,
 * month, quarter or year that a day lies in, up to that day.
 *
 * Always true: a text counts on the day of its date, a message on the day it
 * was asked, an answer on the day it was given.
 */
#ifndef JIYUE_REPORT_ACTIVITY_H
#define JIYUE_REPORT_ACTIVITY_H

#include "plan/page_plan.h"
#include "report/sheet.h"

enum period { PERIOD_DAY, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };

/* The first day of the period. */
struct date period_start(enum period period, struct date today);

/* One row a site, and one for all; `site`: this one alone; NULL: all. */
void activity_add(struct sheet *out, const struct page_plan *plan,
		  enum period period, const char *site,
		  struct diag_list *diags);

#endif
