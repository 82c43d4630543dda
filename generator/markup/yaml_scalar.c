#include "markup/yaml_scalar.h"

#include "base/unicode.h"
#include "base/unsafe_text.h"

/* --- escapes between double quotes ---------------------------------------- */

static uint32_t hex_value(str digits)
{
	uint32_t value = 0;

	for (size_t i = 0; i < digits.len; i++) {
		unsigned char c = (unsigned char)digits.data[i];

		value = value * 16 +
			(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return value;
}

/*
 * What the escape stands for whose letter is at `*at`, moving behind it. Those
 * that cannot be unsafe all count as a space. libyaml has seen that their
 * digits are there.
 */
static uint32_t escape_value(str raw, size_t *at)
{
	static const struct {
		char letter;
		uint8_t digits;
		uint16_t code_point;
	} escapes[] = {
		{ '0', 0, 0 },	    { 'a', 0, 7 },    { 'b', 0, 8 },
		{ 'v', 0, 0xb },    { 'f', 0, 0xc },  { 'r', 0, 0xd },
		{ 'e', 0, 0x1b },   { 'N', 0, 0x85 }, { 'L', 0, 0x2028 },
		{ 'P', 0, 0x2029 }, { 'x', 2, 0 },    { 'u', 4, 0 },
		{ 'U', 8, 0 },
	};
	char letter = raw.data[(*at)++];
	size_t start = *at;

	for (size_t i = 0; i < COUNT_OF(escapes); i++) {
		if (letter != escapes[i].letter)
			continue;
		*at += escapes[i].digits;
		return escapes[i].digits == 0
			       ? escapes[i].code_point
			       : hex_value(str_between(raw, start, *at));
	}
	return ' ';
}

static size_t report_escapes(const struct source *source, struct span span,
			     struct diag_list *diags)
{
	str raw = str_between(source->text, span.start, span.end);
	size_t count = 0;
	size_t at = 0;

	while (at + 1 < raw.len) {
		size_t start = at++;
		uint32_t code_point;

		if (raw.data[start] != '\\')
			continue;
		code_point = escape_value(raw, &at);
		if (!unicode_is_unsafe(code_point))
			continue;
		unsafe_text_report(
			diags,
			span_of(source, span.start + start, span.start + at),
			code_point);
		count++;
	}
	return count;
}

bool yaml_scalar_check_text(const struct source *source, struct span span,
			    str value, struct diag_list *diags)
{
	size_t at = unicode_unsafe_at(value, 0);

	if (at == STR_NONE)
		return true;
	if (source->text.data[span.start] != '"' ||
	    report_escapes(source, span, diags) == 0)
		unsafe_text_report(diags, span, unicode_next(value, &at));
	return false;
}
