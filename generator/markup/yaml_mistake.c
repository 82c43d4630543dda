/*
 * Which slip made libyaml stop.
 *
 * libyaml often stops behind the mistake: an open quote is noticed at the
 * next quote, a missing ": " at the next line. So the lines are asked from
 * the one where it stopped upwards, until one reads as a whole "key: value"
 * line; each is shown to the slips in the order of the table. When none of
 * them fits, libyaml's reason chooses the message.
 */
#include "markup/yaml_mistake.h"

#include <string.h>

#include "base/unicode.h"
#include "base/unsafe_text.h"

enum { SHOWN_LIMIT = 80 }; /* characters */

/* One line, taken apart as an editor would write it. */
struct line {
	size_t start;	/* byte of the source */
	str text;	/* without its end */
	size_t indent;	/* bytes of white space at its head */
	str body;	/* behind the indent and "- " */
	str key;	/* the word at the head of the body */
	str behind_key; /* all that follows the word */
	str value;	/* behind "key:" and its space; trimmed */
	bool has_value; /* the line is "key: value" or "key:" */
};

static bool is_key_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static size_t position(const struct yaml_mistake *mistake, str part)
{
	return (size_t)(part.data - mistake->source->text.data);
}

static struct span part_span(const struct yaml_mistake *mistake, str part)
{
	size_t start = position(mistake, part);

	return span_of(mistake->source, start, start + part.len);
}

static struct line take_apart(const struct yaml_mistake *mistake, size_t start,
			      size_t end)
{
	struct line line = { .start = start };
	size_t len = 0;

	line.text = str_between(mistake->source->text, start, end);
	while (line.indent < line.text.len &&
	       strchr(" \t", line.text.data[line.indent]) != NULL)
		line.indent++;
	line.body = str_from(line.text, line.indent);
	while (str_starts_with(line.body, STR("- ")))
		line.body = str_from(line.body, 2);
	while (len < line.body.len && is_key_byte(line.body.data[len]))
		len++;
	line.key = str_between(line.body, 0, len);
	line.behind_key = str_from(line.body, len);
	line.has_value =
		len > 0 && line.behind_key.len > 0 &&
		line.behind_key.data[0] == ':' &&
		(line.behind_key.len == 1 || line.behind_key.data[1] == ' ' ||
		 line.behind_key.data[1] == '\t');
	line.value = line.has_value ? str_trim(str_from(line.behind_key, 1))
				    : str_from(line.body, line.body.len);
	return line;
}

/* The line that holds `at`, within the YAML text. */
static struct line line_at(const struct yaml_mistake *mistake, size_t at)
{
	const char *data = mistake->source->text.data;
	size_t start = at;
	size_t end = at;

	while (start > mistake->start && data[start - 1] != '\n')
		start--;
	while (end < mistake->end && data[end] != '\n')
		end++;
	return take_apart(mistake, start, end);
}

/* The user's text in a message: not longer than a message can bear. */
static str shown(str text)
{
	return unicode_prefix(text, SHOWN_LIMIT);
}

static bool is_blank(const struct line *line)
{
	return line->body.len == 0 || line->body.data[0] == '#';
}

static bool holds_problem(const struct yaml_mistake *mistake,
			  const struct line *line)
{
	return mistake->problem >= line->start &&
	       mistake->problem <= line->start + line->text.len;
}

/* "|", ">-", "|2+": the head of a text of several lines. */
static bool is_block_head(str text)
{
	size_t at = 1;

	if (text.len == 0 || strchr("|>", text.data[0]) == NULL)
		return false;
	while (at < text.len && strchr("+-123456789", text.data[at]) != NULL)
		at++;
	return at == text.len || text.data[at] == ' ';
}

/* Where a quoted text that begins `text` ends: its last quote, or STR_NONE. */
static size_t closing_quote(str text)
{
	char quote = text.data[0];

	for (size_t i = 1; i < text.len; i++) {
		bool is_escape = quote == '"' && text.data[i] == '\\';
		bool is_doubled = quote == '\'' && text.data[i] == quote &&
				  i + 1 < text.len && text.data[i + 1] == quote;

		if (is_escape || is_doubled)
			i++;
		else if (text.data[i] == quote)
			return i;
	}
	return STR_NONE;
}

static bool starts_with_quote(str text)
{
	return text.len > 0 && (text.data[0] == '"' || text.data[0] == '\'');
}

/* The text an item or a value of the line consists of. */
static str content_of(const struct line *line)
{
	return line->has_value ? line->value : str_trim(line->body);
}

/* --- slips: each reports and returns true when the line shows it --------- */

static bool tab_indent(const struct yaml_mistake *mistake,
		       const struct line *line, struct diag_list *diags)
{
	size_t at =
		str_find_byte(str_between(line->text, 0, line->indent), '\t');
	struct diag *diag;

	if (at == STR_NONE || is_blank(line))
		return false;
	diag = diag_error(diags,
			  span_of(mistake->source, line->start,
				  line->start + line->indent),
			  "yaml-tab", _("this line is indented with a tab"));
	diag_help(diags, diag,
		  _("use spaces: two for each level; most editors can be set "
		    "to do so"));
	return true;
}

/* A Chinese sentence may have such a colon; a key in ASCII may not. */
static bool wide_colon(const struct yaml_mistake *mistake,
		       const struct line *line, struct diag_list *diags)
{
	str colon = STR("：");
	size_t at = str_find(line->body, colon);
	struct diag *diag;
	str key;

	if (at == STR_NONE || line->has_value)
		return false;
	key = str_trim(str_between(line->body, 0, at));
	if (key.len == 0 || str_find_byte(key, ' ') != STR_NONE)
		return false;
	if (key.len != line->key.len && !holds_problem(mistake, line))
		return false;
	diag = diag_error(
		diags,
		part_span(mistake, str_between(line->body, at, at + colon.len)),
		"yaml-wide-colon",
		_("a full-width colon stands behind \"%.*s\""),
		STR_ARG(shown(key)));
	diag_help(
		diags, diag,
		_("use the half-width colon and a space: %.*s: %.*s"),
		STR_ARG(shown(key)),
		STR_ARG(shown(str_trim(str_from(line->body, at + colon.len)))));
	return true;
}

static bool colon_without_space(const struct yaml_mistake *mistake,
				const struct line *line,
				struct diag_list *diags)
{
	struct diag *diag;

	if (line->key.len == 0 || line->has_value || line->behind_key.len < 2 ||
	    line->behind_key.data[0] != ':' ||
	    str_starts_with(line->behind_key, STR("://")))
		return false;
	diag = diag_error(
		diags, part_span(mistake, str_between(line->behind_key, 0, 1)),
		"yaml-colon-space",
		_("a space is missing behind the colon of \"%.*s\""),
		STR_ARG(shown(line->key)));
	diag_help(diags, diag, _("write: %.*s: %.*s"),
		  STR_ARG(shown(line->key)),
		  STR_ARG(shown(str_trim(str_from(line->behind_key, 1)))));
	return true;
}

static bool open_quote(const struct yaml_mistake *mistake,
		       const struct line *line, struct diag_list *diags)
{
	str content = content_of(line);
	struct diag *diag;

	if (!starts_with_quote(content) || closing_quote(content) != STR_NONE)
		return false;
	diag = diag_error(diags, part_span(mistake, str_between(content, 0, 1)),
			  "yaml-quote-open",
			  _("this quotation mark is never closed"));
	diag_help(diags, diag,
		  _("close it at the end of the line, or remove it: quotes "
		    "are only needed around text with \": \" or \" #\""));
	return true;
}

static bool text_behind_quote(const struct yaml_mistake *mistake,
			      const struct line *line, struct diag_list *diags)
{
	str content = content_of(line);
	size_t end;
	str behind;
	struct diag *diag;

	if (!starts_with_quote(content))
		return false;
	end = closing_quote(content);
	if (end == STR_NONE)
		return false;
	behind = str_trim(str_from(content, end + 1));
	if (behind.len == 0 || behind.data[0] == '#' || behind.data[0] == ':')
		return false;
	diag = diag_error(diags, part_span(mistake, behind), "yaml-quote-text",
			  _("there is text behind the closing quotation "
			    "mark"));
	diag_help(diags, diag,
		  _("put the whole value between two ' marks: '%.*s'"),
		  STR_ARG(shown(content)));
	return true;
}

static bool text_behind_bracket(const struct yaml_mistake *mistake,
				const struct line *line,
				struct diag_list *diags)
{
	str content = content_of(line);
	size_t end;
	str behind;
	struct diag *diag;

	if (content.len == 0 || content.data[0] != '[')
		return false;
	end = str_find_last_byte(content, ']');
	if (end == STR_NONE)
		return false;
	behind = str_trim(str_from(content, end + 1));
	if (behind.len == 0 || behind.data[0] == '#' || behind.data[0] == ':')
		return false;
	diag = diag_error(diags, part_span(mistake, behind),
			  "yaml-bracket-text",
			  _("there is text behind \"]\": a value that begins "
			    "with \"[\" is read as a list"));
	diag_help(diags, diag,
		  _("put the whole value in quotes: \"%.*s\"; or use the "
		    "brackets 【 】"),
		  STR_ARG(shown(content)));
	return true;
}

/* A value that begins with a character that YAML keeps for itself. */
static bool reserved_start(const struct yaml_mistake *mistake,
			   const struct line *line, struct diag_list *diags)
{
	str content = content_of(line);
	struct diag *diag;

	if (content.len < 2 || is_block_head(content) ||
	    strchr("@`%*&!|>", content.data[0]) == NULL)
		return false;
	diag = diag_error(diags, part_span(mistake, str_between(content, 0, 1)),
			  "yaml-reserved",
			  _("a value cannot begin with \"%c\""),
			  content.data[0]);
	diag_help(diags, diag, _("put the whole value in quotes: \"%.*s\""),
		  STR_ARG(shown(content)));
	return true;
}

/* "title: 一个说明: 内容": YAML reads the second colon as a key of its own. */
static bool colon_in_value(const struct yaml_mistake *mistake,
			   const struct line *line, struct diag_list *diags)
{
	size_t at = str_find(line->value, STR(": "));
	struct diag *diag;

	if (at == STR_NONE && str_ends_with(line->value, STR(":")))
		at = line->value.len - 1;
	if (!line->has_value || at == STR_NONE ||
	    starts_with_quote(line->value) ||
	    strchr("[{", line->value.data[0]) != NULL)
		return false;
	diag = diag_error(
		diags, part_span(mistake, str_between(line->value, at, at + 1)),
		"yaml-value-colon",
		_("the value of \"%.*s\" has a colon and a space "
		  "in it"),
		STR_ARG(shown(line->key)));
	if (str_starts_with(line->value, STR("“")))
		diag_help(diags, diag,
			  _("Chinese quotation marks do not protect it; put "
			    "straight ones around it: %.*s: '%.*s'"),
			  STR_ARG(shown(line->key)),
			  STR_ARG(shown(line->value)));
	else
		diag_help(diags, diag,
			  _("put the value in quotes, or use a full-width "
			    "colon inside it: %.*s: '%.*s'"),
			  STR_ARG(shown(line->key)),
			  STR_ARG(shown(line->value)));
	return true;
}

static str without_quotes(str text)
{
	if (starts_with_quote(text))
		text = str_from(text, 1);
	if (str_ends_with(text, STR("\"")))
		text.len--;
	return text;
}

static bool backslash(const struct yaml_mistake *mistake,
		      const struct line *line, struct diag_list *diags)
{
	str content = content_of(line);
	struct diag *diag;

	if (strstr(mistake->reason, "escape character") == NULL &&
	    strstr(mistake->reason, "hexdecimal") == NULL &&
	    strstr(mistake->reason, "Unicode character") == NULL)
		return false;
	diag = diag_error(diags,
			  span_of(mistake->source, mistake->problem,
				  mistake->problem + 1),
			  "yaml-backslash",
			  _("a backslash between double quotes begins a "
			    "special character"));
	diag_help(diags, diag,
		  _("put the value between two ' marks instead: '%.*s'"),
		  STR_ARG(shown(without_quotes(content))));
	return true;
}

static bool is_opening(str text)
{
	return text.len > 0 && strchr("[{", text.data[0]) != NULL;
}

static bool open_bracket(const struct yaml_mistake *mistake,
			 const struct line *line, struct diag_list *diags)
{
	str content = content_of(line);
	struct diag *diag;
	char closing;

	if (!is_opening(content))
		return false;
	closing = content.data[0] == '[' ? ']' : '}';
	if (str_find_byte(content, closing) != STR_NONE)
		return false;
	diag = diag_error(diags, part_span(mistake, str_between(content, 0, 1)),
			  "yaml-bracket-open",
			  _("the bracket \"%c\" is never closed"),
			  content.data[0]);
	diag_help(diags, diag,
		  _("close it with \"%c\" and put a half-width comma between "
		    "the items"),
		  closing);
	return true;
}

static const struct {
	bool (*report)(const struct yaml_mistake *mistake,
		       const struct line *line, struct diag_list *diags);
} slips[] = {
	{ tab_indent },		 { backslash },	   { open_quote },
	{ text_behind_quote },	 { wide_colon },   { colon_without_space },
	{ text_behind_bracket }, { open_bracket }, { reserved_start },
	{ colon_in_value },
};

/* --- what libyaml itself says -------------------------------------------- */

static void say_example(const struct yaml_mistake *mistake, struct diag *diag,
			struct diag_list *diags)
{
	const char *example = mistake->is_settings ? "name: 示范市教育局"
						   : "title: 关于……的通知";

	diag_help(diags, diag,
		  _("write each line as key: value, for example %s"), example);
}

static struct diag *at_problem(const struct yaml_mistake *mistake,
			       const char *id, const char *message,
			       struct diag_list *diags)
{
	struct line line = line_at(mistake, mistake->problem);
	size_t end = line.start + line.text.len;

	if (end <= mistake->problem)
		end = mistake->problem + 1;
	return diag_error(diags,
			  span_of(mistake->source, mistake->problem, end), id,
			  "%s", message);
}

static void say_indent(const struct yaml_mistake *mistake,
		       struct diag_list *diags)
{
	struct diag *diag = at_problem(
		mistake, "yaml-indent",
		_("this line does not fit under the lines above it"), diags);

	diag_help(diags, diag,
		  _("begin each \"key: value\" line of one level in the same "
		    "column; deeper lines belong to the key above them"));
}

static void say_no_colon(const struct yaml_mistake *mistake,
			 struct diag_list *diags)
{
	struct yaml_mistake at_start = *mistake;
	struct diag *diag;

	at_start.problem = mistake->context;
	diag = at_problem(&at_start, "yaml-no-colon",
			  _("this line has no \": \""), diags);
	say_example(mistake, diag, diags);
}

static void say_dash(const struct yaml_mistake *mistake,
		     struct diag_list *diags)
{
	struct diag *diag = at_problem(
		mistake, "yaml-dash",
		_("a list item beginning with \"- \" cannot stand here"),
		diags);

	diag_help(diags, diag,
		  _("put the key on a line of its own (keywords:) and each "
		    "item on a line below it; text that begins with \"- \" "
		    "needs quotes"));
}

static void say_comma(const struct yaml_mistake *mistake,
		      struct diag_list *diags)
{
	struct diag *diag = at_problem(
		mistake, "yaml-list",
		_("the list in brackets is not closed, or a comma is missing"),
		diags);

	diag_help(diags, diag,
		  _("write it as [one, two]: half-width commas, and \"]\" at "
		    "the end"));
}

static void say_documents(const struct yaml_mistake *mistake,
			  struct diag_list *diags)
{
	struct diag *diag = at_problem(
		mistake, "yaml-documents",
		_("there is text behind the end of the YAML text"), diags);

	diag_help(diags, diag,
		  _("remove the line of \"---\" or \"...\" above it"));
}

/* Files have none of them; who parses a text of another origin may. */
static void say_control(const struct yaml_mistake *mistake,
			struct diag_list *diags)
{
	size_t end = mistake->problem;
	uint32_t code_point = unicode_next(mistake->source->text, &end);

	unsafe_text_report(diags,
			   span_of(mistake->source, mistake->problem, end),
			   code_point);
}

static void say_no_mapping(const struct yaml_mistake *mistake,
			   struct diag_list *diags)
{
	struct diag *diag = at_problem(
		mistake, "yaml-mapping",
		_("lines of \"key: value\" are expected here"), diags);

	say_example(mistake, diag, diags);
}

static void say_tag(const struct yaml_mistake *mistake, struct diag_list *diags)
{
	struct yaml_mistake at_start = *mistake;
	struct diag *diag;

	at_start.problem = mistake->context;
	diag = at_problem(&at_start, "yaml-tag",
			  _("a value cannot begin with \"!\""), diags);
	diag_help(diags, diag, _("put the whole value in quotes: \"!…\""));
}

static const struct {
	const char *reason; /* part of libyaml's words */
	void (*say)(const struct yaml_mistake *mistake,
		    struct diag_list *diags);
} reasons[] = {
	{ "no mapping", say_no_mapping },
	{ "expected <document start>", say_documents },
	{ "control characters", say_control },
	{ "could not find expected ':'", say_no_colon },
	{ "block sequence entries are not allowed", say_dash },
	{ "expected ',' or", say_comma },
	{ "tag", say_tag },
	{ "mapping values are not allowed", say_indent },
	{ "did not find expected key", say_indent },
	{ "did not find expected '-' indicator", say_indent },
};

static void say_reason(const struct yaml_mistake *mistake,
		       struct diag_list *diags)
{
	struct diag *diag;

	for (size_t i = 0; i < COUNT_OF(reasons); i++) {
		if (strstr(mistake->reason, reasons[i].reason) != NULL) {
			reasons[i].say(mistake, diags);
			return;
		}
	}
	diag = at_problem(mistake, "yaml-syntax",
			  _("this cannot be read as YAML"), diags);
	diag_help(diags, diag, _("put the value in quotes (libyaml: %s %s)"),
		  mistake->reason, mistake->doing);
}

static bool report_slip(const struct yaml_mistake *mistake,
			const struct line *line, struct diag_list *diags)
{
	for (size_t i = 0; i < COUNT_OF(slips); i++)
		if (slips[i].report(mistake, line, diags))
			return true;
	return false;
}

/* The line on which an open quote or bracket began explains most. */
static bool report_context(const struct yaml_mistake *mistake,
			   struct diag_list *diags)
{
	struct line line;

	if (strstr(mistake->doing, "quoted scalar") == NULL &&
	    strstr(mistake->doing, "flow") == NULL)
		return false;
	line = line_at(mistake, mistake->context);
	return report_slip(mistake, &line, diags);
}

void yaml_mistake_report(const struct yaml_mistake *mistake,
			 struct diag_list *diags)
{
	size_t at = mistake->problem;
	bool first = true;

	if (at > mistake->end)
		at = mistake->end;
	if (strstr(mistake->reason, "control characters") != NULL ||
	    strstr(mistake->reason, "<document start>") != NULL) {
		say_reason(mistake, diags);
		return;
	}
	if (report_context(mistake, diags))
		return;
	for (;;) {
		struct line line = line_at(mistake, at);

		if (report_slip(mistake, &line, diags))
			return;
		/* The line where it stopped may look whole; the one above
		 * it ends the search then. */
		if ((!first && line.has_value) || line.start <= mistake->start)
			break;
		first = first && is_blank(&line);
		at = line.start - 1;
	}
	say_reason(mistake, diags);
}
