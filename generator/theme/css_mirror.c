/*
 * A piece of a style sheet up to one of { } ; is a selector when { ends it,
 * otherwise a declaration. Of a declaration, `left` and `right` change places
 * in its name and in its value, and so do the second and the fourth of four
 * values of a box (margin: 1px 2px 3px 4px), and the corners of one; what is
 * turned or moved along the line goes the other way. Shadows and gradients by
 * degrees stay: they do not say where something is.
 */
#include "theme/css_mirror.h"

#include "base/buf.h"
#include "theme/css_pieces.h"

bool language_is_rtl(str language)
{
	static const char *const from_right[] = { "ar", "dv", "fa", "he", "ps",
						  "sd", "ug", "ur", "yi" };
	str main;

	if (!str_split_next(&language, '-', &main))
		return false;
	for (size_t i = 0; i < COUNT_OF(from_right); i++)
		if (str_equal_c(main, from_right[i]))
			return true;
	return false;
}

/* --- pieces --- */

/* Where the piece at `at` ends: at one of { } ; or behind the last byte. */
static size_t piece_end(str css, size_t at)
{
	while (at < css.len) {
		size_t behind = css_skip_closed(css, at);

		if (behind > at) {
			at = behind;
			continue;
		}
		if (css.data[at] == '{' || css.data[at] == '}' ||
		    css.data[at] == ';')
			break;
		at++;
	}
	return at;
}

/* --- declarations --- */

/* `left` and `right` as words, of a name also between its hyphens. */
static void add_swapped(struct buf *out, str text, bool is_name)
{
	size_t at = 0;

	while (at < text.len) {
		size_t behind = is_name ? at : css_skip_closed(text, at);
		size_t end = at;
		str word;

		while (end < text.len && (byte_is_letter(text.data[end]) ||
					  (!is_name && text.data[end] == '-')))
			end++;
		if (behind == at)
			behind = end > at ? end : at + 1;
		word = str_between(text, at, behind);
		if (str_equal(word, STR("left")))
			word = STR("right");
		else if (str_equal(word, STR("right")))
			word = STR("left");
		buf_add(out, word);
		at = behind;
	}
}

/* The values of a declaration; more than four: 0. */
static size_t split_values(str parts[4], str text)
{
	size_t count = 0;
	size_t at = 0;

	while (at < text.len) {
		size_t start;

		while (at < text.len && byte_is_space(text.data[at]))
			at++;
		start = at;
		while (at < text.len && !byte_is_space(text.data[at])) {
			size_t behind = css_skip_closed(text, at);

			at = behind > at ? behind : at + 1;
		}
		if (at == start)
			break;
		if (count == 4 || text.data[start] == '/' ||
		    text.data[start] == '!')
			return 0;
		parts[count++] = str_between(text, start, at);
	}
	return count;
}

/* Top, right, bottom, left; or corners from the top left, clockwise. */
static bool add_box(struct buf *out, str name, str value)
{
	static const char *const sides[] = { "margin",	     "padding",
					     "inset",	     "border-width",
					     "border-color", "border-style" };
	bool is_corners = str_equal(name, STR("border-radius"));
	bool is_sides = false;
	str parts[4];

	for (size_t i = 0; i < COUNT_OF(sides); i++)
		is_sides |= str_equal_c(name, sides[i]);
	if ((!is_sides && !is_corners) || split_values(parts, value) != 4)
		return false;
	if (is_sides)
		buf_printf(out, " %.*s %.*s %.*s %.*s", STR_ARG(parts[0]),
			   STR_ARG(parts[3]), STR_ARG(parts[2]),
			   STR_ARG(parts[1]));
	else
		buf_printf(out, " %.*s %.*s %.*s %.*s", STR_ARG(parts[1]),
			   STR_ARG(parts[0]), STR_ARG(parts[3]),
			   STR_ARG(parts[2]));
	return true;
}

/* What turns one way turns the other: rotate(45deg), translateX(-1em). */
static void add_transform(struct buf *out, str value)
{
	static const char *const turns[] = { "rotate(", "translateX(",
					     "skewX(" };
	size_t at = 0;

	while (at < value.len) {
		str rest = str_from(value, at);
		size_t len = 0;

		for (size_t i = 0; i < COUNT_OF(turns); i++)
			if (str_starts_with(rest, str_from_c(turns[i])))
				len = str_from_c(turns[i]).len;
		if (len == 0) {
			buf_add_byte(out, value.data[at++]);
			continue;
		}
		buf_add(out, str_between(rest, 0, len));
		at += len;
		if (str_at(value, at) == '-')
			at++;
		else if (byte_is_digit(str_at(value, at)))
			buf_add_byte(out, '-');
	}
}

static void add_declaration(struct buf *out, str text)
{
	size_t colon = str_find_byte(text, ':');
	size_t start = 0;
	str name, value;

	/* comments and blanks before it */
	while (start < text.len) {
		size_t behind = text.data[start] == '/'
					? css_skip_closed(text, start)
					: start;

		if (behind == start && !byte_is_space(text.data[start]))
			break;
		start = behind > start ? behind : start + 1;
	}
	if (colon == STR_NONE || colon < start)
		colon = str_find_byte(str_from(text, start), ':') == STR_NONE
				? STR_NONE
				: start + str_find_byte(str_from(text, start),
							':');
	if (colon == STR_NONE) {
		buf_add(out, text);
		return;
	}
	name = str_between(text, start, colon);
	value = str_from(text, colon + 1);
	buf_add(out, str_between(text, 0, start));
	/* a custom property means what its author says */
	if (str_starts_with(name, STR("--"))) {
		buf_add(out, str_from(text, start));
		return;
	}
	add_swapped(out, name, true);
	buf_add_byte(out, ':');
	if (str_equal(str_trim(name), STR("transform")))
		add_transform(out, value);
	else if (!add_box(out, str_trim(name), value))
		add_swapped(out, value, false);
}

str css_mirror(str css, struct arena *arena)
{
	struct buf out;
	size_t at = 0;

	buf_init(&out, arena);
	while (at < css.len) {
		size_t end = piece_end(css, at);
		str piece = str_between(css, at, end);

		if (end < css.len && css.data[end] == '{')
			buf_add(&out, piece);
		else
			add_declaration(&out, piece);
		if (end < css.len)
			buf_add_byte(&out, css.data[end++]);
		at = end;
	}
	return buf_str(&out);
}
