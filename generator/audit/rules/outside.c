/*
 * What no page and no commit shows, and somebody wrote down: public criticism,
 * whether the site answers, messages of 我为政府网站找错, and domains that were
 * given up (rules.md R-VETO-06, R-VETO-07, R-INT-22, R-DOM-05; the files are
 * those of audit/records.h). Where nothing is written down, nothing is found.
 */
#include "audit/records.h"
#include "audit/rule.h"
#include "library/resource_reader.h"

rule_function rule_correction_late, rule_criticism_open, rule_domain_kept,
	rule_site_unreachable;

/* Of rows of a day to come nothing is known yet. */
static bool is_past(const struct rule_input *input, struct moment day)
{
	return day.is_set && date_compare(moment_date(day), input->today) <= 0;
}

static int64_t days_since(const struct rule_input *input, struct moment day)
{
	return date_days_between(moment_date(day), input->today);
}

static bool read_rows(struct list *out, const struct rule_input *input,
		      str site, const char *name, struct finding_log *log)
{
	const struct page_plan *plan = input->plan;
	struct snapshot_reader *reader =
		snapshot_reader_open(plan->snapshot, log->diags);
	const struct record_source from = {
		plan->snapshot, reader,
		plan->arrangement->cluster->platform.offset, input->arena,
		log->diags
	};
	bool ok = reader != NULL && records_read_rows(out, site, name, &from);

	snapshot_reader_close(reader);
	return ok;
}

/* --- criticism ------------------------------------------------------------ */

/* It counts for the time of one inspection, and for as long as it is open. */
void rule_criticism_open(const struct rule_input *input,
			 struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_CRITICISM_DAYS);
	const struct record_row *rows;
	struct list list;

	if (!read_rows(&list, input, input->site->id, "criticism", log))
		return;
	rows = list.items;
	for (size_t i = 0; i < list.count; i++) {
		if (!is_past(input, rows[i].date) ||
		    (is_past(input, rows[i].done) &&
		     days_since(input, rows[i].date) > limit))
			continue;
		diag_help(log->diags,
			  finding_add(log, rows[i].span,
				      _("the way the site is run was "
					"criticised in public: %.*s"),
				      STR_ARG(rows[i].subject)),
			  "%s",
			  is_past(input, rows[i].done)
				  ? _("it counts for the inspection of its "
				      "quarter, though it is dealt with")
				  : _("deal with it, then write the day as "
				      "“handled_on:”"));
	}
}

/* --- whether it answers --------------------------------------------------- */

enum { WEEK = 7 };

struct week {
	struct moment last; /* its newest day; not set: none was measured */
	uint64_t probes;
	uint64_t failed;
};

/* The week that ends on the newest measured day; days of few probes say
   nothing. */
static void add_up(struct week *out, const struct rule_input *input,
		   const struct list *list)
{
	uint32_t least = rule_book_limit(input->book, LIMIT_PROBES);
	const struct record_row *rows = list->items;

	*out = (struct week){ 0 };
	for (size_t i = 0; i < list->count; i++)
		if (is_past(input, rows[i].date) && rows[i].probes >= least &&
		    (!out->last.is_set ||
		     moment_compare(out->last, rows[i].date) < 0))
			out->last = rows[i].date;
	for (size_t i = 0; out->last.is_set && i < list->count; i++) {
		int64_t before = date_days_between(moment_date(rows[i].date),
						   moment_date(out->last));

		if (before < 0 || before >= WEEK || rows[i].probes < least)
			continue;
		out->probes += rows[i].probes;
		out->failed += rows[i].failed;
	}
}

void rule_site_unreachable(const struct rule_input *input,
			   struct finding_log *log)
{
	uint32_t most = rule_book_limit(input->book, LIMIT_FAILED_PERCENT);
	const struct site *site = input->site;
	struct list list;
	struct week week;

	if (site->state != STATE_LIVE ||
	    !read_rows(&list, input, site->id, "probes", log))
		return;
	add_up(&week, input, &list);
	if (week.probes == 0 || week.failed * 100 < week.probes * most)
		return;
	diag_help(log->diags,
		  finding_add(log, site->domain_span,
			      _("the site did not answer %llu of %llu times "
				"within a week; below %u per cent is allowed"),
			      (unsigned long long)week.failed,
			      (unsigned long long)week.probes, most),
		  _("find out why its server does not answer; what was "
		    "measured stands in %.*s"),
		  STR_ARG(records_path(site->id, "probes", input->arena)));
}

/* --- 我为政府网站找错 ------------------------------------------------------
 */

static int64_t working_days(const struct rule_input *input,
			    const struct record_row *row)
{
	return holidays_between(
		&input->arrangement->cluster->holidays, moment_date(row->date),
		is_past(input, row->done) ? moment_date(row->done)
					  : input->today);
}

/* Of the last year alone, as of messages. */
void rule_correction_late(const struct rule_input *input,
			  struct finding_log *log)
{
	enum { YEAR = 365 };
	uint32_t limit = rule_book_limit(input->book, LIMIT_CORRECTION_DAYS);
	const struct record_row *rows;
	struct list list;

	if (!read_rows(&list, input, input->site->id, "corrections", log))
		return;
	rows = list.items;
	for (size_t i = 0; i < list.count; i++) {
		if (!is_past(input, rows[i].date) ||
		    days_since(input, rows[i].date) > YEAR ||
		    working_days(input, &rows[i]) <= limit)
			continue;
		diag_help(log->diags,
			  finding_add(log, rows[i].span,
				      _("what a reader reported took %lld "
					"working days; %u are allowed: %.*s"),
				      (long long)working_days(input, &rows[i]),
				      limit, STR_ARG(rows[i].subject)),
			  "%s",
			  is_past(input, rows[i].done)
				  ? _("answer the next one in time; this one "
				      "stays in the list for a year")
				  : _("mend it, answer on the platform, then "
				      "write the day as “answered_on:”"));
	}
}

/* --- domains that are given up -------------------------------------------- */

/* Those that somebody wrote down as given up. */
static void list_given_up(struct map *out, const struct rule_input *input,
			  struct finding_log *log)
{
	const struct cluster *cluster = input->plan->arrangement->cluster;

	for (size_t i = 0; i < cluster->count; i++) {
		const struct record_row *rows;
		struct list list;

		if (!read_rows(&list, input, cluster->sites[i].id, "domains",
			       log))
			continue;
		rows = list.items;
		for (size_t k = 0; k < list.count; k++)
			if (is_past(input, rows[k].done))
				map_add(out, rows[k].domain, out);
	}
}

/* By type, so that a text costs one look. */
static bool *list_notice_types(const struct schema *schema, struct arena *arena)
{
	bool *is_notice = arena_array(arena, schema->type_count, 1);

	for (size_t i = 0; i < schema->type_count; i++)
		is_notice[i] =
			resource_type_field(&schema->types[i],
					    STR("new_domain")) != FIELD_NONE &&
			resource_type_field(&schema->types[i],
					    STR("old_domain")) != FIELD_NONE;
	return is_notice;
}

static bool is_notice(const struct catalog *catalog, const bool *types,
		      uint32_t number)
{
	const struct resource_type *type = catalog_type(catalog, number);
	const struct schema *schema = catalog->schema;

	return type >= schema->types &&
	       type < schema->types + schema->type_count &&
	       types[type - schema->types];
}

/* Both sites publish a notice: the first one of a domain is told of. */
static void judge_notice(const struct rule_input *input,
			 struct snapshot_reader *reader, uint32_t number,
			 struct map *given_up, struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_DOMAIN_DAYS);
	const struct catalog *catalog = input->plan->arrangement->catalog;
	const struct field_value *domain;
	struct front_matter matter;
	struct resource resource;

	catalog_get(&resource, catalog, number);
	if (!is_past(input, resource.date) ||
	    days_since(input, resource.date) <= limit ||
	    !resource_reader_matter_again(&matter, catalog, reader,
					  catalog_file(catalog, number),
					  input->arena))
		return;
	domain = front_matter_value(&matter, STR("old_domain"));
	if (domain == NULL || domain->node == NULL ||
	    !map_add(given_up, domain->text, given_up))
		return;
	diag_help(log->diags,
		  finding_add(log, domain->node->span,
			      _("%lld days after its notice the old domain is "
				"not given up, as far as is written down; %u "
				"are allowed: %.*s"),
			      (long long)days_since(input, resource.date),
			      limit, STR_ARG(domain->text)),
		  "%s",
		  _("give its registration up, then write into "
		    "sites/<id>/records/domains.yaml: “domains: [{domain: …, "
		    "given_up_on: …}]”"));
}

void rule_domain_kept(const struct rule_input *input, struct finding_log *log)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	const bool *types = list_notice_types(catalog->schema, input->arena);
	struct snapshot_reader *reader =
		snapshot_reader_open(input->plan->snapshot, log->diags);
	struct map given_up;

	map_init(&given_up, input->arena);
	if (reader != NULL)
		list_given_up(&given_up, input, log);
	for (uint32_t i = 0; reader != NULL && i < catalog->count; i++)
		if (is_notice(catalog, types, i) &&
		    arrangement_has_page(arrangement, i))
			judge_notice(input, reader, i, &given_up, log);
	snapshot_reader_close(reader);
}
