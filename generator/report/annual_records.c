/*
 * A list is read for each site and its rows of the year are added up; the
 * totals of the city are sums of sites, and one unknown summand makes a sum
 * unknown.
 */
#include "report/annual_records.h"

#include "audit/rule_book.h"
#include "site/arrange.h"

const char *const annual_list_names[ANNUAL_LIST_COUNT] = {
	[ANNUAL_CHECKS] = "checks",
	[ANNUAL_CORRECTIONS] = "corrections",
	[ANNUAL_TRAINING] = "training",
};

struct counting {
	const struct cluster *cluster;
	struct record_source from;
	struct date today;
	int16_t year;
	uint32_t limit; /* working days for an answer */
};

static void add(int64_t *sum, int64_t value)
{
	*sum = *sum == ANNUAL_UNKNOWN || value == ANNUAL_UNKNOWN
		       ? ANNUAL_UNKNOWN
		       : *sum + value;
}

static int64_t number_of(str text)
{
	uint64_t number;

	return str_to_u64(&number, text) && number < INT32_MAX ? (int64_t)number
							       : ANNUAL_UNKNOWN;
}

static void add_check(struct annual_records *out, const struct record_row *row)
{
	out->checks++;
	out->checked_sites = 1;
	add(&out->found, number_of(row->found));
	add(&out->fixed, number_of(row->fixed));
}

static void add_correction(struct annual_records *out,
			   const struct record_row *row,
			   const struct counting *counting)
{
	struct date asked = moment_date(row->date);
	struct date answered;

	out->received++;
	if (!row->done.is_set) {
		out->open++;
		return;
	}
	answered = moment_date(row->done);
	if (holidays_between(&counting->cluster->holidays, asked, answered) <=
	    counting->limit)
		out->in_time++;
	else
		out->late++;
}

static void add_row(struct annual_records *out, enum annual_list list,
		    const struct record_row *row,
		    const struct counting *counting)
{
	switch (list) {
	case ANNUAL_CHECKS:
		add_check(out, row);
		break;
	case ANNUAL_CORRECTIONS:
		add_correction(out, row, counting);
		break;
	default:
		out->trainings++;
		add(&out->people, number_of(row->people));
	}
}

static void count_list(struct annual_records *out, const struct site *site,
		       enum annual_list list, const struct counting *counting)
{
	const struct record_row *rows;
	struct list found;

	if (!records_read_rows(&found, site->id, annual_list_names[list],
			       &counting->from))
		return;
	out->sites[list] = 1;
	rows = found.items;
	for (size_t i = 0; i < found.count; i++)
		if (rows[i].date.is_set &&
		    moment_date(rows[i].date).year == counting->year)
			add_row(out, list, &rows[i], counting);
}

static void add_site(struct annual_records *all,
		     const struct annual_records *site)
{
	for (int list = 0; list < ANNUAL_LIST_COUNT; list++)
		all->sites[list] += site->sites[list];
	all->checks += site->checks;
	all->checked_sites += site->checked_sites;
	add(&all->found, site->found);
	add(&all->fixed, site->fixed);
	all->received += site->received;
	all->in_time += site->in_time;
	all->late += site->late;
	all->open += site->open;
	all->trainings += site->trainings;
	add(&all->people, site->people);
}

/* The platform's own figure, where it has one. */
static uint32_t read_limit(const struct counting *counting)
{
	const struct rule_book_sources sources = {
		.snapshot = counting->from.snapshot,
		.reader = counting->from.reader,
		.offset = counting->from.offset,
		.today = counting->today,
	};
	struct diag_list untold; /* a check tells its mistakes */
	struct rule_book book;

	diag_list_init(&untold, counting->from.arena);
	rule_book_read(&book, &sources, counting->from.arena, &untold);
	return rule_book_limit(&book, LIMIT_CORRECTION_DAYS);
}

void annual_records_count(struct annual_records *out,
			  const struct page_plan *plan,
			  struct snapshot_reader *reader, int16_t year,
			  struct arena *arena, struct diag_list *diags)
{
	const struct cluster *cluster = plan->arrangement->cluster;
	struct counting counting = {
		.cluster = cluster,
		.from = { plan->snapshot, reader, cluster->platform.offset,
			  arena, diags },
		.today = arrangement_today(plan->arrangement),
		.year = year,
	};

	counting.limit = read_limit(&counting);
	for (size_t i = 0; i <= cluster->count; i++)
		out[i] = (struct annual_records){ 0 };
	for (size_t i = 0; i < cluster->count; i++) {
		for (int list = 0; list < ANNUAL_LIST_COUNT; list++)
			count_list(&out[i], &cluster->sites[i],
				   (enum annual_list)list, &counting);
		add_site(&out[cluster->count], &out[i]);
	}
}
