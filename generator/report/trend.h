/*
 * The last months of an inspection: what a check of each month's end finds
 * today, in the revision that was the newest then.
 *
 * Always true: the points are in the order of time and lie in an arena of the
 * trend's own, since each check is gone before the next one begins; a month
 * without a revision, or whose check failed, is there and empty.
 */
#ifndef JIYUE_REPORT_TREND_H
#define JIYUE_REPORT_TREND_H

#include "report/sheet.h"
#include "report/tally.h"

enum { TREND_MONTHS = 12 };

/* A site at the end of a month. */
struct trend_site {
	str id;
	size_t vetoes;
	size_t open; /* errors and warnings */
};

struct trend_point {
	struct date day;
	str revision; /* empty: there was none */
	bool is_known;
	size_t live;   /* sites that were inspected */
	size_t failed; /* of them, with a veto */
	size_t errors;
	size_t warnings;
	struct trend_site *sites;
	size_t site_count;
	struct digest *fingerprints; /* of what was open, sorted */
	size_t open;
};

struct trend {
	struct trend_point points[TREND_MONTHS];
	size_t count;
	struct arena arena;
};

void trend_init(struct trend *trend);
void trend_release(struct trend *trend);

/* The last day of the month before that of a day. */
struct date trend_month_before(struct date day);

/* What a check found, of the wanted site or, when that is NULL, of all. */
void trend_fill(struct trend_point *point, const struct tallies *tallies,
		const struct report *found, const char *site,
		struct arena *arena);

/*
 * The end of the first month since which a finding has been open at the end of
 * each; not set: it was not at the last one.
 */
struct date trend_open_since(const struct trend *trend,
			     struct digest fingerprint);

/* The table with its chart, and one of the sites; none without a point. */
void trend_add(struct sheet *out, const struct trend *trend,
	       const struct tallies *tallies, const char *site);

#endif
