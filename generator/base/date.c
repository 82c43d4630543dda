/*
 * Days are counted from a fixed day, with years that begin in March: the leap
 * day is the last of its year, and neither direction needs a table of months.
 * mktime and strftime know the machine's zone and language, which no page may
 * depend on.
 */
#include "base/date.h"

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30,
					31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Reads exactly `count` digits at the head of `*text`. */
static bool digits(str *text, size_t count, int *out)
{
	uint64_t value;

	if (text->len < count ||
	    !str_to_u64(&value, str_between(*text, 0, count)))
		return false;
	*out = (int)value;
	*text = str_from(*text, count);
	return true;
}

static bool read_date(struct date *out, str *text)
{
	int year, month, day;

	if (!digits(text, 4, &year) || !str_take_byte(text, '-') ||
	    !digits(text, 2, &month) || !str_take_byte(text, '-') ||
	    !digits(text, 2, &day))
		return false;
	if (year < 1900 || month < 1 || month > 12 || day < 1 ||
	    day > days_in_month(year, month))
		return false;
	*out = (struct date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
	return true;
}

bool date_parse(struct date *out, str text)
{
	return read_date(out, &text) && text.len == 0;
}

bool date_is_set(struct date date)
{
	return date.year != 0;
}

int date_compare(struct date a, struct date b)
{
	int64_t difference = date_day_number(a) - date_day_number(b);

	return (difference > 0) - (difference < 0);
}

/* Days from civil: years run from March, so that leap days come last. */
int64_t date_day_number(struct date date)
{
	int64_t year = date.year - (date.month <= 2);
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t year_of_era = year - era * 400;
	int64_t month = (date.month + 9) % 12;
	int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
			     year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

static struct date from_day_number(int64_t number)
{
	int64_t shifted = number + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t day_of_era = shifted - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 +
			       day_of_era / 36524 - day_of_era / 146096) /
			      365;
	int64_t day_of_year =
		day_of_era -
		(365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;
	int64_t day = day_of_year - (153 * month + 2) / 5 + 1;

	month = month < 10 ? month + 3 : month - 9;
	return (struct date){ (int16_t)(year_of_era + era * 400 + (month <= 2)),
			      (uint8_t)month, (uint8_t)day };
}

int64_t date_days_between(struct date from, struct date to)
{
	return date_day_number(to) - date_day_number(from);
}

bool offset_parse(int32_t *out, str text)
{
	int sign = 1;
	int hours, minutes;

	if (str_equal(text, STR("Z"))) {
		*out = 0;
		return true;
	}
	if (str_take_byte(&text, '-'))
		sign = -1;
	else if (!str_take_byte(&text, '+'))
		return false;
	if (!digits(&text, 2, &hours) || !str_take_byte(&text, ':') ||
	    !digits(&text, 2, &minutes) || text.len != 0 || hours > 14 ||
	    minutes > 59)
		return false;
	*out = sign * (hours * 60 + minutes);
	return true;
}

static bool read_time(str *text, int64_t *seconds)
{
	int hour, minute, second = 0;

	if (!digits(text, 2, &hour) || !str_take_byte(text, ':') ||
	    !digits(text, 2, &minute))
		return false;
	if (str_take_byte(text, ':') && !digits(text, 2, &second))
		return false;
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	*seconds = hour * 3600 + minute * 60 + second;
	return true;
}

bool moment_parse(struct moment *out, str text, int32_t offset)
{
	struct date date;
	int64_t seconds = 0;
	bool has_time = false;

	if (!read_date(&date, &text))
		return false;
	if (text.len > 0) {
		if (!str_take_byte(&text, ' ') && !str_take_byte(&text, 'T'))
			return false;
		if (!read_time(&text, &seconds))
			return false;
		has_time = true;
		if ((str_take_byte(&text, ' ') || text.len > 0) &&
		    !offset_parse(&offset, text))
			return false;
	}
	*out = moment_from_date(date, offset);
	out->seconds += seconds;
	out->has_time = has_time;
	return true;
}

struct moment moment_from_seconds(int64_t seconds, int32_t offset)
{
	return (struct moment){ .seconds = seconds,
				.offset = offset,
				.is_set = true,
				.has_time = true };
}

struct moment moment_from_date(struct date date, int32_t offset)
{
	return (struct moment){ .seconds =
					date_day_number(date) * SECONDS_A_DAY -
					(int64_t)offset * 60,
				.offset = offset,
				.is_set = true };
}

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct date moment_date(struct moment moment)
{
	int64_t local = moment.seconds + (int64_t)moment.offset * 60;

	return from_day_number(floor_divide(local, SECONDS_A_DAY));
}

bool moment_is_valid(const struct moment *moment)
{
	enum { MINUTES_A_DAY = 1440 };
	static const int64_t first = INT64_C(-2209161600); /* 1899-12-30 */
	static const int64_t last = INT64_C(253402473600); /* 10000-01-03 */
	unsigned char flags[2];

	/* what is no bool must not be read as one */
	memcpy(&flags[0], &moment->is_set, 1);
	memcpy(&flags[1], &moment->has_time, 1);
	return flags[0] <= 1 && flags[1] <= 1 && moment->seconds >= first &&
	       moment->seconds <= last && moment->offset > -MINUTES_A_DAY &&
	       moment->offset < MINUTES_A_DAY;
}

struct moment moment_end(struct moment moment)
{
	if (moment.is_set && !moment.has_time)
		moment.seconds += SECONDS_A_DAY;
	return moment;
}

int moment_compare(struct moment a, struct moment b)
{
	return (a.seconds > b.seconds) - (a.seconds < b.seconds);
}

static void print_offset(struct buf *out, int32_t offset)
{
	int32_t minutes = offset < 0 ? -offset : offset;

	buf_add_byte(out, offset < 0 ? '-' : '+');
	buf_add_number(out, (uint64_t)(minutes / 60), 2);
	buf_add_byte(out, ':');
	buf_add_number(out, (uint64_t)(minutes % 60), 2);
}

/* A moment taken apart in its own offset. */
struct local_time {
	struct date date;
	int second; /* of the day */
	int32_t offset;
};

static bool print_part(struct buf *out, const struct local_time *local,
		       char letter, size_t width)
{
	if (width == 1 && letter != 'm' && letter != 'd')
		return false;
	switch (letter) {
	case 'Y':
		buf_add_number(out, (uint64_t)(local->date.year), 4);
		return true;
	case 'm':
		buf_add_number(out, (uint64_t)(local->date.month), width);
		return true;
	case 'd':
		buf_add_number(out, (uint64_t)(local->date.day), width);
		return true;
	case 'H':
		buf_add_number(out, (uint64_t)(local->second / 3600), 2);
		return true;
	case 'M':
		buf_add_number(out, (uint64_t)(local->second / 60 % 60), 2);
		return true;
	case 'S':
		buf_add_number(out, (uint64_t)(local->second % 60), 2);
		return true;
	case 'z':
		print_offset(out, local->offset);
		return true;
	case '%':
		buf_add_byte(out, '%');
		return true;
	default:
		return false;
	}
}

static struct local_time take_apart(struct moment moment)
{
	int64_t seconds = moment.seconds + (int64_t)moment.offset * 60;
	int64_t day = floor_divide(seconds, SECONDS_A_DAY);

	return (struct local_time){ from_day_number(day),
				    (int)(seconds - day * SECONDS_A_DAY),
				    moment.offset };
}

bool moment_format(struct buf *out, struct moment moment, str format)
{
	struct local_time local = take_apart(moment);
	bool ok = true;

	for (size_t i = 0; i < format.len; i++) {
		size_t width = 2;

		if (format.data[i] != '%') {
			buf_add_byte(out, format.data[i]);
			continue;
		}
		if (str_equal(str_between(format, i, i + 2), STR("%-"))) {
			width = 1;
			i++;
		}
		if (++i == format.len)
			return false;
		ok &= print_part(out, &local, format.data[i], width);
	}
	return ok;
}

static str month_name(str months, unsigned month)
{
	str name = { NULL, 0 };

	while (month-- > 0 && str_split_next(&months, ' ', &name))
		;
	return name;
}

bool moment_format_in(struct buf *out, struct moment moment, str format,
		      str months)
{
	size_t at = str_find(format, STR("%B"));
	bool ok;

	if (at == STR_NONE)
		return moment_format(out, moment, format);
	ok = moment_format(out, moment, str_between(format, 0, at));
	buf_add(out, month_name(months, moment_date(moment).month));
	return moment_format(out, moment, str_from(format, at + 2)) && ok;
}

bool moment_has_passed(struct moment moment, struct moment as_of)
{
	return moment.is_set && moment.seconds <= as_of.seconds;
}

str moment_iso(struct moment moment, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	moment_format(&text, moment, STR("%Y-%m-%dT%H:%M:%S%z"));
	return buf_str(&text);
}
