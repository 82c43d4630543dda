/*
 * What other programs would replace: shortcodes and tags of templates between
 * braces, and commands that begin with a backslash. Nobody does so here, and
 * the help is what the text is to say in their place.
 *
 * A shortcode may go on over lines and other nodes, so its end is looked for
 * in the source. Where something of raw HTML stands inside it, it is read as
 * text (markdown_signs.c).
 */
#include "markup/markdown_hint_scan.h"

#include <cmark.h>

#include "base/unicode.h"

enum {
	BRACES_BYTES = 300,	/* between braces, in a node */
	SHORTCODE_BYTES = 1000, /* of a shortcode, over lines */
	NAME_BYTES = 40,
	ADDRESS_BYTES = 200,
};

/* --- shortcodes ----------------------------------------------------------- */

/* What a shortcode stands for, by names in two blanks each. */
static const struct {
	const char *names;
	const char *help; /* "%" is its first address */
} shortcodes[] = {
	{ " figure img image picture photo asset_img ",
	  N_("write the picture in Markdown: ![what it shows](%)") },
	{ " ref relref link post_url asset_path asset_link post_link ",
	  N_("write the path of its file: [text](%)") },
	{ " youtube vimeo bilibili video iframe audio player tweet gist "
	  "music ",
	  N_("write a link to it: [its title](address)") },
	{ " notice alert admonition callout hint tip note info warning "
	  "danger caution attention ",
	  N_("write a quote: “> [!NOTE]” on the first line, and “> ” before "
	     "each line of its text; the end has no sign of its own") },
	{ " highlight code codeblock prettify ",
	  N_("write ``` on a line of its own before the code and behind "
	     "it") },
	{ " include include_relative partial readfile render ",
	  N_("write the text itself, or a link to its page: no file is put "
	     "into another") },
	{ " details expand collapse fold spoiler ",
	  N_("write <details><summary>heading</summary> before the text, "
	     "and </details> behind it") },
	{ " br nbsp ", N_("write <br>") },
	{ " toc table_of_contents ",
	  N_("delete it, and write toc: true in the front matter") },
	{ " raw rawhtml html verbatim comment if unless else elsif for "
	  "assign capture cycle case when with range define block ",
	  N_("delete it: what is between such tags is published as it "
	     "is") },
	{ " button ", N_("write a link: [text](address)") },
};

/* The bytes between the braces, without what only marks their ends. */
static str inside_of(str part)
{
	static const char marks[] = "{}<>%/*-#= \t\n";
	size_t start = 0;

	while (start < part.len &&
	       str_find_byte(str_from_c(marks), part.data[start]) != STR_NONE)
		start++;
	while (part.len > start &&
	       str_find_byte(str_from_c(marks), part.data[part.len - 1]) !=
		       STR_NONE)
		part.len--;
	return str_from(part, start);
}

static str name_of(str inside)
{
	size_t end = 0;

	while (end < inside.len && end < NAME_BYTES &&
	       (inside.data[end] == '_' || ((inside.data[end] | 0x20) >= 'a' &&
					    (inside.data[end] | 0x20) <= 'z')))
		end++;
	inside = str_between(inside, 0, end);
	return str_starts_with(inside, STR("end")) && inside.len > 3
		       ? str_from(inside, 3)
		       : inside;
}

/* The text between quotation marks behind `key`; all of them for "". */
static str quoted_behind(str inside, const char *key)
{
	size_t at = str_find(inside, str_from_c(key));
	size_t end;
	char quote;

	if (at == STR_NONE)
		return STR("");
	at += str_from_c(key).len;
	while (key[0] == '\0' && at < inside.len && inside.data[at] != '"' &&
	       inside.data[at] != '\'' && inside.data[at] != '`')
		at++;
	quote = str_at(inside, at);
	if (quote != '"' && quote != '\'' && quote != '`')
		return STR("");
	end = str_find_byte(str_between(inside, at + 1, at + 1 + ADDRESS_BYTES),
			    quote);
	return end == STR_NONE ? STR("")
			       : str_between(inside, at + 1, at + 1 + end);
}

/* The second word of "asset_img a.jpg words", when it is like a file. */
static str second_word(str inside)
{
	str word;

	(void)str_split_next(&inside, ' ', &word);
	inside = str_trim(inside);
	(void)str_split_next(&inside, ' ', &word);
	return str_find_byte(word, '.') == STR_NONE ||
			       str_find_byte(word, '"') != STR_NONE
		       ? STR("")
		       : word;
}

/* The file or address that a shortcode names, or "…". */
static str address_of(str inside)
{
	static const char *const keys[] = { "src=", "link=", "href=", "url=",
					    "" };
	str found = STR("");

	for (size_t i = 0; i < COUNT_OF(keys) && found.len == 0; i++)
		found = quoted_behind(inside, keys[i]);
	if (found.len == 0)
		found = second_word(inside);
	return found.len == 0 || str_find_byte(found, '\n') != STR_NONE
		       ? STR("…")
		       : found;
}

static str with_address(const struct markdown_scan *scan, const char *form,
			str inside)
{
	size_t cut = str_find_byte(str_from_c(form), '%');
	str address;

	if (cut == STR_NONE)
		return str_from_c(form);
	address = address_of(inside);
	return arena_printf(scan->hints->arena, "%.*s%.*s%s", (int)cut, form,
			    STR_ARG(address), form + cut + 1);
}

/* What to write for it. `is_address`: it stands where an address does. */
static str help_of(const struct markdown_scan *scan, str part, bool is_address)
{
	str inside = inside_of(part);
	str name = name_of(inside);

	if (is_address)
		return str_from_c(_("write the path of the file itself "
				    "between the brackets: [text](path)"));
	for (size_t i = 0; name.len > 0 && i < COUNT_OF(shortcodes); i++)
		if (str_is_word_of(name, shortcodes[i].names))
			return with_address(scan, _(shortcodes[i].help),
					    inside);
	if (str_starts_with(part, STR("{{")) &&
	    str_find_byte(inside, '.') != STR_NONE &&
	    str_find_byte(inside, '=') == STR_NONE)
		return str_from_c(_("write the value itself: a text has no "
				    "variables"));
	return str_from_c(_("write what it stands for in Markdown, such as "
			    "![…](…) or […](…)"));
}

/* The end of what begins with `place` in the source; no line is empty. */
static str whole_of(const struct markdown_scan *scan, str place,
		    const char *closing)
{
	str source = scan->hints->text->source->text;
	size_t start = (size_t)(place.data - source.data);
	size_t end =
		markdown_scan_within(source, start, closing, SHORTCODE_BYTES);
	size_t empty =
		markdown_scan_within(source, start, "\n\n", SHORTCODE_BYTES);

	if (end == STR_NONE || (empty != STR_NONE && empty < end))
		return STR("");
	return str_between(source, start, end + str_from_c(closing).len);
}

static void tell_shortcode(struct markdown_scan *scan, str place, str whole)
{
	struct diag_list *diags = scan->hints->diags;
	size_t before = (size_t)(place.data - scan->line.data);
	bool is_address =
		str_ends_with(str_between(scan->line, 0, before), STR("]("));
	str help = help_of(scan, whole, is_address);
	struct diag *diag = diag_warning(
		diags,
		markdown_hint_span(
			scan->hints,
			str_between(whole, 0, str_find_byte(whole, '\n'))),
		"markdown-shortcode",
		_("there are no shortcodes: this would be published as it is "
		  "typed"));

	diag_help(diags, diag, "%.*s", STR_ARG(help));
}

/* {{…}}, {%…%}, <%…%>; where to go on */
static size_t check_shortcode(struct markdown_scan *scan, size_t at,
			      const char *closing)
{
	str text = scan->text;
	size_t end = markdown_scan_within(text, at + 2, closing, BRACES_BYTES);
	size_t behind =
		end == STR_NONE ? at + 2 : end + str_from_c(closing).len;
	str place = markdown_scan_place(scan, str_between(text, at, behind));
	str whole = place;

	if (place.len > 0 && end == STR_NONE)
		whole = whole_of(scan, place, closing);
	if (place.len > 0 && whole.len > 0)
		tell_shortcode(scan, place, whole);
	return end == STR_NONE && whole.len > 0 ? text.len : behind;
}

bool markdown_hint_shortcode(const struct markdown_hints *hints, str line,
			     size_t at)
{
	static const char *const ends[][2] = { { "{{", "}}" },
					       { "{%", "%}" },
					       { "<%", "%>" } };
	struct markdown_scan scan = { .hints = hints, .line = line };

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		str place = str_from(line, at);

		if (!str_starts_with(place, str_from_c(ends[i][0])))
			continue;
		place = whole_of(&scan, place, ends[i][1]);
		if (place.len > 0)
			tell_shortcode(&scan, str_from(line, at), place);
		return place.len > 0;
	}
	return false;
}

/* --- attributes ----------------------------------------------------------- */

/* {#id}, {.class}, {: .class}, {:toc}, { .class } */
static bool is_attribute(str part)
{
	size_t blanks = str_at(part, 1) == ' ';
	char sign = str_at(part, 1 + blanks);
	uint32_t next = 0;
	size_t at = 2 + blanks;

	if (part.len < 4 || (sign != '#' && sign != '.' && sign != ':'))
		return false;
	next = unicode_next(part, &at);
	return sign == ':' ? next == ' ' || next == '.' || next == '#' ||
				     unicode_is_word(next)
			   : unicode_is_word(next) &&
				     (blanks == 0 || !unicode_is_digit(next));
}

/* ![…](…){width=300} */
static bool is_behind_link(const struct markdown_scan *scan)
{
	cmark_node *before = cmark_node_previous(scan->node);

	return before != NULL &&
	       (cmark_node_get_type(before) == CMARK_NODE_IMAGE ||
		cmark_node_get_type(before) == CMARK_NODE_LINK);
}

static size_t check_attribute(struct markdown_scan *scan, size_t at)
{
	str text = scan->text;
	size_t end = markdown_scan_within(text, at + 2, "}", BRACES_BYTES);
	str part;

	if (end == STR_NONE)
		return at + 1;
	part = str_between(text, at, end + 1);
	if (!is_attribute(part) && (at > 0 || !is_behind_link(scan) ||
				    str_find_byte(part, '=') == STR_NONE))
		return at + 1;
	markdown_scan_report(
		scan, part, "markdown-attribute",
		str_from_c(_("this would be published as it is typed: "
			     "attributes in braces are not known")),
		str_from_c(_("delete it; a heading's id is made from its text, "
			     "and a link to it is [文字](#heading)")));
	return end + 1;
}

/* --- commands ------------------------------------------------------------- */

static const struct {
	const char *names;
	const char *help;
} commands[] = {
	{ " n r t newline linebreak par ",
	  N_("press Enter in its place: an empty line parts paragraphs, and "
	     "<br> begins a new line") },
	{ " newpage pagebreak clearpage cleardoublepage ",
	  N_("delete it: a web page has no pages; --- between empty lines "
	     "draws a line") },
	{ " textbf bf mathbf ", N_("write **words**") },
	{ " textit emph it ", N_("write *words*") },
	{ " underline ", N_("write <u>words</u>") },
	{ " section chapter ", N_("write ## and a blank before the heading") },
	{ " subsection subsubsection ",
	  N_("write ### and a blank before the heading") },
	{ " item ", N_("write “- ” before it") },
	{ " includegraphics ",
	  N_("write the picture in Markdown: ![what it shows](path)") },
	{ " href url ", N_("write a link: [text](address)") },
	{ " footnote ",
	  N_("write [^1] in its place, and “[^1]: note” at the end") },
	{ " tableofcontents ",
	  N_("delete it, and write toc: true in the front matter") },
	{ " begin end centering noindent quad qquad hspace vspace label "
	  "caption hline indent ",
	  N_("delete it: the theme arranges pages") },
};

/* A path of Windows: C:\new, \\server\par, 共享\newpage.docx, 共享\new\a */
static bool is_in_path(str text, size_t at, size_t end)
{
	char before = str_at(text, at - 1); /* '\0' in front */
	char next = str_at(text, end);

	if (byte_is_letter(before) || byte_is_digit(before) ||
	    str_find_byte(STR(":\\_."), before) != STR_NONE)
		return true;
	return next == '\\' ? end - at > 2 /* no \r\n */
			    : str_find_byte(STR(".-_"), next) != STR_NONE;
}

/* A "\" that would break a line, but there is no other one behind it. */
static void check_last(struct markdown_scan *scan, size_t at)
{
	char before = (char)(at > 0 ? scan->text.data[at - 1] : ':');

	if (cmark_node_next(scan->node) == NULL && before != ':' &&
	    before != '\\' &&
	    cmark_node_get_type(cmark_node_parent(scan->node)) ==
		    CMARK_NODE_PARAGRAPH)
		markdown_scan_report(
			scan, str_from(scan->text, at), "markdown-command",
			str_from_c(_("a “\\” breaks no line at the end of a "
				     "paragraph, and would be published")),
			str_from_c(_("delete it")));
}

/* \newpage, \textbf{…}, \n between words */
static size_t check_command(struct markdown_scan *scan, size_t at)
{
	str text = scan->text;
	size_t end = at + 1;
	str name;

	while (end < text.len && end - at < NAME_BYTES &&
	       byte_is_letter(text.data[end]))
		end++;
	name = str_between(text, at + 1, end);
	if (end == text.len && name.len == 0)
		check_last(scan, at);
	if (name.len == 0 || is_in_path(text, at, end))
		return end;
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		if (!str_is_word_of(name, commands[i].names))
			continue;
		markdown_scan_report(
			scan, str_between(text, at, end), "markdown-command",
			arena_printf(scan->hints->arena,
				     _("“\\%.*s” means nothing here, and would "
				       "be published"),
				     STR_ARG(name)),
			str_from_c(_(commands[i].help)));
		if (scan->budget > 1)
			scan->budget /= 2; /* a few are enough */
		break;
	}
	return end;
}

size_t markdown_hint_program(struct markdown_scan *scan, size_t at)
{
	char sign = scan->text.data[at];
	char next = str_at(scan->text, at + 1);

	if (sign == '\\')
		return check_command(scan, at);
	if (sign == '<')
		return check_shortcode(scan, at, "%>");
	if (next == '{')
		return check_shortcode(scan, at, "}}");
	if (next == '%')
		return check_shortcode(scan, at, "%}");
	return check_attribute(scan, at);
}
