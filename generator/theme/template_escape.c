#include "theme/template_escape.h"

/* What stands for a byte; "" leaves it out, NULL keeps it. */
static const char *const html_entities[256] = {
	[0x00] = "",	  [0x01] = "",	    [0x02] = "",    [0x03] = "",
	[0x04] = "",	  [0x05] = "",	    [0x06] = "",    [0x07] = "",
	[0x08] = "",	  [0x0b] = "",	    [0x0c] = "",    [0x0e] = "",
	[0x0f] = "",	  [0x10] = "",	    [0x11] = "",    [0x12] = "",
	[0x13] = "",	  [0x14] = "",	    [0x15] = "",    [0x16] = "",
	[0x17] = "",	  [0x18] = "",	    [0x19] = "",    [0x1a] = "",
	[0x1b] = "",	  [0x1c] = "",	    [0x1d] = "",    [0x1e] = "",
	[0x1f] = "",	  ['&'] = "&amp;",  ['<'] = "&lt;", ['>'] = "&gt;",
	['"'] = "&quot;", ['\''] = "&#39;",
};

void template_escape_html(struct buf *out, str text)
{
	size_t start = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *entity = html_entities[(unsigned char)text.data[i]];

		if (entity == NULL)
			continue;
		buf_add(out, str_between(text, start, i));
		buf_add_c(out, entity);
		start = i + 1;
	}
	buf_add(out, str_from(text, start));
}

static bool is_unreserved(unsigned char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '.' ||
	       byte == '_' || byte == '~';
}

void template_escape_url(struct buf *out, str text)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t start = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.data[i];
		char encoded[3] = { '%', digits[byte >> 4], digits[byte & 15] };

		if (is_unreserved(byte))
			continue;
		buf_add(out, str_between(text, start, i));
		buf_add(out, (str){ encoded, sizeof(encoded) });
		start = i + 1;
	}
	buf_add(out, str_from(text, start));
}

static const char *json_short_form(unsigned char byte)
{
	switch (byte) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		return NULL;
	}
}

/* U+2028 and U+2029 end a line in old scripts; UTF-8 E2 80 A8 and A9. */
static bool is_line_separator(str text, size_t at)
{
	return text.len - at >= 3 && text.data[at] == '\xe2' &&
	       text.data[at + 1] == '\x80' &&
	       (text.data[at + 2] == '\xa8' || text.data[at + 2] == '\xa9');
}

void template_escape_json(struct buf *out, str text)
{
	size_t start = 0;

	buf_add_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.data[i];
		const char *form = json_short_form(byte);
		bool separator = is_line_separator(text, i);

		if (form == NULL && byte >= 0x20 && byte != '<' &&
		    byte != '>' && byte != '&' && byte != '\'' && !separator)
			continue;
		buf_add(out, str_between(text, start, i));
		if (form != NULL)
			buf_add_c(out, form);
		else if (separator)
			buf_printf(out, "\\u20%x",
				   (unsigned)(text.data[i + 2] & 0x3f));
		else
			buf_printf(out, "\\u%04x", byte);
		i += separator ? 2 : 0;
		start = i + 1;
	}
	buf_add(out, str_from(text, start));
	buf_add_byte(out, '"');
}

bool template_scheme_is_safe(str scheme)
{
	static const char *const schemes[] = { "http", "https", "mailto",
					       "tel" };

	for (size_t i = 0; i < COUNT_OF(schemes); i++)
		if (str_equal_ignoring_case(scheme, str_from_c(schemes[i])))
			return true;
	return false;
}

/*
 * Browsers drop control characters and leading spaces before they look for a
 * scheme; comparing the part before the colon as it stands refuses all such
 * spellings.
 */
bool template_url_is_safe(str url)
{
	for (size_t i = 0; i < url.len; i++) {
		char byte = url.data[i];

		if (byte == '/' || byte == '?' || byte == '#')
			return true;
		if (byte == ':')
			return template_scheme_is_safe(str_between(url, 0, i));
	}
	return true;
}
