#include "theme/css_pieces.h"

/* Behind the text that a quotation mark at `at` begins. */
static size_t skip_text(str css, size_t at)
{
	char quote = css.data[at++];

	while (at < css.len && css.data[at] != quote)
		at += css.data[at] == '\\' ? 2 : 1;
	return at < css.len ? at + 1 : css.len;
}

static size_t skip_brackets(str css, size_t at)
{
	size_t depth = 0;

	while (at < css.len) {
		char byte = css.data[at];

		if (byte == '"' || byte == '\'') {
			at = skip_text(css, at);
			continue;
		}
		at += byte == '\\' ? 2 : 1;
		depth += byte == '(';
		if (byte == ')' && --depth == 0)
			return at;
	}
	return css.len;
}

bool css_is_comment(str css, size_t at)
{
	return css.data[at] == '/' && str_at(css, at + 1) == '*';
}

size_t css_skip_closed(str css, size_t at)
{
	char byte = css.data[at];
	size_t end;

	if (byte == '"' || byte == '\'')
		return skip_text(css, at);
	if (byte == '(')
		return skip_brackets(css, at);
	if (!css_is_comment(css, at))
		return at;
	end = str_find(str_from(css, at + 2), STR("*/"));
	return end == STR_NONE ? css.len : at + 2 + end + 2;
}
