#include "markup/html.h"

static const char *entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void html_escape(struct buf *out, str text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *entity = entity_of(text.data[i]);

		if (entity == NULL)
			continue;
		buf_add(out, str_between(text, from, i));
		buf_add_c(out, entity);
		from = i + 1;
	}
	buf_add(out, str_from(text, from));
}

static bool may_stand_in_url(char c)
{
	return byte_is_letter(c) || byte_is_digit(c) ||
	       str_find_byte(STR("-._~!*'();/?:@&=+$,#%"), c) != STR_NONE;
}

/* The end of [::1] when `at` is the bracket behind "//"; otherwise `at`. */
static size_t host_brackets_end(str url, size_t at)
{
	size_t end;

	if (url.data[at] != '[' || at < 2 || url.data[at - 1] != '/' ||
	    url.data[at - 2] != '/')
		return at;
	for (end = at + 1; end < url.len; end++)
		if (url.data[end] != ':' && url.data[end] != '.' &&
		    !byte_is_digit(url.data[end]) &&
		    !byte_is_letter(url.data[end]))
			break;
	return end < url.len && url.data[end] == ']' ? end + 1 : at;
}

void html_escape_url(struct buf *out, str url)
{
	static const char hex[] = "0123456789ABCDEF";

	size_t start = 0;

	for (size_t i = 0; i < url.len; i++) {
		unsigned char byte = (unsigned char)url.data[i];
		size_t end = host_brackets_end(url, i);

		if (end > i) {
			i = end - 1;
		} else if (!may_stand_in_url(url.data[i])) {
			char encoded[3] = { '%', hex[byte >> 4],
					    hex[byte & 15] };

			buf_add(out, str_between(url, start, i));
			buf_add(out, (str){ encoded, sizeof(encoded) });
			start = i + 1;
		}
	}
	buf_add(out, str_from(url, start));
}

static bool is_slash(str text, size_t at)
{
	return at < text.len && (text.data[at] == '/' || text.data[at] == '\\');
}

/* Without control characters and white space, in lower case. */
static str bare(str address, struct arena *arena)
{
	char *data = arena_alloc(arena, address.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < address.len; i++) {
		char c = address.data[i];

		if ((unsigned char)c <= ' ' || c == 0x7f)
			continue;
		data[len++] = byte_lower(c);
	}
	return (str){ data, len };
}

str html_url_scheme(str address, struct arena *arena)
{
	str text = bare(address, arena);
	size_t end = 0;

	if (is_slash(text, 0) && is_slash(text, 1))
		return STR("https");
	while (end < text.len &&
	       (byte_is_letter(text.data[end]) ||
		(end > 0 &&
		 (byte_is_digit(text.data[end]) ||
		  str_find_byte(STR("+-."), text.data[end]) != STR_NONE))))
		end++;
	if (end == 0 || end == text.len || text.data[end] != ':')
		return STR("");
	return str_between(text, 0, end);
}
