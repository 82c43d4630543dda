/*
 * Only days that differ from their place in the week are kept, sorted, each
 * with the sum of all before it: then the working days up to any day are those
 * of its week count and one sum.
 */
#include "site/holidays.h"
#include "base/sorted.h"

#include <stddef.h>
#include <stdlib.h>

enum { WEEK = 7, WORKED = 5, FIRST_YEAR = 1900 };

struct holiday {
	str name;
	struct moment from;
	struct moment to;
};

struct year_file {
	str basis;
	int confidence;
	const struct yaml_node *holidays;
	const struct yaml_node *working_days;
};

static const char *const marks[] = { "C", "L", "U", "P", NULL };

static const struct setting year_rows[] = {
	{ "basis", SETTING_TEXT, offsetof(struct year_file, basis),
	  "国务院办公厅关于2026年部分节假日安排的通知", NULL,
	  N_("the document that says so") },
	{ "confidence", SETTING_CHOICE, offsetof(struct year_file, confidence),
	  "C", marks,
	  N_("C: read in the text itself or in two published copies; L: in "
	     "one local document; U: not compared with the text; P: the "
	     "platform's own") },
	{ "holidays", SETTING_NODE, offsetof(struct year_file, holidays),
	  "[{name: 元旦, from: 2026-01-01, to: 2026-01-03}]", NULL,
	  N_("days off, one entry a holiday") },
	{ "working_days", SETTING_NODE,
	  offsetof(struct year_file, working_days), NULL, NULL,
	  N_("weekends that are worked for them: [2026-01-04]") },
};

static const struct setting day_rows[] = {
	{ "name", SETTING_TEXT, offsetof(struct holiday, name), "元旦", NULL,
	  N_("of the holiday") },
	{ "from", SETTING_DATE, offsetof(struct holiday, from), "2026-01-01",
	  NULL, N_("its first day") },
	{ "to", SETTING_DATE, offsetof(struct holiday, to), NULL, NULL,
	  N_("its last day, when it has several") },
};

const struct setting_table holiday_settings[] = {
	{ N_("sites/holidays/<year>.yaml: what are working days"), year_rows,
	  COUNT_OF(year_rows) },
	{ N_("holidays: of it"), day_rows, COUNT_OF(day_rows) },
	{ 0 },
};

void holidays_init(struct holidays *holidays)
{
	list_init(&holidays->shifts, sizeof(struct holiday_shift));
	list_init(&holidays->years, sizeof(int16_t));
}

bool holidays_path_year(int16_t *out, str path)
{
	const size_t length = STR(HOLIDAYS_FOLDER "2026.yaml").len;
	uint64_t year;

	if (!str_starts_with(path, STR(HOLIDAYS_FOLDER)) ||
	    path.len != length || !str_ends_with(path, STR(".yaml")) ||
	    !str_to_u64(&year, str_between(path, STR(HOLIDAYS_FOLDER).len,
					   length - STR(".yaml").len)) ||
	    year < FIRST_YEAR)
		return false;
	*out = (int16_t)year;
	return true;
}

/* --- the week ------------------------------------------------------------- */

/* Since Monday, 1899-12-25: no date is before it. */
static int64_t since_monday(int64_t day)
{
	enum { FIRST_MONDAY = -25574 };

	return day - FIRST_MONDAY;
}

static bool is_weekday(int64_t day)
{
	return since_monday(day) % WEEK < WORKED;
}

/* Days of Monday to Friday up to and with the day. */
static int64_t weekdays_to(int64_t day)
{
	int64_t days = since_monday(day) + 1;
	int64_t rest = days % WEEK;

	return days / WEEK * WORKED + (rest > WORKED ? WORKED : rest);
}

/* --- reading -------------------------------------------------------------- */

struct year_reader {
	struct holidays *out;
	struct list shifts; /* of this file */
	struct settings_reader settings;
	int16_t year;
};

static struct diag *refuse(struct year_reader *reader, struct span span,
			   const char *id, const char *text)
{
	return diag_error(reader->settings.diags, span, id, "%s", text);
}

static bool is_near_year(struct date date, int16_t year)
{
	enum { DECEMBER = 12 };

	return date.year == year ||
	       (date.year == year - 1 && date.month == DECEMBER) ||
	       (date.year == year + 1 && date.month == 1);
}

static bool check_year(struct year_reader *reader, struct date date,
		       struct span span)
{
	if (is_near_year(date, reader->year))
		return true;
	diag_help(reader->settings.diags,
		  refuse(reader, span, "holiday-year",
			 _("this day is of another year than the file")),
		  _("the file is for %d; the days of each year stand in a file "
		    "of their own"),
		  reader->year);
	return false;
}

/* What a file says of a day it says once. */
static bool add_day(struct year_reader *reader, int64_t day, bool is_working,
		    struct span span)
{
	const struct holiday_shift *shifts = reader->shifts.items;

	for (size_t i = 0; i < reader->shifts.count; i++)
		if (shifts[i].day == day) {
			diag_help(reader->settings.diags,
				  refuse(reader, span, "holiday-twice",
					 _("a day stands here twice")),
				  "%s",
				  _("a day is off or worked: keep it in one "
				    "place"));
			return false;
		}
	*(struct holiday_shift *)list_add(&reader->shifts,
					  reader->settings.arena) =
		(struct holiday_shift){ day, 0, reader->year, is_working };
	return true;
}

static bool read_holiday(struct year_reader *reader,
			 const struct yaml_node *node)
{
	struct holiday holiday = { .name = STR("") };
	struct date from, to;
	bool ok = true;

	if (node->is_refused ||
	    !settings_read(&holiday, node, day_rows, COUNT_OF(day_rows),
			   &reader->settings))
		return false;
	if (!holiday.to.is_set)
		holiday.to = holiday.from;
	from = moment_date(holiday.from);
	to = moment_date(holiday.to);
	if (date_compare(to, from) < 0 ||
	    date_days_between(from, to) >= HOLIDAY_DAYS) {
		diag_help(reader->settings.diags,
			  refuse(reader, node->span, "holiday-length",
				 _("a holiday cannot last like this")),
			  _("“to:” is its last day, at most %d days from "
			    "“from:” on"),
			  HOLIDAY_DAYS);
		return false;
	}
	if (!check_year(reader, from, node->span) ||
	    !check_year(reader, to, node->span))
		return false;
	for (int64_t day = date_day_number(from);
	     ok && day <= date_day_number(to); day++)
		ok = add_day(reader, day, false, node->span);
	return ok;
}

static bool read_worked(struct year_reader *reader,
			const struct yaml_node *node)
{
	struct date date;
	int64_t day;

	if (node->is_refused)
		return false;
	if (node->kind != YAML_SCALAR || !date_parse(&date, node->text)) {
		diag_help(reader->settings.diags,
			  refuse(reader, node->span, "holiday-day",
				 _("a day is expected here")),
			  _("for example: %s"), "2026-01-04");
		return false;
	}
	day = date_day_number(date);
	if (is_weekday(day)) {
		diag_help(reader->settings.diags,
			  refuse(reader, node->span, "holiday-weekday",
				 _("this day is no Saturday or Sunday")),
			  "%s",
			  _("“working_days:” has weekends that are worked; "
			    "other days are worked anyway"));
		return false;
	}
	return check_year(reader, date, node->span) &&
	       add_day(reader, day, true, node->span);
}

typedef bool read_row(struct year_reader *reader, const struct yaml_node *node);

static bool read_rows(struct year_reader *reader, const struct yaml_node *list,
		      read_row *read, const char *example)
{
	bool ok = true;

	if (list == NULL || list->is_null)
		return true;
	if (list->kind != YAML_SEQUENCE || list->count > HOLIDAY_ROWS) {
		diag_help(reader->settings.diags,
			  refuse(reader, list->span, "holiday-list",
				 _("a list of days is expected here")),
			  _("for example: %s; at most %d entries"), example,
			  HOLIDAY_ROWS);
		return false;
	}
	for (size_t i = 0; i < list->count; i++)
		ok &= read(reader, &list->items[i]);
	return ok;
}

bool holidays_read(struct holidays *holidays, const struct source *source,
		   struct arena *arena, struct diag_list *diags)
{
	struct year_reader reader = {
		.out = holidays,
		.settings = { .arena = arena, .diags = diags },
	};
	const struct holiday_shift *shifts;
	struct year_file file = { .basis = STR("") };
	struct yaml_node root;
	bool ok = yaml_parse(&root, source, 0, source->text.len,
			     YAML_SETTINGS_LIMIT, arena, diags);

	if ((!ok && root.count == 0) ||
	    !holidays_path_year(&reader.year, source->path))
		return false;
	list_init(&reader.shifts, sizeof(struct holiday_shift));
	ok &= settings_read(&file, &root, year_rows, COUNT_OF(year_rows),
			    &reader.settings);
	ok &= read_rows(&reader, file.holidays, read_holiday,
			year_rows[2].required);
	ok &= read_rows(&reader, file.working_days, read_worked,
			"[2026-01-04]");
	if (!ok)
		return false;
	shifts = reader.shifts.items;
	for (size_t i = 0; i < reader.shifts.count; i++)
		*(struct holiday_shift *)list_add(&holidays->shifts, arena) =
			shifts[i];
	*(int16_t *)list_add(&holidays->years, arena) = reader.year;
	return true;
}

/* --- asking --------------------------------------------------------------- */

static int by_day(const void *a, const void *b)
{
	const struct holiday_shift *one = a;
	const struct holiday_shift *other = b;

	if (one->day != other->day)
		return one->day < other->day ? -1 : 1;
	return one->year < other->year ? -1 : one->year > other->year;
}

void holidays_freeze(struct holidays *holidays)
{
	struct holiday_shift *shifts = holidays->shifts.items;
	size_t count = holidays->shifts.count;
	size_t kept = 0;
	int32_t total = 0;

	if (count > 1)
		qsort(shifts, count, sizeof(*shifts), by_day);
	for (size_t i = 0; i < count; i++) {
		struct holiday_shift shift = shifts[i];

		if (i + 1 < count && shifts[i + 1].day == shift.day)
			continue;
		if (shift.is_working == is_weekday(shift.day))
			continue;
		total += shift.is_working ? 1 : -1;
		shift.total = total;
		shifts[kept++] = shift;
	}
	holidays->shifts.count = kept;
}

/* The last shift up to and with the day, or NULL. */
static const struct holiday_shift *find(const struct holidays *holidays,
					int64_t day)
{
	const struct holiday_shift *shifts = holidays->shifts.items;
	const struct sorted_numbers days = SORTED_BY(
		shifts, holidays->shifts.count, struct holiday_shift, day);
	size_t to = sorted_rows_to(&days, day);

	return to == 0 ? NULL : &shifts[to - 1];
}

bool holidays_is_working(const struct holidays *holidays, struct date day)
{
	int64_t number = date_day_number(day);
	const struct holiday_shift *shift = find(holidays, number);

	return shift != NULL && shift->day == number ? shift->is_working
						     : is_weekday(number);
}

static int64_t working_to(const struct holidays *holidays, struct date date)
{
	int64_t day = date_day_number(date);
	const struct holiday_shift *shift = find(holidays, day);

	return weekdays_to(day) + (shift == NULL ? 0 : shift->total);
}

int64_t holidays_between(const struct holidays *holidays, struct date from,
			 struct date to)
{
	return working_to(holidays, to) - working_to(holidays, from);
}

bool holidays_answer(int64_t *days, const struct holidays *holidays,
		     const struct resource *resource)
{
	if (!resource->asked_at.is_set || !resource->answered_at.is_set)
		return false;
	*days = holidays_between(holidays, moment_date(resource->asked_at),
				 moment_date(resource->answered_at));
	return true;
}

bool holidays_has_year(const struct holidays *holidays, int16_t year)
{
	const int16_t *years = holidays->years.items;

	for (size_t i = 0; i < holidays->years.count; i++)
		if (years[i] == year)
			return true;
	return false;
}
