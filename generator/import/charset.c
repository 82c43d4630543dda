/*
 * GB18030 reads nearly any two bytes, so that it can be read says little. What
 * tells Big5 from it is where the second bytes lie: nearly half of Big5's lie
 * below 0x7f, and of GB 2312's, which most texts are made of, none. The first
 * bytes of its common characters are 0xb0 to 0xd7, those of Big5's 0xa4 to
 * 0xc6.
 */
#include "import/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/buf.h"
#include "base/unicode.h"

enum {
	HEAD_LIMIT = 4096, /* where a page may say its encoding */
	LOST_SHARE = 50,   /* one of so many bytes may be unreadable */
	PAIRS_ENOUGH = 8,
};

static const char *const names[CHARSET_COUNT] = {
	[CHARSET_UTF8] = "UTF-8",	[CHARSET_GB18030] = "GB18030",
	[CHARSET_BIG5] = "BIG5-HKSCS",	[CHARSET_UTF16LE] = "UTF-16LE",
	[CHARSET_UTF16BE] = "UTF-16BE",
};

const char *charset_name(enum charset charset)
{
	return names[charset];
}

void charset_open(struct charset_reader *reader)
{
	*reader = (struct charset_reader){ 0 };
}

void charset_close(struct charset_reader *reader)
{
	for (size_t i = 0; i < COUNT_OF(reader->converters); i++)
		if (reader->converters[i] != NULL)
			iconv_close(reader->converters[i]);
	charset_open(reader);
}

/* --- what the page says --------------------------------------------------- */

static const struct {
	const char *name;
	enum charset charset;
} known[] = {
	{ "utf-8", CHARSET_UTF8 },	    { "utf8", CHARSET_UTF8 },
	{ "gb2312", CHARSET_GB18030 },	    { "gbk", CHARSET_GB18030 },
	{ "gb18030", CHARSET_GB18030 },	    { "gb_2312-80", CHARSET_GB18030 },
	{ "x-gbk", CHARSET_GB18030 },	    { "cp936", CHARSET_GB18030 },
	{ "windows-936", CHARSET_GB18030 }, { "euc-cn", CHARSET_GB18030 },
	{ "big5", CHARSET_BIG5 },	    { "big5-hkscs", CHARSET_BIG5 },
	{ "x-x-big5", CHARSET_BIG5 },	    { "cp950", CHARSET_BIG5 },
};

static bool is_name_byte(char c)
{
	return byte_is_letter(c) || byte_is_digit(c) || c == '-' || c == '_';
}

static size_t find_ignoring_case(str text, str wanted)
{
	for (size_t i = 0; i + wanted.len <= text.len; i++)
		if (str_equal_ignoring_case(
			    str_between(text, i, i + wanted.len), wanted))
			return i;
	return STR_NONE;
}

/* CHARSET_COUNT: it says nothing that is known. */
static enum charset said(str bytes)
{
	str head = str_between(bytes, 0, HEAD_LIMIT);
	size_t at = find_ignoring_case(head, STR("charset"));
	str rest = str_from(head, at == STR_NONE ? head.len : at + 7);
	size_t end = 0;

	while (rest.len > 0 &&
	       (byte_is_space(rest.data[0]) || rest.data[0] == '=' ||
		rest.data[0] == '"' || rest.data[0] == '\''))
		rest = str_from(rest, 1);
	while (end < rest.len && is_name_byte(rest.data[end]))
		end++;
	rest.len = end;
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (str_equal_ignoring_case(rest, str_from_c(known[i].name)))
			return known[i].charset;
	return CHARSET_COUNT;
}

/* --- how the bytes look --------------------------------------------------- */

struct look {
	size_t pairs;
	size_t low;    /* second bytes below 0x7f */
	size_t common; /* first bytes of the common characters of GB 2312 */
	size_t big5;   /* of Big5's */
};

static void look_at(struct look *look, str bytes)
{
	*look = (struct look){ 0 };
	for (size_t i = 0; i + 1 < bytes.len; i++) {
		unsigned char first = (unsigned char)bytes.data[i];
		unsigned char second = (unsigned char)bytes.data[i + 1];

		if (first < 0x81 || second < 0x40)
			continue;
		look->pairs++;
		look->low += second < 0x7f;
		look->common +=
			first >= 0xb0 && first <= 0xd7 && second >= 0xa1;
		look->big5 += first >= 0xa4 && first <= 0xc6;
		i++;
	}
}

static enum charset guess(str bytes, enum charset otherwise)
{
	struct look look;

	look_at(&look, bytes);
	if (look.pairs < PAIRS_ENOUGH)
		return otherwise == CHARSET_COUNT ? CHARSET_GB18030 : otherwise;
	if (look.low * 5 > look.pairs && look.big5 * 3 > look.pairs * 2 &&
	    look.common * 2 < look.pairs)
		return CHARSET_BIG5;
	if (look.common * 3 > look.pairs * 2 && look.low * 10 < look.pairs)
		return CHARSET_GB18030;
	return otherwise == CHARSET_COUNT ? CHARSET_GB18030 : otherwise;
}

/* --- reading -------------------------------------------------------------- */

static iconv_t converter(struct charset_reader *reader, enum charset charset)
{
	if (reader->converters[charset] == NULL) {
		iconv_t made = iconv_open("UTF-8", names[charset]);

		if (made == (iconv_t)-1)
			return made;
		reader->converters[charset] = made;
	}
	iconv(reader->converters[charset], NULL, NULL, NULL, NULL);
	return reader->converters[charset];
}

/* The euro of Windows' GBK is one byte; all else is lost. */
static void replace(char **out, size_t *room, char byte, size_t *lost)
{
	const char *instead = "\xef\xbf\xbd";

	if ((unsigned char)byte == 0x80)
		instead = "\xe2\x82\xac";
	else
		(*lost)++;
	memcpy(*out, instead, 3);
	*out += 3;
	*room -= 3;
}

static bool convert(str *out, size_t *lost, struct charset_reader *reader,
		    enum charset charset, str bytes, struct arena *arena)
{
	iconv_t with = converter(reader, charset);
	size_t room = bytes.len * 3 + 16;
	char *data = arena_raw(arena, room);
	char *in = (char *)bytes.data; /* iconv writes nothing there */
	size_t left = bytes.len;
	char *at = data;

	*lost = 0;
	if (with == (iconv_t)-1)
		return false;
	while (left > 0) {
		if (iconv(with, &in, &left, &at, &room) != (size_t)-1)
			break;
		if (errno == E2BIG || room < 8)
			return false;
		replace(&at, &room, *in, lost);
		in++;
		left--;
		iconv(with, NULL, NULL, NULL, NULL);
	}
	*out = (str){ data, (size_t)(at - data) };
	return true;
}

/* Bytes that are no UTF-8 become U+FFFD; controls and the like go. */
static void clean(struct decoded *out, struct arena *arena)
{
	size_t at = unicode_unsafe_at(out->text, 0);
	size_t done = 0;
	struct buf text;

	if (at == STR_NONE &&
	    memchr(out->text.data, '\r', out->text.len) == NULL)
		return;
	buf_init(&text, arena);
	for (at = 0; at < out->text.len;) {
		size_t start = at;
		uint32_t code = unicode_next(out->text, &at);

		if (code == 0xfffd && at - start == 1) {
			buf_add(&text, str_between(out->text, done, start));
			buf_add_utf8(&text, 0xfffd);
			out->lost++;
			done = at;
		} else if (code == '\r' || unicode_is_unsafe(code)) {
			buf_add(&text, str_between(out->text, done, start));
			if (code == '\r' && str_at(out->text, at) != '\n')
				buf_add_byte(&text, '\n');
			done = at;
		}
	}
	buf_add(&text, str_from(out->text, done));
	out->text = buf_str(&text);
}

static enum charset marked(str *bytes)
{
	static const struct {
		str mark;
		enum charset charset;
	} marks[] = {
		{ { "\xef\xbb\xbf", 3 }, CHARSET_UTF8 },
		{ { "\xff\xfe", 2 }, CHARSET_UTF16LE },
		{ { "\xfe\xff", 2 }, CHARSET_UTF16BE },
		{ { "\x84\x31\x95\x33", 4 }, CHARSET_GB18030 },
	};

	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (str_starts_with(*bytes, marks[i].mark)) {
			*bytes = str_from(*bytes, marks[i].mark.len);
			return marks[i].charset;
		}
	return CHARSET_COUNT;
}

/* A few broken bytes in a UTF-8 page make no other encoding of it. */
static bool is_mostly_utf8(str bytes)
{
	size_t good = 0;
	size_t bad = 0;
	size_t at = 0;

	while (at < bytes.len) {
		size_t start = at;
		uint32_t code = unicode_next(bytes, &at);

		if (code < 0x80)
			continue;
		if (code == 0xfffd && at - start == 1)
			bad++;
		else
			good++;
	}
	return bad * 20 <= good;
}

static enum charset choose(enum charset mark, enum charset word, str bytes)
{
	if (mark != CHARSET_COUNT)
		return mark;
	if (is_mostly_utf8(bytes))
		return CHARSET_UTF8;
	return guess(bytes, word == CHARSET_UTF8 ? CHARSET_COUNT : word);
}

bool charset_decode(struct decoded *out, struct charset_reader *reader,
		    str bytes, bool is_page, struct arena *arena)
{
	enum charset mark = marked(&bytes);
	enum charset word = is_page ? said(bytes) : CHARSET_COUNT;

	*out = (struct decoded){ .text = bytes,
				 .charset = choose(mark, word, bytes) };
	if (out->charset != CHARSET_UTF8 &&
	    !convert(&out->text, &out->lost, reader, out->charset, bytes,
		     arena))
		return false;
	out->is_other = word != CHARSET_COUNT && word != out->charset;
	clean(out, arena);
	return out->lost * LOST_SHARE <= bytes.len;
}

str charset_guess_name(str bytes, struct arena *arena)
{
	struct charset_reader reader;
	struct decoded decoded;

	charset_open(&reader);
	if (!charset_decode(&decoded, &reader, bytes, false, arena))
		decoded.text = STR("unreadable-name");
	charset_close(&reader);
	return arena_copy(arena, decoded.text);
}
