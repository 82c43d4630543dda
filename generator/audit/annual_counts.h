/*
 * What the library knows of a site and a year, for its annual report and for
 * the rule that compares a published one with it: one pass over the catalogue
 * for all sites.
 */
#ifndef JIYUE_AUDIT_ANNUAL_COUNTS_H
#define JIYUE_AUDIT_ANNUAL_COUNTS_H

#include "plan/page_plan.h"

struct annual_scope {
	const struct page_plan *plan;
	struct snapshot_reader *reader;
	int16_t year;
};

struct annual_counts {
	int64_t published; /* all that has a date of the year */
	int64_t profiles;
	int64_t news;
	int64_t disclosed; /* notices, policies, plans, figures, reports */
	int64_t topics_kept;
	int64_t topics_new;
	int64_t interpretations;
	int64_t interpretation_materials;
	int64_t interpretation_products;
	int64_t interpretation_comments;
	int64_t hot_responses;
	int64_t services; /* at the end of the year, like the next */
	int64_t services_online;
	int64_t messages;
	int64_t messages_closed;
	int64_t messages_public;
	int64_t message_days; /* of all that were closed, together */
	int64_t consultations;
	int64_t consultation_opinions;
	int64_t consultation_results;
};

/* One a site of the cluster. False when the world fails. */
MUST_USE bool annual_count(struct annual_counts *counts,
			   const struct annual_scope *scope,
			   struct diag_list *diags);

/* A field of the annual report that the library counts. */
struct annual_field {
	const char *key;
	size_t at;	 /* of an int64_t in struct annual_counts */
	bool is_of_year; /* not of the day on which it is counted */
};

extern const struct annual_field annual_fields[]; /* ends with a NULL key */

static inline int64_t annual_counts_get(const struct annual_counts *counts,
					const struct annual_field *field)
{
	return *(const int64_t *)(const void *)((const char *)counts +
						field->at);
}

#endif
