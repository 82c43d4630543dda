#include "markup/heading_id.h"

#include "base/unicode.h"

/* Longer ids help nobody who reads an address. */
enum { ID_CHARACTERS = 64 };

void heading_ids_init(struct heading_ids *ids, str reserved_prefix,
		      struct arena *arena)
{
	*ids = (struct heading_ids){ .arena = arena,
				     .reserved_prefix = reserved_prefix };
	map_init(&ids->taken, arena);
}

static size_t *new_counter(struct heading_ids *ids)
{
	size_t *counter = arena_alloc(ids->arena, sizeof(*counter));

	*counter = 2;
	return counter;
}

void heading_ids_reserve(struct heading_ids *ids, str id)
{
	map_add(&ids->taken, id, new_counter(ids));
}

/* Prefixes that the writer of the page uses for its own ids. */
static bool is_reserved(str base, str reserved_prefix)
{
	static const str prefixes[] = { STR("fn-"), STR("fnref-"),
					STR("user-") };

	for (size_t i = 0; i < COUNT_OF(prefixes); i++)
		if (str_starts_with(base, prefixes[i]))
			return true;
	return reserved_prefix.len > 0 &&
	       str_starts_with(base, reserved_prefix);
}

str heading_id_of(str text, str reserved_prefix, struct arena *arena)
{
	struct buf out;
	size_t count = 0;
	size_t at = 0;
	bool gap = false;

	buf_init(&out, arena);
	while (at < text.len && count < ID_CHARACTERS) {
		uint32_t code_point = unicode_next(text, &at);

		if (!unicode_is_word(code_point) && code_point != '_') {
			gap = out.len > 0;
			continue;
		}
		if (gap)
			buf_add_byte(&out, '-');
		gap = false;
		buf_add_utf8(&out, unicode_lower(code_point));
		count++;
	}
	if (out.len == 0)
		return STR("section");
	if (is_reserved(buf_str(&out), reserved_prefix))
		return arena_printf(arena, "section-%.*s",
				    STR_ARG(buf_str(&out)));
	return buf_str(&out);
}

/*
 * Each base remembers the number to try next, so a number is tried once per
 * base: a collision with an id that was written with its number ("a-2")
 * costs one step, once.
 */
str heading_ids_make(struct heading_ids *ids, str text)
{
	str base = heading_id_of(text, ids->reserved_prefix, ids->arena);
	size_t *next = map_get(&ids->taken, base);
	str id = base;

	while (next != NULL && map_has(&ids->taken, id))
		id = arena_printf(ids->arena, "%.*s-%zu", STR_ARG(base),
				  (*next)++);
	map_add(&ids->taken, id, new_counter(ids));
	return id;
}
