/*
 * Marks that lack their other half, or that Markdown does not have: each would
 * be published as it is typed. The text is passed once from left to right; a
 * mark is looked at with its neighbours, as most stars and tildes in prose are
 * arithmetic or a range and no mark at all.
 */
#include "markup/markdown_hint_scan.h"

#include <cmark.h>
#include <libxml/HTMLparser.h>

#include "base/unicode.h"
#include "markup/markdown_flank.h"
#include "markup/markdown_marks.h"

enum {
	MARKED_BYTES = 300, /* between two marks */
	SMALL_BYTES = 12,   /* of what is raised or lowered */
	EMOJI_BYTES = 40,
	REFERENCE_BYTES = 24, /* &nbsp; */
};

/* --- halves --------------------------------------------------------------- */

static void report_mark(struct markdown_scan *scan, str place, size_t length)
{
	struct diag *diag = diag_warning(
		scan->hints->diags, markdown_hint_span(scan->hints, place),
		"markdown-mark-open",
		_("\"%.*s\" has no other half, and would be published"),
		(int)length, place.data);

	diag_help(scan->hints->diags, diag,
		  _("write it on both sides of the words, without spaces "
		    "inside, or delete it"));
}

/* The run and the characters beside it, to find it again in the source. */
static str with_neighbours(str text, size_t start, size_t end)
{
	(void)unicode_previous(text, &start);
	if (end < text.len)
		(void)unicode_next(text, &end);
	return str_between(text, start, end);
}

static bool is_meant_as_text(const struct markdown_scan *scan, str place)
{
	size_t start = (size_t)(place.data - scan->line.data);
	struct markdown_run run = { scan->line, start, start + place.len };

	return markdown_flank_of(&run) == MARKDOWN_FLANK_NONE;
}

/* Tildes that do strike text. `at` only grows, so marks are passed once. */
static bool is_marked(struct markdown_scan *scan, size_t at)
{
	while (scan->mark != NULL && scan->mark->at < at)
		scan->mark = scan->mark->next;
	return scan->mark != NULL && scan->mark->at == at &&
	       scan->mark->kind != MARKDOWN_MARK_NONE;
}

/* Two or three stars, or two tildes, that are text after all. */
static size_t check_mark(struct markdown_scan *scan, size_t at)
{
	str text = scan->text;
	char sign = text.data[at];
	size_t end = at;
	str part;
	str place;
	size_t inside;

	while (end < text.len && text.data[end] == sign)
		end++;
	if (end - at < 2 || end - at > (sign == '*' ? 3 : 2) ||
	    at == scan->told || (sign == '~' && is_marked(scan, at)))
		return end;
	part = with_neighbours(text, at, end);
	place = markdown_scan_place(scan, part);
	inside = str_find_byte(place, sign);
	if (place.len == 0 || inside == STR_NONE)
		return end;
	place = str_between(place, inside, inside + end - at);
	if (sign != '*' || !is_meant_as_text(scan, place)) {
		size_t other = markdown_scan_within(
			text, end, sign == '*' ? "**" : "~~", MARKED_BYTES);

		report_mark(scan, place, end - at);
		scan->told = other; /* once for both halves */
		scan->budget /= 2;  /* one is enough in most cases */
	}
	return end;
}

/* --- marks of other programs ---------------------------------------------- */

/* The character that ends before `at`; 0 at the start. */
static uint32_t character_before(str text, size_t at)
{
	return unicode_previous(text, &at);
}

/*
 * The text between the mark at `at` and the same mark, without blanks at its
 * ends; empty when there is none.
 */
static str marked_text(str text, size_t at, const char *mark, size_t limit)
{
	size_t start = at + str_from_c(mark).len;
	size_t end = markdown_scan_within(text, start, mark, limit);

	if (end == STR_NONE || end == start ||
	    unicode_is_gap(unicode_at(text, start)) ||
	    unicode_is_gap(character_before(text, end)))
		return STR("");
	return str_between(text, start, end);
}

/* Says that the mark is none, and what to write; where to go on. */
static size_t report_unknown(struct markdown_scan *scan, size_t at,
			     const char *mark, str inside, const char *form)
{
	struct arena *arena = scan->hints->arena;
	size_t length = str_from_c(mark).len;
	size_t end = at + 2 * length + inside.len;
	str shown = markdown_scan_shown(inside);
	const char *rest = shown.len < inside.len ? "…" : "";
	size_t cut = str_find(str_from_c(form), STR("%"));
	str meant = arena_printf(arena, "%.*s%.*s%s%s", (int)cut, form,
				 STR_ARG(shown), rest, form + cut + 1);

	markdown_scan_report(
		scan, str_between(scan->text, at, end), "markdown-highlight",
		arena_printf(arena,
			     _("\"%s\" is no Markdown, and would be published"),
			     mark),
		arena_printf(arena, _("write %.*s"), STR_ARG(meant)));
	return end;
}

/* ==highlighted==, ++inserted++ and ^^inserted^^; not C++ and x==y */
static size_t check_double(struct markdown_scan *scan, size_t at,
			   const char *mark, const char *form)
{
	str text = scan->text;
	char sign = mark[0];
	size_t end = at;
	str inside;

	while (str_at(text, end) == sign)
		end++;
	if (end - at != 2 ||
	    (sign == '+' && unicode_is_latin(character_before(text, at))))
		return end;
	inside = marked_text(text, at, mark, MARKED_BYTES);
	if (inside.len == 0 || str_at(text, end + inside.len + 2) == sign)
		return end;
	return report_unknown(scan, at, mark, inside, form);
}

/* %%notes for oneself%%, which readers shall not see */
static size_t check_note(struct markdown_scan *scan, size_t at)
{
	str inside = marked_text(scan->text, at, "%%", MARKED_BYTES);

	if (!str_starts_with(str_from(scan->text, at), STR("%%")) ||
	    inside.len == 0 || inside.data[0] == '%')
		return at + 1;
	return report_unknown(scan, at, "%%", inside, "<!-- % -->");
}

/* Letters and figures, a sign before them: 2, 10, 2+, n-1 */
static bool is_small(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!unicode_is_latin((unsigned char)text.data[i]) &&
		    str_find_byte(STR("+-"), text.data[i]) == STR_NONE)
			return false;
	return text.len > 0;
}

/* m^2^ */
static size_t check_raised(struct markdown_scan *scan, size_t at)
{
	str inside = marked_text(scan->text, at, "^", SMALL_BYTES);

	if (!is_small(inside) ||
	    !unicode_is_word(character_before(scan->text, at)))
		return at + 1;
	return report_unknown(scan, at, "^", inside, "<sup>%</sup>");
}

/* H~2~O, and ~struck~ as other programs have it; not 8~10时、14~18时 */
static size_t check_tilde(struct markdown_scan *scan, size_t at)
{
	str text = scan->text;
	str inside = marked_text(text, at, "~", MARKED_BYTES);
	uint32_t before = character_before(text, at);
	uint32_t behind = unicode_at(text, at + inside.len + 2);

	if (inside.len == 0)
		return at + 1;
	if (unicode_is_latin(before) && !unicode_is_digit(before) &&
	    inside.len <= 4 && is_small(inside))
		return report_unknown(scan, at, "~", inside, "<sub>%</sub>");
	if ((before != 0 && unicode_is_word(before)) || behind == '~' ||
	    unicode_is_digit(unicode_at(inside, 0)) || unicode_is_digit(behind))
		return at + 1;
	return report_unknown(scan, at, "~", inside, "~~%~~");
}

/* ～～struck～～, ＊＊strong＊＊, ｀code｀: signs of the full-width keyboard */
static size_t check_wide(struct markdown_scan *scan, size_t at)
{
	static const char *const marks[][2] = { { "～～", "~~%~~" },
						{ "＊＊", "**%**" },
						{ "｀", "`%`" } };
	str rest = str_from(scan->text, at);

	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		str inside;

		if (!str_starts_with(rest, str_from_c(marks[i][0])))
			continue;
		inside = marked_text(scan->text, at, marks[i][0], MARKED_BYTES);
		if (inside.len > 0)
			return report_unknown(scan, at, marks[i][0], inside,
					      marks[i][1]);
	}
	return at + 1;
}

/* The text of $…$ that no sum of money has: a_1, x^2, \frac */
static bool is_formula(str inside)
{
	return !unicode_is_digit(unicode_at(inside, 0)) &&
	       (str_find_byte(inside, '\\') != STR_NONE ||
		str_find_byte(inside, '^') != STR_NONE ||
		str_find_byte(inside, '_') != STR_NONE ||
		str_find_byte(inside, '=') != STR_NONE);
}

/* $E=mc^2$, and $$ on a line of its own, where a paragraph begins with it */
static size_t check_formula(struct markdown_scan *scan, size_t at)
{
	str text = scan->text;
	bool is_block = str_at(text, at + 1) == '$';
	str inside = marked_text(text, at, is_block ? "$$" : "$", MARKED_BYTES);
	size_t end = at + (is_block ? 2 : 1);

	if (inside.len > 0 && (is_block || is_formula(inside)))
		end += inside.len + (is_block ? 2 : 1);
	else if (!is_block || text.len > 2 ||
		 cmark_node_previous(scan->node) != NULL)
		return end;
	markdown_scan_report(
		scan, str_between(text, at, end), "markdown-formula",
		str_from_c(_("there are no formulas: this would be published "
			     "as it is typed")),
		str_from_c(_("write it with <sup> and <sub>, or show a picture "
			     "of it")));
	return end;
}

/* Chinese on one side of the marks at least. */
static bool is_inside_chinese(str text, size_t at, size_t behind)
{
	return unicode_is_cjk(character_before(text, at)) ||
	       unicode_is_cjk(unicode_at(text, behind));
}

/*
 * __words__ and _words_ inside Chinese, where they mark nothing. A form has
 * single letters between its blanks, or more than two of them; a name of a
 * file has a full stop behind it.
 */
static size_t check_low_line(struct markdown_scan *scan, size_t at)
{
	static const char *const marks[] = { "", "_", "__" };
	str text = scan->text;
	size_t end = at;
	const char *mark;
	str inside;
	size_t behind;

	while (str_at(text, end) == '_')
		end++;
	if (end - at >= COUNT_OF(marks))
		return end;
	mark = marks[end - at];
	inside = marked_text(text, at, mark, MARKED_BYTES);
	behind = end + inside.len + (end - at);
	if (unicode_count(inside) < 2 ||
	    str_find_byte(inside, '_') != STR_NONE ||
	    !is_inside_chinese(text, at, behind) ||
	    !unicode_is_cjk(unicode_at(inside, 0)) ||
	    unicode_is_opening(unicode_at(inside, 0)) ||
	    str_find_byte(str_from(text, behind), '_') != STR_NONE ||
	    str_find_byte(str_between(text, 0, at), '_') != STR_NONE ||
	    str_find_byte(str_from(text, behind), '.') != STR_NONE)
		return end;
	markdown_scan_report(
		scan, str_between(text, at, behind), "markdown-mark-open",
		arena_printf(
			scan->hints->arena,
			_("\"%s\" inside a text marks nothing, and would be "
			  "published"),
			mark),
		arena_printf(
			scan->hints->arena,
			_("write %s%.*s%s; a blank to fill in has at least "
			  "four signs: ____"),
			end - at == 1 ? "*" : "**",
			STR_ARG(markdown_scan_shown(inside)),
			end - at == 1 ? "*" : "**"));
	return behind;
}

/* --- broken tags ---------------------------------------------------------- */

/* <a href="a.md>, </p: a tag that is none stays text. */
static size_t check_tag(struct markdown_scan *scan, size_t at)
{
	static const char names[] =
		" a b i u p br em div img sub sup font span table strong ";
	struct arena *arena = scan->hints->arena;
	str text = scan->text;
	size_t start = at + 1;
	size_t end;
	str name;

	if (str_at(text, start) == '/')
		start++;
	end = start;
	while (end < text.len && end - start < REFERENCE_BYTES &&
	       unicode_is_latin((unsigned char)text.data[end]))
		end++;
	name = str_between(text, start, end);
	if (name.len == 0 || !str_is_word_of(name, names) ||
	    str_find_byte(STR(" \"=/"), str_at(text, end)) == STR_NONE ||
	    (name.len == 1 &&
	     str_find_byte(str_from(text, end), '=') == STR_NONE))
		return at + 1;
	markdown_scan_report(
		scan, str_between(text, at, end), "html-unbalanced",
		arena_printf(arena,
			     _("“<%.*s” is no tag here, and would be published "
			       "as it is typed"),
			     STR_ARG(name)),
		str_from_c(_("close its quotation marks and end it with >; if "
			     "it is text, write &lt; for the <")));
	return end;
}

/* --- names of characters -------------------------------------------------- */

static void tell_name(const struct markdown_hints *hints, str place)
{
	struct diag *diag =
		diag_warning(hints->diags, markdown_hint_span(hints, place),
			     "markdown-emoji",
			     _("this is no character, and would be published "
			       "as it is typed"));

	diag_help(hints->diags, diag,
		  _("write the character itself, or delete it"));
}

static void report_name(struct markdown_scan *scan, str part)
{
	str place = markdown_scan_place(scan, part);

	if (place.len > 0)
		tell_name(scan->hints, place);
}

/* What was a character to cmark, had it not been written "&amp;nbsp;". */
static bool is_known(const struct markdown_scan *scan, str name)
{
	return htmlEntityLookup((const xmlChar *)arena_c_string(
		       scan->hints->arena, name)) != NULL;
}

static const char *const blank_names[] = { "&nbsp",  "&ensp",	"&emsp",
					   "&ldquo", "&rdquo",	"&lsquo",
					   "&rsquo", "&middot", "&mdash",
					   "&hellip" };

/*
 * "&amp;nbsp;" of a program that escapes twice, and "&nbsp" without its end: no
 * text shows these names on purpose. Where to go on, or 0.
 */
static size_t check_blank(struct markdown_scan *scan, size_t at)
{
	str rest = str_from(scan->text, at);

	for (size_t i = 0; i < COUNT_OF(blank_names); i++) {
		str name = str_from_c(blank_names[i]);
		bool is_whole;

		if (!str_starts_with(rest, name))
			continue;
		is_whole = str_at(rest, name.len) == ';';
		if (is_whole)
			report_name(scan,
				    arena_printf(scan->hints->arena, "&amp;%s;",
						 blank_names[i] + 1));
		else if (!unicode_is_latin(unicode_at(rest, name.len)))
			report_name(scan, name);
		else
			break;
		return at + name.len + is_whole;
	}
	return 0;
}

bool markdown_hint_blank(const struct markdown_hints *hints, str line,
			 size_t at)
{
	str rest = str_from(line, at);
	bool is_twice = str_starts_with(rest, STR("&amp;"));
	size_t start = is_twice ? STR("&amp;").len : 1;

	for (size_t i = 0; i < COUNT_OF(blank_names); i++) {
		str name = str_from_c(blank_names[i] + 1);
		size_t end = start + name.len;
		bool is_whole = str_at(rest, end) == ';';

		if (!str_starts_with(str_from(rest, start), name))
			continue;
		if (is_whole != is_twice ||
		    unicode_is_latin(unicode_at(rest, end)))
			return false;
		tell_name(hints, str_between(rest, 0, end + is_whole));
		return true;
	}
	return false;
}

/* &nbps; */
static size_t check_reference(struct markdown_scan *scan, size_t at)
{
	str text = scan->text;
	size_t end = check_blank(scan, at);

	if (end > 0)
		return end;
	end = at + 1;
	while (end < text.len && end - at < REFERENCE_BYTES &&
	       unicode_is_latin((unsigned char)text.data[end]))
		end++;
	if (end - at < 3 ||
	    unicode_is_digit((unsigned char)text.data[at + 1]) ||
	    str_at(text, end) != ';' ||
	    is_known(scan, str_between(text, at + 1, end)))
		return at + 1;
	report_name(scan, str_between(text, at, end + 1));
	return end + 1;
}

/* :smile:, but not 网址:http://… */
static size_t check_emoji(struct markdown_scan *scan, size_t at)
{
	str text = scan->text;
	size_t end = at + 1;
	char before = (char)(at > 0 ? text.data[at - 1] : ' ');
	bool has_letter = false;

	while (end < text.len && end - at < EMOJI_BYTES &&
	       ((text.data[end] >= 'a' && text.data[end] <= 'z') ||
		(text.data[end] >= '0' && text.data[end] <= '9') ||
		str_find_byte(STR("_+-"), text.data[end]) != STR_NONE))
		has_letter |= text.data[end++] >= 'a';
	if (!has_letter || end - at < 3 || str_at(text, end) != ':' ||
	    ((unsigned char)before < 0x80 &&
	     (unicode_is_word((unsigned char)before) || before == ':' ||
	      before == '/')) ||
	    str_starts_with(str_from(text, end), STR("://")))
		return at + 1;
	report_name(scan, str_between(text, at, end + 1));
	return end + 1;
}

/* --- all of them ---------------------------------------------------------- */

size_t markdown_hint_mark(struct markdown_scan *scan, size_t at)
{
	switch (scan->text.data[at]) {
	case '*':
		return check_mark(scan, at);
	case '~':
		return str_at(scan->text, at + 1) == '~'
			       ? check_mark(scan, at)
			       : check_tilde(scan, at);
	case '\xef':
		return check_wide(scan, at);
	case '=':
		return check_double(scan, at, "==", "**%**");
	case '+':
		return check_double(scan, at, "++", "<ins>%</ins>");
	case '^':
		return str_at(scan->text, at + 1) == '^'
			       ? check_double(scan, at, "^^", "<ins>%</ins>")
			       : check_raised(scan, at);
	case '$':
		return check_formula(scan, at);
	case '_':
		return check_low_line(scan, at);
	case ':':
		return check_emoji(scan, at);
	case '%':
		return check_note(scan, at);
	case '<':
		return check_tag(scan, at);
	case '&':
		return check_reference(scan, at);
	default:
		return at + 1;
	}
}
