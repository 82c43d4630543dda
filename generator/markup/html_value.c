#include "markup/html_value.h"

enum {
	DIGITS_LIMIT = 5,    /* width, height, colspan */
	LANGUAGE_LIMIT = 35, /* RFC 5646, 4.4.1 */
};

bool html_value_is_one_of(str value, const char *choices)
{
	str rest = str_from_c(choices);
	str choice;

	while (str_split_next(&rest, ' ', &choice))
		if (str_equal(choice, value))
			return true;
	return false;
}

static bool is_letter_or_digit(char c)
{
	return byte_is_digit(c) || byte_is_letter(c);
}

bool html_value_has_only(str value, str others, size_t limit)
{
	if (value.len == 0 || value.len > limit)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (!is_letter_or_digit(value.data[i]) &&
		    str_find_byte(others, value.data[i]) == STR_NONE)
			return false;
	return true;
}

static bool is_number(str value)
{
	uint64_t number;

	return value.len <= DIGITS_LIMIT && str_to_u64(&number, value);
}

static bool is_integer(str value)
{
	return is_number(str_starts_with(value, STR("-")) ? str_from(value, 1)
							  : value);
}

bool html_value_is_id(str value)
{
	if (value.len == 0)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.data[i] <= ' ')
			return false;
	return true;
}

bool html_value_is_plain(const struct html_attribute *attribute, str value)
{
	switch (attribute->value) {
	case HTML_ANY:
	case HTML_FLAG:
		return true;
	case HTML_CHOICE:
		return html_value_is_one_of(value, attribute->choices);
	case HTML_DIGITS:
		return is_number(value);
	case HTML_INTEGER:
		return is_integer(value);
	case HTML_WORDS:
		return html_value_has_only(value, STR("- "), HTML_WORDS_LIMIT);
	case HTML_LANGUAGE:
		return html_value_has_only(value, STR("-"), LANGUAGE_LIMIT);
	case HTML_MOMENT:
		return html_value_has_only(value, STR("-:.+ "),
					   HTML_WORDS_LIMIT);
	case HTML_MEDIA_TYPE:
		return html_value_has_only(value, STR("-.+/;=, "),
					   HTML_WORDS_LIMIT);
	default:
		return false;
	}
}

bool html_value_names_signs(str value)
{
	static const str names[] = { STR("wingdings"), STR("webdings"),
				     STR("dingbats") };

	for (size_t at = 0; at < value.len; at++)
		for (size_t i = 0; i < COUNT_OF(names); i++)
			if (str_equal_ignoring_case(
				    str_between(value, at, at + names[i].len),
				    names[i]))
				return true;
	return false;
}

str html_value_without_unit(str value)
{
	if (value.len > 2 &&
	    str_equal_ignoring_case(str_from(value, value.len - 2), STR("px")))
		value.len -= 2;
	return str_trim(value);
}

str html_value_in_lower_case(str text, struct arena *arena)
{
	str copy = arena_copy(arena, text);
	char *data = arena_alloc(arena, text.len + 1);

	for (size_t i = 0; i < copy.len; i++)
		data[i] = byte_lower(copy.data[i]);
	return (str){ data, copy.len };
}
