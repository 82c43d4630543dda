/*
 * From the digits at `start` pieces are put together until there are 18 digits:
 * what stands between two of them is skipped, and the number at the head of a
 * row with it. Then the check digit, the region and the birthday decide, and
 * what is said around the number, or where it was cut:
 *
 *	610318 | 1990…… | ….     6, 8 and 4 digits, or 6 and 12, or 14 and 4
 */
#include "audit/broken_number.h"

#include "audit/personal_number.h"
#include "base/unicode.h"

enum {
	GAP_MOST = 24,	  /* points between two pieces */
	LINES_MOST = 3,	  /* ends of lines there */
	PIECES_MOST = 6,  /* with words between */
	NAME_BEFORE = 60, /* points, of this line and those above it */
	NAME_BEHIND = 16,
	OTHER_BEFORE = 8,
};

static const char *const names[] = { "身份证", "公民身份", "身份号",
				     "证件",   "户口簿",   NULL };

/* What figures are called that are cut there by chance. */
static const char *const others[] = { "编号", "编码", "邮编", "单号",
				      "文号", "流水", "件",   "元",
				      "万",   "册",   NULL };

/* Where such a number is cut without being called one. */
static bool is_usual_cut(size_t count)
{
	return count == 6 || count == 14;
}

struct broken_number {
	const struct text_points *text;
	uint8_t digits[IDENTITY_DIGITS];
	size_t count;
	size_t end; /* behind the last digit */
	size_t pieces;
	bool is_odd; /* cut somewhere else */
};

/* False when there are more digits than such a number has. */
static bool take_piece(struct broken_number *number, size_t at)
{
	for (; unicode_is_digit(text_points_at(number->text, at)); at++) {
		if (number->count == IDENTITY_DIGITS)
			return false;
		number->digits[number->count++] =
			(uint8_t)(number->text->points[at] - '0');
	}
	number->end = at;
	return true;
}

/* "2" at the head of a row, or "2." of a list. */
static size_t skip_row_number(const struct text_points *text, size_t at)
{
	enum { MOST = 3 };
	size_t behind = at;

	while (unicode_is_digit(text_points_at(text, behind)))
		behind++;
	return behind > at && behind - at <= MOST &&
			       !unicode_is_digit(
				       text_points_at(text, behind)) &&
			       text_points_at(text, behind) != '\n'
		       ? behind
		       : at;
}

/* Comes to the next digit; false when it is too far away. */
static bool skip_gap(struct broken_number *number)
{
	const struct text_points *text = number->text;
	size_t lines = 0;
	size_t at = number->end;
	bool has_words = false;

	while (!unicode_is_digit(text_points_at(text, at))) {
		uint32_t point = text_points_at(text, at);

		if (at >= text->count || at - number->end >= GAP_MOST)
			return false;
		has_words |= point != ' ' && point != '-';
		at++;
		if (point != '\n')
			continue;
		if (++lines > LINES_MOST)
			return false;
		at = skip_row_number(text, at);
	}
	if (has_words) {
		number->pieces++;
		number->is_odd |= !is_usual_cut(number->count);
	}
	number->end = at;
	return number->pieces <= PIECES_MOST;
}

/* With the x behind 17 digits. */
static bool is_whole(struct broken_number *number)
{
	const struct text_points *text = number->text;

	if (number->count == IDENTITY_DIGITS - 1 &&
	    text_points_at(text, number->end) == 'x') {
		number->digits[number->count++] = 10;
		number->end++;
	}
	return number->count == IDENTITY_DIGITS &&
	       !unicode_is_latin(text_points_at(text, number->end)) &&
	       personal_number_is_identity(number->digits);
}

static bool may_go_on(const struct broken_number *number)
{
	return number->count < IDENTITY_DIGITS &&
	       (number->count < 2 ||
		personal_number_has_region(number->digits));
}

/* Something says that it is one, or it is cut as such numbers are. */
static bool is_meant(const struct broken_number *number, size_t start)
{
	size_t above = start > NAME_BEFORE ? start - NAME_BEFORE : 0;
	size_t before = start > OTHER_BEFORE ? start - OTHER_BEFORE : 0;

	return text_points_has_within(number->text, above,
				      number->end + NAME_BEHIND, names) ||
	       (!number->is_odd &&
		!text_points_has_within(number->text, before, number->end + 1,
					others));
}

bool broken_number_find(size_t *end, const struct text_points *text,
			size_t start)
{
	struct broken_number number = { .text = text, .pieces = 1 };

	if (start > 0 && unicode_is_latin(text->points[start - 1]))
		return false;
	for (size_t next = start; take_piece(&number, next);
	     next = number.end) {
		if (is_whole(&number)) {
			*end = number.end;
			return number.pieces > 1 && is_meant(&number, start);
		}
		if (!may_go_on(&number) || !skip_gap(&number))
			return false;
	}
	return false;
}
