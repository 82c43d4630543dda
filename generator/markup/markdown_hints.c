/*
 * One function for each thing that people write in the wrong form, called for
 * the kind of node that it may be found in. They see the tree as cmark made
 * it: what is text there was not understood, and what was understood needs no
 * hint.
 */
#include "markup/markdown_hints.h"

#include <cmark.h>

#include <string.h>

#include "base/unicode.h"

/* --- places in the source ------------------------------------------------- */

static str slice(const struct markdown_hints *hints, size_t number, size_t byte)
{
	const struct markdown_text *text = hints->text;

	return str_between(text->source->text,
			   markdown_text_origin(text, number, byte),
			   markdown_text_origin(text, number, SIZE_MAX));
}

str markdown_hint_line(const struct markdown_hints *hints, int number)
{
	if (number < 1 || (size_t)number > hints->text->lines.count)
		return STR("");
	return slice(hints, (size_t)number - 1, 0);
}

str markdown_hint_rest(const struct markdown_hints *hints, cmark_node *node)
{
	struct markdown_spot spot = markdown_text_spot(hints->text, node);

	if (spot.line < 1 || (size_t)spot.line > hints->text->lines.count)
		return STR("");
	return slice(hints, (size_t)spot.line - 1,
		     spot.column < 1 ? 0 : (size_t)spot.column - 1);
}

struct span markdown_hint_span(const struct markdown_hints *hints, str part)
{
	return span_of_part(hints->text->source, part);
}

/* --- blocks --------------------------------------------------------------- */

/* "key:" or "key =" at the start of a line of front matter. */
static bool is_key(str line, char sign)
{
	size_t at = 0;

	line = str_trim(line);
	while (at < line.len &&
	       (unicode_is_word((unsigned char)line.data[at]) ||
		line.data[at] == '_' || line.data[at] == '-'))
		at++;
	if (at == 0)
		return false;
	while (at < line.len && line.data[at] == ' ')
		at++;
	return at < line.len && line.data[at] == sign;
}

static void report_front_matter(const struct markdown_hints *hints, str line)
{
	struct diag *diag = diag_warning(
		hints->diags, markdown_hint_span(hints, str_trim(line)),
		"markdown-front-matter",
		_("this is front matter inside the text, and would be "
		  "published"));

	diag_help(hints->diags, diag,
		  _("move its fields into the front matter at the head of the "
		    "file, between --- and ---, as \"key: value\""));
}

/* A second block between --- and ---, or one between +++ and +++. */
static void check_front_matter(const struct markdown_hints *hints,
			       cmark_node *first)
{
	int line = first == NULL ? 0 : cmark_node_get_start_line(first);
	cmark_node *next = first == NULL ? NULL : cmark_node_next(first);
	str text = str_trim(markdown_hint_line(hints, line));
	str below = markdown_hint_line(hints, line + 1);

	bool is_toml = str_equal_c(text, "+++") && is_key(below, '=');
	bool is_yaml = str_equal_c(text, "---") && next != NULL &&
		       cmark_node_get_type(next) == CMARK_NODE_HEADING &&
		       cmark_node_get_start_line(next) == line + 1 &&
		       is_key(below, ':');

	if (is_toml || is_yaml)
		report_front_matter(hints, text);
}

static bool ends_sentence(str line)
{
	static const char *const ends[] = { "。", "；", "：", "，", "！" };

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (str_ends_with(str_trim(line), str_from_c(ends[i])))
			return true;
	return false;
}

static bool is_dashes(str line)
{
	line = str_trim(line);
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] != '-' && line.data[i] != '=')
			return false;
	return line.len > 0;
}

/* A paragraph with a line of dashes right below it is a heading. */
static void check_underline(const struct markdown_hints *hints,
			    cmark_node *node)
{
	int start = cmark_node_get_start_line(node);
	int end = cmark_node_get_end_line(node);
	str dashes = markdown_hint_line(hints, end);
	struct diag *diag;

	/* cmark may count the line behind it, too */
	if (!is_dashes(dashes))
		dashes = markdown_hint_line(hints, --end);
	if (end <= start || is_key(markdown_hint_line(hints, start), ':') ||
	    (end - start < 3 &&
	     !ends_sentence(markdown_hint_line(hints, end - 1))))
		return;
	diag = diag_warning(
		hints->diags, markdown_hint_span(hints, str_trim(dashes)),
		"markdown-heading-form",
		_("this line makes a heading of the paragraph above it"));
	diag_help(hints->diags, diag, _("put an empty line before it"));
}

static bool is_fence(str line)
{
	char sign;
	size_t at = 0;

	while (at < line.len &&
	       str_find_byte(STR(" \t>"), line.data[at]) != STR_NONE)
		at++;
	line = str_trim(str_from(line, at));
	sign = str_at(line, 0);
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] != sign)
			return false;
	return line.len >= 3 && (sign == '`' || sign == '~');
}

/* Code that nobody closes goes on to the end of the text. */
static void check_fence(const struct markdown_hints *hints, cmark_node *node)
{
	int start = cmark_node_get_start_line(node);
	str first = markdown_hint_rest(hints, node);
	struct diag *diag;

	if (!str_starts_with(first, STR("```")) &&
	    !str_starts_with(first, STR("~~~")))
		return;
	for (int line = cmark_node_get_end_line(node);
	     line > start && line <= cmark_node_get_end_line(node) + 1; line++)
		if (is_fence(markdown_hint_line(hints, line)))
			return;
	diag = diag_warning(hints->diags,
			    markdown_hint_span(hints, str_trim(first)),
			    "markdown-code-open",
			    _("nothing closes this code: all text behind it "
			      "belongs to it"));
	diag_help(hints->diags, diag,
		  _("write %.*s on a line of its own where the code ends"), 3,
		  first.data);
}

/* "2.[办法](a.md)", "（一）": the number of an item, and then no code. */
static bool is_item(str line)
{
	static const char *const points[] = { ".", "．", "、" };
	size_t at = 0;

	while (at < line.len && byte_is_digit(line.data[at]))
		at++;
	for (size_t i = 0; at > 0 && i < COUNT_OF(points); i++) {
		str rest = str_from(line, at);
		size_t next = 0;

		if (!str_starts_with(rest, str_from_c(points[i])))
			continue;
		rest = str_trim(str_from(rest, str_from_c(points[i]).len));
		return rest.len > 0 &&
		       (rest.data[0] == '[' || rest.data[0] == '!' ||
			unicode_is_cjk(unicode_next(rest, &next)));
	}
	return false;
}

/*
 * 　Chinese that begins with a tab or four spaces is prose, and no code: a line
 * of it begins with a letter, or has a stop.
 */
static bool is_prose(str code)
{
	static const char *const stops[] = { "。", "，", "、", "；", "：" };
	str rest = code;
	str line;

	while (str_split_next(&rest, '\n', &line)) {
		size_t at = 0;

		line = str_trim(line);
		if (line.len > 0 &&
		    (is_item(line) || unicode_is_cjk(unicode_next(line, &at))))
			return true;
	}
	for (size_t i = 0; i < COUNT_OF(stops); i++)
		if (str_find(code, str_from_c(stops[i])) != STR_NONE)
			return true;
	return false;
}

static void check_indent(const struct markdown_hints *hints, cmark_node *node)
{
	str first = markdown_hint_rest(hints, node);
	struct diag *diag;

	if (str_starts_with(first, STR("```")) ||
	    str_starts_with(first, STR("~~~")) ||
	    !is_prose(str_from_c(cmark_node_get_literal(node))))
		return;
	diag = diag_warning(hints->diags,
			    markdown_hint_span(hints, str_trim(first)),
			    "markdown-code-indent",
			    _("this text becomes code, because it begins with "
			      "a tab or four spaces"));
	diag_help(hints->diags, diag,
		  _("delete the blanks before it, as the theme indents "
		    "paragraphs; for code, write ``` on the lines before and "
		    "behind it"));
}

/* [](address): nobody sees it. */
static void check_link(const struct markdown_hints *hints, cmark_node *node)
{
	struct diag *diag;

	if (cmark_node_first_child(node) != NULL)
		return;
	diag = diag_warning(hints->diags, markdown_text_span(hints->text, node),
			    "markdown-link-form",
			    _("the link has no text, so that nobody sees it"));
	diag_help(hints->diags, diag,
		  _("write between the brackets where it leads: […](…)"));
}

/* "## " alone: a line of the contents that leads to nothing. */
static void check_empty(const struct markdown_hints *hints, cmark_node *node)
{
	struct diag *diag;

	if (cmark_node_first_child(node) != NULL)
		return;
	diag = diag_warning(hints->diags, markdown_text_span(hints->text, node),
			    "markdown-heading-form",
			    _("this heading has no text"));
	diag_help(hints->diags, diag,
		  _("write it behind the signs, or delete the line"));
}

static void check_node(const struct markdown_hints *hints, cmark_node *node,
		       bool is_moved)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		if (is_moved)
			break;
		markdown_hint_lines(hints, node);
		markdown_hint_table(hints, node);
		break;
	case CMARK_NODE_HEADING:
		check_underline(hints, node);
		check_empty(hints, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		check_fence(hints, node);
		check_indent(hints, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		markdown_hint_raw(hints, node);
		break;
	case CMARK_NODE_LINK:
		check_link(hints, node);
		break;
	case CMARK_NODE_TEXT:
		markdown_hint_text(hints, node);
		break;
	default:
		break;
	}
}

/* Whether it takes no room and changes nothing that is read. */
static bool is_unseen(uint32_t code_point)
{
	return code_point == 0x200b || code_point == 0xad ||
	       (code_point >= 0x2060 && code_point <= 0x2064) ||
	       (code_point >= 0xe0000 && code_point <= 0xe007f);
}

static void report_unseen(const struct markdown_hints *hints, str place,
			  uint32_t code_point)
{
	struct diag *diag = diag_warning(
		hints->diags, markdown_hint_span(hints, place), "text-unseen",
		_("here is a character that nobody sees: U+%04X"),
		(unsigned)code_point);

	diag_help(hints->diags, diag,
		  _("delete it, and all others in this text: no search finds "
		    "the words around them; they often come along when text "
		    "is pasted"));
}

/* The next byte that such a character may begin with. */
static size_t next_rare(str text, size_t at)
{
	while (at < text.len && text.data[at] != '\xc2' &&
	       text.data[at] != '\xe2' && text.data[at] != '\xf3')
		at++;
	return at;
}

/* Once a text, where the first one stands. */
void markdown_hints_unseen(const struct markdown_hints *hints, size_t start)
{
	str body = str_from(hints->text->source->text, start);
	size_t at = next_rare(body, 0);

	while (at < body.len) {
		size_t first = at;
		uint32_t code_point = unicode_next(body, &at);

		if (is_unseen(code_point)) {
			report_unseen(hints, str_between(body, first, at),
				      code_point);
			return;
		}
		at = next_rare(body, at);
	}
}

void markdown_hints_check(const struct markdown_hints *hints, cmark_node *tree,
			  bool is_moved)
{
	cmark_iter *iter = cmark_iter_new(tree);
	cmark_event_type event;

	if (!is_moved) {
		check_front_matter(hints, cmark_node_first_child(tree));
		markdown_hint_definitions(hints, tree);
	}
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		if (event == CMARK_EVENT_ENTER)
			check_node(hints, cmark_iter_get_node(iter), is_moved);
	cmark_iter_free(iter);
}
