#include "editor/slug.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/buf.h"

enum { TITLE_LIMIT = 400 }; /* characters that are looked at */

/* What nearly every title of its kind has says nothing of this one. */
static str without_frame(str title)
{
	static const str ends[] = {
		STR("的通知"), STR("的公告"), STR("的通告"), STR("的意见"),
		STR("的决定"), STR("的批复"), STR("的函"),
	};
	str start = STR("关于");
	str inner = title;

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (str_ends_with(inner, ends[i])) {
			inner.len -= ends[i].len;
			break;
		}
	if (str_starts_with(inner, start))
		inner = str_from(inner, start.len);
	return inner.len > 0 ? inner : title;
}

/* False when ICU has not its data. */
static bool spell(struct buf *out, str title)
{
	static const UChar rules[] = u"Any-Latin; Latin-ASCII; Lower";
	UChar text[TITLE_LIMIT * 16];
	char bytes[TITLE_LIMIT * 16];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	int32_t end;
	UTransliterator *spelling;

	u_strFromUTF8WithSub(text, TITLE_LIMIT, &length, title.data,
			     (int32_t)title.len, 0xfffd, NULL, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		length = TITLE_LIMIT;
		status = U_ZERO_ERROR;
	}
	spelling =
		utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
	end = length;
	if (U_SUCCESS(status))
		utrans_transUChars(spelling, text, &length, COUNT_OF(text), 0,
				   &end, &status);
	if (spelling != NULL)
		utrans_close(spelling);
	if (U_FAILURE(status))
		return false;
	u_strToUTF8WithSub(bytes, sizeof(bytes), &end, text, length, '?', NULL,
			   &status);
	if (U_FAILURE(status))
		return false;
	buf_add(out, (str){ bytes, (size_t)end });
	return true;
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || byte_is_digit(c);
}

/* "2026nian" has two words. */
static bool begins_word(const struct buf *out, char c)
{
	return out->len > 0 &&
	       byte_is_digit(out->data[out->len - 1]) != byte_is_digit(c) &&
	       out->data[out->len - 1] != '-';
}

static str join_words(str spelled, struct arena *arena)
{
	struct buf out;
	size_t whole = 0; /* up to the end of a word */
	bool gap = false;

	buf_init(&out, arena);
	for (size_t i = 0; i < spelled.len; i++) {
		char c = spelled.data[i];

		if (c == '\'')
			continue;
		if (!is_plain(c)) {
			gap = out.len > 0;
			continue;
		}
		if (gap || begins_word(&out, c)) {
			whole = out.len;
			buf_add_byte(&out, '-');
			gap = false;
		}
		if (out.len >= SLUG_WORDS_LIMIT)
			return str_between(buf_str(&out), 0,
					   whole > 0 ? whole : out.len);
		buf_add_byte(&out, c);
	}
	return buf_str(&out);
}

str slug_from_title(str title, str otherwise, struct arena *arena)
{
	struct buf spelled;
	str slug;

	buf_init(&spelled, arena);
	if (!spell(&spelled, without_frame(title)))
		return otherwise;
	slug = join_words(buf_str(&spelled), arena);
	return slug.len > 0 ? slug : otherwise;
}
