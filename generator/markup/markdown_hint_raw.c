/*
 * Markdown inside a block of raw HTML, where it is text: "<div>" and on the
 * next line "**重点**" is published with its stars.
 *
 * Lines are read as they stand in the source. What is inside a tag, a comment,
 * <pre>, <code>, <script> or <style> is passed over. One message a block.
 */
#include "markup/markdown_hints.h"

#include <cmark.h>

#include "base/unicode.h"
#include "markup/markdown_flank.h"
#include "markup/markdown_hint_scan.h"

enum {
	LINES_LIMIT = 2000, /* of a block that are looked at */
	LINE_BYTES = 2000,  /* of a line */
	MARKED_BYTES = 300, /* between two signs */
	DASHES = 3,	    /* of a row below the heads of a table */
	BRACES_LIMIT = 40,  /* of a block whose end is looked for */
};

/* Where in the block we are. */
struct reader {
	const struct markdown_hints *hints;
	const char *end; /* what ends the part that is passed over, or NULL */
	size_t bullets;	 /* lines that begin as items do, one below another */
	str first_bullet;
	size_t braces; /* that were looked at */
};

/* --- what is passed over -------------------------------------------------- */

static bool begins(str text, const char *name)
{
	str prefix = str_from_c(name);

	return str_equal_ignoring_case(str_between(text, 0, prefix.len),
				       prefix) &&
	       (text.len <= prefix.len || text.data[prefix.len] == '>' ||
		byte_is_space(text.data[prefix.len]) ||
		str_equal_c(prefix, "<!--"));
}

/* What ends the element that is code, or the tag, that starts here. */
static const char *end_of(str tag)
{
	static const char *const ends[][2] = {
		{ "<!--", "-->" },	 { "<pre", "</pre" },
		{ "<code", "</code" },	 { "<script", "</script" },
		{ "<style", "</style" }, { "<textarea", "</textarea" },
		{ "<kbd", "</kbd" },	 { "<samp", "</samp" },
	};

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (begins(tag, ends[i][0]))
			return ends[i][1];
	return ">";
}

static bool is_tag(str text)
{
	char next = str_at(text, 1);

	return text.len > 1 && text.data[0] == '<' &&
	       (next == '/' || next == '!' || next == '?' ||
		((next | 0x20) >= 'a' && (next | 0x20) <= 'z'));
}

/* Behind the part that is passed over; the end of the line if it goes on. */
static size_t pass_over(struct reader *reader, str line, size_t at)
{
	str end = str_from_c(reader->end);

	for (; at + end.len <= line.len; at++)
		if (str_equal_ignoring_case(str_between(line, at, at + end.len),
					    end)) {
			/* "</pre" ends with a tag of its own */
			reader->end = end.data[0] == '<' ? ">" : NULL;
			return at + end.len;
		}
	return line.len;
}

/* --- signs ---------------------------------------------------------------- */

static void report(const struct markdown_hints *hints, str place)
{
	struct diag *diag =
		diag_warning(hints->diags, markdown_hint_span(hints, place),
			     "markdown-in-html",
			     _("Markdown inside HTML would be published as it "
			       "is typed"));

	diag_help(hints->diags, diag,
		  _("put an empty line before and behind it, and no blanks at "
		    "the start of the line, or write it as HTML"));
}

static bool may_mark(str line, size_t start, size_t end)
{
	struct markdown_run run = { line, start, end };

	return markdown_flank_of(&run) != MARKDOWN_FLANK_NONE;
}

/* **words**: the length of it at `at`, or 0. */
static size_t strong_length(str line, size_t at)
{
	size_t close = str_find(
		str_between(line, at + 2, at + 2 + MARKED_BYTES), STR("**"));
	str inside;
	size_t next = 0;

	if (!str_starts_with(str_from(line, at), STR("**")) ||
	    close == STR_NONE || close == 0)
		return 0;
	inside = str_between(line, at + 2, at + 2 + close);
	if (inside.data[0] == '*' || str_find_byte(inside, '<') != STR_NONE ||
	    byte_is_space(inside.data[inside.len - 1]) ||
	    unicode_is_space(unicode_next(inside, &next)) ||
	    !may_mark(line, at, at + 2) ||
	    !may_mark(line, at + 2 + close, at + 4 + close))
		return 0;
	return close + 4;
}

/* [text](address) and ![text](address) */
static size_t link_length(str line, size_t at)
{
	size_t close =
		str_find(str_between(line, at, at + MARKED_BYTES), STR("]("));
	size_t end;

	if (line.data[at] != '[' || close == STR_NONE || close == 1)
		return 0;
	end = str_find_byte(
		str_between(line, at + close, at + close + MARKED_BYTES), ')');
	if (end == STR_NONE || end == 2 ||
	    str_find_byte(str_between(line, at, at + close), '<') != STR_NONE)
		return 0;
	return close + end + 1;
}

static bool is_heading(str line)
{
	size_t level = 0;

	while (level < line.len && line.data[level] == '#')
		level++;
	return level > 0 && level <= 6 && level + 1 < line.len &&
	       line.data[level] == ' ';
}

static bool is_table_row(str line)
{
	size_t dashes = 0;

	for (size_t i = 0; i < line.len; i++) {
		if (str_find_byte(STR("|-: \t"), line.data[i]) == STR_NONE)
			return false;
		dashes += line.data[i] == '-';
	}
	return dashes >= DASHES && str_find_byte(line, '|') != STR_NONE;
}

static bool is_bullet(str line)
{
	return line.len > 2 && line.data[1] == ' ' &&
	       str_find_byte(STR("-*+"), line.data[0]) != STR_NONE;
}

/* What a whole line says; told and true, or false. */
static bool check_start(struct reader *reader, str line)
{
	str text = str_trim(line);

	if (is_bullet(text)) {
		if (reader->bullets++ == 0)
			reader->first_bullet = text;
		if (reader->bullets < 2)
			return false;
		report(reader->hints, reader->first_bullet);
		return true;
	}
	reader->bullets = 0;
	if (!is_heading(text) && !is_table_row(text))
		return false;
	report(reader->hints, text);
	return true;
}

static bool may_be_shortcode(str line, size_t at)
{
	return line.data[at] == '{' ||
	       str_starts_with(str_from(line, at), STR("<%"));
}

static bool check_line(struct reader *reader, str line)
{
	size_t at = 0;

	if (reader->end == NULL && check_start(reader, line))
		return true;
	while (at < line.len) {
		size_t length;

		if (reader->end != NULL) {
			at = pass_over(reader, line, at);
			continue;
		}
		if (is_tag(str_from(line, at))) {
			reader->end = end_of(str_from(line, at));
			at++;
			continue;
		}
		if (may_be_shortcode(line, at) &&
		    reader->braces++ < BRACES_LIMIT) {
			if (markdown_hint_shortcode(reader->hints, line, at))
				return true;
		}
		if (line.data[at] == '&' &&
		    markdown_hint_blank(reader->hints, line, at))
			return true;
		length = strong_length(line, at);
		if (length == 0)
			length = link_length(line, at);
		if (length > 0) {
			report(reader->hints,
			       str_between(line, at, at + length));
			return true;
		}
		at++;
	}
	return false;
}

void markdown_hint_raw(const struct markdown_hints *hints, cmark_node *block)
{
	struct reader reader = { .hints = hints };
	str rest = str_from_c(cmark_node_get_literal(block));
	int line = cmark_node_get_start_line(block);
	str text;

	if (str_ends_with(rest, STR("\n")))
		rest.len--; /* what is behind it is no line of the block */
	/* by the lines of the literal: cmark's last line may be one short */
	for (int i = 0; i < LINES_LIMIT && str_split_next(&rest, '\n', &text);
	     i++) {
		text = markdown_hint_line(hints, line + i);
		if (text.len > LINE_BYTES)
			text = unicode_prefix(text, LINE_BYTES / 3);
		if (check_line(&reader, text))
			return;
	}
}
