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

bool unicode_is_unsafe(uint32_t code_point)
{
	if (code_point < 0xa0)
		return unicode_is_control(code_point) && code_point != '\t' &&
		       code_point != '\n';
	return (code_point >= 0x2028 && code_point <= 0x202e) ||
	       (code_point >= 0x2066 && code_point <= 0x2069) ||
	       code_point == 0xfeff ||
	       (code_point >= 0xfdd0 && code_point <= 0xfdef) ||
	       (code_point & 0xfffe) == 0xfffe;
}

/*
 * The length of the character at `bytes` when three bytes tell that it is a
 * safe one, or 0: all of Chinese, and its punctuation. The blocks of U+2000
 * and U+2040 have unsafe ones and are left out.
 */
static size_t safe_triple(const utf8proc_uint8_t *bytes, size_t left)
{
	bool is_wide_form; /* U+FF00 to U+FF7F */

	if (left < 3)
		return 0;
	is_wide_form = bytes[0] == 0xef &&
		       (bytes[1] == 0xbc || bytes[1] == 0xbd) &&
		       (bytes[2] & 0xc0) == 0x80;
	if (is_wide_form)
		return 3;
	return is_plain_triple(bytes, left) &&
			       !(bytes[0] == 0xe2 && bytes[1] <= 0x81)
		       ? 3
		       : 0;
}

size_t unicode_unsafe_at(str text, size_t from)
{
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.data;
	size_t at = from;

	while (at < text.len) {
		utf8proc_int32_t code_point;
		utf8proc_ssize_t used;
		size_t triple;

		if (bytes[at] >= ' ' && bytes[at] < 0x7f) {
			at++;
			continue;
		}
		triple = safe_triple(bytes + at, text.len - at);
		if (triple > 0) {
			at += triple;
			continue;
		}
		used = utf8proc_iterate(bytes + at,
					(utf8proc_ssize_t)(text.len - at),
					&code_point);
		if (used <= 0 || unicode_is_unsafe((uint32_t)code_point))
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
		int width = unicode_is_control(code_point) ||
					    unicode_is_unsafe(code_point)
				    ? 1
				    : /* printed as one sign */
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
