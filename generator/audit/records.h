/*
 * What people write down about a site beside its settings, for reports and for
 * rules about what no page and no commit shows: a list in a file of its own,
 * whose rows have a few of the members below.
 *
 *	sites/<id>/records/checks.yaml    checks:
 *	                                   - {date: 2026-05-12, subject: …}
 *
 * Source: rules.md R-SEC-08, R-VETO-06, R-VETO-07, R-INT-22, R-DOM-05.
 *
 * Always true: a file with mistakes counts for nothing, which is told.
 */
#ifndef JIYUE_AUDIT_RECORDS_H
#define JIYUE_AUDIT_RECORDS_H

#include "plan/page_plan.h"

/* Which members a row has, the table of its list says. */
struct record_row {
	struct moment date;
	str subject;
	str unit;
	str found; /* of a check */
	str fixed;
	str people; /* of a training */
	str note;
	struct moment done; /* handled, answered, given up; or not set */
	str domain;	    /* that is given up */
	uint32_t probes;    /* of a day, from outside */
	uint32_t failed;    /* of them */
	struct span span;
};

struct record_source {
	const struct snapshot *snapshot;
	struct snapshot_reader *reader;
	int32_t offset;
	struct arena *arena;
	struct diag_list *diags;
};

/* "sites/jyj/records/checks.yaml" */
str records_path(str site, const char *name, struct arena *arena);

/* The root of the file; false: it is not there, or has mistakes. */
bool records_read(struct yaml_node *out, str path,
		  const struct record_source *from);

/*
 * The rows (struct record_row) of the list `name`, which is one of those that
 * there are; false as above.
 */
bool records_read_rows(struct list *out, str site, const char *name,
		       const struct record_source *from);

/* For help; ends with a row without rows. */
extern const struct setting_table record_settings[];

#endif
