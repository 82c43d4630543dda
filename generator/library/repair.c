#include "library/repair.h"

#include "base/unicode.h"

enum { PART_LIMIT = 5 }; /* year, month, day, hour, minute */

str repair_width(str text, struct arena *arena)
{
	struct buf out;
	size_t at = 0;

	buf_init(&out, arena);
	while (at < text.len) {
		uint32_t code_point = unicode_next(text, &at);

		if (code_point >= 0xff01 && code_point <= 0xff5e)
			code_point -= 0xff01 - '!';
		else if (code_point == 0x3000)
			code_point = ' ';
		buf_add_utf8(&out, code_point);
	}
	return buf_str(&out);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The runs of digits in `text`, at most PART_LIMIT. */
static size_t find_parts(str text, str parts[PART_LIMIT])
{
	size_t count = 0;
	size_t at = 0;

	while (count < PART_LIMIT) {
		size_t start;

		while (at < text.len && !is_digit(text.data[at]))
			at++;
		start = at;
		while (at < text.len && is_digit(text.data[at]))
			at++;
		if (at == start)
			break;
		parts[count++] = str_between(text, start, at);
	}
	return count;
}

static size_t split_date(str text, str parts[PART_LIMIT], struct arena *arena)
{
	size_t count;

	text = repair_width(text, arena);
	count = find_parts(text, parts);
	if (count == 1 && parts[0].len == 8) {
		str all = parts[0];

		parts[0] = str_between(all, 0, 4);
		parts[1] = str_between(all, 4, 6);
		parts[2] = str_between(all, 6, 8);
		return 3;
	}
	return count;
}

static bool has_date_shape(const str parts[PART_LIMIT], size_t count)
{
	return count >= 3 && parts[0].len == 4 && parts[1].len <= 2 &&
	       parts[2].len <= 2;
}

/* One or two digits as two. */
static str two_digits(str part, struct arena *arena)
{
	return part.len == 1 ? arena_printf(arena, "0%c", part.data[0]) : part;
}

str repair_date(str text, bool with_time, struct arena *arena)
{
	str parts[PART_LIMIT];
	size_t count = split_date(text, parts, arena);
	struct moment moment;
	str day;
	str whole;

	if (!has_date_shape(parts, count))
		return (str){ "", 0 };
	for (size_t i = 1; i < count; i++)
		parts[i] = two_digits(parts[i], arena);
	day = arena_printf(arena, "%.*s-%.*s-%.*s", STR_ARG(parts[0]),
			   STR_ARG(parts[1]), STR_ARG(parts[2]));
	whole = day;
	if (with_time && count == PART_LIMIT)
		whole = arena_printf(arena, "%.*s %.*s:%.*s", STR_ARG(day),
				     STR_ARG(parts[3]), STR_ARG(parts[4]));
	if (moment_parse(&moment, whole, 0))
		return whole;
	return (str){ "", 0 };
}

int repair_days_in_month(str text, int *year, int *month, struct arena *arena)
{
	str parts[PART_LIMIT];
	size_t count = split_date(text, parts, arena);
	struct date date;
	str head, written;

	if (!has_date_shape(parts, count))
		return 0;
	head = arena_printf(arena, "%.*s-%.*s", STR_ARG(parts[0]),
			    STR_ARG(two_digits(parts[1], arena)));
	written = arena_printf(arena, "%.*s-%.*s", STR_ARG(head),
			       STR_ARG(two_digits(parts[2], arena)));
	if (date_parse(&date, written))
		return 0;
	for (int day = 31; day >= 28; day--) {
		str last = arena_printf(arena, "%.*s-%d", STR_ARG(head), day);

		if (date_parse(&date, last)) {
			*year = date.year;
			*month = date.month;
			return day;
		}
	}
	return 0;
}

/* --- 发文字号 ------------------------------------------------------------- */

enum { UNIT_NAME_LIMIT = 12, ORDER_NAME_LIMIT = 20, SERIAL_LIMIT = 5 };

static bool is_han(uint32_t code_point)
{
	return code_point >= 0x4e00 && code_point <= 0x9fa5;
}

/* Cuts the Chinese characters off the front; the answer counts them. */
static size_t take_han(str *text)
{
	size_t count = 0;
	size_t at = 0;

	while (at < text->len) {
		size_t next = at;

		if (!is_han(unicode_next(*text, &next)))
			break;
		at = next;
		count++;
	}
	*text = str_from(*text, at);
	return count;
}

static bool take(str *text, str wanted)
{
	if (!str_starts_with(*text, wanted))
		return false;
	*text = str_from(*text, wanted.len);
	return true;
}

static str take_digits(str *text)
{
	size_t len = 0;
	str digits;

	while (len < text->len && is_digit(text->data[len]))
		len++;
	digits = str_between(*text, 0, len);
	*text = str_from(*text, len);
	return digits;
}

static bool is_year(str digits)
{
	return digits.len == 4 && (str_starts_with(digits, STR("19")) ||
				   str_starts_with(digits, STR("20")));
}

static bool is_serial(str digits)
{
	return digits.len > 0 && digits.len <= SERIAL_LIMIT &&
	       digits.data[0] != '0';
}

/* "第5号" or "示范市人民政府令第5号": the number of an order. */
static bool is_order(str text)
{
	size_t at = str_find(text, STR("第"));
	str name;
	str rest;
	size_t count;

	if (at == STR_NONE)
		return false;
	name = str_between(text, 0, at);
	rest = str_from(text, at + STR("第").len);
	if (name.len > 0 && !str_ends_with(name, STR("令")))
		return false;
	count = take_han(&name);
	return name.len == 0 && count <= ORDER_NAME_LIMIT &&
	       is_serial(take_digits(&rest)) && str_equal(rest, STR("号"));
}

bool doc_no_is_valid(str text)
{
	str rest = text;
	size_t count = take_han(&rest);

	if (count >= 1 && count <= UNIT_NAME_LIMIT && take(&rest, STR("〔")) &&
	    is_year(take_digits(&rest)) && take(&rest, STR("〕")) &&
	    is_serial(take_digits(&rest)) && str_equal(rest, STR("号")))
		return true;
	return is_order(text);
}

/* Any bracket that is used instead of 〔 or 〕; full width is half here. */
static bool take_bracket(str *text, const str *brackets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (take(text, brackets[i]))
			return true;
	return false;
}

str repair_doc_no(str text, struct arena *arena)
{
	const str opening[] = { STR("〔"), STR("["),  STR("("),
				STR("【"), STR("〖"), STR("{") };
	const str closing[] = { STR("〕"), STR("]"),  STR(")"),
				STR("】"), STR("〗"), STR("}") };
	str rest = repair_width(str_trim(text), arena);
	str name = rest;
	str repaired;
	str year;
	str serial;

	take_han(&rest);
	name.len -= rest.len;
	rest = str_trim(rest);
	if (!take_bracket(&rest, opening, COUNT_OF(opening)))
		return (str){ "", 0 };
	year = take_digits(&rest);
	if (year.len == 2)
		year = arena_printf(arena, "%s%.*s",
				    year.data[0] < '5' ? "20" : "19",
				    STR_ARG(year));
	take(&rest, STR("年"));
	if (!take_bracket(&rest, closing, COUNT_OF(closing)))
		return (str){ "", 0 };
	rest = str_trim(rest);
	take(&rest, STR("第"));
	while (take(&rest, STR("0")))
		;
	serial = take_digits(&rest);
	repaired = arena_printf(arena, "%.*s〔%.*s〕%.*s号", STR_ARG(name),
				STR_ARG(year), STR_ARG(serial));
	return doc_no_is_valid(repaired) ? repaired : (str){ "", 0 };
}
