/*
 * What people wrote down in sites/<id>/records/ (audit/records.h), counted for
 * a year: checks of security, messages of 我为政府网站找错, trainings.
 *
 * Always true: nothing is estimated. Where a file is missing, or a row lacks
 * its number, what would be counted of it is unknown.
 */
#ifndef JIYUE_REPORT_ANNUAL_RECORDS_H
#define JIYUE_REPORT_ANNUAL_RECORDS_H

#include "audit/records.h"

enum annual_list {
	ANNUAL_CHECKS,
	ANNUAL_CORRECTIONS,
	ANNUAL_TRAINING,
	ANNUAL_LIST_COUNT,
};

/* Names of the lists, as audit/records.h has them. */
extern const char *const annual_list_names[ANNUAL_LIST_COUNT];

enum { ANNUAL_UNKNOWN = -1 };

struct annual_records {
	size_t sites[ANNUAL_LIST_COUNT]; /* that have the file */
	int64_t checks;
	int64_t checked_sites; /* with at least one check */
	int64_t found;
	int64_t fixed;
	int64_t received;
	int64_t in_time;
	int64_t late; /* answered, but later */
	int64_t open;
	int64_t trainings;
	int64_t people;
};

/* One a site of the cluster, in its order, and behind them that of all. */
void annual_records_count(struct annual_records *out,
			  const struct page_plan *plan,
			  struct snapshot_reader *reader, int16_t year,
			  struct arena *arena, struct diag_list *diags);

#endif
