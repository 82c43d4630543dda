/*
 * Signs inside a line that other programs know, or that lack something to be
 * Markdown.
 *
 * What is looked at is the text of a node, in which cmark has resolved
 * escapes; what is pointed at is the same text in the source. Where it does
 * not stand there as it is, somebody escaped it on purpose, and nothing is
 * said. A node gets a bounded number of messages and of searches in vain.
 */
#include "markup/markdown_hints.h"

#include <cmark.h>

#include "base/unicode.h"
#include "markup/markdown_flank.h"
#include "markup/markdown_marks.h"

enum {
	SEARCH_LIMIT = 20,   /* of messages, and of searches in vain */
	BRACES_BYTES = 300,  /* of a shortcode */
	BRACKET_BYTES = 300, /* of a text in brackets */
	ADDRESS_BYTES = 500,
	EMOJI_BYTES = 40,
	SHOWN_CHARACTERS = 24,
};

struct scan {
	const struct markdown_hints *hints;
	cmark_node *node;
	str text;   /* of the node */
	str source; /* the rest of the line, behind what was found last */
	str line;   /* all of it */
	size_t budget;
	const struct markdown_mark *mark; /* the next one of the node */
};

/* --- places --------------------------------------------------------------- */

/* Behind a backslash, which is not behind another. */
static bool is_escaped(const struct scan *scan, str place)
{
	size_t at = (size_t)(place.data - scan->line.data);
	size_t count = 0;

	while (at > count && scan->line.data[at - count - 1] == '\\')
		count++;
	return count % 2 == 1;
}

/* The part as it stands in the source; empty when it does not. */
static str find_place(struct scan *scan, str part)
{
	size_t at = str_find(scan->source, part);
	str place;

	if (scan->budget == 0)
		return STR("");
	scan->budget--;
	if (at == STR_NONE) {
		/* cmark's columns may be wrong behind the first line */
		scan->source = scan->line;
		at = str_find(scan->source, part);
	}
	if (at == STR_NONE)
		return STR("");
	place = str_between(scan->source, at, at + part.len);
	if (is_escaped(scan, place)) {
		scan->source = str_from(scan->source, at + part.len);
		return STR("");
	}
	scan->source = str_from(scan->source, at + part.len);
	return place;
}

static str shown(str text)
{
	return unicode_prefix(text, SHOWN_CHARACTERS);
}

static bool is_gap(uint32_t code_point)
{
	return code_point == 0 || unicode_is_space(code_point);
}

static char byte_at(str text, size_t at)
{
	return at < text.len ? text.data[at] : '\0';
}

/* Where `end` stands in the next `limit` bytes; STR_NONE: nowhere. */
static size_t find_within(str text, size_t at, const char *end, size_t limit)
{
	size_t found =
		str_find(str_between(text, at, at + limit), str_from_c(end));

	return found == STR_NONE ? STR_NONE : at + found;
}

/* --- braces --------------------------------------------------------------- */

static void report_shortcode(struct scan *scan, str part)
{
	str place = find_place(scan, part);
	struct diag *diag;

	if (place.len == 0)
		return;
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-shortcode",
			    _("there are no shortcodes: this would be "
			      "published as it is typed"));
	diag_help(scan->hints->diags, diag,
		  _("write what it stands for in Markdown, such as ![…](…) or "
		    "[…](…)"));
}

static void report_attribute(struct scan *scan, str part)
{
	str place = find_place(scan, part);
	struct diag *diag;

	if (place.len == 0)
		return;
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-attribute",
			    _("this would be published as it is typed: "
			      "attributes in braces are not known"));
	diag_help(scan->hints->diags, diag,
		  _("delete it; a heading's id is made from its text, and a "
		    "link to it is [文字](#heading)"));
}

/* {#id}, {.class}, {: .class}, {:toc} */
static bool is_attribute(str part)
{
	char sign = byte_at(part, 1);
	uint32_t next = 0;
	size_t at = 2;

	if (part.len < 4 || (sign != '#' && sign != '.' && sign != ':'))
		return false;
	next = unicode_next(part, &at);
	return sign == ':' ? next == ' ' || next == '.' || next == '#' ||
				     unicode_is_word(next)
			   : unicode_is_word(next);
}

static size_t check_braces(struct scan *scan, size_t at)
{
	str text = scan->text;
	char next = byte_at(text, at + 1);
	const char *closing = next == '%' ? "%}" : next == '{' ? "}}" : "}";
	size_t end = find_within(text, at + 2, closing, BRACES_BYTES);
	size_t behind =
		end == STR_NONE ? text.len : end + str_from_c(closing).len;

	if (next == '{' && end == STR_NONE && at + 2 == text.len) {
		/* {{<name>}}: the tag is a node of its own */
		cmark_node *tag = cmark_node_next(scan->node);

		if (tag != NULL &&
		    cmark_node_get_type(tag) == CMARK_NODE_HTML_INLINE)
			report_shortcode(scan, STR("{{<"));
		return behind;
	}
	if (end == STR_NONE)
		return at + 1;
	if (next == '%' || next == '{')
		report_shortcode(scan, str_between(text, at, behind));
	else if (is_attribute(str_between(text, at, behind)))
		report_attribute(scan, str_between(text, at, behind));
	else
		return at + 1;
	return behind;
}

/* --- brackets ------------------------------------------------------------- */

/* Brackets of any width: [ ［ 【 and their other halves. */
static size_t opening_length(str text, size_t at)
{
	str rest = str_from(text, at);

	if (str_starts_with(rest, STR("[")))
		return 1;
	return str_starts_with(rest, STR("［")) ||
			       str_starts_with(rest, STR("【"))
		       ? 3
		       : 0;
}

/* The bracket that closes what opens at `at`, with its length. */
static size_t find_closing(str text, size_t at, size_t *length)
{
	size_t limit = at + BRACKET_BYTES;
	size_t depth = 0;

	for (size_t i = at; i < text.len && i < limit; i++) {
		str rest = str_from(text, i);
		bool is_wide = str_starts_with(rest, STR("］")) ||
			       str_starts_with(rest, STR("】"));

		if (opening_length(text, i) > 0) {
			depth++;
		} else if (is_wide || rest.data[0] == ']') {
			*length = is_wide ? 3 : 1;
			if (--depth == 0)
				return i;
		}
	}
	return STR_NONE;
}

/* What may be meant as an address: a path, a file, a fragment. */
static bool is_address(str text)
{
	size_t dot = str_find_last_byte(text, '.');

	text = str_trim(text);
	if (text.len == 0 || str_find(text, STR("，")) != STR_NONE ||
	    str_find(text, STR("。")) != STR_NONE)
		return false;
	if (text.data[0] == '#' || text.data[0] == '/' ||
	    str_starts_with(text, STR("./")) ||
	    str_starts_with(text, STR("../")) ||
	    str_find(text, STR("://")) != STR_NONE ||
	    str_starts_with(text, STR("id:")) ||
	    str_starts_with(text, STR("mailto:")) ||
	    str_starts_with(text, STR("www.")))
		return true;
	if (dot == STR_NONE || dot == 0 || text.len - dot < 3 ||
	    text.len - dot > 6)
		return false;
	for (size_t i = dot + 1; i < text.len; i++)
		if ((unsigned char)text.data[i] >= 0x80 ||
		    !unicode_is_word((unsigned char)text.data[i]))
			return false;
	return (text.data[dot + 1] | 0x20) >= 'a';
}

/* "(address)" at `at`, of any width; where it ends and what is in it. */
static bool read_address(str text, size_t at, str *address, size_t *end)
{
	size_t open;
	size_t close;
	size_t wide;

	while (byte_at(text, at) == ' ')
		at++;
	open = byte_at(text, at) == '('				? 1
	       : str_starts_with(str_from(text, at), STR("（")) ? 3
								: 0;
	if (open == 0)
		return false;
	close = find_within(text, at + open, ")", ADDRESS_BYTES);
	wide = find_within(text, at + open, "）", ADDRESS_BYTES);
	if (wide != STR_NONE && (close == STR_NONE || wide < close)) {
		*end = wide + 3;
		close = wide;
	} else if (close != STR_NONE) {
		*end = close + 1;
	} else {
		return false;
	}
	*address = str_between(text, at + open, close);
	return is_address(*address);
}

static void report_link(struct scan *scan, str part, str name, str address,
			bool is_image)
{
	str place = find_place(scan, part);
	const char *bracket =
		str_find_byte(address, ' ') != STR_NONE ? "<" : "";
	struct diag *diag;

	if (place.len == 0)
		return;
	diag = diag_warning(
		scan->hints->diags, markdown_hint_span(scan->hints, place),
		is_image ? "markdown-image-form" : "markdown-link-form",
		is_image ? _("this is no image, and would be published as it "
			     "is typed")
			 : _("this is no link, and would be published as it "
			     "is typed"));
	diag_help(scan->hints->diags, diag, _("write %s[%.*s](%s%.*s%s)"),
		  is_image ? "!" : "", STR_ARG(shown(name)), bracket,
		  STR_ARG(str_trim(address)), bracket[0] == '\0' ? "" : ">");
}

/* The sign of an image before a bracket: "!" or "！", perhaps with a space. */
static size_t image_sign(str text, size_t at)
{
	str before = str_between(text, 0, at);

	if (str_ends_with(before, STR("！")))
		return 3;
	if (str_ends_with(before, STR("!")))
		return 1;
	return str_ends_with(before, STR("! ")) ? 2 : 0;
}

static bool is_picture(str address)
{
	static const char *const ends[] = { ".png",  ".jpg", ".jpeg", ".gif",
					    ".webp", ".svg", ".bmp" };

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (address.len > 4 &&
		    str_equal_ignoring_case(
			    str_from(address,
				     address.len - str_from_c(ends[i]).len),
			    str_from_c(ends[i])))
			return true;
	return false;
}

static void report_wiki(struct scan *scan, str part, str name)
{
	str place = find_place(scan, part);
	size_t bar = str_find_byte(name, '|');
	struct diag *diag;

	if (place.len == 0)
		return;
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-wiki-link",
			    _("this is no link, and would be published as it "
			      "is typed"));
	diag_help(scan->hints->diags, diag,
		  _("write [%.*s](path of its file.md)"),
		  STR_ARG(shown(bar == STR_NONE ? name
						: str_from(name, bar + 1))));
}

static void report_contents(struct scan *scan, str part)
{
	str place = find_place(scan, part);
	struct diag *diag;

	if (place.len == 0)
		return;
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-contents",
			    _("this would be published as it is typed: the "
			      "page makes its contents itself"));
	diag_help(scan->hints->diags, diag,
		  _("delete it, and write toc: true in the front matter"));
}

static void report_reference(struct scan *scan, str part, str label)
{
	str place = find_place(scan, part);
	struct diag *diag;

	if (place.len == 0)
		return;
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-reference",
			    _("nothing says where [%.*s] leads: it would be "
			      "published as it is typed"),
			    STR_ARG(shown(label)));
	diag_help(scan->hints->diags, diag,
		  _("write [%.*s](address), or \\[%.*s] when it is text"),
		  STR_ARG(shown(label)), STR_ARG(shown(label)));
}

/* A word in brackets: no number, year or dots, which stand there as text. */
static bool is_label(str text)
{
	bool has_letter = false;
	size_t at = 0;

	if (text.len == 0 || text.data[0] == '^' || text.data[0] == '!' ||
	    text.data[0] == ' ' || unicode_count(text) < 2)
		return false;
	while (at < text.len) {
		uint32_t code_point = unicode_next(text, &at);

		if (code_point == '[' || code_point == '\\')
			return false;
		has_letter |= unicode_is_word(code_point) &&
			      !(code_point >= '0' && code_point <= '9');
	}
	return has_letter;
}

/* [name][label] and [name][]; STR_NONE: the text goes on another way. */
static size_t second_label(str text, size_t at, str *label)
{
	size_t length;
	size_t close;

	if (byte_at(text, at) != '[')
		return STR_NONE;
	close = find_closing(text, at, &length);
	if (close == STR_NONE || length != 1)
		return STR_NONE;
	*label = str_between(text, at + 1, close);
	return close + 1;
}

static bool is_contents(str name)
{
	return str_equal_ignoring_case(name, STR("toc")) ||
	       str_equal_ignoring_case(name, STR("[toc]"));
}

static size_t check_label(struct scan *scan, size_t at, size_t close)
{
	str text = scan->text;
	str name = str_between(text, at + 1, close);
	str label = STR("");
	size_t end = second_label(text, close + 1, &label);

	if (is_contents(name)) {
		report_contents(scan, str_between(text, at, close + 1));
		return close + 1;
	}
	if (end != STR_NONE && byte_at(label, 0) != '^') {
		if (label.len > 0 || is_label(name))
			report_reference(scan, str_between(text, at, end),
					 label.len > 0 ? label : name);
		return end;
	}
	if (is_label(name))
		report_reference(scan, str_between(text, at, close + 1), name);
	return close + 1;
}

static size_t check_bracket(struct scan *scan, size_t at, size_t open)
{
	str text = scan->text;
	size_t length = 0;
	size_t close = find_closing(text, at, &length);
	size_t sign = image_sign(text, at);
	str address;
	size_t end;
	str name;

	if (close == STR_NONE)
		return at + open;
	name = str_between(text, at + open, close);
	if (read_address(text, close + length, &address, &end)) {
		bool is_image = sign > 0 && is_picture(str_trim(address));

		report_link(scan,
			    str_between(text, is_image ? at - sign : at, end),
			    name, address, is_image);
		return end;
	}
	if (open > 1 || length > 1)
		return at + open;
	if (!is_contents(name) && byte_at(name, 0) == '[' &&
	    byte_at(text, close - 1) == ']') {
		report_wiki(scan, str_between(text, at, close + 1),
			    str_between(name, 1, name.len - 1));
		return close + 1;
	}
	if (!is_contents(name) && byte_at(name, 0) == '[')
		return at + 1;
	return check_label(scan, at, close);
}

/* --- marks that nobody closes, or that Markdown does not know ------------- */

static void report_mark(struct scan *scan, str place, size_t length)
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
	while (start > 0 && ((unsigned char)text.data[--start] & 0xc0) == 0x80)
		;
	if (end < text.len)
		(void)unicode_next(text, &end);
	return str_between(text, start, end);
}

static bool is_meant_as_text(const struct scan *scan, str place)
{
	size_t start = (size_t)(place.data - scan->line.data);
	struct markdown_run run = { scan->line, start, start + place.len };

	return markdown_flank_of(&run) == MARKDOWN_FLANK_NONE;
}

/* Tildes that do strike text. `at` only grows, so marks are passed once. */
static bool is_marked(struct scan *scan, size_t at)
{
	while (scan->mark != NULL && scan->mark->at < at)
		scan->mark = scan->mark->next;
	return scan->mark != NULL && scan->mark->at == at &&
	       scan->mark->kind != MARKDOWN_MARK_NONE;
}

/* Two or three stars, or two tildes, that are text after all. */
static size_t check_mark(struct scan *scan, size_t at)
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
	    (sign == '~' && is_marked(scan, at)))
		return end;
	part = with_neighbours(text, at, end);
	place = find_place(scan, part);
	inside = str_find_byte(place, sign);
	if (place.len == 0 || inside == STR_NONE)
		return end;
	place = str_between(place, inside, inside + end - at);
	if (sign != '*' || !is_meant_as_text(scan, place)) {
		report_mark(scan, place, end - at);
		scan->budget /= 2; /* one is enough in most cases */
	}
	return end;
}

/* ==highlighted== */
static size_t check_highlight(struct scan *scan, size_t at)
{
	str text = scan->text;
	size_t start = at;
	size_t end;
	size_t first;
	str place;
	struct diag *diag;

	while (byte_at(text, at) == '=')
		at++;
	end = find_within(text, at, "==", BRACES_BYTES);
	first = at;
	if (at - start != 2 || end == STR_NONE || end == at ||
	    byte_at(text, end + 2) == '=' ||
	    is_gap(unicode_next(text, &first)) || text.data[end - 1] == ' ')
		return at;
	place = find_place(scan, str_between(text, start, end + 2));
	if (place.len == 0)
		return end + 2;
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-highlight",
			    _("\"==\" is no Markdown, and would be published"));
	diag_help(scan->hints->diags, diag, _("write **%.*s**"),
		  STR_ARG(shown(str_between(text, at, end))));
	return end + 2;
}

/* :smile: */
static size_t check_emoji(struct scan *scan, size_t at)
{
	str text = scan->text;
	size_t end = at + 1;
	char before = at > 0 ? text.data[at - 1] : ' ';
	bool has_letter = false;
	str place;
	struct diag *diag;

	while (end < text.len && end - at < EMOJI_BYTES &&
	       ((text.data[end] >= 'a' && text.data[end] <= 'z') ||
		(text.data[end] >= '0' && text.data[end] <= '9') ||
		str_find_byte(STR("_+-"), text.data[end]) != STR_NONE))
		has_letter |= text.data[end++] >= 'a';
	if (!has_letter || end - at < 3 || byte_at(text, end) != ':' ||
	    ((unsigned char)before < 0x80 &&
	     (unicode_is_word((unsigned char)before) || before == ':' ||
	      before == '/')))
		return at + 1;
	place = find_place(scan, str_between(text, at, end + 1));
	if (place.len == 0)
		return end;
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-emoji",
			    _("this is no character, and would be published "
			      "as it is typed"));
	diag_help(scan->hints->diags, diag,
		  _("write the character itself, or delete it"));
	return end + 1;
}

/* "！" before a link to a picture. */
static void check_link_behind(struct scan *scan)
{
	cmark_node *next = cmark_node_next(scan->node);
	str sign = str_ends_with(scan->text, STR("！"))	  ? STR("！")
		   : str_ends_with(scan->text, STR("! ")) ? STR("! ")
							  : STR("");
	str address;
	str place;
	struct diag *diag;

	if (sign.len == 0 || next == NULL ||
	    cmark_node_get_type(next) != CMARK_NODE_LINK)
		return;
	address = str_from_c(cmark_node_get_url(next));
	if (!is_picture(address))
		return;
	place = markdown_hint_rest(scan->hints, next);
	if (place.len == 0 ||
	    !str_ends_with(str_between(scan->line, 0,
				       (size_t)(place.data - scan->line.data)),
			   sign))
		return;
	place = (str){ place.data - sign.len, sign.len };
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-image-form",
			    _("this sign makes no image of the link behind "
			      "it"));
	diag_help(scan->hints->diags, diag,
		  _("write ![…](%.*s), with a ! of half width and no space"),
		  STR_ARG(address));
}

/* --- a node --------------------------------------------------------------- */

static size_t check_at(struct scan *scan, size_t at)
{
	size_t open = opening_length(scan->text, at);

	if (open > 0)
		return check_bracket(scan, at, open);
	switch (scan->text.data[at]) {
	case '{':
		return check_braces(scan, at);
	case '*':
	case '~':
		return check_mark(scan, at);
	case '=':
		return check_highlight(scan, at);
	case ':':
		return check_emoji(scan, at);
	default:
		return at + 1;
	}
}

void markdown_hint_text(const struct markdown_hints *hints, cmark_node *node)
{
	const struct markdown_marks *marks = cmark_node_get_user_data(node);
	struct scan scan = { .hints = hints,
			     .node = node,
			     .text = str_from_c(cmark_node_get_literal(node)),
			     .source = markdown_hint_rest(hints, node),
			     .budget = SEARCH_LIMIT,
			     .mark = marks == NULL ? NULL : marks->first };
	size_t at = 0;

	scan.line = markdown_hint_line(hints, cmark_node_get_start_line(node));
	if (scan.source.len == 0)
		return;
	while (at < scan.text.len && scan.budget > 0)
		at = check_at(&scan, at);
	check_link_behind(&scan);
}
