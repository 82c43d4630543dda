/*
 * A form that a map names is tried first; without one only dates are read that
 * cannot be another day: the year first, or a month in letters. A date read
 * wrongly would be published, one that is not read is told.
 */
#include "import/foreign_date.h"

#include "base/unicode.h"

struct parts {
	int year, month, day, hour, minute, second;
	int32_t offset;
	bool has_time;
	bool is_afternoon;
	bool is_morning;
};

static size_t digits_at(str text, size_t at)
{
	size_t count = 0;

	while (at + count < text.len && byte_is_digit(text.data[at + count]))
		count++;
	return count;
}

/* Up to `most` digits; false when there is none. */
static bool take_number(int *out, str text, size_t *at, size_t most)
{
	size_t count = digits_at(text, *at);

	if (count == 0)
		return false;
	if (count > most)
		count = most;
	*out = 0;
	for (size_t i = 0; i < count; i++)
		*out = *out * 10 + (text.data[*at + i] - '0');
	*at += count;
	return true;
}

static bool finish(struct moment *out, const struct parts *parts)
{
	char text[48];
	int hour = parts->hour;
	int length;

	if (parts->is_afternoon && hour < 12)
		hour += 12;
	if (parts->is_morning && hour == 12)
		hour = 0;
	if (parts->year < 1900 || parts->year > 9999)
		return false;
	length = parts->has_time
			 ? snprintf(text, sizeof(text),
				    "%04d-%02d-%02d %02d:%02d:%02d",
				    parts->year, parts->month, parts->day, hour,
				    parts->minute, parts->second)
			 : snprintf(text, sizeof(text), "%04d-%02d-%02d",
				    parts->year, parts->month, parts->day);
	return moment_parse(out, (str){ text, (size_t)length }, parts->offset);
}

/* --- names of months ------------------------------------------------------ */

static bool take_month(int *out, str text, size_t *at)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	if (*at + 3 > text.len)
		return false;
	for (size_t i = 0; i < 12; i++) {
		str name = { months + i * 3, 3 };

		if (!str_equal_ignoring_case(str_between(text, *at, *at + 3),
					     name))
			continue;
		*out = (int)i + 1;
		while (byte_is_letter(str_at(text, *at)))
			(*at)++;
		return true;
	}
	return false;
}

/* "+0800", "+08:00", "Z", "GMT", "CST" (China's); nothing changes nothing. */
static void take_offset(struct parts *parts, str text, size_t at)
{
	str rest = str_trim(str_from(text, at));
	int hours = 0, minutes = 0;
	size_t next = 1;

	if (str_equal(rest, STR("Z")) || str_equal(rest, STR("GMT")) ||
	    str_equal(rest, STR("UTC"))) {
		parts->offset = 0;
		return;
	}
	if (rest.len < 3 || (rest.data[0] != '+' && rest.data[0] != '-') ||
	    !take_number(&hours, rest, &next, 2))
		return;
	if (str_at(rest, next) == ':')
		next++;
	if (!take_number(&minutes, rest, &next, 2))
		minutes = 0;
	parts->offset = hours * 60 + minutes;
	if (rest.data[0] == '-')
		parts->offset = -parts->offset;
}

/* --- formats -------------------------------------------------------------- */

static bool take_half(struct parts *parts, str text, size_t *at)
{
	str half = str_between(text, *at, *at + 2);

	parts->is_afternoon = str_equal_ignoring_case(half, STR("pm"));
	parts->is_morning = str_equal_ignoring_case(half, STR("am"));
	*at += 2;
	return parts->is_afternoon || parts->is_morning;
}

static bool take_code(struct parts *parts, char code, str text, size_t *at)
{
	switch (code) {
	case 'Y':
		return take_number(&parts->year, text, at, 4);
	case 'y':
		if (!take_number(&parts->year, text, at, 2))
			return false;
		parts->year += parts->year < 70 ? 2000 : 1900;
		return true;
	case 'm':
		return take_number(&parts->month, text, at, 2);
	case 'b':
		return take_month(&parts->month, text, at);
	case 'd':
		return take_number(&parts->day, text, at, 2);
	case 'H':
		parts->has_time = true;
		return take_number(&parts->hour, text, at, 2);
	case 'M':
		return take_number(&parts->minute, text, at, 2);
	case 'S':
		return take_number(&parts->second, text, at, 2);
	case 'p':
		return take_half(parts, text, at);
	case 'z':
		take_offset(parts, text, *at);
		*at = text.len;
		return true;
	default:
		return false;
	}
}

static bool by_format(struct parts *parts, str text, str format)
{
	size_t at = 0;

	for (size_t i = 0; i < format.len; i++) {
		char c = format.data[i];

		if (c == '%' && i + 1 < format.len) {
			if (!take_code(parts, format.data[++i], text, &at))
				return false;
		} else if (c == '*') {
			while (at < text.len &&
			       text.data[at] != str_at(format, i + 1))
				at++;
		} else if (at >= text.len || text.data[at++] != c) {
			return false;
		}
	}
	return str_is_blank(str_from(text, at));
}

/* --- forms that speak for themselves -------------------------------------- */

static void skip_signs(str text, size_t *at)
{
	while (*at < text.len && !byte_is_digit(text.data[*at]) &&
	       text.data[*at] != '+' && text.data[*at] != 'Z')
		(*at)++;
}

static void take_time(struct parts *parts, str text, size_t at)
{
	size_t start = at;

	skip_signs(text, &start);
	at = start;
	if (!take_number(&parts->hour, text, &at, 2) ||
	    (str_at(text, at) != ':' &&
	     !str_starts_with(str_from(text, at), STR("：")) &&
	     !str_starts_with(str_from(text, at), STR("时")) &&
	     !str_starts_with(str_from(text, at), STR("点")))) {
		parts->hour = 0;
		return;
	}
	parts->has_time = true;
	skip_signs(text, &at);
	if (!take_number(&parts->minute, text, &at, 2))
		return;
	if (str_at(text, at) == ':') {
		at++;
		if (!take_number(&parts->second, text, &at, 2))
			return;
		if (str_at(text, at) == '.') /* parts of a second */
			at += 1 + digits_at(text, at + 1);
	}
	take_offset(parts, text, at);
}

/* The year first: nothing can be mistaken. "20180302" too. */
static bool year_first(struct parts *parts, str text)
{
	size_t at = 0;

	while (at < text.len && digits_at(text, at) != 4 &&
	       digits_at(text, at) != 8) {
		size_t count = digits_at(text, at);

		at += count > 0 ? count : 1;
	}
	if (!take_number(&parts->year, text, &at, 4))
		return false;
	if (digits_at(text, at) != 4)
		skip_signs(text, &at);
	if (!take_number(&parts->month, text, &at, 2))
		return false;
	if (digits_at(text, at) != 2)
		skip_signs(text, &at);
	if (!take_number(&parts->day, text, &at, 2))
		return false;
	take_time(parts, text, at);
	return true;
}

/* "Fri, 02 Mar 2018 15:04:05 +0800", "Mar 2, 2018" */
static bool month_in_letters(struct parts *parts, str text)
{
	bool has_month = false;
	size_t at = 0;

	while (at < text.len &&
	       (parts->day == 0 || !has_month || parts->year == 0)) {
		size_t count = digits_at(text, at);

		if (count == 4 && parts->year == 0) {
			(void)take_number(&parts->year, text, &at, 4);
		} else if (count > 0 && parts->day == 0) {
			(void)take_number(&parts->day, text, &at, 2);
		} else if (has_month ||
			   (at > 0 && text.data[at - 1] != ' ' &&
			    text.data[at - 1] != '-') ||
			   !take_month(&parts->month, text, &at)) {
			at++;
		} else {
			has_month = true;
		}
	}
	take_time(parts, text, at);
	return has_month && parts->day > 0 && parts->year > 0;
}

static bool from_seconds(struct moment *out, str text, int32_t offset)
{
	uint64_t seconds;

	if ((text.len != 10 && text.len != 13) || !str_to_u64(&seconds, text))
		return false;
	if (text.len == 13)
		seconds /= 1000;
	*out = moment_from_seconds((int64_t)seconds, offset);
	out->has_time = true;
	return moment_is_valid(out);
}

bool foreign_date(struct moment *out, str text, const str *formats,
		  size_t format_count, int32_t offset)
{
	struct parts parts;

	text = unicode_trim(text);
	for (size_t i = 0; i < format_count; i++) {
		parts = (struct parts){ .offset = offset };
		if (by_format(&parts, text, formats[i]) && finish(out, &parts))
			return true;
	}
	if (moment_parse(out, text, offset) || from_seconds(out, text, offset))
		return true;
	parts = (struct parts){ .offset = offset };
	if (month_in_letters(&parts, text) && finish(out, &parts))
		return true;
	parts = (struct parts){ .offset = offset };
	return year_first(&parts, text) && finish(out, &parts);
}
