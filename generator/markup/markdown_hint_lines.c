/*
 * How the lines of a paragraph begin.
 *
 * A line that looks like a heading or an item, but lacks the blank behind its
 * sign, is a paragraph. One numbered paragraph is ordinary official style
 * (1.加强领导。…); several numbered lines in one paragraph run together, and a
 * short one without a full stop is meant as a heading or an item.
 */
#include "markup/markdown_hints.h"

#include <cmark.h>

#include "base/unicode.h"

enum {
	LINES_LIMIT = 200, /* of a paragraph that are looked at */
	SHORT_CHARACTERS = 30,
	ADDRESS_CHARACTERS = 1000,
	SHOWN_CHARACTERS = 24, /* of a line in a help */
	LABEL_CHARACTERS = 8,  /* 联系电话：… */
};

/* What a line begins with; two lines of one kind were meant to be two. */
enum start {
	START_NONE,
	START_NUMBER,	 /* 1.  1)  1、 */
	START_WIDE,	 /* （1）  1）  1．  １．  ①  Ⅰ */
	START_LETTER,	 /* A.  B、 */
	START_HAN,	 /* 一、 */
	START_BRACKETED, /* （一） */
	START_CLAUSE,	 /* 第一条 */
	START_BULLET,	 /* ·  • */
	START_LABEL,	 /* 地址：… */
	START_INDENT,	 /* two wide blanks */
};

struct line {
	str text;
	enum start start;
	size_t length; /* of the sign */
	bool is_text;  /* begins with a text node */
};

static const char digits_all[] = "0123456789０１２３４５６７８９";

static const char han_digits[] = "一二三四五六七八九十百零〇";

static bool starts_with_any(str text, const char *characters, size_t *end)
{
	size_t at = 0;

	if (text.len == 0 ||
	    !unicode_is_among(unicode_next(text, &at), characters))
		return false;
	*end = at;
	return true;
}

/* --- kinds of starts ------------------------------------------------------ */

/* "1." and so on, up to three figures; not 3.5 and not 10:30. */
static enum start number_start(str text, size_t *length)
{
	size_t digits = markdown_hint_skip(text, 0, digits_all);
	size_t count = unicode_count(str_between(text, 0, digits));
	size_t end;

	if (count == 0 || count > 3 ||
	    !starts_with_any(str_from(text, digits), ".)、．）", &end))
		return START_NONE;
	*length = digits + end;
	if (unicode_is_space(unicode_at(text, *length)) ||
	    unicode_is_among(unicode_at(text, *length), digits_all))
		return START_NONE;
	if (digits > count)
		return START_WIDE;
	return end == 1 || unicode_is_among(unicode_at(text, digits), "、")
		       ? START_NUMBER
		       : START_WIDE;
}

static enum start bracket_start(str text, size_t *length)
{
	size_t open;
	size_t digits;
	size_t close;
	bool is_han;

	if (!starts_with_any(text, "（(", &open))
		return START_NONE;
	digits = markdown_hint_skip(text, open, digits_all);
	is_han = digits == open;
	if (is_han)
		digits = markdown_hint_skip(text, open, han_digits);
	if (digits == open ||
	    !starts_with_any(str_from(text, digits), "）)", &close))
		return START_NONE;
	*length = digits + close;
	return is_han ? START_BRACKETED : START_WIDE;
}

static enum start han_start(str text, size_t *length)
{
	bool is_clause = str_starts_with(text, STR("第"));
	size_t from = is_clause ? STR("第").len : 0;
	size_t digits = markdown_hint_skip(text, from, han_digits);
	size_t end;

	if (digits == from ||
	    !starts_with_any(str_from(text, digits),
			     is_clause ? "条章节款项" : "、．", &end))
		return START_NONE;
	*length = digits + end;
	return is_clause ? START_CLAUSE : START_HAN;
}

/* A number in one character: ① to ⓿, ❶, ㈠, Ⅰ */
static bool is_number_sign(uint32_t code_point)
{
	return (code_point >= 0x2460 && code_point <= 0x24ff) ||
	       (code_point >= 0x2776 && code_point <= 0x2793) ||
	       (code_point >= 0x3220 && code_point <= 0x3229) ||
	       (code_point >= 0x3280 && code_point <= 0x3289) ||
	       (code_point >= 0x2160 && code_point <= 0x217f);
}

static enum start sign_start(str text, size_t *length)
{
	size_t at = 0;
	size_t end;
	uint32_t first = text.len == 0 ? 0 : unicode_next(text, &at);

	if (is_number_sign(first)) {
		*length = at;
		return START_WIDE;
	}
	if ((first | 0x20) < 'a' || (first | 0x20) > 'z' ||
	    !starts_with_any(str_from(text, at), ".)、．）", &end))
		return START_NONE;
	end += unicode_at(text, at + end) == ' ';
	if (!unicode_is_ideograph(unicode_at(text, at + end)))
		return START_NONE;
	*length = at + end;
	return START_LETTER;
}

/* "联系电话：" with at most eight letters. */
static enum start label_start(str text, size_t *length)
{
	size_t at = 0;
	uint32_t code_point = 0;

	for (int i = 0; i <= LABEL_CHARACTERS && at < text.len; i++) {
		code_point = unicode_next(text, &at);
		if (!unicode_is_ideograph(code_point))
			break;
		*length = at;
	}
	return *length > 0 && code_point == 0xff1a /* ： */ ? START_LABEL
							    : START_NONE;
}

static enum start start_of(str text, size_t *length)
{
	enum start start;

	*length = 0;
	if (str_starts_with(text, STR("　　"))) {
		*length = STR("　　").len;
		return START_INDENT;
	}
	if (starts_with_any(text, "·•●◆■○◇▪□◎★☆▲△✓✔√※", length))
		return START_BULLET;
	start = sign_start(text, length);
	if (start == START_NONE)
		start = number_start(text, length);
	if (start == START_NONE)
		start = bracket_start(text, length);
	if (start == START_NONE)
		start = han_start(text, length);
	if (start == START_NONE)
		start = label_start(text, length);
	return start;
}

/* --- one line ------------------------------------------------------------- */

/* As much of a text as a help shows. */
static str shown(str text)
{
	return unicode_prefix(str_trim(text), SHOWN_CHARACTERS);
}

static const char *ellipsis(str text)
{
	return unicode_count(str_trim(text)) > SHOWN_CHARACTERS ? "…" : "";
}

/* Blanks that are none to Markdown, where a line begins. */
static size_t wide_blanks(str line)
{
	return markdown_hint_skip(line, 0, "　\u00a0\u2002\u2003");
}

static bool is_plain_blank(uint32_t code_point)
{
	return code_point == ' ' || code_point == '\t';
}

/* Without the signs and blanks at both ends of what a heading says. */
static str heading_text(str text)
{
	text = str_from(text, markdown_hint_skip(text, 0, " \t　\u00a0"));
	text = str_trim(text);
	while (str_ends_with(text, STR("#")))
		text.len--;
	return str_trim(text);
}

/* #拆除 is a heading, #拆除# a topic as microblogs have it. */
static bool is_topic(str text)
{
	size_t at = markdown_hint_skip(text, 0, " 　\u00a0");

	return !unicode_is_ideograph(unicode_at(text, at)) ||
	       str_find_byte(text, '#') != STR_NONE ||
	       str_find(text, STR("＃")) != STR_NONE;
}

/* "##一、总则", "＃ 一、总则", "##　总则", "　## 总则", "####### 总则" */
static bool check_heading(const struct markdown_hints *hints, str line)
{
	static const char *const signs[] = { "##",   "##",    "##",    "###",
					     "####", "#####", "######" };
	enum { DEEPEST = COUNT_OF(signs) - 1, SIGNS_LIMIT = 12 };
	size_t blanks = wide_blanks(line);
	size_t wide = markdown_hint_skip(str_from(line, blanks), 0, "＃");
	size_t length =
		wide > 0 ? wide
			 : markdown_hint_skip(str_from(line, blanks), 0, "#");
	size_t level = wide > 0 ? wide / STR("＃").len : length;
	str text = str_from(line, blanks + length);
	struct diag *diag;

	if (level == 0 || level > SIGNS_LIMIT || heading_text(text).len == 0 ||
	    (wide == 0 && blanks == 0 && level <= DEEPEST &&
	     is_plain_blank(unicode_at(text, 0))) ||
	    (level == 1 &&
	     !(blanks > 0 && is_plain_blank(unicode_at(text, 0))) &&
	     is_topic(text)))
		return false;
	diag = diag_warning(hints->diags, markdown_hint_span(hints, line),
			    "markdown-heading-form",
			    _("this is no heading, and would be published as "
			      "it is typed"));
	text = heading_text(text);
	diag_help(hints->diags, diag,
		  _("write \"%s %.*s%s\", with a space behind the signs"),
		  signs[level < DEEPEST ? level : DEEPEST],
		  STR_ARG(shown(text)), ellipsis(text));
	return true;
}

/* What "== 标题 ==" and "h2. 标题" of wikis say; empty: it is none. */
static str wiki_heading(str line, size_t *level)
{
	size_t signs = markdown_hint_skip(line, 0, "=");
	str text = str_trim(line);

	if (line.len > 4 && (line.data[0] | 0x20) == 'h' &&
	    line.data[1] >= '1' && line.data[1] <= '6' && line.data[2] == '.' &&
	    line.data[3] == ' ') {
		*level = (size_t)(line.data[1] - '0');
		return str_trim(str_from(line, 4));
	}
	if (signs < 2 || signs > 6 || text.len <= 2 * signs + 2 ||
	    line.data[signs] != ' ')
		return STR("");
	*level = signs;
	text = str_from(text, signs);
	for (size_t i = 0; i < signs; i++, text.len--)
		if (!str_ends_with(text, STR("=")))
			return STR("");
	return str_ends_with(text, STR(" ")) ? str_trim(text) : STR("");
}

static bool check_wiki_heading(const struct markdown_hints *hints, str line)
{
	size_t level;
	str text = wiki_heading(line, &level);
	struct diag *diag;

	if (text.len == 0)
		return false;
	diag = diag_warning(hints->diags,
			    markdown_hint_span(hints, str_trim(line)),
			    "markdown-heading-form",
			    _("this is no heading, and would be published as "
			      "it is typed"));
	diag_help(hints->diags, diag,
		  _("write \"%s %.*s%s\", with a space behind the signs"),
		  level <= 2   ? "##"
		  : level == 3 ? "###"
			       : "####",
		  STR_ARG(shown(text)), ellipsis(text));
	return true;
}

/* "[x] 项目" without the sign of an item, "- [x]项目" without a space. */
static bool check_box(const struct markdown_hints *hints, str line,
		      bool in_item)
{
	struct diag *diag;

	if (line.len < 5 || line.data[0] != '[' || line.data[2] != ']' ||
	    (line.data[3] == ' ') == in_item ||
	    (in_item && str_find_byte(STR("([:"), line.data[3]) != STR_NONE) ||
	    str_find_byte(STR(" xX"), line.data[1]) == STR_NONE)
		return false;
	diag = diag_warning(hints->diags,
			    markdown_hint_span(hints, str_between(line, 0, 3)),
			    "markdown-list-form",
			    _("this is no item of a list"));
	diag_help(hints->diags, diag, _("write \"- %.*s %.*s%s\""), 3,
		  line.data, STR_ARG(shown(str_from(line, 3))),
		  ellipsis(str_from(line, 3)));
	return true;
}

/* "- [] 项目", "- [√] 项目" */
static bool check_other_box(const struct markdown_hints *hints, str line,
			    bool in_item)
{
	size_t sign = markdown_hint_skip(line, 1, "√✓✔☑vV");
	bool is_done = sign > 1;
	struct diag *diag;
	str text;

	if (!in_item || !str_starts_with(line, STR("[")) ||
	    unicode_at(line, sign) != ']' ||
	    unicode_count(str_between(line, 1, sign)) > 1)
		return false;
	text = str_from(line, sign + 1);
	if (text.len == 0 ||
	    str_find_byte(STR("([:"), text.data[0]) != STR_NONE)
		return false;
	diag = diag_warning(
		hints->diags,
		markdown_hint_span(hints, str_between(line, 0, sign + 1)),
		"markdown-list-form", _("this is no box to tick"));
	diag_help(hints->diags, diag, _("write \"- [%s] %.*s%s\""),
		  is_done ? "x" : " ", STR_ARG(shown(text)), ellipsis(text));
	return true;
}

/* "[^1]：说明", "[办法]：https://…": what brackets stand for, meant so. */
static bool check_definition(const struct markdown_hints *hints, str line)
{
	size_t close = str_find(line, STR("]："));
	bool is_note = str_starts_with(line, STR("[^"));
	struct diag *diag;
	str text;

	if (!str_starts_with(line, STR("[")) || close == STR_NONE || close < 2)
		return false;
	text = str_trim(str_from(line, close + STR("]：").len));
	if (text.len == 0 ||
	    str_find_byte(str_between(line, 1, close), '[') != STR_NONE ||
	    (!is_note && !str_starts_with(text, STR("http"))))
		return false;
	diag = diag_warning(hints->diags, markdown_hint_span(hints, line),
			    "markdown-reference",
			    _("with a full-width colon this says nothing of "
			      "what the brackets stand for"));
	/* an address is whole, to be copied */
	if (is_note)
		diag_help(hints->diags, diag, _("write %.*s]: %.*s%s"),
			  (int)close, line.data, STR_ARG(shown(text)),
			  ellipsis(text));
	else
		diag_help(hints->diags, diag, _("write %.*s]: %.*s%s"),
			  (int)close, line.data,
			  STR_ARG(unicode_prefix(text, ADDRESS_CHARACTERS)),
			  "");
	return true;
}

/* "＞引用" */
static bool check_quote(const struct markdown_hints *hints, str line)
{
	str sign = STR("＞");
	struct diag *diag;

	if (!str_starts_with(line, sign))
		return false;
	diag = diag_warning(
		hints->diags,
		markdown_hint_span(hints, str_between(line, 0, sign.len)),
		"markdown-container",
		_("this is no Markdown, and would be published as "
		  "it is typed"));
	line = str_from(line, sign.len);
	diag_help(hints->diags, diag, _("write \"> %.*s%s\""),
		  STR_ARG(shown(line)), ellipsis(line));
	return true;
}

/* *　重点*: meant as emphasis. */
static bool is_marked(str line, size_t length)
{
	return length == 1 && line.data[0] == '*' &&
	       str_find_byte(str_from(line, 1), '*') != STR_NONE;
}

static void report_gap(const struct markdown_hints *hints, str line,
		       size_t behind)
{
	str text = str_from(line, behind);
	struct diag *diag = diag_warning(
		hints->diags,
		markdown_hint_span(hints, str_between(line, 0, 1)),
		"markdown-mark-open",
		_("\"%.*s\" has no other half, and would be published"), 1,
		line.data);

	text = str_between(text, 0, str_find_byte(text, '*'));
	diag_help(hints->diags, diag, _("write *%.*s*, without spaces inside"),
		  STR_ARG(shown(text)));
}

/* "-项目", "-　项目", "　- 项目", and the same signs at full width. */
static bool check_bullet(const struct markdown_hints *hints, str line)
{
	size_t blanks = wide_blanks(line);
	size_t length;
	size_t gap;
	str text;
	struct diag *diag;

	line = str_from(line, blanks);
	if (!starts_with_any(line, "-+*－＋＊", &length))
		return false;
	text = str_from(line, length);
	gap = markdown_hint_skip(
		text, 0, length > 1 || blanks > 0 ? " 　\u00a0" : "　\u00a0");
	if (blanks > 0 && gap == 0)
		return false;
	text = str_from(text, gap);
	if (!unicode_is_ideograph(unicode_at(text, 0)) &&
	    !unicode_is_opening(unicode_at(text, 0)))
		return false;
	if (line.data[0] == '*' && (str_starts_with(text, STR("[")) ||
				    str_starts_with(text, STR("为")) ||
				    str_starts_with(text, STR("号")) ||
				    str_starts_with(text, STR("注"))))
		return false; /* a mark that a text explains */
	if (gap > 0 && is_marked(line, length)) {
		report_gap(hints, line, length + gap);
		return true;
	}
	diag = diag_warning(
		hints->diags,
		markdown_hint_span(hints, str_between(line, 0, length)),
		"markdown-list-form",
		_("without a space behind it this sign starts no list"));
	diag_help(hints->diags, diag, _("write \"- %.*s%s\""),
		  STR_ARG(shown(text)), ellipsis(text));
	return true;
}

/* The callout that a block of another program comes next to. */
static const char *callout_of(str line)
{
	static const char *const names[][2] = {
		{ "tip", "TIP" },	  { "hint", "TIP" },
		{ "success", "TIP" },	  { "important", "IMPORTANT" },
		{ "warning", "WARNING" }, { "danger", "CAUTION" },
		{ "caution", "CAUTION" }, { "error", "CAUTION" },
	};
	str name = str_from(line, markdown_hint_skip(line, 0, ":!? "));

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_starts_with(name, str_from_c(names[i][0])))
			return names[i][1];
	return "NOTE";
}

/* ":::tip", "!!! note": blocks that other programs know; ":::" ends one. */
static bool check_container(const struct markdown_hints *hints, str line)
{
	struct diag *diag;

	if ((!str_starts_with(line, STR(":::")) ||
	     markdown_hint_skip(str_trim(line), 0, ":") ==
		     str_trim(line).len) &&
	    !str_starts_with(line, STR("!!! ")) &&
	    !str_starts_with(line, STR("??? ")) &&
	    !str_starts_with(line, STR("!> ")) &&
	    !str_starts_with(line, STR("?> ")))
		return false;
	diag = diag_warning(hints->diags,
			    markdown_hint_span(hints, str_trim(line)),
			    "markdown-container",
			    _("this is no Markdown, and would be published as "
			      "it is typed"));
	diag_help(hints->diags, diag,
		  _("write > [!%s] on one line and the text below it, with "
		    "> before each line"),
		  callout_of(line));
	return true;
}

/* "···python": what a Chinese keyboard makes of ```. */
static bool check_fence(const struct markdown_hints *hints, str line)
{
	str text = str_trim(line);
	size_t end = markdown_hint_skip(text, 0, "·");
	struct diag *diag;

	if (end < 3 * STR("·").len)
		return false;
	for (; end < text.len; end++)
		if ((text.data[end] | 0x20) < 'a' ||
		    (text.data[end] | 0x20) > 'z')
			return false;
	diag = diag_warning(hints->diags, markdown_hint_span(hints, text),
			    "markdown-container",
			    _("this is no Markdown, and would be published as "
			      "it is typed"));
	diag_help(hints->diags, diag, "%s",
		  _("write ``` on a line of its own before the code and behind "
		    "it"));
	return true;
}

/* --- all lines of a paragraph --------------------------------------------- */

static bool is_break(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	return type == CMARK_NODE_SOFTBREAK;
}

/*
 * The line that the node begins, without the signs of what the paragraph is in:
 * cmark's columns are wrong where a line does not repeat them.
 */
static str whole_line(const struct markdown_hints *hints, cmark_node *node)
{
	str line = markdown_hint_line(
		hints, markdown_text_spot(hints->text, node).line);
	bool in_quote = false;
	cmark_node *parent = node;

	while ((parent = cmark_node_parent(parent)) != NULL)
		in_quote |=
			cmark_node_get_type(parent) == CMARK_NODE_BLOCK_QUOTE;
	return str_from(line,
			markdown_hint_skip(line, 0, in_quote ? " \t>" : " \t"));
}

/* The parts of a paragraph that begin a line; hard breaks end the search. */
static size_t read_lines(const struct markdown_hints *hints,
			 cmark_node *paragraph, struct line *lines)
{
	size_t count = 0;
	cmark_node *node = cmark_node_first_child(paragraph);

	for (bool begins = true; node != NULL && count < LINES_LIMIT;
	     node = cmark_node_next(node)) {
		struct line *line = &lines[count];

		if (cmark_node_get_type(node) == CMARK_NODE_LINEBREAK)
			break;
		if (begins) {
			line->is_text =
				cmark_node_get_type(node) == CMARK_NODE_TEXT;
			line->text = !line->is_text ? STR("")
				     : count == 0
					     ? markdown_hint_rest(hints, node)
					     : whole_line(hints, node);
			line->start = start_of(line->text, &line->length);
			count++;
		}
		begins = is_break(node);
	}
	return count;
}

static bool has_stop(str line)
{
	static const char *const stops[] = { "。", "；", "！", "？", "，" };

	for (size_t i = 0; i < COUNT_OF(stops); i++)
		if (str_find(line, str_from_c(stops[i])) != STR_NONE)
			return true;
	return unicode_count(line) > SHORT_CHARACTERS;
}

/* "1.标题": its number, and what stands behind it. */
static void report_number(const struct markdown_hints *hints,
			  const struct line *line, bool is_joined)
{
	size_t digits = markdown_hint_skip(line->text, 0, "0123456789");
	str text = str_from(line->text, line->length);
	struct diag *diag = diag_warning(
		hints->diags,
		markdown_hint_span(hints,
				   str_between(line->text, 0, line->length)),
		"markdown-list-form",
		is_joined ? _("these lines are no list: they become one "
			      "paragraph")
			  : _("this is no item of a list"));

	diag_help(hints->diags, diag,
		  _("write \"%.*s. %.*s%s\" for an item, \"### %.*s%s\" for a "
		    "heading"),
		  (int)digits, line->text.data, STR_ARG(shown(text)),
		  ellipsis(text), STR_ARG(shown(line->text)),
		  ellipsis(line->text));
}

static void report_joined(const struct markdown_hints *hints,
			  const struct line *line)
{
	struct diag *diag = diag_warning(
		hints->diags,
		markdown_hint_span(hints,
				   str_between(line->text, 0, line->length)),
		"markdown-lines-joined",
		_("this line goes on with the paragraph above it"));

	diag_help(hints->diags, diag,
		  _("put an empty line between them, or a \\ at the end of the "
		    "line above"));
}

static bool is_in_item(cmark_node *paragraph)
{
	return cmark_node_get_type(cmark_node_parent(paragraph)) ==
	       CMARK_NODE_ITEM;
}

/* 2026年3月1日, 二〇二六年三月一日: below the name of who signs. */
static bool is_date(str text)
{
	size_t end = markdown_hint_skip(
		text, 0,
		"0123456789０１２３４５６７８９〇零一二三四五六七八九"
		"十年月日 　×");

	return text.len > 0 && end == text.len &&
	       str_find(text, STR("年")) != STR_NONE &&
	       str_find(text, STR("月")) != STR_NONE &&
	       str_ends_with(str_trim(text), STR("日"));
}

/* "附件：1.申请表" and "2.汇总表"; "示范市教育局：" and its text. */
static bool is_behind_label(const struct line *lines, size_t at)
{
	str before = str_trim(lines[at - 1].text);

	if (lines[0].start == START_LABEL &&
	    (lines[at].start == START_NUMBER || lines[at].start == START_WIDE))
		return true;
	return at == 1 && before.len > 0 && str_ends_with(before, STR("：")) &&
	       unicode_count(before) <= SHORT_CHARACTERS &&
	       str_find(before, STR("，")) == STR_NONE;
}

/* A line that is no part of the paragraph above it, whatever it begins with. */
static bool check_joined(const struct markdown_hints *hints,
			 const struct line *lines, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct line line = lines[i];
		str before = str_trim(lines[i - 1].text);
		bool is_signed = is_date(line.text) && before.len > 0 &&
				 !has_stop(before) &&
				 unicode_count(before) <= SHORT_CHARACTERS;

		if (!line.is_text || line.text.len == 0 ||
		    (!is_signed && !is_behind_label(lines, i)))
			continue;
		if (line.length == 0)
			line.length = unicode_prefix(line.text, 1).len;
		report_joined(hints, &line);
		return true;
	}
	return false;
}

/* The second line of a kind: both were meant to stand for themselves. */
static void check_starts(const struct markdown_hints *hints,
			 const struct line *lines, size_t count, bool in_item)
{
	size_t first[START_INDENT + 1] = { 0 };

	for (size_t i = 0; i < count; i++) {
		enum start start = lines[i].start;

		if (start == START_NONE)
			continue;
		if (start == START_INDENT && i > 0) {
			report_joined(hints, &lines[i]);
			return;
		}
		if (first[start] == 0) {
			first[start] = i + 1;
			continue;
		}
		if (start == START_NUMBER)
			report_number(hints, &lines[first[start] - 1], true);
		else
			report_joined(hints, &lines[i]);
		return;
	}
	if (count == 1 && !in_item && lines[0].start == START_NUMBER &&
	    !has_stop(lines[0].text))
		report_number(hints, &lines[0], false);
}

void markdown_hint_lines(const struct markdown_hints *hints,
			 cmark_node *paragraph)
{
	struct line lines[LINES_LIMIT];
	size_t count = read_lines(hints, paragraph, lines);
	bool in_item = is_in_item(paragraph);

	for (size_t i = 0; i < count; i++)
		if (lines[i].is_text &&
		    (check_heading(hints, lines[i].text) ||
		     check_wiki_heading(hints, lines[i].text) ||
		     check_bullet(hints, lines[i].text) ||
		     check_box(hints, lines[i].text, in_item) ||
		     check_other_box(hints, lines[i].text, in_item) ||
		     check_definition(hints, lines[i].text) ||
		     check_quote(hints, lines[i].text) ||
		     check_container(hints, lines[i].text) ||
		     check_fence(hints, lines[i].text)))
			return;
	if (!check_joined(hints, lines, count))
		check_starts(hints, lines, count, in_item);
}
