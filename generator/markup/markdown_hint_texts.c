/*
 * Signs inside a line that other programs know, or that lack something to be
 * Markdown.
 *
 * What is looked at is the text of a node, in which cmark has resolved
 * escapes; what is pointed at is the same text in the source. Where it does
 * not stand there as it is, somebody escaped it on purpose, and nothing is
 * said. A node gets a bounded number of messages and of searches in vain.
 */
#include "markup/markdown_hint_scan.h"

#include <cmark.h>

#include "base/unicode.h"
#include "markup/markdown_marks.h"

enum {
	SEARCH_LIMIT = 20,   /* of messages, and of searches in vain */
	BRACKET_BYTES = 300, /* of a text in brackets */
	ADDRESS_BYTES = 500,
};

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

/* Where a title in marks of Chinese begins: a.png “大厅” */
static size_t title_at(str address)
{
	size_t at = str_find(address, STR(" “"));

	return str_ends_with(str_trim(address), STR("”")) ? at : STR_NONE;
}

/* "(address)" at `at`, of any width; where it ends and what is in it. */
static bool read_address(str text, size_t at, str *address, size_t *end)
{
	size_t open;
	size_t close;
	size_t wide;

	while (str_at(text, at) == ' ')
		at++;
	open = str_at(text, at) == '('				? 1
	       : str_starts_with(str_from(text, at), STR("（")) ? 3
								: 0;
	if (open == 0)
		return false;
	close = markdown_scan_within(text, at + open, ")", ADDRESS_BYTES);
	wide = markdown_scan_within(text, at + open, "）", ADDRESS_BYTES);
	if (wide != STR_NONE && (close == STR_NONE || wide < close)) {
		*end = wide + 3;
		close = wide;
	} else if (close != STR_NONE) {
		*end = close + 1;
	} else {
		return false;
	}
	*address = str_between(text, at + open, close);
	/* a.png =300x200, as some programs give the size of a picture */
	*address = str_between(*address, 0, str_find(*address, STR(" =")));
	return is_address(str_between(*address, 0, title_at(*address)));
}

static void report_link(struct markdown_scan *scan, str part, str name,
			str address, bool is_image)
{
	str place = markdown_scan_place(scan, part);
	size_t marks = title_at(address);
	str title = STR("");
	const char *bracket;
	struct diag *diag;

	if (marks != STR_NONE) {
		title = str_from(str_trim(address), marks + STR(" “").len);
		title = arena_printf(
			scan->hints->arena, " \"%.*s\"",
			STR_ARG(str_between(title, 0,
					    title.len - STR("”").len)));
		address = str_between(address, 0, marks);
	}
	bracket = str_find_byte(address, ' ') != STR_NONE ? "<" : "";

	if (place.len == 0)
		return;
	diag = diag_warning(
		scan->hints->diags, markdown_hint_span(scan->hints, place),
		is_image ? "markdown-image-form" : "markdown-link-form",
		is_image ? _("this is no image, and would be published as it "
			     "is typed")
			 : _("this is no link, and would be published as it "
			     "is typed"));
	diag_help(scan->hints->diags, diag, _("write %s[%.*s](%s%.*s%s%.*s)"),
		  is_image ? "!" : "", STR_ARG(markdown_scan_shown(name)),
		  bracket, STR_ARG(str_trim(address)),
		  bracket[0] == '\0' ? "" : ">", STR_ARG(title));
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

/* [[file|text]], ![[picture|width]]; `name` is what the brackets hold. */
static void report_wiki(struct markdown_scan *scan, str part, str name,
			bool is_image)
{
	struct arena *arena = scan->hints->arena;
	size_t bar = str_find_byte(name, '|');
	str file = str_trim(str_between(name, 0, bar));
	str text = bar == STR_NONE ? name : str_from(name, bar + 1);

	markdown_scan_report(
		scan, part, "markdown-wiki-link",
		str_from_c(is_image ? _("this is no image, and would be "
					"published as it is typed")
				    : _("this is no link, and would be "
					"published as it is typed")),
		is_image
			? arena_printf(arena, _("write ![what it shows](%.*s)"),
				       STR_ARG(file))
			: arena_printf(arena,
				       _("write [%.*s](path of its file.md)"),
				       STR_ARG(markdown_scan_shown(text))));
}

static void report_contents(struct markdown_scan *scan, str part)
{
	str place = markdown_scan_place(scan, part);
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

static void report_reference(struct markdown_scan *scan, str part, str label)
{
	str place = markdown_scan_place(scan, part);
	struct diag *diag;

	if (place.len == 0)
		return;
	diag = diag_warning(scan->hints->diags,
			    markdown_hint_span(scan->hints, place),
			    "markdown-reference",
			    _("nothing says where [%.*s] leads: it would be "
			      "published as it is typed"),
			    STR_ARG(markdown_scan_shown(label)));
	diag_help(scan->hints->diags, diag,
		  _("write [%.*s](address), or \\[%.*s] when it is text"),
		  STR_ARG(markdown_scan_shown(label)),
		  STR_ARG(markdown_scan_shown(label)));
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

	if (str_at(text, at) != '[')
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
	       str_equal_ignoring_case(name, STR("[toc]")) ||
	       str_equal_ignoring_case(name, STR("[_toc_]"));
}

static size_t check_label(struct markdown_scan *scan, size_t at, size_t close)
{
	str text = scan->text;
	str name = str_between(text, at + 1, close);
	str label = STR("");
	size_t end = second_label(text, close + 1, &label);

	if (is_contents(name)) {
		report_contents(scan, str_between(text, at, close + 1));
		return close + 1;
	}
	if (end != STR_NONE && str_at(label, 0) != '^') {
		if (label.len > 0 || is_label(name))
			report_reference(scan, str_between(text, at, end),
					 label.len > 0 ? label : name);
		return end;
	}
	/* [text]({{< ref "a.md" >}}): told as a shortcode */
	if (is_label(name) &&
	    !str_starts_with(str_from(text, close + 1), STR("({{")) &&
	    !str_starts_with(str_from(text, close + 1), STR("({%")))
		report_reference(scan, str_between(text, at, close + 1), name);
	return close + 1;
}

/* "tu.png" of "[tu.png|300]" */
static str wiki_file(str name)
{
	name = str_between(name, 1, name.len - 1);
	return str_trim(str_between(name, 0, str_find_byte(name, '|')));
}

static size_t check_bracket(struct markdown_scan *scan, size_t at, size_t open)
{
	str text = scan->text;
	size_t length = 0;
	size_t close = find_closing(text, at, &length);
	size_t sign = image_sign(text, at);
	str address;
	size_t end;
	str name;

	if (close == STR_NONE && str_equal_c(text, "[[") &&
	    str_equal_ignoring_case(str_trim(scan->line), STR("[[_toc_]]")))
		/* the word is marked */
		report_contents(scan, str_trim(scan->line));
	if (close == STR_NONE)
		return at + open;
	name = str_between(text, at + open, close);
	if (read_address(text, close + length, &address, &end)) {
		str path = str_between(address, 0, title_at(address));
		bool is_image = sign > 0 && is_picture(str_trim(path));

		report_link(scan,
			    str_between(text, is_image ? at - sign : at, end),
			    name, address, is_image);
		return end;
	}
	if (open > 1 || length > 1)
		return at + open;
	if (!is_contents(name) && str_at(name, 0) == '[' &&
	    str_at(text, close - 1) == ']') {
		bool is_image = sign > 0 && is_picture(wiki_file(name));

		report_wiki(
			scan,
			str_between(text, is_image ? at - sign : at, close + 1),
			str_between(name, 1, name.len - 1), is_image);
		return close + 1;
	}
	if (!is_contents(name) && str_at(name, 0) == '[')
		return at + 1;
	return check_label(scan, at, close);
}

/* --- a sign before a link ------------------------------------------------ */

/* "！" before a link to a picture. */
static void check_link_behind(struct markdown_scan *scan)
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

/* --- a bare address ------------------------------------------------------ */

/* Where an address goes on that stops at a Chinese letter: 路径/文件.html */
static str rest_of_address(str text, size_t end)
{
	size_t at = end;

	while (at < text.len) {
		size_t next = at;
		uint32_t code_point = unicode_next(text, &next);

		if (unicode_is_space(code_point) ||
		    (code_point >= 0x80 && unicode_is_punctuation(code_point)))
			break;
		at = next;
	}
	return str_between(text, end, at);
}

static bool is_like_path(str rest)
{
	return str_find_byte(rest, '/') != STR_NONE ||
	       str_find_byte(rest, '.') != STR_NONE;
}

/*
 * Chinese goes on behind an address without a blank, so that a letter ends it;
 * behind "=", and behind "/" before a path, it was hardly meant to end.
 */
static void check_address(struct markdown_scan *scan,
			  const struct markdown_mark *mark)
{
	size_t end = mark->at + mark->length;
	str address = str_between(scan->text, mark->at, end);
	str rest = rest_of_address(scan->text, end);
	size_t at = 0;

	if (rest.len == 0 || !unicode_is_ideograph(unicode_next(rest, &at)) ||
	    !(str_ends_with(address, STR("=")) ||
	      (str_ends_with(address, STR("/")) && is_like_path(rest))))
		return;
	markdown_scan_report(
		scan, str_between(scan->text, mark->at, end + rest.len),
		"markdown-address-cut",
		arena_printf(scan->hints->arena,
			     _("the address ends before “%.*s”"),
			     STR_ARG(markdown_scan_shown(rest))),
		arena_printf(scan->hints->arena,
			     _("write <%.*s%.*s>; a blank before the letters "
			       "says that they are text"),
			     STR_ARG(address), STR_ARG(rest)));
}

static void check_addresses(struct markdown_scan *scan,
			    const struct markdown_marks *marks)
{
	const struct markdown_mark *mark = marks == NULL ? NULL : marks->first;

	for (; mark != NULL && scan->budget > 0; mark = mark->next)
		if (mark->kind == MARKDOWN_MARK_ADDRESS)
			check_address(scan, mark);
}

/* --- a node --------------------------------------------------------------- */

static size_t check_at(struct markdown_scan *scan, size_t at)
{
	size_t open = opening_length(scan->text, at);

	if (open > 0)
		return check_bracket(scan, at, open);
	if (scan->text.data[at] == '{' || scan->text.data[at] == '\\' ||
	    str_starts_with(str_from(scan->text, at), STR("<%")))
		return markdown_hint_program(scan, at);
	return markdown_hint_mark(scan, at);
}

/*
 * The next byte at which check_at() may find something. What cmark gives ends
 * with a NUL, and has none in it.
 */
static size_t next_sign(str text, size_t at)
{
	return at + strcspn(text.data + at, "*~=+^$_:%<&[{\\"
					    "\xef"   /* of ［ */
					    "\xe3"); /* of 【 */
}

void markdown_hint_text(const struct markdown_hints *hints, cmark_node *node)
{
	const struct markdown_marks *marks = cmark_node_get_user_data(node);
	struct markdown_scan scan = {
		.hints = hints,
		.node = node,
		.text = str_from_c(cmark_node_get_literal(node)),
		.source = markdown_hint_rest(hints, node),
		.budget = SEARCH_LIMIT,
		.told = STR_NONE,
		.mark = marks == NULL ? NULL : marks->first
	};
	size_t at = next_sign(scan.text, 0);

	scan.line = markdown_hint_line(
		hints, markdown_text_spot(hints->text, node).line);
	if (scan.source.len == 0)
		return;
	while (at < scan.text.len && scan.budget > 0)
		at = next_sign(scan.text, check_at(&scan, at));
	check_link_behind(&scan);
	scan.source = markdown_hint_rest(hints, node);
	check_addresses(&scan, marks);
}
