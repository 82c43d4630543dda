/*
 * Which slip made libyaml stop.
 *
 * libyaml often stops behind the mistake: an open quote is noticed at the
 * next quote, a missing ": " at the next line. So the lines are asked from
 * the one where it stopped upwards, until one reads as a whole "key: value"
 * line; each is shown to the slips in the order of the table. When none of
 * them fits, libyaml's reason chooses the message. Then the lines that libyaml
 * did not come to are looked through for slips that are sure.
 */
#include "markup/yaml_mistake.h"

#include <string.h>

#include "base/unicode.h"
#include "base/unsafe_text.h"
#include "markup/yaml_line.h"
#include "markup/yaml_reason.h"

enum {
	SHOWN_LIMIT = 80,  /* characters */
	OTHERS_LIMIT = 19, /* more mistakes of one text */
};

static size_t position(const struct yaml_mistake *mistake, str part)
{
	return (size_t)(part.data - mistake->source->text.data);
}

static struct span part_span(const struct yaml_mistake *mistake, str part)
{
	size_t start = position(mistake, part);

	return span_of(mistake->source, start, start + part.len);
}

struct yaml_line yaml_mistake_line(const struct yaml_mistake *mistake,
				   size_t at)
{
	return yaml_line_at(mistake->source, mistake->start, mistake->end, at);
}

/* The user's text in a message: not longer than a message can bear. */
static str shown(str text)
{
	return unicode_prefix(text, SHOWN_LIMIT);
}

static bool holds_problem(const struct yaml_mistake *mistake,
			  const struct yaml_line *line)
{
	return mistake->problem >= line->start &&
	       mistake->problem <= line->start + line->text.len;
}

/* --- slips: each reports and returns true when the line shows it --------- */

static bool tab_indent(const struct yaml_mistake *mistake,
		       const struct yaml_line *line, struct diag_list *diags)
{
	size_t at =
		str_find_byte(str_between(line->text, 0, line->indent), '\t');
	struct diag *diag;

	if (at == STR_NONE || yaml_line_is_blank(line))
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

/* Spaces that are none of the keyboard's, where a line begins. */
static bool odd_space(const struct yaml_mistake *mistake,
		      const struct yaml_line *line, struct diag_list *diags)
{
	size_t at = 0;
	struct diag *diag;
	uint32_t first;

	if (line->body.len == 0)
		return false;
	first = unicode_next(line->body, &at);
	if (!unicode_is_blank(first))
		return false;
	diag = diag_error(diags,
			  part_span(mistake, str_between(line->body, 0, at)),
			  "yaml-space",
			  _("this line begins with the white space U+%04X, "
			    "which is no ordinary space"),
			  first);
	diag_help(diags, diag, _("delete it and type ordinary spaces"));
	return true;
}

/* A Chinese sentence may have such a colon; a key in ASCII may not. */
static bool wide_colon(const struct yaml_mistake *mistake,
		       const struct yaml_line *line, struct diag_list *diags)
{
	str colon = STR("：");
	size_t at = str_find(line->body, colon);
	struct diag *diag;
	str key;

	if (at == STR_NONE || line->has_value)
		return false;
	key = str_trim(str_between(line->body, 0, at));
	if (key.len == 0 || str_find_byte(key, ' ') != STR_NONE ||
	    str_find_byte(key, ':') != STR_NONE)
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
		diags, diag, _("use the half-width colon and a space: %.*s"),
		STR_ARG(yaml_line_written(
			key, unicode_trim(str_from(line->body, at + colon.len)),
			diags->arena)));
	return true;
}

static bool colon_without_space(const struct yaml_mistake *mistake,
				const struct yaml_line *line,
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
	diag_help(
		diags, diag, _("write: %.*s"),
		STR_ARG(yaml_line_written(
			line->key, unicode_trim(str_from(line->behind_key, 1)),
			diags->arena)));
	return true;
}

/* Does the next line go on with a text that is not closed on this one? */
static bool is_continued(const struct yaml_mistake *mistake,
			 const struct yaml_line *line)
{
	size_t behind = line->start + line->text.len + 1;
	struct yaml_line next;

	if (behind >= mistake->end)
		return false;
	next = yaml_mistake_line(mistake, behind);
	return !next.has_value && !yaml_line_is_blank(&next);
}

static bool open_quote(const struct yaml_mistake *mistake,
		       const struct yaml_line *line, struct diag_list *diags)
{
	str content = yaml_line_content(line);
	struct diag *diag;

	if (!yaml_starts_with_quote(content) ||
	    yaml_closing_quote(content) != STR_NONE)
		return false;
	diag = diag_error(diags, part_span(mistake, str_between(content, 0, 1)),
			  "yaml-quote-open",
			  _("this quotation mark is never closed"));
	if (is_continued(mistake, line))
		diag_help(diags, diag,
			  _("close it at the end of the text, or remove it"));
	else
		yaml_line_help(line, yaml_meant(content),
			       _("close it at the end of the line"), diag,
			       diags);
	return true;
}

static bool text_behind_quote(const struct yaml_mistake *mistake,
			      const struct yaml_line *line,
			      struct diag_list *diags)
{
	str content = yaml_line_content(line);
	size_t end;
	str behind;
	struct diag *diag;

	if (!yaml_starts_with_quote(content))
		return false;
	end = yaml_closing_quote(content);
	if (end == STR_NONE)
		return false;
	behind = str_trim(str_from(content, end + 1));
	if (behind.len == 0 || behind.data[0] == '#' ||
	    (behind.data[0] == ':' && !line->has_value))
		return false;
	diag = diag_error(diags, part_span(mistake, behind), "yaml-quote-text",
			  _("there is text behind the closing quotation "
			    "mark"));
	yaml_line_help(line, yaml_meant(content),
		       _("put the whole value in quotes"), diag, diags);
	return true;
}

/* Where the value in brackets ends that begins `text`, or STR_NONE. */
static size_t closing_bracket(str text)
{
	char quote = '\0';
	size_t depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (quote != '\0') {
			quote = (char)(c == quote ? '\0' : quote);
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '[' || c == '{') {
			depth++;
		} else if ((c == ']' || c == '}') && --depth == 0) {
			return i;
		}
	}
	return STR_NONE;
}

static bool text_behind_bracket(const struct yaml_mistake *mistake,
				const struct yaml_line *line,
				struct diag_list *diags)
{
	str content = yaml_line_content(line);
	size_t end;
	str behind;
	struct diag *diag;

	if (content.len == 0 || strchr("[{", content.data[0]) == NULL)
		return false;
	end = closing_bracket(content);
	if (end == STR_NONE)
		return false;
	behind = str_trim(str_from(content, end + 1));
	if (behind.len == 0 || behind.data[0] == '#' ||
	    (behind.data[0] == ':' && !line->has_value))
		return false;
	diag = diag_error(diags, part_span(mistake, behind),
			  "yaml-bracket-text",
			  _("there is text behind \"%c\": a value that begins "
			    "with \"%c\" is read as a list"),
			  content.data[end], content.data[0]);
	yaml_line_help(line, content,
		       _("use the brackets 【 】, or put the whole value in "
			 "quotes"),
		       diag, diags);
	return true;
}

/* A value that begins with a character that YAML keeps for itself. */
static bool reserved_start(const struct yaml_mistake *mistake,
			   const struct yaml_line *line,
			   struct diag_list *diags)
{
	str content = yaml_line_content(line);
	struct diag *diag;

	if (content.len == 0 || yaml_is_block_head(content) ||
	    strchr("@`%*&!|>]},?", content.data[0]) == NULL)
		return false;
	diag = diag_error(diags, part_span(mistake, str_between(content, 0, 1)),
			  "yaml-reserved",
			  _("a value cannot begin with \"%c\""),
			  content.data[0]);
	yaml_line_help(line, content, _("put the whole value in quotes"), diag,
		       diags);
	return true;
}

/* "title: 一个说明: 内容": YAML reads the second colon as a key of its own. */
static bool colon_in_value(const struct yaml_mistake *mistake,
			   const struct yaml_line *line,
			   struct diag_list *diags)
{
	size_t at = str_find(line->value, STR(": "));
	struct diag *diag;

	if (at == STR_NONE && str_ends_with(line->value, STR(":")))
		at = line->value.len - 1;
	if (!line->has_value || at == STR_NONE ||
	    yaml_starts_with_quote(line->value) ||
	    strchr("[{", line->value.data[0]) != NULL)
		return false;
	diag = diag_error(
		diags, part_span(mistake, str_between(line->value, at, at + 1)),
		"yaml-value-colon",
		_("the value of \"%.*s\" has a colon and a space "
		  "in it"),
		STR_ARG(shown(line->key)));
	yaml_line_help(
		line, line->value,
		str_starts_with(line->value, STR("“"))
			? _("Chinese quotation marks do not protect it; "
			    "put straight ones around it")
			: _("use a full-width colon inside it, or put the "
			    "value in quotes"),
		diag, diags);
	return true;
}

static bool backslash(const struct yaml_mistake *mistake,
		      const struct yaml_line *line, struct diag_list *diags)
{
	str content = yaml_line_content(line);
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
	yaml_line_help(line, yaml_meant(content),
		       _("put the value between two ' marks instead"), diag,
		       diags);
	return true;
}

/* "[甲 #1, 乙]" with its item between quotation marks, as a line. */
static str with_item_quoted(const struct yaml_line *line, str content,
			    size_t hash, struct arena *arena)
{
	size_t start = hash;
	size_t end = hash;
	str item;

	while (start > 1 && content.data[start - 1] != ',')
		start--;
	while (end < content.len && strchr(",]", content.data[end]) == NULL)
		end++;
	item = unicode_trim(str_between(content, start, end));
	item = yaml_quoted(yaml_meant(item), arena);
	content = arena_printf(arena, "%.*s%s%.*s%.*s", (int)start,
			       content.data, start > 1 ? " " : "",
			       STR_ARG(item), STR_ARG(str_from(content, end)));
	if (!line->has_value)
		return content;
	return arena_printf(arena, "%.*s: %.*s", STR_ARG(line->key),
			    STR_ARG(content));
}

/* The quotation mark in `text` that waits for its end, or STR_NONE. */
static size_t open_quote_at(str text)
{
	size_t opened = STR_NONE;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c != '"' && c != '\'')
			continue;
		if (opened == STR_NONE)
			opened = i;
		else if (text.data[opened] == c)
			opened = STR_NONE;
	}
	return opened;
}

/* The value again with the item at `at`, or all of it, in quotation marks. */
static void help_item(const struct yaml_line *line, str content, size_t at,
		      struct diag *diag, struct diag_list *diags)
{
	bool is_list = content.data[0] == '[' &&
		       content.data[content.len - 1] == ']' &&
		       str_find_byte(content, ',') != STR_NONE;

	if (is_list)
		diag_help(diags, diag, _("put the item in quotes: %.*s"),
			  STR_ARG(with_item_quoted(line, content, at,
						   diags->arena)));
	else
		yaml_line_help(line, content,
			       _("put the whole value in quotes"), diag, diags);
}

/* A "#" that YAML takes for the head of a comment, or STR_NONE. */
static size_t find_comment(str text)
{
	char quote = '\0';

	for (size_t i = 1; i < text.len; i++) {
		char c = text.data[i];

		if (quote != '\0')
			quote = (char)(c == quote ? '\0' : quote);
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '#' && strchr(" [{,", text.data[i - 1]) != NULL)
			return i;
	}
	return STR_NONE;
}

/* "keywords: [甲 #1, 乙]": the comment takes the end of the list with it. */
static bool comment_in_bracket(const struct yaml_mistake *mistake,
			       const struct yaml_line *line,
			       struct diag_list *diags)
{
	str content = yaml_line_content(line);
	size_t hash =
		yaml_opens_flow(content) ? find_comment(content) : STR_NONE;
	struct diag *diag;

	if (hash == STR_NONE ||
	    str_find_byte(str_between(content, 0, hash),
			  content.data[0] == '[' ? ']' : '}') != STR_NONE)
		return false;
	diag = diag_error(
		diags, part_span(mistake, str_from(content, hash)),
		"yaml-bracket-comment",
		_("the text behind \"#\" is a comment, and with it the end "
		  "of the list"));
	help_item(line, content, hash, diag, diags);
	return true;
}

/* "keywords: [甲, "乙]" */
static bool quote_in_bracket(const struct yaml_mistake *mistake,
			     const struct yaml_line *line,
			     struct diag_list *diags)
{
	str content = yaml_line_content(line);
	struct diag *diag;
	size_t at;

	if (!yaml_opens_flow(content))
		return false;
	at = open_quote_at(content);
	if (at == STR_NONE)
		return false;
	diag = diag_error(
		diags, part_span(mistake, str_between(content, at, at + 1)),
		"yaml-quote-open", _("this quotation mark is never closed"));
	help_item(line, content, at, diag, diags);
	return true;
}

static bool open_bracket(const struct yaml_mistake *mistake,
			 const struct yaml_line *line, struct diag_list *diags)
{
	str content = yaml_line_content(line);
	struct diag *diag;
	char closing;

	if (!yaml_opens_flow(content))
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
		    "the items; a text needs quotes: %.*s"),
		  closing,
		  STR_ARG(yaml_line_quoted(line, content, diags->arena)));
	return true;
}

static const struct {
	bool (*report)(const struct yaml_mistake *mistake,
		       const struct yaml_line *line, struct diag_list *diags);
} slips[] = {
	/* in this order: the first that fits speaks */
	{ tab_indent },		 { odd_space },	   { wide_colon },
	{ colon_without_space }, { backslash },	   { comment_in_bracket },
	{ quote_in_bracket },	 { open_quote },   { text_behind_quote },
	{ text_behind_bracket }, { open_bracket }, { reserved_start },
	{ colon_in_value },
};

/* --- all of them ---------------------------------------------------------- */

static bool report_slip(const struct yaml_mistake *mistake,
			const struct yaml_line *line, struct diag_list *diags)
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
	struct yaml_line line;

	if (strstr(mistake->doing, "quoted scalar") == NULL &&
	    strstr(mistake->doing, "flow") == NULL)
		return false;
	line = yaml_mistake_line(mistake, mistake->context);
	return report_slip(mistake, &line, diags);
}

/* Where the lines start that the first mistake is about. */
struct told {
	size_t line;
	size_t other;
};

static struct told report_first(const struct yaml_mistake *mistake,
				struct diag_list *diags)
{
	size_t context = yaml_mistake_line(mistake, mistake->context).start;
	size_t at = mistake->problem;
	bool first = true;

	if (at > mistake->end)
		at = mistake->end;
	if (report_context(mistake, diags))
		return (struct told){ context, context };
	for (;;) {
		struct yaml_line line = yaml_mistake_line(mistake, at);

		if (report_slip(mistake, &line, diags))
			return (struct told){ line.start, line.start };
		/* The line where it stopped may look whole; the one above
		 * it ends the search then. */
		if ((!first && line.has_value) || line.start <= mistake->start)
			break;
		first = first && yaml_line_is_blank(&line);
		at = line.start - 1;
	}
	yaml_reason_report(mistake, diags);
	return (struct told){
		yaml_mistake_line(mistake, mistake->problem).start, context
	};
}

/* A word of a key, in the first column: it is part of no other value. */
static bool is_own_line(const struct yaml_line *line)
{
	static const char *const colons[] = { ":", "：" };

	if (line->indent > 0 || line->is_item || line->key.len == 0)
		return false;
	for (size_t i = 0; i < line->key.len; i++) {
		char c = line->key.data[i];

		if ((c < 'a' || c > 'z') && c != '_')
			return false;
	}
	for (size_t i = 0; i < COUNT_OF(colons); i++)
		if (str_starts_with(line->behind_key, str_from_c(colons[i])))
			return true;
	return false;
}

/*
 * The same slips on other lines, which can be nothing else there: whoever has
 * a Chinese keyboard makes them on each line.
 */
static void report_others(const struct yaml_mistake *mistake, struct told told,
			  struct diag_list *diags)
{
	size_t count = 0;
	size_t at = mistake->start;

	while (at < mistake->end && count < OTHERS_LIMIT) {
		struct yaml_line line = yaml_mistake_line(mistake, at);

		at = line.start + line.text.len + 1;
		if (line.start != told.line && line.start != told.other &&
		    is_own_line(&line))
			count += wide_colon(mistake, &line, diags) ||
				 colon_without_space(mistake, &line, diags) ||
				 colon_in_value(mistake, &line, diags);
	}
}

void yaml_mistake_report(const struct yaml_mistake *mistake,
			 struct diag_list *diags)
{
	if (strstr(mistake->reason, "control characters") != NULL ||
	    strstr(mistake->reason, "<document start>") != NULL)
		yaml_reason_report(mistake, diags);
	else
		report_others(mistake, report_first(mistake, diags), diags);
}
