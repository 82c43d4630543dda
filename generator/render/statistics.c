/*
 * 留言统计 of a column: what was asked in each of the twelve months up to the
 * newest message, what of it was answered and in how many working days, and the
 * same by the units that answered. Counted from the messages themselves.
 */
#include <inttypes.h>
#include <string.h>

#include "base/pack.h"
#include "render/page_frame.h"
#include "render/view.h"

enum { MONTHS = 12, BAR_LENGTH = 190, BAR_ROW = 46 };

struct tally {
	str name; /* of a unit */
	size_t received;
	size_t answered;
	int64_t days; /* working days of all answers */
};

struct statistics {
	const struct render_job *job;
	int newest; /* month, counted from year 0 */
	int oldest;
	struct tally months[MONTHS]; /* [0]: the oldest */
	struct tally total;
	struct list units; /* struct tally, as the newest of each comes */
};

static int month_of(struct moment moment)
{
	struct date date = moment_date(moment);

	return date.year * 12 + date.month - 1;
}

static struct tally *unit_tally(struct statistics *statistics, str name)
{
	struct tally *units = statistics->units.items;
	struct tally *unit;

	for (size_t i = 0; i < statistics->units.count; i++)
		if (str_equal(units[i].name, name))
			return &units[i];
	unit = list_add(&statistics->units, statistics->job->arena);
	unit->name = arena_copy(statistics->job->arena, name);
	return unit;
}

static void count_in(struct tally *tally, bool is_answered, int64_t days)
{
	tally->received++;
	tally->answered += is_answered;
	tally->days += days;
}

static void count_message(struct statistics *statistics,
			  const struct resource *message)
{
	const struct cluster *cluster =
		statistics->job->context->plan->arrangement->cluster;
	int month = month_of(message->asked_at) - statistics->oldest;
	int64_t days = 0;
	bool is_answered = holidays_answer(&days, &cluster->holidays, message);
	str packed, unit;

	if (month < 0 || month >= MONTHS)
		return;
	if (days < 0)
		days = 0;
	count_in(&statistics->months[month], is_answered, days);
	count_in(&statistics->total, is_answered, days);
	packed = view_listed(statistics->job, message, "answer_unit");
	if (is_answered && unpack_text(&unit, &packed))
		count_in(unit_tally(statistics, unit), true, days);
}

/* What is no message at all (spam, a test) is not counted. */
static bool counts(const struct statistics *statistics,
		   const struct resource *message)
{
	const struct resource_type *type =
		catalog_type(view_catalog(statistics->job), message->number);

	if (!message->asked_at.is_set)
		return false;
	for (size_t i = 0; i < type->listed_count; i++)
		if (strcmp(type->fields[type->listed[i]].key, "valid") == 0)
			return view_listed(statistics->job, message, "valid")
				       .len > 0;
	return true;
}

static void count_messages(struct statistics *statistics,
			   const struct column_list *list)
{
	const struct catalog *catalog = view_catalog(statistics->job);
	struct resource message;

	for (size_t i = 0; i < list->live_count; i++) {
		catalog_get(&message, catalog, list->live[i]);
		if (counts(statistics, &message) &&
		    month_of(message.asked_at) > statistics->newest)
			statistics->newest = month_of(message.asked_at);
	}
	statistics->oldest = statistics->newest - MONTHS + 1;
	for (size_t i = 0; i < list->live_count; i++) {
		catalog_get(&message, catalog, list->live[i]);
		if (counts(statistics, &message))
			count_message(statistics, &message);
	}
}

/* 2.4; empty when nothing was answered */
static str average(const struct render_job *job, const struct tally *tally)
{
	int64_t tenths;

	if (tally->answered == 0)
		return STR("");
	tenths = (tally->days * 20 + (int64_t)tally->answered) /
		 (2 * (int64_t)tally->answered);
	return arena_printf(job->arena, "%" PRId64 ".%" PRId64, tenths / 10,
			    tenths % 10);
}

static int64_t bar(size_t count, size_t most)
{
	return most == 0 ? 0 : (int64_t)(count * BAR_LENGTH / most);
}

/* `row` counts the rows of the chart from its top; `most` fills one. */
static struct value tally_row(const struct render_job *job,
			      const struct tally *tally, size_t row,
			      size_t most)
{
	const struct value values[TALLY_FIELDS] = {
		[TALLY_NAME] = value_text(tally->name),
		[TALLY_RECEIVED] = value_number((int64_t)tally->received),
		[TALLY_ANSWERED] = value_number((int64_t)tally->answered),
		[TALLY_AVERAGE] = value_text(average(job, tally)),
		[TALLY_TOP] = value_number((int64_t)row * BAR_ROW),
		[TALLY_RECEIVED_BAR] = value_number(bar(tally->received, most)),
		[TALLY_ANSWERED_BAR] = value_number(bar(tally->answered, most)),
	};

	return view_object(job, &tally_shape, values);
}

/* From the newest month with messages back to the oldest of the twelve. */
static struct value month_rows(struct statistics *statistics, int64_t *height)
{
	const struct render_job *job = statistics->job;
	struct tally *months = statistics->months;
	struct value *rows = arena_array(job->arena, MONTHS, sizeof(*rows));
	size_t first = 0;
	size_t most = 0;

	while (first < MONTHS && months[first].received == 0)
		first++;
	for (size_t i = first; i < MONTHS; i++) {
		int month = statistics->oldest + (int)i;

		if (months[i].received > most)
			most = months[i].received;
		months[i].name = arena_printf(job->arena, "%04d-%02d",
					      month / 12, month % 12 + 1);
	}
	for (size_t i = first; i < MONTHS; i++)
		rows[MONTHS - 1 - i] =
			tally_row(job, &months[i], MONTHS - 1 - i, most);
	*height = (int64_t)(MONTHS - first) * BAR_ROW;
	return value_list(rows, MONTHS - first);
}

static struct value unit_rows(const struct statistics *statistics)
{
	const struct render_job *job = statistics->job;
	const struct tally *units = statistics->units.items;
	size_t count = statistics->units.count;
	struct value *rows = arena_array(job->arena, count, sizeof(*rows));

	for (size_t i = 0; i < count; i++)
		rows[i] = tally_row(job, &units[i], i, 0);
	return value_list(rows, count);
}

bool render_statistics(str *out, const struct render_job *job)
{
	const struct column *column = job->page->column;
	struct statistics statistics = { .job = job };
	struct value values[STATISTICS_FIELDS];
	struct page_frame spare;
	struct page_head head = {
		.title = view_string(job, "statistics", "title"),
	};
	int64_t height;

	list_init(&statistics.units, sizeof(struct tally));
	if (view_trusts(job, column->list.live, column->list.live_count))
		count_messages(&statistics, &column->list);
	values[STATISTICS_COLUMN] = page_frame_of(job, &spare)->column_value;
	values[STATISTICS_MONTHS] = month_rows(&statistics, &height);
	values[STATISTICS_HEIGHT] = value_number(height);
	values[STATISTICS_TOTAL] = tally_row(job, &statistics.total, 0, 0);
	values[STATISTICS_UNITS] = unit_rows(&statistics);
	return view_render(out, job, &statistics_shape, values, &head);
}
