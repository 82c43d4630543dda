/*
 * What people write down about a site beside its settings, for reports and for
 * the rule that it is written down each month:
 *
 *	sites/<id>/records/checks.yaml    checks:
 *	                                   - {date: 2026-05-12, subject: …}
 *	sites/<id>/records/training.yaml  training:
 *	                                   - {date: 2026-06-03, subject: …}
 *
 * Always true: a file with mistakes counts for nothing, which is told.
 */
#ifndef JIYUE_AUDIT_RECORDS_H
#define JIYUE_AUDIT_RECORDS_H

#include "plan/page_plan.h"

/* One check of security, or one training. */
struct record_row {
	struct moment date;
	str subject;
	str unit;
	str found; /* of a check */
	str fixed;
	str people; /* of a training */
	str note;
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

/* The rows (struct record_row) of such a list; false as above. */
bool records_read_rows(struct list *out, str site, const char *name,
		       const struct record_source *from);

/* For help; ends with a row without rows. */
extern const struct setting_table record_settings[];

#endif
