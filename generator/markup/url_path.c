/*
 * A key is the one form that all ways of writing an address have in common:
 * decoded, without "." and "..", without a second "/", without the index.html
 * at its end. It is made by the rules that browsers and servers follow, in
 * their order; deciding otherwise here would let two pages have one address.
 */
#include "markup/url_path.h"

#include "base/unicode.h"

static int hex(char c)
{
	return byte_hex_value(byte_lower(c));
}

/* The byte that "%xx" at `at` stands for, or -1. */
static int encoded_byte(str text, size_t at)
{
	int high, low;

	if (text.data[at] != '%' || text.len - at < 3)
		return -1;
	high = hex(text.data[at + 1]);
	low = hex(text.data[at + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool may_stand_in_path(char c)
{
	return byte_is_letter(c) || byte_is_digit(c) ||
	       str_find_byte(STR("-._~!*'();/:@&=+$,"), c) != STR_NONE;
}

void url_path_encode(struct buf *out, str path)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t start = 0;

	for (size_t i = 0; i < path.len; i++) {
		unsigned char byte = (unsigned char)path.data[i];
		char encoded[3] = { '%', digits[byte >> 4], digits[byte & 15] };

		if (may_stand_in_path(path.data[i]))
			continue;
		buf_add(out, str_between(path, start, i));
		buf_add(out, (str){ encoded, sizeof(encoded) });
		start = i + 1;
	}
	buf_add(out, str_from(path, start));
}

str url_path_decode(str text, struct arena *arena)
{
	struct buf out;

	if (str_find_byte(text, '%') == STR_NONE)
		return text;
	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++) {
		int byte = encoded_byte(text, i);

		buf_add_byte(&out, (char)(byte < 0 ? text.data[i] : byte));
		i += byte < 0 ? 0 : 2;
	}
	return buf_str(&out);
}

size_t url_path_bad_percent(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '%' && encoded_byte(text, i) < 0)
			return i;
	return STR_NONE;
}

/* Without the last name, where "..": browsers do so before they ask. */
static void drop_last(struct buf *path)
{
	size_t slash = str_find_last_byte(buf_str(path), '/');

	path->len = slash == STR_NONE ? 0 : slash;
}

/* However often it stands there: the folder has the same page. */
static void drop_index(struct buf *path)
{
	str index = STR("index.html");

	while (str_equal(buf_str(path), index) ||
	       str_ends_with(buf_str(path), STR("/index.html")))
		drop_last(path);
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

str url_path_fold(str text, struct arena *arena)
{
	char *folded;
	size_t at = 0;

	while (at < text.len && !is_capital(text.data[at]))
		at++;
	if (at == text.len)
		return text;
	folded = arena_alloc(arena, text.len);
	memcpy(folded, text.data, text.len);
	for (; at < text.len; at++)
		folded[at] = byte_lower(folded[at]);
	return (str){ folded, text.len };
}

static str key_of(str rest, struct arena *arena)
{
	struct buf key;
	str name;

	buf_init(&key, arena);
	while (str_split_next(&rest, '/', &name)) {
		if (name.len == 0 || str_equal(name, STR(".")))
			continue;
		if (str_equal(name, STR(".."))) {
			drop_last(&key);
			continue;
		}
		if (key.len > 0)
			buf_add_byte(&key, '/');
		buf_add(&key, name);
	}
	drop_index(&key);
	if (unicode_invalid_at(buf_str(&key)) != STR_NONE)
		return buf_str(&key);
	return unicode_nfc(buf_str(&key), arena);
}

str url_path_key(str address, struct arena *arena)
{
	return key_of(url_path_decode(address, arena), arena);
}

str url_path_folded_key(str address, struct arena *arena)
{
	str raw = url_path_decode(address, arena);

	/* the sign of kelvin becomes a K */
	return url_path_fold(key_of(url_path_fold(raw, arena), arena), arena);
}

str url_path_host(str address)
{
	size_t at = str_find(address, STR("://"));
	str host;
	size_t end = 0;

	if (address.len < 2 || address.data[0] == '#' ||
	    (address.data[0] == '/' && address.data[1] != '/'))
		return STR("");
	if (str_starts_with(address, STR("//")))
		host = str_from(address, 2);
	else if (at != STR_NONE && at < 6)
		host = str_from(address, at + 3);
	else
		return STR("");
	while (end < host.len && host.data[end] != '/' &&
	       host.data[end] != '?' && host.data[end] != '#')
		end++;
	host.len = end;
	at = str_find_last_byte(host, '@');
	if (at != STR_NONE)
		host = str_from(host, at + 1);
	at = str_find_byte(host, ':');
	if (at != STR_NONE)
		host.len = at;
	return host;
}

bool url_path_join(str *out, str base, str relative, struct arena *arena)
{
	struct buf path;
	str part;

	buf_init(&path, arena);
	buf_add(&path, str_between(base, 0, str_find_last_byte(base, '/')));
	while (str_split_next(&relative, '/', &part)) {
		if (part.len == 0 || str_equal(part, STR(".")))
			continue;
		if (str_equal(part, STR(".."))) {
			size_t slash = str_find_last_byte(buf_str(&path), '/');

			if (slash == STR_NONE)
				return false;
			path.len = slash;
			continue;
		}
		buf_add_byte(&path, '/');
		buf_add(&path, part);
	}
	*out = unicode_nfc(buf_str(&path), arena);
	return true;
}
