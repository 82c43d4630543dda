/*
 * The forms in which people write dates and numbers are few: with Chinese
 * signs, full width, other brackets, words around them. Each is taken apart
 * from the front, and the answer is only given when nothing is left over.
 */
#include "library/repair.h"

#include "base/unicode.h"

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
	       is_serial(str_take_digits(&rest)) && str_equal(rest, STR("号"));
}

bool doc_no_is_valid(str text)
{
	str rest = text;
	size_t count = take_han(&rest);

	if (count >= 1 && count <= UNIT_NAME_LIMIT &&
	    str_take(&rest, STR("〔")) && is_year(str_take_digits(&rest)) &&
	    str_take(&rest, STR("〕")) && is_serial(str_take_digits(&rest)) &&
	    str_equal(rest, STR("号")))
		return true;
	return is_order(text);
}

/* Any bracket that is used instead of 〔 or 〕; full width is half here. */
static bool take_bracket(str *text, const str *brackets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_take(text, brackets[i]))
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
	year = str_take_digits(&rest);
	if (year.len == 2)
		year = arena_printf(arena, "%s%.*s",
				    year.data[0] < '5' ? "20" : "19",
				    STR_ARG(year));
	str_take(&rest, STR("年"));
	if (!take_bracket(&rest, closing, COUNT_OF(closing)))
		return (str){ "", 0 };
	rest = str_trim(rest);
	str_take(&rest, STR("第"));
	while (str_take(&rest, STR("0")))
		;
	serial = str_take_digits(&rest);
	repaired = arena_printf(arena, "%.*s〔%.*s〕%.*s号", STR_ARG(name),
				STR_ARG(year), STR_ARG(serial));
	return doc_no_is_valid(repaired) ? repaired : (str){ "", 0 };
}
