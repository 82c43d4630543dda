/*
 * libyaml reads much that nobody meant: a comment in the middle of a title, a
 * colon that is no key. What a scalar became is compared with what stands in
 * the source around it, where it still can be seen; a plain scalar without a
 * sign of the kind is passed over after one look.
 */
#include "markup/yaml_scalar.h"

#include "base/unicode.h"
#include "base/unsafe_text.h"
#include "markup/yaml_line.h"

enum { ESCAPE_LIMIT = 20 }; /* messages on one scalar */

/* --- escapes between double quotes ---------------------------------------- */

static uint32_t hex_value(str digits)
{
	uint32_t value = 0;

	for (size_t i = 0; i < digits.len; i++) {
		unsigned char c = (unsigned char)digits.data[i];

		value = value * 16 +
			(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return value;
}

/*
 * What the escape stands for whose letter is at `*at`, moving behind it. Those
 * that cannot be unsafe all count as a space. libyaml has seen that their
 * digits are there.
 */
static uint32_t escape_value(str raw, size_t *at)
{
	static const struct {
		char letter;
		uint8_t digits;
		uint16_t code_point;
	} escapes[] = {
		{ '0', 0, 0 },	    { 'a', 0, 7 },    { 'b', 0, 8 },
		{ 'v', 0, 0xb },    { 'f', 0, 0xc },  { 'r', 0, 0xd },
		{ 'e', 0, 0x1b },   { 'N', 0, 0x85 }, { 'L', 0, 0x2028 },
		{ 'P', 0, 0x2029 }, { 'x', 2, 0 },    { 'u', 4, 0 },
		{ 'U', 8, 0 },
	};
	char letter = raw.data[(*at)++];
	size_t start = *at;

	for (size_t i = 0; i < COUNT_OF(escapes); i++) {
		if (letter != escapes[i].letter)
			continue;
		*at += escapes[i].digits;
		return escapes[i].digits == 0
			       ? escapes[i].code_point
			       : hex_value(str_between(raw, start, *at));
	}
	return ' ';
}

/* The scalar at the span as it would be if its backslashes were text. */
static str with_backslashes(const struct yaml_text *text, struct span span,
			    struct arena *arena)
{
	struct yaml_line line =
		yaml_line_at(text->source, text->start, text->end, span.start);
	str content = yaml_line_content(&line);
	str written = str_between(text->source->text, span.start, span.end);

	if (content.data == written.data)
		return yaml_line_quoted(&line, yaml_meant(content), arena);
	return yaml_quoted(yaml_meant(written), arena);
}

static size_t report_escapes(const struct yaml_text *text, struct span span,
			     struct diag_list *diags)
{
	str raw = str_between(text->source->text, span.start, span.end);
	str meant = with_backslashes(text, span, diags->arena);
	size_t count = 0;
	size_t at = 0;

	while (at + 1 < raw.len && count < ESCAPE_LIMIT) {
		size_t start = at++;
		uint32_t code_point;
		struct diag *diag;

		if (raw.data[start] != '\\')
			continue;
		code_point = escape_value(raw, &at);
		if (!unicode_is_unsafe(code_point))
			continue;
		diag = unsafe_text_report(diags,
					  span_of(text->source,
						  span.start + start,
						  span.start + at),
					  code_point);
		if (meant.len > 0)
			diag_help(diags, diag,
				  _("delete it; if the backslash is text, "
				    "write: %.*s"),
				  STR_ARG(meant));
		count++;
	}
	return count;
}

bool yaml_scalar_check_text(const struct yaml_text *text, struct span span,
			    str value, struct diag_list *diags)
{
	size_t at = unicode_unsafe_at(value, 0);

	if (at == STR_NONE)
		return true;
	if (text->source->text.data[span.start] != '"' ||
	    report_escapes(text, span, diags) == 0)
		unsafe_text_report(diags, span, unicode_next(value, &at));
	return false;
}

/* --- comments behind a value ---------------------------------------------- */

/* The comment behind the scalar on its last line; empty when there is none. */
static str comment_behind(const struct yaml_text *text,
			  const struct yaml_node *scalar)
{
	str rest = str_between(text->source->text, scalar->span.end, text->end);
	size_t end = str_find_byte(rest, '\n');
	size_t at = 0;

	rest = str_between(rest, 0, end == STR_NONE ? rest.len : end);
	while (at < rest.len && (rest.data[at] == ' ' || rest.data[at] == '\t'))
		at++;
	if (at == rest.len || rest.data[at] != '#')
		return STR("");
	/* behind a quotation mark only the one without a space deceives */
	return (at > 0) == scalar->is_plain ? str_trim(str_from(rest, at))
					    : STR("");
}

/* A date, a number, a name of a type: nobody goes on with "#" there. */
static bool is_word(str value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.data[i];

		if (!(byte_is_letter(c) || byte_is_digit(c) || c == ' ' ||
		      c == '_' || c == '.' || c == ':' || c == '/' ||
		      c == '+' || c == '-'))
			return false;
	}
	return value.len > 0;
}

/* Is the scalar, with its comment, all that stands behind the key? */
static bool is_whole(const struct source *source,
		     const struct yaml_node *scalar, str comment, str content)
{
	if (scalar->text.len == 0 && scalar->is_plain)
		return content.data == comment.data;
	return content.data == source->text.data + scalar->span.start;
}

size_t yaml_scalar_check_comment(const struct yaml_text *text,
				 const struct yaml_node *scalar,
				 struct diag_list *diags)
{
	const struct source *source = text->source;
	str comment = comment_behind(text, scalar);
	struct yaml_line line;
	struct diag *diag;
	str content;
	str whole;

	if (comment.len == 0)
		return 0;
	diag = diag_warning(diags, span_of_part(source, comment),
			    "yaml-comment",
			    _("the text behind \"#\" is a comment, it does "
			      "not belong to the value"));
	line = yaml_line_at(source, text->start, text->end, scalar->span.end);
	content = yaml_line_content(&line);
	whole = yaml_line_quoted(&line, yaml_meant(content), diags->arena);
	if (is_word(scalar->text) || whole.len == 0 ||
	    !is_whole(source, scalar, comment, content))
		diag_help(diags, diag,
			  _("a comment stands on a line of its own; text that "
			    "belongs to the value needs quotes"));
	else
		diag_help(diags, diag,
			  _("a comment stands on a line of its own; if it "
			    "belongs to the value, write: %.*s"),
			  STR_ARG(whole));
	return 1;
}

/* --- keys ----------------------------------------------------------------- */

static bool check_space(const struct yaml_node *key, struct diag_list *diags)
{
	str inside = unicode_trim(key->text);
	size_t at = inside.data == key->text.data ? inside.len : 0;
	struct diag *diag;

	if (inside.len == key->text.len)
		return true;
	diag = diag_error(diags, key->span, "yaml-space",
			  _("the key has the white space U+%04X at an end, "
			    "which is no ordinary space"),
			  unicode_next(key->text, &at));
	diag_help(diags, diag,
		  _("delete the white space around \"%.*s\" and type "
		    "ordinary spaces"),
		  STR_ARG(unicode_prefix(inside, 60)));
	return false;
}

static bool is_ascii_key(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (!(byte_is_letter(c) || byte_is_digit(c) || c == '_' ||
		      c == '-'))
			return false;
	}
	return text.len > 0;
}

/* What stands behind `written`, a part of a key: the rest of its line. */
static str rest_of_line(const struct yaml_text *text, str key, size_t at)
{
	struct yaml_line line =
		yaml_line_at(text->source, text->start, text->end,
			     (size_t)(key.data - text->source->text.data));

	if (key.data == line.body.data)
		key.len = line.body.len;
	return unicode_trim(str_from(key, at));
}

/* "title:甲: 乙", "{a:甲}" */
static bool check_colon(const struct yaml_text *text, str key,
			struct diag_list *diags)
{
	size_t at = str_find_byte(key, ':');
	struct diag *diag;
	str name;

	if (at == STR_NONE || str_starts_with(str_from(key, at), STR("://")))
		return true;
	name = unicode_trim(str_between(key, 0, at));
	if (!is_ascii_key(name))
		return true;
	diag = diag_error(
		diags, span_of_part(text->source, str_between(key, at, at + 1)),
		"yaml-colon-space",
		_("a space is missing behind the colon of \"%.*s\""),
		STR_ARG(name));
	diag_help(
		diags, diag, _("write: %.*s"),
		STR_ARG(yaml_line_written(name, rest_of_line(text, key, at + 1),
					  diags->arena)));
	return false;
}

/* "title：甲: 乙", "{a：甲}" */
static bool check_wide_colon(const struct yaml_text *text, str key,
			     struct diag_list *diags)
{
	str colon = STR("：");
	size_t at = str_find(key, colon);
	struct diag *diag;
	str name;

	if (at == STR_NONE)
		return true;
	name = unicode_trim(str_between(key, 0, at));
	if (!is_ascii_key(name))
		return true;
	diag = diag_error(diags,
			  span_of_part(text->source,
				       str_between(key, at, at + colon.len)),
			  "yaml-wide-colon",
			  _("a full-width colon stands behind \"%.*s\""),
			  STR_ARG(name));
	diag_help(diags, diag, _("use the half-width colon and a space: %.*s"),
		  STR_ARG(yaml_line_written(
			  name, rest_of_line(text, key, at + colon.len),
			  diags->arena)));
	return false;
}

bool yaml_scalar_check_key(const struct yaml_text *text,
			   const struct yaml_node *key, struct diag_list *diags)
{
	str written =
		str_between(text->source->text, key->span.start, key->span.end);

	if (str_find_byte(written, '\n') != STR_NONE)
		return true; /* something else is wrong with it */
	if (key->is_plain && (!check_colon(text, written, diags) ||
			      !check_wide_colon(text, written, diags)))
		return false;
	return check_space(key, diags);
}

/* --- values on several lines ---------------------------------------------- */

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Behind the quotation mark, or the line of ">-". */
static size_t start_of_text(str raw)
{
	size_t end;

	if (raw.len > 0 && (raw.data[0] == '"' || raw.data[0] == '\''))
		return 1;
	if (raw.len == 0 || raw.data[0] != '>')
		return 0;
	end = str_find_byte(raw, '\n');
	if (end == STR_NONE)
		return raw.len;
	while (end < raw.len && is_white(raw.data[end]))
		end++;
	return end;
}

/* Passes over white space; how many line breaks were in it. */
static size_t pass_white(str raw, size_t *at)
{
	size_t breaks = 0;

	for (; *at < raw.len && is_white(raw.data[*at]); ++*at)
		breaks += raw.data[*at] == '\n';
	return breaks;
}

static uint32_t last_code_point(str text)
{
	size_t at = text.len;

	return unicode_previous(text, &at);
}

/* Is the space at `at` of the value nothing? */
static bool is_gap(str value, size_t at)
{
	size_t next = at + 1;

	return at > 0 && next < value.len &&
	       unicode_joins(last_code_point(str_between(value, 0, at)),
			     unicode_next(value, &next));
}

str yaml_scalar_join(str value, str raw, struct arena *arena)
{
	struct buf out;
	size_t from = start_of_text(raw);

	if (str_find_byte(raw, '\n') == STR_NONE ||
	    str_find_byte(value, ' ') == STR_NONE ||
	    (raw.len > 0 && raw.data[0] == '|'))
		return value;
	buf_init(&out, arena);
	for (size_t at = 0; at < value.len; at++) {
		char c = value.data[at];
		bool is_folded = false;

		if (c == ' ' || c == '\n') {
			size_t ahead = from;

			is_folded = pass_white(raw, &ahead) == 1 && c == ' ';
			if (is_folded || c == '\n')
				from = ahead;
			else
				from++;
		} else if (from < raw.len && raw.data[from] == c) {
			from++;
		} else {
			return value; /* escapes: not as written */
		}
		if (!is_folded || !is_gap(value, at))
			buf_add_byte(&out, c);
	}
	return buf_str(&out);
}
