/* The HTML of a body is our own writer's: a heading is one line. */
#include "render/heading_phrases.h"

#include "base/buf.h"
#include "theme/title_phrases.h"

static bool is_heading(str rest)
{
	return rest.len > 3 && str_starts_with(rest, STR("<h")) &&
	       rest.data[2] >= '2' && rest.data[2] <= '6';
}

/* The text of the heading at `at`, or what is empty where it has marks. */
static str text_of(str html, size_t at)
{
	str rest = str_from(html, at);
	size_t open = str_find_byte(rest, '>');
	size_t end;
	str text;

	if (open == STR_NONE)
		return STR("");
	text = str_from(rest, open + 1);
	end = str_find_byte(text, '<');
	if (end == STR_NONE ||
	    !str_starts_with(str_from(text, end), STR("</h")))
		return STR("");
	text = str_between(text, 0, end);
	/* what is escaped is not escaped again */
	return str_find_byte(text, '&') == STR_NONE ? text : STR("");
}

str heading_phrases(str html, struct arena *arena)
{
	struct buf out;
	size_t copied = 0;
	size_t at = 0;

	buf_init(&out, arena);
	while (at < html.len) {
		str text = is_heading(str_from(html, at)) ? text_of(html, at)
							  : STR("");
		size_t end = str_find_byte(str_from(html, at), '\n');

		if (text.len > 0) {
			size_t start = (size_t)(text.data - html.data);

			buf_add(&out, str_between(html, copied, start));
			title_phrases(&out, text);
			copied = start + text.len;
		}
		at = end == STR_NONE ? html.len : at + end + 1;
	}
	if (copied == 0)
		return html;
	buf_add(&out, str_from(html, copied));
	return buf_str(&out);
}
