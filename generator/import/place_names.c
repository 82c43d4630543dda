#include "import/place_names.h"

#include "base/buf.h"
#include "base/unicode.h"

enum { PART_LIMIT = 80, PLACE_LIMIT = 300, PARTS_LIMIT = 12 };

str place_part(str text, struct arena *arena)
{
	struct buf out;
	bool gap = false;
	size_t at = 0;

	buf_init(&out, arena);
	text = unicode_nfc(text, arena);
	while (at < text.len) {
		uint32_t code = unicode_next(text, &at);

		if (code == 0xfffd || (!unicode_is_word(code) && code != '_')) {
			gap = true;
			continue;
		}
		if (out.len == 0 && code == '_')
			continue;
		if (out.len + 5 > PART_LIMIT)
			break;
		if (gap && out.len > 0)
			buf_add_byte(&out, '-');
		gap = false;
		if (code >= 'A' && code <= 'Z')
			code += 'a' - 'A';
		buf_add_utf8(&out, code);
	}
	/* a mark or sign of another script may be no word once it is alone */
	return unicode_nfc(buf_str(&out), arena);
}

static void add_part(struct buf *out, str part, struct arena *arena)
{
	str name = place_part(part, arena);

	if (name.len == 0)
		return;
	if (out->len > 0)
		buf_add_byte(out, '/');
	buf_add(out, name);
}

/* The last part is the caller's. */
static void add_folders(struct buf *out, str folders, struct arena *arena)
{
	size_t count = 0;
	str part;

	while (str_split_next(&folders, '/', &part)) {
		if (++count >= PARTS_LIMIT ||
		    out->len > PLACE_LIMIT - 2 * PART_LIMIT - 20)
			break;
		add_part(out, part, arena);
	}
}

str place_of_page(str path, struct arena *arena)
{
	str name = str_file_name(path);
	size_t dot = str_find_last_byte(name, '.');
	struct buf out;
	size_t before;

	buf_init(&out, arena);
	add_folders(&out, str_folder(path), arena);
	before = out.len;
	if (dot != STR_NONE && dot > 0 && name.len - dot <= 6)
		name.len = dot;
	add_part(&out, name, arena);
	if (out.len == before)
		add_part(&out, STR("page"), arena);
	/* index.md would take the files beside it for its own */
	if (!str_equal(str_file_name(buf_str(&out)), STR("index")))
		return buf_str(&out);
	if (before > 0)
		return str_between(buf_str(&out), 0, before);
	buf_add_c(&out, "-page");
	return buf_str(&out);
}

str place_of_file(str path, struct arena *arena)
{
	str name = str_file_name(path);
	size_t dot = str_find_last_byte(name, '.');
	str extension = dot == STR_NONE
				? (str){ "", 0 }
				: place_part(str_from(name, dot + 1), arena);
	struct buf out;
	size_t before;

	buf_init(&out, arena);
	add_folders(&out, str_folder(path), arena);
	before = out.len;
	add_part(&out, dot == STR_NONE ? name : str_between(name, 0, dot),
		 arena);
	if (out.len == before)
		add_part(&out, STR("file"), arena);
	if (extension.len > 0 && extension.len <= 12) {
		buf_add_byte(&out, '.');
		buf_add(&out, extension);
	}
	return buf_str(&out);
}
