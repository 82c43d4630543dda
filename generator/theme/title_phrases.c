/*
 * Chinese has no blanks between words, so a browser breaks a title anywhere.
 * Browsers that know words (word-break: auto-phrase) are few yet; here a table
 * of the words of official titles says where a line may end, and everything
 * that is not in it stays together.
 */
#include "theme/title_phrases.h"

#include "theme/template_escape.h"
#include "theme/title_words.h"

#define CHARACTER ((size_t)3) /* bytes of a wide one */

/*
 * Where a line of a title is broken best: at blanks, behind a colon, before
 * these words. 关于 itself is never alone on a line.
 */
static bool begins_phrase(str text, str before)
{
	const str about = STR("关于");

	return str_starts_with(text, about) ||
	       str_ends_with(before, STR("：")) ||
	       (str_starts_with(text, STR("《")) && !str_equal(before, about));
}

/*
 * 的通知 at the end of a title: 的 and at most four characters behind it. What
 * is short fits on a line as it is.
 */
static size_t ending_of(str phrase)
{
	enum { BEHIND_LEAST = 1, BEHIND_MOST = 4, SHORT = 12 * CHARACTER };
	const str particle = STR("的");
	size_t behind = BEHIND_LEAST * CHARACTER;

	for (; phrase.len >= SHORT && behind <= BEHIND_MOST * CHARACTER;
	     behind += CHARACTER) {
		size_t size = behind + particle.len;

		if (str_starts_with(str_from(phrase, phrase.len - size),
				    particle))
			return size;
	}
	return 0;
}

/* Does the character before `at` stand in `signs`? */
static bool is_behind(str text, size_t at, const str *signs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ends_with(str_between(text, 0, at), signs[i]))
			return true;
	return false;
}

static bool is_before(str text, size_t at, const str *signs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts_with(str_from(text, at), signs[i]))
			return true;
	return false;
}

/*
 * May a line begin at `at`? `size` is that of the word there. Neither line is
 * left with next to nothing, and 15 stays with 分钟. These signs begin a line
 * rather than end one.
 */
static bool may_break(str text, size_t at, size_t size, size_t last)
{
	enum { NEAR = 3 * CHARACTER, NEAREST = 2 * CHARACTER, ALONE = 2 };
	const str signs[] = { STR("《"), STR("（"), STR("“"), STR("和"),
			      STR("与"), STR("及"), STR("暨") };
	const str ending = STR("”");
	size_t left = at - last;
	bool joins;

	if (text.len - at < NEAREST || left < NEAREST ||
	    (unsigned char)text.data[at - 1] < 0x80 ||
	    is_behind(text, at, signs, COUNT_OF(signs)))
		return false;
	joins = size == 0 &&
		is_before(text, at, signs + ALONE, COUNT_OF(signs) - ALONE);
	if (joins || is_behind(text, at, &ending, 1))
		return true;
	return size > 0 && (left >= NEAR || at + size >= text.len);
}

static size_t character_length(str text, size_t at)
{
	size_t end = at + 1;

	while (end < text.len && ((unsigned char)text.data[end] & 0xc0) == 0x80)
		end++;
	return end - at;
}

static void add_span(struct buf *out, const char *name, str text)
{
	buf_printf(out, "<span class=\"%s\">", name);
	template_escape_html(out, text);
	buf_add(out, STR("</span>"));
}

static bool is_of_number(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	       byte == ':';
}

/* 2026—2027 and B01—B04 are one: browsers break a line at the dash. */
static void add_text(struct buf *out, str text)
{
	const str dash = STR("—");
	size_t last = 0;

	for (size_t at = 1; at + dash.len < text.len; at++) {
		size_t start = at;
		size_t end = at + dash.len;

		if (!is_of_number(text.data[at - 1]) ||
		    !is_of_number(text.data[end]) ||
		    !str_starts_with(str_from(text, at), dash))
			continue;
		while (start > last && is_of_number(text.data[start - 1]))
			start--;
		while (end < text.len && is_of_number(text.data[end]))
			end++;
		template_escape_html(out, str_between(text, last, start));
		add_span(out, "number", str_between(text, start, end));
		last = end;
	}
	template_escape_html(out, str_from(text, last));
}

/* What is short fits on a line as it is. */
static void add_words(struct buf *out, str text)
{
	enum { SHORT = 8 * CHARACTER };
	size_t last = 0;
	size_t at = text.len < SHORT ? text.len : 0;

	while (at < text.len) {
		size_t size = title_word(str_from(text, at));

		if (may_break(text, at, size, last)) {
			add_text(out, str_between(text, last, at));
			buf_add(out, STR("<wbr>"));
			last = at;
		}
		at += size > 0 ? size : character_length(text, at);
	}
	add_text(out, str_from(text, last));
}

static void add_last(struct buf *out, str phrase)
{
	size_t ending = ending_of(phrase);

	add_words(out, str_between(phrase, 0, phrase.len - ending));
	if (ending > 0)
		add_span(out, "phrase-end",
			 str_from(phrase, phrase.len - ending));
}

static void add_phrase(struct buf *out, str phrase, bool is_last)
{
	if (phrase.len == 0)
		return;
	buf_add(out, STR("<span class=\"phrase\">"));
	if (is_last)
		add_last(out, phrase);
	else
		add_words(out, phrase);
	buf_add(out, STR("</span>"));
}

/* Inside 《》 nothing is parted; a text of one phrase is in no span. */
void title_phrases(struct buf *out, str title)
{
	size_t start = 0;
	bool is_inside = false;

	for (size_t i = 0; i < title.len; i++) {
		str rest = str_from(title, i);

		if (!is_inside && title.data[i] == ' ') {
			add_phrase(out, str_between(title, start, i), false);
			buf_add_byte(out, ' ');
			start = i + 1;
		} else if (!is_inside && i > start &&
			   begins_phrase(rest, str_between(title, start, i))) {
			add_phrase(out, str_between(title, start, i), false);
			buf_add(out, STR("<wbr>"));
			start = i;
		}
		if (str_starts_with(rest, STR("《")))
			is_inside = true;
		else if (str_starts_with(rest, STR("》")))
			is_inside = false;
	}
	if (start == 0)
		add_last(out, title);
	else
		add_phrase(out, str_from(title, start), true);
}
