/*
 * What is written down beside a site, and what a published report says, against
 * what the library knows (rules.md R-SEC-08, R-RPT-03, R-POL-11, R-DOM-06).
 */
#include "audit/annual_counts.h"
#include "audit/records.h"
#include "audit/rule.h"
#include "library/resource_reader.h"

rule_function rule_contact_unentered, rule_reprint_missing, rule_report_numbers,
	rule_security_unchecked;

/* --- checks of security --------------------------------------------------- */

/* The newest day on which somebody looked at it; not set: nobody did. */
static struct date newest_check(const struct site *site,
				const struct record_source *from)
{
	struct date newest = { 0 };
	const struct record_row *rows;
	struct list list;

	if (!records_read_rows(&list, site->id, "checks", from))
		return newest;
	rows = list.items;
	for (size_t i = 0; i < list.count; i++) {
		struct date day = moment_date(rows[i].date);

		if (rows[i].date.is_set && date_compare(newest, day) < 0)
			newest = day;
	}
	return newest;
}

static void judge_checks(const struct rule_input *input,
			 const struct site *site,
			 const struct record_source *from,
			 struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_SECURITY_DAYS);
	struct date newest = newest_check(site, from);

	if (date_is_set(newest) &&
	    date_days_between(newest, input->today) <= limit)
		return;
	diag_help(log->diags,
		  finding_add(log, site->domain_span,
			      _("no check of security is written down for the "
				"last %u days"),
			      limit),
		  _("write it into %.*s: “checks: [{date: …, subject: …}]”"),
		  STR_ARG(records_path(site->id, "checks", input->arena)));
}

void rule_security_unchecked(const struct rule_input *input,
			     struct finding_log *log)
{
	const struct page_plan *plan = input->plan;
	const struct cluster *cluster = plan->arrangement->cluster;
	struct snapshot_reader *reader =
		snapshot_reader_open(plan->snapshot, log->diags);
	const struct record_source from = { plan->snapshot, reader,
					    cluster->platform.offset,
					    input->arena, log->diags };

	for (size_t i = 0; reader != NULL && i < cluster->count; i++)
		if (cluster->sites[i].state == STATE_LIVE)
			judge_checks(input, &cluster->sites[i], &from, log);
	snapshot_reader_close(reader);
}

/* --- contacts of domains -------------------------------------------------- */

/* As many working days as it may take, and when it is warned of. */
enum { CONTACT_DAYS = 20, CONTACT_WARNING_DAYS = 15 };

void rule_contact_unentered(const struct rule_input *input,
			    struct finding_log *log)
{
	const struct site *site = input->site;
	const struct cluster *cluster = input->arrangement->cluster;
	int64_t days;

	if (!site->contact_changed_on.is_set ||
	    (site->contact_entered_on.is_set &&
	     moment_compare(site->contact_entered_on,
			    site->contact_changed_on) >= 0))
		return;
	days = holidays_between(&cluster->holidays,
				moment_date(site->contact_changed_on),
				input->today);
	if (days < CONTACT_WARNING_DAYS)
		return;
	diag_help(log->diags,
		  finding_add(log, site->domain_span,
			      _("the contact of the domain changed %lld "
				"working days ago and is not entered in the "
				"national system; %d are allowed"),
			      (long long)days, CONTACT_DAYS),
		  "%s",
		  _("enter it, then write the day as “contact_entered_on:”"));
}

/* --- texts that are to be taken over -------------------------------------- */

static bool is_taken_over(const struct rule_input *input,
			  const struct reprint *reprint)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	uint32_t limit = rule_book_limit(input->book, LIMIT_REPRINT_DAYS);
	struct resource resource;

	for (uint32_t i = 0; i < catalog->count; i++) {
		if (!arrangement_has_page(arrangement, i))
			continue;
		catalog_get(&resource, catalog, i);
		if (str_equal(resource.source_url, reprint->url) &&
		    date_days_between(moment_date(reprint->published),
				      moment_date(resource.date)) <= limit)
			return true;
	}
	return false;
}

void rule_reprint_missing(const struct rule_input *input,
			  struct finding_log *log)
{
	const struct reprint_list *list = &input->book->reprints;
	uint32_t limit = rule_book_limit(input->book, LIMIT_REPRINT_DAYS);

	for (size_t i = 0; i < list->count; i++) {
		const struct reprint *reprint = &list->items[i];

		if (date_days_between(moment_date(reprint->published),
				      input->today) <= limit ||
		    is_taken_over(input, reprint))
			continue;
		diag_help(log->diags,
			  finding_add(log, reprint->span,
				      _("“%.*s” was not taken over within "
					"%u days"),
				      STR_ARG(reprint->title), limit),
			  _("publish it with “origin: reprint” and "
			    "“source_url: %.*s”"),
			  STR_ARG(reprint->url));
	}
}

/* --- numbers of a report -------------------------------------------------- */

struct comparing {
	const struct rule_input *input;
	struct snapshot_reader *reader;
	struct finding_log *log;
	int16_t year;		      /* of `counts` */
	struct annual_counts *counts; /* one a site; NULL: none yet */
};

static bool count_year(struct comparing *comparing, int16_t year)
{
	const struct page_plan *plan = comparing->input->plan;
	const struct annual_scope scope = { plan, comparing->reader, year };

	if (comparing->counts != NULL && comparing->year == year)
		return true;
	comparing->year = year;
	comparing->counts = arena_array(comparing->input->arena, plan->count,
					sizeof(*comparing->counts));
	return annual_count(comparing->counts, &scope, comparing->log->diags);
}

/* What differs in a report, and where it does first. */
struct differences {
	struct buf list;
	size_t count;
	struct span first;
};

static void compare_field(struct differences *out,
			  const struct front_matter *report,
			  const struct annual_field *field,
			  const struct annual_counts *counts)
{
	const struct field_value *value =
		front_matter_value(report, str_from_c(field->key));
	int64_t counted = annual_counts_get(counts, field);

	if (!field->is_of_year || value == NULL || value->node == NULL ||
	    (int64_t)value->number == counted)
		return;
	if (out->count++ == 0)
		out->first = value->node->span;
	buf_printf(&out->list, "%s%s %lld (%lld)",
		   out->list.len > 0 ? ", " : "", field->key,
		   (long long)value->number, (long long)counted);
}

static void compare_fields(const struct comparing *comparing,
			   const struct front_matter *report,
			   const struct annual_counts *counts)
{
	struct differences found = { 0 };

	buf_init(&found.list, comparing->input->arena);
	for (const struct annual_field *field = annual_fields;
	     field->key != NULL; field++)
		compare_field(&found, report, field, counts);
	if (found.count == 0)
		return;
	diag_help(comparing->log->diags,
		  finding_add(comparing->log, found.first,
			      _("numbers of the report that are not those of "
				"the library (in brackets): %.*s"),
			      STR_ARG(buf_str(&found.list))),
		  "%s",
		  _("see which is right: “jiyue report annual” lists what is "
		    "counted"));
}

static void compare_report(struct comparing *comparing, uint32_t number)
{
	const struct arrangement *arrangement =
		comparing->input->plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	const struct site *site = arrangement_of(arrangement, number).site;
	const struct field_value *year;
	struct front_matter matter;

	if (!resource_reader_matter_again(&matter, catalog, comparing->reader,
					  catalog_file(catalog, number),
					  comparing->input->arena))
		return;
	year = front_matter_value(&matter, STR("year"));
	if (year == NULL || year->node == NULL ||
	    !count_year(comparing, (int16_t)year->number))
		return;
	compare_fields(comparing, &matter, &comparing->counts[site->number]);
}

/* Of the last year: what is older was counted when other texts stood there. */
static bool is_recent_report(const struct rule_input *input, uint32_t number)
{
	enum { YEAR = 366 };
	const struct arrangement *arrangement = input->plan->arrangement;
	struct resource resource;

	if (!arrangement_has_page(arrangement, number) ||
	    resource_type_field(catalog_type(arrangement->catalog, number),
				STR("info_total")) == FIELD_NONE)
		return false;
	catalog_get(&resource, arrangement->catalog, number);
	return date_days_between(moment_date(resource.date), input->today) <=
	       YEAR;
}

void rule_report_numbers(const struct rule_input *input,
			 struct finding_log *log)
{
	const struct page_plan *plan = input->plan;
	struct comparing comparing = {
		.input = input,
		.reader = snapshot_reader_open(plan->snapshot, log->diags),
		.log = log,
	};

	for (uint32_t i = 0;
	     comparing.reader != NULL && i < plan->arrangement->catalog->count;
	     i++)
		if (is_recent_report(input, i))
			compare_report(&comparing, i);
	snapshot_reader_close(comparing.reader);
}
