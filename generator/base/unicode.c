/*
 * Whole texts are looked through for what no text may have, so there is a fast
 * way: three bytes between U+1000 and U+CFFF are Chinese, and need no look
 * into the tables of utf8proc. All else goes character by character. The
 * tables are those of the library and not of the locale, so that every machine
 * gives the same answer.
 */
#include "base/unicode.h"

#include <stdlib.h>

#include <utf8proc.h>

/*
 * Three bytes of a character from U+1000 to U+CFFF: all of Chinese, and nothing
 * that could be a surrogate or too long. It saves a call a character.
 */
static bool is_plain_triple(const utf8proc_uint8_t *bytes, size_t left)
{
	return left >= 3 && bytes[0] >= 0xe1 && bytes[0] <= 0xec &&
	       (bytes[1] & 0xc0) == 0x80 && (bytes[2] & 0xc0) == 0x80;
}

static uint32_t plain_triple(const utf8proc_uint8_t *bytes)
{
	return (uint32_t)(bytes[0] & 0x0f) << 12 |
	       (uint32_t)(bytes[1] & 0x3f) << 6 | (bytes[2] & 0x3f);
}

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
	if (is_plain_triple(bytes, text.len - *at)) {
		*at += 3;
		return plain_triple(bytes);
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

size_t unicode_start(str text, size_t at)
{
	while (at > 0 && ((unsigned char)text.data[at] & 0xc0) == 0x80)
		at--;
	return at;
}

uint32_t unicode_at(str text, size_t at)
{
	return at < text.len ? unicode_next(text, &at) : 0;
}

uint32_t unicode_previous(str text, size_t *at)
{
	size_t next;

	if (*at == 0)
		return 0;
	next = *at = unicode_start(text, *at - 1);
	return unicode_next(text, &next);
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

bool unicode_is_ascii(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] >= 0x80)
			return false;
	return true;
}

str unicode_nfc(str text, struct arena *arena)
{
	utf8proc_uint8_t *normal = NULL;
	utf8proc_ssize_t len;
	str result = text;

	if (unicode_is_ascii(text))
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

size_t unicode_compatible(uint32_t out[UNICODE_PARTS], uint32_t code_point)
{
	utf8proc_int32_t parts[UNICODE_PARTS];
	int boundary = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t count = utf8proc_decompose_char(
		(utf8proc_int32_t)code_point, parts, UNICODE_PARTS,
		UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE,
		&boundary);

	if (count < 0 || count > UNICODE_PARTS) {
		out[0] = code_point;
		return 1;
	}
	for (utf8proc_ssize_t i = 0; i < count; i++)
		out[i] = (uint32_t)parts[i];
	return (size_t)count;
}

bool unicode_is_among(uint32_t code_point, const char *characters)
{
	str set = str_from_c(characters);
	size_t at = 0;

	while (at < set.len)
		if (unicode_next(set, &at) == code_point)
			return true;
	return false;
}

uint32_t unicode_lower(uint32_t code_point)
{
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

bool unicode_is_control(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
}

bool unicode_is_blank(uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point == ' ' ||
		       (code_point >= '\t' && code_point <= '\r');
	return code_point == 0xa0 || code_point == 0x1680 ||
	       (code_point >= 0x2000 && code_point <= 0x200b) ||
	       code_point == 0x202f || code_point == 0x205f ||
	       code_point == 0x2060 || code_point == 0x3000;
}

str unicode_trim(str text)
{
	size_t at = 0;

	while (text.len > 0 && unicode_is_blank(unicode_next(text, &at))) {
		text = str_from(text, at);
		at = 0;
	}
	while (text.len > 0) {
		at = text.len;
		if (!unicode_is_blank(unicode_previous(text, &at)))
			break;
		text.len = at;
	}
	return text;
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

/* --- what East Asian text needs ------------------------------------------- */

struct range {
	uint32_t first;
	uint32_t last;
};

static bool is_in(uint32_t code_point, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (code_point >= ranges[i].first &&
		    code_point <= ranges[i].last)
			return true;
	return false;
}

bool unicode_is_punctuation(uint32_t code_point)
{
	utf8proc_category_t category;

	if (code_point < 0x80)
		return code_point > ' ' && code_point < 0x7f &&
		       !((code_point >= '0' && code_point <= '9') ||
			 ((code_point | 0x20) >= 'a' &&
			  (code_point | 0x20) <= 'z'));
	category = utf8proc_category((utf8proc_int32_t)code_point);
	return category >= UTF8PROC_CATEGORY_PC &&
	       category <= UTF8PROC_CATEGORY_PO;
}

bool unicode_is_opening(uint32_t code_point)
{
	utf8proc_category_t category =
		utf8proc_category((utf8proc_int32_t)code_point);

	return category == UTF8PROC_CATEGORY_PS ||
	       category == UTF8PROC_CATEGORY_PI;
}

bool unicode_is_closing(uint32_t code_point)
{
	utf8proc_category_t category =
		utf8proc_category((utf8proc_int32_t)code_point);

	return category == UTF8PROC_CATEGORY_PE ||
	       category == UTF8PROC_CATEGORY_PF;
}

bool unicode_is_space(uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point == ' ' ||
		       (code_point >= '\t' && code_point <= '\r');
	return utf8proc_category((utf8proc_int32_t)code_point) ==
	       UTF8PROC_CATEGORY_ZS;
}

bool unicode_is_gap(uint32_t code_point)
{
	return code_point == 0 || unicode_is_space(code_point);
}

static bool is_hangul(uint32_t code_point)
{
	static const struct range hangul[] = {
		{ 0x1100, 0x11ff }, { 0x302e, 0x302f }, { 0x3130, 0x318f },
		{ 0x3200, 0x321e }, { 0x3260, 0x327e }, { 0xa960, 0xa97f },
		{ 0xac00, 0xd7ff }, { 0xffa0, 0xffdc },
	};

	return is_in(code_point, hangul, COUNT_OF(hangul));
}

bool unicode_is_cjk(uint32_t code_point)
{
	static const struct range cjk[] = {
		{ 0x1100, 0x11ff },   { 0x2e80, 0x2fff },
		{ 0x3000, 0x4dbf },   { 0x4e00, 0x9fff },
		{ 0xa960, 0xa97f },   { 0xac00, 0xd7ff },
		{ 0xf900, 0xfaff },   { 0xfe10, 0xfe1f },
		{ 0xfe30, 0xfe6f },   { 0xff01, 0xffef },
		{ 0x16fe0, 0x18cff }, { 0x1b000, 0x1b2ff },
		{ 0x1f200, 0x1f2ff }, { 0x20000, 0x3fffd },
	};

	return code_point >= 0x1100 && is_in(code_point, cjk, COUNT_OF(cjk));
}

bool unicode_is_ideograph(uint32_t code_point)
{
	return unicode_is_cjk(code_point) && !is_hangul(code_point) &&
	       unicode_is_word(code_point);
}

bool unicode_is_ambiguous(uint32_t code_point)
{
	static const struct range ambiguous[] = {
		{ 0xa7, 0xa7 },	    { 0xb0, 0xb1 },	{ 0xb7, 0xb7 },
		{ 0xd7, 0xd7 },	    { 0xf7, 0xf7 },	{ 0x2010, 0x2027 },
		{ 0x2030, 0x203b }, { 0x2103, 0x2109 }, { 0x2116, 0x2116 },
		{ 0x2160, 0x217f }, { 0x2190, 0x21ff }, { 0x2200, 0x22ff },
		{ 0x2460, 0x24ff }, { 0x2500, 0x26ff }, { 0x2776, 0x2793 },
		{ 0x2e3a, 0x2e3b },
	};

	return code_point >= 0xa7 &&
	       is_in(code_point, ambiguous, COUNT_OF(ambiguous));
}

static bool is_east_asian(uint32_t code_point)
{
	return unicode_is_cjk(code_point) && !is_hangul(code_point);
}

bool unicode_joins(uint32_t before, uint32_t after)
{
	bool wide_before = is_east_asian(before);
	bool wide_after = is_east_asian(after);

	return (wide_before && wide_after) ||
	       (wide_before && unicode_is_ambiguous(after)) ||
	       (wide_after && unicode_is_ambiguous(before));
}
