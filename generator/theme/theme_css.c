/*
 * What a style sheet of a theme refers to.
 *
 * Sites are served with a policy that forbids what comes from another host, so
 * a style sheet that imports another one or asks for a picture of another host
 * would look broken there, and tell that host of every reader besides. This is
 * no parser of CSS: it knows comments, texts and names, which is enough to find
 * @import and url() where they count. Names are read as browsers read them, so
 * "\75rl(" is url( too.
 */
#include "theme/theme_layer.h"

enum { CSS_NAME_LIMIT = 16 }; /* bytes kept of a name */

struct css {
	const struct source *source;
	size_t at;
	char opener; /* the last byte that is no part of a word */
	struct diag_list *diags;
};

static char byte_at(const struct css *css, size_t at)
{
	return str_at(css->source->text, at);
}

static bool is_end(const struct css *css)
{
	return css->at >= css->source->text.len;
}

static bool is_css_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' ||
	       byte == '\f';
}

static int hex_digit(char byte)
{
	return byte_hex_value(byte_lower(byte));
}

static bool is_name_byte(char byte)
{
	return byte_is_letter(byte) || byte_is_digit(byte) || byte == '-' ||
	       byte == '_' || byte == '\\' || (unsigned char)byte >= 0x80;
}

/* `\75 ` is u: up to six digits and one white space behind them. */
static char read_escape(struct css *css)
{
	enum { DIGITS = 6, LAST_ASCII = 0x7f };
	uint32_t code = 0;
	size_t count = 0;

	css->at++;
	if (hex_digit(byte_at(css, css->at)) < 0)
		return byte_at(css, css->at++);
	while (count < DIGITS && hex_digit(byte_at(css, css->at)) >= 0) {
		code = code * 16 + (uint32_t)hex_digit(byte_at(css, css->at));
		css->at++;
		count++;
	}
	if (is_css_space(byte_at(css, css->at)))
		css->at++;
	return (char)(code <= LAST_ASCII ? code : '?');
}

/* Reads a name in small letters; what is longer than `name` is cut. */
static str read_name(struct css *css, char name[CSS_NAME_LIMIT])
{
	size_t len = 0;

	while (!is_end(css) && is_name_byte(byte_at(css, css->at))) {
		char byte = byte_at(css, css->at);

		if (byte == '\\')
			byte = read_escape(css);
		else
			css->at++;
		if (len < CSS_NAME_LIMIT)
			name[len++] = byte_lower(byte);
	}
	return (str){ name, len };
}

static void skip_comment(struct css *css)
{
	str rest = str_from(css->source->text, css->at);
	size_t end = str_find(str_from(rest, 2), STR("*/"));

	css->at = end == STR_NONE ? css->source->text.len : css->at + end + 4;
}

static void skip_text(struct css *css, char quote)
{
	for (css->at++; !is_end(css); css->at++) {
		char byte = byte_at(css, css->at);

		if (byte == '\\')
			css->at++;
		else if (byte == quote || byte == '\n')
			break;
	}
	css->at++;
}

static void skip_space(struct css *css)
{
	while (is_css_space(byte_at(css, css->at)))
		css->at++;
}

/* "https:", "//", also behind escapes; a picture in the address is none. */
static bool leads_outside(struct css *css)
{
	char name[CSS_NAME_LIMIT];
	size_t start = css->at;
	bool is_outside;

	if (byte_at(css, css->at) == '/')
		is_outside = byte_at(css, css->at + 1) == '/';
	else
		is_outside =
			str_starts_with(read_name(css, name), STR("http")) &&
			byte_at(css, css->at) == ':';
	css->at = start;
	return is_outside;
}

static void report(struct css *css, size_t start, const char *message)
{
	diag_help(css->diags,
		  diag_error(css->diags, span_of(css->source, start, css->at),
			     "theme-outside", "%s", message),
		  _("put the file below assets/ and refer to it by a relative "
		    "address such as url(fonts/song.woff2)"));
}

/* What stands behind `url(`, or in a text behind `url(` or `image-set(`. */
static void check_address(struct css *css, size_t start)
{
	size_t end = css->at;

	if (!leads_outside(css))
		return;
	css->at = str_find_byte(str_from(css->source->text, end), ')');
	css->at = css->at == STR_NONE ? css->source->text.len : css->at + end;
	report(css, start, _("a style sheet loads nothing from another host"));
	css->at = end;
}

static void read_text(struct css *css, char quote)
{
	size_t start = css->at;

	if (css->opener == '(') {
		css->at++;
		check_address(css, start);
		css->at = start;
	}
	skip_text(css, quote);
}

static void read_opener(struct css *css, char byte)
{
	size_t start = css->at++;

	css->opener = byte;
	if (byte != '(')
		return;
	skip_space(css);
	check_address(css, start);
}

static void read_rule(struct css *css)
{
	char name[CSS_NAME_LIMIT];
	size_t start = css->at++;

	if (str_equal_c(read_name(css, name), "import"))
		report(css, start,
		       _("a style sheet does not import another one"));
}

static void read_token(struct css *css, char byte)
{
	char name[CSS_NAME_LIMIT];

	if (byte == '/' && byte_at(css, css->at + 1) == '*')
		skip_comment(css);
	else if (byte == '"' || byte == '\'')
		read_text(css, byte);
	else if (byte == '@')
		read_rule(css);
	else if (is_name_byte(byte))
		(void)read_name(css, name);
	else
		read_opener(css, byte);
}

void theme_check_css(const struct source *source, struct diag_list *diags)
{
	struct css css = { .source = source, .diags = diags };

	while (!is_end(&css))
		read_token(&css, byte_at(&css, css.at));
}
