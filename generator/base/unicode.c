#include "base/unicode.h"

#include <stdlib.h>

#include <utf8proc.h>

uint32_t unicode_next(str text, size_t *at)
{
	const utf8proc_uint8_t *bytes =
		(const utf8proc_uint8_t *)text.data + *at;
	utf8proc_int32_t code_point;
	utf8proc_ssize_t used;

	if (bytes[0] < 0x80) {
		(*at)++;
		return bytes[0];
	}
	used = utf8proc_iterate(bytes, (utf8proc_ssize_t)(text.len - *at),
				&code_point);
	if (used <= 0) {
		(*at)++;
		return 0xfffd;
	}
	*at += (size_t)used;
	return (uint32_t)code_point;
}

/*
 * Three bytes of a character from U+1000 to U+CFFF: all of Chinese, and nothing
 * that could be a surrogate or too long. It saves a call a character.
 */
static bool is_plain_triple(const utf8proc_uint8_t *bytes, size_t left)
{
	return left >= 3 && bytes[0] >= 0xe1 && bytes[0] <= 0xec &&
	       (bytes[1] & 0xc0) == 0x80 && (bytes[2] & 0xc0) == 0x80;
}

size_t unicode_invalid_at(str text)
{
	size_t at = 0;

	while (at < text.len) {
		const utf8proc_uint8_t *bytes =
			(const utf8proc_uint8_t *)text.data + at;
		utf8proc_int32_t code_point;
		utf8proc_ssize_t used;

		if (bytes[0] < 0x80) {
			at++;
			continue;
		}
		if (is_plain_triple(bytes, text.len - at)) {
			at += 3;
			continue;
		}
		used = utf8proc_iterate(
			bytes, (utf8proc_ssize_t)(text.len - at), &code_point);
		if (used <= 0)
			return at;
		at += (size_t)used;
	}
	return STR_NONE;
}

size_t unicode_count(str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return count;
}

size_t unicode_cells(str text)
{
	size_t cells = 0;
	size_t at = 0;

	while (at < text.len) {
		uint32_t code_point = unicode_next(text, &at);
		int width = unicode_is_control(code_point)
				    ? 1
				    : /* printed as one space */
				    utf8proc_charwidth(
					    (utf8proc_int32_t)code_point);

		cells += width > 0 ? (size_t)width : 0;
	}
	return cells;
}

str unicode_nfc(str text, struct arena *arena)
{
	utf8proc_uint8_t *normal = NULL;
	utf8proc_ssize_t len;
	str result = text;
	bool ascii = true;

	for (size_t i = 0; i < text.len && ascii; i++)
		ascii = (unsigned char)text.data[i] < 0x80;
	if (ascii)
		return text;
	len = utf8proc_map((const utf8proc_uint8_t *)text.data,
			   (utf8proc_ssize_t)text.len, &normal,
			   UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (len >= 0) {
		str mapped = { (const char *)normal, (size_t)len };

		if (!str_equal(mapped, text))
			result = arena_copy(arena, mapped);
	}
	free(normal);
	return result;
}

bool unicode_is_word(uint32_t code_point)
{
	utf8proc_category_t category =
		utf8proc_category((utf8proc_int32_t)code_point);

	return category >= UTF8PROC_CATEGORY_LU &&
	       category <= UTF8PROC_CATEGORY_NO;
}

uint32_t unicode_lower(uint32_t code_point)
{
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

bool unicode_is_control(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
}

str unicode_prefix(str text, size_t count)
{
	size_t at = 0;

	while (at < text.len && count > 0) {
		unicode_next(text, &at);
		count--;
	}
	return str_between(text, 0, at);
}
