/*
 * Dates as people write them.
 *
 * The text is taken apart from the front, every sign of it: what is not
 * understood may change the meaning (下午, PM, -0500), so that a text with a
 * rest gives no proposal at all. A wrong time is worse than none.
 */
#include "library/repair.h"

#include <string.h>

#include "base/unicode.h"

/* What one text says. */
struct written {
	int year, month, day;
	int hour, minute, second;
	int32_t offset; /* minutes east of UTC */
	const struct day_part *part;
	bool has_time;
	bool has_offset;
	bool is_unsure; /* which is the month, and which the day */
};

/*
 * 上午 and its kin: hours from `first` to `last` of twelve may be written with
 * it, and `add` makes them hours of the day. What people mean by 晚上12点 or
 * 上午12点 differs, so no part has it.
 */
struct day_part {
	const char *name;
	uint8_t first;
	uint8_t last;
	uint8_t add;
	bool has_noon; /* 12 is noon */
};

static const struct day_part day_parts[] = {
	{ "凌晨", 0, 6, 0, false },   { "清晨", 4, 9, 0, false },
	{ "早晨", 4, 11, 0, false },  { "早上", 4, 11, 0, false },
	{ "上午", 0, 11, 0, false },  { "中午", 1, 2, 12, true },
	{ "下午", 1, 7, 12, true },   { "傍晚", 4, 8, 12, false },
	{ "晚上", 5, 11, 12, false }, { "晚间", 5, 11, 12, false },
	{ "夜间", 6, 11, 12, false }, { "夜里", 8, 11, 12, false },
	{ "am", 0, 11, 0, false },    { "a.m.", 0, 11, 0, false },
	{ "pm", 1, 11, 12, true },    { "p.m.", 1, 11, 12, true },
};

/* --- signs ---------------------------------------------------------------- */

static bool take_any(str *text, const char *const *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_take(text, str_from_c(wanted[i])))
			return true;
	return false;
}

static void skip_spaces(str *text)
{
	while (text->len > 0 && text->data[0] == ' ')
		*text = str_from(*text, 1);
}

/* From `least` to `most` digits, and no more. */
static bool take_digits(str *text, size_t least, size_t most, int *out)
{
	uint64_t value;
	size_t len = 0;

	while (len < text->len && byte_is_digit(text->data[len]))
		len++;
	if (len < least || len > most ||
	    !str_to_u64(&value, str_between(*text, 0, len)))
		return false;
	*out = (int)value;
	*text = str_from(*text, len);
	return true;
}

/* 零 to 九, or -1; `*len` is its length in bytes. */
static int chinese_digit(str text, size_t *len)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四",
					      "五", "六", "七", "八", "九" };

	*len = STR("〇").len;
	if (str_starts_with(text, STR("零")) || str_starts_with(text, STR("○")))
		return 0;
	for (int i = 0; i < 10; i++)
		if (str_starts_with(text, str_from_c(digits[i])))
			return i;
	return -1;
}

/* 二〇二六 */
static bool take_chinese_year(str *text, int *out)
{
	int value = 0;

	for (size_t i = 0; i < 4; i++) {
		size_t len;
		int digit = chinese_digit(*text, &len);

		if (digit < 0)
			return false;
		value = value * 10 + digit;
		*text = str_from(*text, len);
	}
	*out = value;
	return true;
}

/* 三, 十, 十二, 二十, 三十一 */
static bool take_chinese_number(str *text, int *out)
{
	size_t len;
	int digit = chinese_digit(*text, &len);
	bool has_ten;

	if (digit >= 0)
		*text = str_from(*text, len);
	has_ten = str_take(text, STR("十"));
	if (digit < 0 && !has_ten)
		return false;
	*out = digit < 0 ? 1 : digit;
	if (!has_ten)
		return true;
	*out *= 10;
	digit = chinese_digit(*text, &len);
	if (digit > 0) {
		*out += digit;
		*text = str_from(*text, len);
	}
	return true;
}

static bool take_number(str *text, int *out)
{
	return take_digits(text, 1, 2, out) || take_chinese_number(text, out);
}

/* --- the day -------------------------------------------------------------- */

/* 20260302 */
static bool take_joined(str *text, struct written *out)
{
	int all;

	if (!take_digits(text, 8, 8, &all))
		return false;
	out->year = all / 10000;
	out->month = all / 100 % 100;
	out->day = all % 100;
	return true;
}

static bool take_spaced(str *text, const char *wanted)
{
	skip_spaces(text);
	return str_take(text, str_from_c(wanted));
}

/* 年3月2日 behind the year */
static bool take_named(str *text, struct written *out)
{
	skip_spaces(text);
	if (!take_number(text, &out->month) || !take_spaced(text, "月"))
		return false;
	skip_spaces(text);
	return take_number(text, &out->day) &&
	       (take_spaced(text, "日") || take_spaced(text, "号"));
}

/* The sign between year and month, and month and day, is the same one. */
static bool take_apart(str *text, struct written *out)
{
	static const char *const signs[] = { "-", "/", ".", "–", "—" };

	if (!take_digits(text, 4, 4, &out->year) &&
	    !take_chinese_year(text, &out->year))
		return false;
	if (take_spaced(text, "年"))
		return take_named(text, out);
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		if (!str_take(text, str_from_c(signs[i])))
			continue;
		skip_spaces(text);
		if (!take_digits(text, 1, 2, &out->month) ||
		    !take_spaced(text, signs[i]))
			return false;
		skip_spaces(text);
		return take_digits(text, 1, 2, &out->day);
	}
	return false;
}

/* "(星期一)" says nothing new, and is not compared with the date. */
static bool skip_weekday(str *text)
{
	static const char *const names[] = { "星期", "礼拜", "周" };
	static const char *const days[] = { "一", "二", "三", "四",
					    "五", "六", "日", "天" };
	bool in_brackets;

	skip_spaces(text);
	in_brackets = str_take(text, STR("("));
	if (take_any(text, names, COUNT_OF(names)) &&
	    !take_any(text, days, COUNT_OF(days)))
		return false;
	return !in_brackets || str_take(text, STR(")"));
}

static bool take_month_name(str *text, int *out)
{
	static const char *const names[] = {
		"january",   "february", "march",    "april",
		"may",	     "june",	 "july",     "august",
		"september", "october",	 "november", "december"
	};

	for (int i = 0; i < 12; i++) {
		str name = str_from_c(names[i]);

		if (str_take(text, name) ||
		    str_take(text, str_between(name, 0, 3))) {
			*out = i + 1;
			return true;
		}
	}
	return false;
}

/* "mar 5, 2026", "5 march 2026" */
static bool take_english(str *text, struct written *out)
{
	bool is_month_first = take_month_name(text, &out->month);

	(void)str_take(text, STR("."));
	skip_spaces(text);
	if (!take_digits(text, 1, 2, &out->day))
		return false;
	skip_spaces(text);
	if (!is_month_first && !take_month_name(text, &out->month))
		return false;
	(void)(str_take(text, STR(",")) || str_take(text, STR(".")));
	skip_spaces(text);
	return take_digits(text, 4, 4, &out->year);
}

/* "3/25/2026" and "25.3.2026": of numbers up to 12 nobody knows. */
static bool take_year_last(str *text, struct written *out)
{
	static const char *const signs[] = { "/", "-", "." };
	int first;

	if (!take_digits(text, 1, 2, &first))
		return false;
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		if (!str_take(text, str_from_c(signs[i])))
			continue;
		if (!take_digits(text, 1, 2, &out->day) ||
		    !str_take(text, str_from_c(signs[i])) ||
		    !take_digits(text, 4, 4, &out->year))
			return false;
		out->month = first;
		if (first > 12) {
			out->month = out->day;
			out->day = first;
		}
		out->is_unsure = out->month <= 12 && out->day <= 12 &&
				 out->month != out->day;
		return true;
	}
	return false;
}

static bool take_day(str *text, struct written *out)
{
	static bool (*const forms[])(str *, struct written *) = {
		take_joined, take_apart, take_english, take_year_last
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		str rest = *text;

		if (!forms[i](&rest, out))
			continue;
		*text = rest;
		return skip_weekday(text);
	}
	return false;
}

/* --- the time ------------------------------------------------------------- */

static void take_part(str *text, struct written *out)
{
	skip_spaces(text);
	for (size_t i = 0; i < COUNT_OF(day_parts) && out->part == NULL; i++)
		if (str_take(text, str_from_c(day_parts[i].name)))
			out->part = &day_parts[i];
	skip_spaces(text);
}

/* "05分30秒", "半", "三刻", "整", or nothing. */
static bool take_minutes(str *text, struct written *out)
{
	static const struct {
		const char *name;
		int minutes;
	} names[] = { { "半", 30 },
		      { "一刻", 15 },
		      { "三刻", 45 },
		      { "整", 0 },
		      { "钟", 0 } };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		out->minute = names[i].minutes;
		if (str_take(text, str_from_c(names[i].name)))
			return true;
	}
	out->minute = 0;
	skip_spaces(text);
	if (!take_number(text, &out->minute))
		return true;
	if (!str_take(text, STR("分")) || !take_number(text, &out->second))
		return true;
	return str_take(text, STR("秒"));
}

/* "05", "05:30", "05:30.123" */
static bool take_figures(str *text, struct written *out)
{
	int fraction;

	if (!take_digits(text, 2, 2, &out->minute))
		return false;
	if (!str_take(text, STR(":")))
		return true;
	if (!take_digits(text, 2, 2, &out->second))
		return false;
	return !(str_take(text, STR(".")) || str_take(text, STR(","))) ||
	       take_digits(text, 1, 9, &fraction);
}

static bool take_time(str *text, struct written *out)
{
	static const char *const hours[] = { "时", "点", "時", "點" };

	(void)(str_take(text, STR("t")) || str_take(text, STR(",")));
	skip_spaces(text);
	if (str_take(text, STR("北京时间"))) {
		out->offset = 8 * 60;
		out->has_offset = true;
	}
	take_part(text, out);
	if (text->len == 0)
		return out->part == NULL && !out->has_offset;
	if (!take_number(text, &out->hour))
		return false;
	out->has_time = true;
	if (str_take(text, STR(":")))
		return take_figures(text, out);
	return take_any(text, hours, COUNT_OF(hours)) &&
	       take_minutes(text, out);
}

/* The hour of the day; false when people may mean two things by it. */
static bool settle_hour(struct written *out)
{
	const struct day_part *part = out->part;

	if (part == NULL)
		return true;
	if (out->hour == 12 && part->has_noon)
		return true;
	if (out->hour > 12)
		out->hour -= part->add; /* 下午15时 */
	if (out->hour < part->first || out->hour > part->last)
		return false;
	out->hour += part->add;
	return true;
}

/* --- the offset ----------------------------------------------------------- */

/* "08:00", "0800", "8" */
static bool take_hours(str *text, int *minutes)
{
	int hours, rest = 0;

	if (take_digits(text, 4, 4, &hours)) {
		*minutes = hours / 100 * 60 + hours % 100;
		return hours % 100 < 60;
	}
	if (!take_digits(text, 1, 2, &hours) ||
	    (str_take(text, STR(":")) && !take_digits(text, 2, 2, &rest)))
		return false;
	*minutes = hours * 60 + rest;
	return rest < 60;
}

static bool take_offset(str *text, struct written *out)
{
	bool is_named;
	int sign = 0;
	int minutes = 0;

	take_part(text, out); /* "3:05 PM" */
	is_named = str_take(text, STR("utc")) || str_take(text, STR("gmt"));
	if (str_take(text, STR("+")))
		sign = 1;
	else if (str_take(text, STR("-")) || str_take(text, STR("−")))
		sign = -1;
	if (sign != 0 && !take_hours(text, &minutes))
		return false;
	if (sign == 0 && !is_named && !str_take(text, STR("z")))
		return true;
	if (!out->has_time || out->has_offset || minutes > 14 * 60)
		return false;
	out->offset = sign * minutes;
	out->has_offset = true;
	return true;
}

/* --- all of it ------------------------------------------------------------ */

/* Half-width signs and small letters. */
static str simplified(str text, struct arena *arena)
{
	str narrow = repair_width(text, arena);
	char *data = arena_c_string(arena, narrow);

	for (size_t i = 0; i < narrow.len; i++)
		if (data[i] >= 'A' && data[i] <= 'Z')
			data[i] = (char)(data[i] | 0x20);
	return str_trim((str){ data, narrow.len });
}

static bool read_all(struct written *out, str text)
{
	if (!take_day(&text, out) || !take_time(&text, out) ||
	    !take_offset(&text, out) || !settle_hour(out))
		return false;
	skip_spaces(&text);
	return text.len == 0;
}

/* 24:00 is the end of the day. */
static bool moment_of(struct moment *out, const struct written *written,
		      struct arena *arena)
{
	bool is_end = written->hour == 24 && written->minute == 0 &&
		      written->second == 0;
	str text = arena_printf(arena, "%04d-%02d-%02d %02d:%02d:%02d",
				written->year, written->month, written->day,
				is_end ? 0 : written->hour, written->minute,
				written->second);

	if (!moment_parse(out, text, written->offset))
		return false;
	if (is_end)
		out->seconds += SECONDS_A_DAY;
	return true;
}

/*
 * Days since the end of 1899, as spreadsheets count them, and seconds since
 * 1970: numbers that only dates of today have.
 */
static bool of_number(struct moment *out, struct written *written, str text,
		      int32_t offset)
{
	enum { DAYS_TO_1970 = 25569 };
	uint64_t number;

	if (!str_to_u64(&number, text))
		return false;
	if (number > 30000 && number < 70000) {
		*out = moment_from_seconds(((int64_t)number - DAYS_TO_1970) *
							   SECONDS_A_DAY -
						   (int64_t)offset * 60,
					   offset);
		return true;
	}
	*out = moment_from_seconds((int64_t)number, offset);
	written->has_time = true;
	written->second = 1; /* it has them, whatever they are */
	return text.len == STR("1234567890").len;
}

str repair_date(str text, bool with_time, int32_t offset, struct arena *arena)
{
	struct written written = { .offset = offset };
	struct moment moment;
	struct buf out;

	text = simplified(text, arena);
	if (!of_number(&moment, &written, text, offset)) {
		written = (struct written){ .offset = offset };
		if (!read_all(&written, text) || written.is_unsure ||
		    !moment_of(&moment, &written, arena))
			return (str){ "", 0 };
	}
	moment.offset = offset;
	buf_init(&out, arena);
	moment_format(&out, moment, STR("%Y-%m-%d"));
	if (with_time && written.has_time)
		moment_format(&out, moment,
			      written.second == 0 ? STR(" %H:%M")
						  : STR(" %H:%M:%S"));
	return buf_str(&out);
}

static int days_of(const struct written *written, struct arena *arena)
{
	struct date date;

	for (int day = 31; day > 28; day--)
		if (date_parse(&date, arena_printf(arena, "%04d-%02d-%02d",
						   written->year,
						   written->month, day)))
			return day;
	return 28;
}

/* Of a day that there is: what is wrong behind it. */
static void judge_time(struct date_fault *out, const struct written *written)
{
	if (written->hour > 23)
		*out = (struct date_fault){ .kind = DATE_FAULT_HOUR,
					    .number = written->hour };
	else if (written->minute > 59)
		*out = (struct date_fault){ .kind = DATE_FAULT_MINUTE,
					    .number = written->minute };
	else if (written->second > 59)
		*out = (struct date_fault){ .kind = DATE_FAULT_SECOND,
					    .number = written->second };
}

struct date_fault repair_date_fault(str text, struct arena *arena)
{
	struct written written = { 0 };
	struct date_fault fault = { 0 };
	str rest = simplified(text, arena);

	if (!take_day(&rest, &written))
		return fault;
	fault = (struct date_fault){ .year = written.year,
				     .month = written.month,
				     .day = written.day,
				     .days = days_of(&written, arena) };
	if (written.month < 1 || written.month > 12) {
		fault.kind = DATE_FAULT_MONTH;
		fault.number = written.month;
	} else if (written.day < 1 || written.day > fault.days) {
		fault.kind = DATE_FAULT_DAY;
		fault.number = written.day;
	} else if (written.is_unsure) {
		fault.kind = DATE_FAULT_ORDER;
	} else if (take_time(&rest, &written)) {
		judge_time(&fault, &written);
	}
	return fault;
}
