/*
 * A proposal is only given when YAML reads it back as what was meant: each
 * form is tried, from leaving the text as it is to the quotes that need the
 * fewest changes inside, and the first that is read right is the answer.
 */
#include "markup/yaml_line.h"

#include <string.h>

#include "base/buf.h"
#include "base/unicode.h"

enum { MEANT_LIMIT = 400 }; /* characters that a help repeats */

/* --- taking apart --------------------------------------------------------- */

static bool is_key_byte(char c)
{
	return byte_is_letter(c) || byte_is_digit(c) || c == '_' || c == '-';
}

static struct yaml_line take_apart(const struct source *source, size_t start,
				   size_t end)
{
	struct yaml_line line = { .start = start };
	size_t len = 0;

	line.text = str_between(source->text, start, end);
	while (line.indent < line.text.len &&
	       (line.text.data[line.indent] == ' ' ||
		line.text.data[line.indent] == '\t'))
		line.indent++;
	line.body = str_from(line.text, line.indent);
	while (str_starts_with(line.body, STR("- "))) {
		line.body = str_from(line.body, 2);
		line.is_item = true;
	}
	while (len < line.body.len && is_key_byte(line.body.data[len]))
		len++;
	line.key = str_between(line.body, 0, len);
	line.behind_key = str_from(line.body, len);
	while (len > 0 && line.behind_key.len > 0 &&
	       line.behind_key.data[0] == ' ')
		line.behind_key = str_from(line.behind_key, 1);
	line.has_value =
		len > 0 && line.behind_key.len > 0 &&
		line.behind_key.data[0] == ':' &&
		(line.behind_key.len == 1 || line.behind_key.data[1] == ' ' ||
		 line.behind_key.data[1] == '\t');
	line.value = line.has_value ? str_trim(str_from(line.behind_key, 1))
				    : str_from(line.body, line.body.len);
	return line;
}

struct yaml_line yaml_line_at(const struct source *source, size_t start,
			      size_t end, size_t at)
{
	const char *data = source->text.data;
	size_t first = at;
	size_t behind = at;

	while (first > start && data[first - 1] != '\n')
		first--;
	while (behind < end && data[behind] != '\n')
		behind++;
	return take_apart(source, first, behind);
}

bool yaml_line_is_blank(const struct yaml_line *line)
{
	return line->body.len == 0 || line->body.data[0] == '#';
}

str yaml_line_content(const struct yaml_line *line)
{
	return line->has_value ? line->value : str_trim(line->body);
}

size_t yaml_closing_quote(str text)
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

bool yaml_starts_with_quote(str text)
{
	return text.len > 0 && (text.data[0] == '"' || text.data[0] == '\'');
}

bool yaml_is_block_head(str text)
{
	size_t at = 1;

	if (text.len == 0 || (text.data[0] != '|' && text.data[0] != '>'))
		return false;
	while (at < text.len && text.data[at] != '\0' &&
	       strchr("+-123456789", text.data[at]) != NULL)
		at++;
	return at == text.len || str_starts_with(str_from(text, at), STR(" #"));
}

/* --- what was meant ------------------------------------------------------- */

/*
 * "关于"开学" and ''放管服'改革' stand in quotation marks; "放管服"改革 and
 * '甲'和'乙' have some of their own.
 */
str yaml_meant(str content)
{
	char quote;
	size_t count;
	bool is_closed;
	str inside;

	content = unicode_trim(content);
	if (!yaml_starts_with_quote(content))
		return content;
	quote = content.data[0];
	count = str_count_byte(content, quote);
	is_closed = content.len > 1 && content.data[content.len - 1] == quote;
	if (is_closed ? count > 2 && count % 2 == 0 && content.data[1] != quote
		      : count > 1)
		return content;
	inside = unicode_trim(
		str_between(content, 1, content.len - (is_closed ? 1 : 0)));
	return inside.len > 0 ? inside : content;
}

str yaml_quoted(str text, struct arena *arena)
{
	struct buf out;

	if (str_count_byte(text, '\'') > 0 && str_count_byte(text, '"') == 0 &&
	    str_count_byte(text, '\\') == 0)
		return arena_printf(arena, "\"%.*s\"", STR_ARG(text));
	buf_init(&out, arena);
	buf_add_byte(&out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '\'')
			buf_add_byte(&out, '\'');
		buf_add_byte(&out, text.data[i]);
	}
	buf_add_byte(&out, '\'');
	return buf_str(&out);
}

str yaml_line_quoted(const struct yaml_line *line, str value,
		     struct arena *arena)
{
	str quoted;

	value = unicode_trim(value);
	quoted = yaml_quoted(value, arena);
	if (unicode_count(value) > MEANT_LIMIT || value.len == 0)
		return (str){ "", 0 };
	if (line->has_value)
		return arena_printf(arena, "%.*s: %.*s", STR_ARG(line->key),
				    STR_ARG(quoted));
	return line->is_item ? arena_printf(arena, "- %.*s", STR_ARG(quoted))
			     : quoted;
}

static bool has_none(str text, const char *wanted)
{
	return str_find(text, str_from_c(wanted)) == STR_NONE;
}

/* "甲" or '甲', with nothing in it that needs a second look. */
static bool is_complete_quoted(str value)
{
	str inside = str_between(value, 1, value.len - 1);

	return value.len > 2 && yaml_closing_quote(value) == value.len - 1 &&
	       unicode_trim(inside).len == inside.len &&
	       (value.data[0] == '\'' || has_none(value, "\\"));
}

/* [甲, 乙] of plain items */
static bool is_complete_list(str value)
{
	return value.data[value.len - 1] == ']' &&
	       str_count_byte(value, '[') == 1 &&
	       str_count_byte(value, ']') == 1 && has_none(value, ": ") &&
	       has_none(value, " #") && has_none(value, "\"") &&
	       has_none(value, "'");
}

/* Whether YAML reads it as it stands. */
static bool is_complete(str value)
{
	if (yaml_starts_with_quote(value))
		return is_complete_quoted(value);
	if (yaml_is_block_head(value))
		return true;
	if (value.data[0] == '[')
		return is_complete_list(value);
	return strchr("{}],#&*!|>%@`-?:", value.data[0]) == NULL &&
	       value.data[value.len - 1] != ':' && has_none(value, ": ") &&
	       has_none(value, " #") && !str_equal(value, STR("~"));
}

str yaml_written(str value, struct arena *arena)
{
	value = unicode_trim(value);
	if (value.len == 0 || unicode_count(value) > MEANT_LIMIT)
		return STR("…");
	return is_complete(value) ? value
				  : yaml_quoted(yaml_meant(value), arena);
}

str yaml_line_written(str key, str value, struct arena *arena)
{
	str written = yaml_written(value, arena);

	return arena_printf(arena, "%.*s: %.*s", STR_ARG(key),
			    STR_ARG(written));
}

void yaml_line_help(const struct yaml_line *line, str value, const char *form,
		    struct diag *diag, struct diag_list *diags)
{
	str whole = yaml_line_quoted(line, value, diags->arena);

	if (whole.len == 0)
		diag_help(diags, diag,
			  _("put the whole value between two ' marks, and "
			    "write each ' inside it twice"));
	else
		diag_help(diags, diag, "%s: %.*s", form, STR_ARG(whole));
}

bool yaml_opens_flow(str text)
{
	return text.len > 0 && strchr("[{", text.data[0]) != NULL;
}
