/*
 * Days of answer are counted without holidays in a year that has no file. That
 * is told once a year, at the first message that is counted so.
 */
#include "audit/rule.h"

rule_function rule_holidays_missing;

/* Years run from 1900 to 9999 (base/date.h). */
enum { YEAR_LIMIT = 10000 };

static void tell(int16_t year, const struct resource *resource,
		 struct finding_log *log)
{
	diag_help(log->diags,
		  finding_add(log, resource->title_span,
			      _("there is no sites/holidays/%d.yaml: what this "
				"message took is counted without holidays"),
			      year),
		  "%s",
		  _("write the holidays of the year and the weekends that are "
		    "worked for them into it, as for another year; “jiyue help "
		    "settings” has its lines"));
}

static void look_at(const struct resource *resource,
		    const struct holidays *holidays, bool *is_told,
		    struct finding_log *log)
{
	int16_t year = moment_date(resource->asked_at).year;
	int16_t last = moment_date(resource->answered_at).year;

	for (; year > 0 && year <= last && year < YEAR_LIMIT; year++) {
		if (is_told[year] || holidays_has_year(holidays, year))
			continue;
		is_told[year] = true;
		tell(year, resource, log);
	}
}

void rule_holidays_missing(const struct rule_input *input,
			   struct finding_log *log)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	bool *is_told = arena_array(input->arena, YEAR_LIMIT, sizeof(*is_told));
	struct resource resource;

	for (uint32_t i = 0; i < catalog->count; i++) {
		if (!resource_type_means(catalog_type(catalog, i),
					 MEANS_ANSWERED_AT) ||
		    !arrangement_has_page(arrangement, i))
			continue;
		catalog_get(&resource, catalog, i);
		if (resource.asked_at.is_set && resource.answered_at.is_set)
			look_at(&resource, &arrangement->cluster->holidays,
				is_told, log);
	}
}
