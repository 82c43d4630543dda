/*
 * Whether the numbers of an annual report fit each other: no part is more than
 * its whole, and parts that are all there is of a whole come to it.
 */
#ifndef JIYUE_REPORT_ANNUAL_SUMS_H
#define JIYUE_REPORT_ANNUAL_SUMS_H

#include "library/resource_type.h"
#include "report/sheet.h"

/* The table that the next call adds rows to. */
struct sheet_table *annual_sums_table(struct sheet *out);

/* `values`: one a field of the type; what is no number is not held together. */
void annual_sums_add(struct sheet *out, struct sheet_table *table, str site,
		     const struct resource_type *type, const str *values);

#endif
