/*
 * Ids are kept under their exact form, and under a loose one without signs and
 * case. An id that the loose form has twice is marked as ambiguous and never
 * found by it: a link to the wrong place is worse than a message.
 */
#include "markup/anchors.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "markup/heading_id.h"
#include "markup/url_path.h"

/* Some ids have the same letters and digits: then none of them is meant. */
static const str ambiguous = { "", 0 };

void anchors_init(struct anchors *anchors, str reserved_prefix,
		  struct arena *arena)
{
	*anchors = (struct anchors){ .arena = arena,
				     .raw_prefix = STR("user-"),
				     .reserved_prefix = reserved_prefix };
	map_init(&anchors->ids, arena);
	map_init(&anchors->loose, arena);
}

/* Letters and digits in lower case: what all generators keep of a heading. */
static str loose_form(str text, struct arena *arena)
{
	struct buf out;
	size_t at = 0;

	buf_init(&out, arena);
	while (at < text.len) {
		uint32_t code_point = unicode_next(text, &at);

		if (unicode_is_word(code_point))
			buf_add_utf8(&out, unicode_lower(code_point));
	}
	return buf_str(&out);
}

void anchors_add(struct anchors *anchors, str id)
{
	str loose = loose_form(id, anchors->arena);
	str *kept;

	if (!map_add(&anchors->ids, id, ""))
		return;
	digest_add(&anchors->digest, id);
	if (loose.len == 0)
		return;
	kept = arena_alloc(anchors->arena, sizeof(*kept));
	*kept = id;
	if (!map_add(&anchors->loose, loose, kept))
		map_set(&anchors->loose, loose, (void *)&ambiguous);
}

void anchors_add_name(struct anchors *anchors, str name, str id)
{
	str loose = loose_form(name, anchors->arena);
	str *kept;

	if (loose.len == 0 || map_has(&anchors->loose, loose))
		return;
	kept = arena_alloc(anchors->arena, sizeof(*kept));
	*kept = id;
	map_add(&anchors->loose, loose, kept);
	digest_add(&anchors->digest, name);
}

/* "%E7%AB%A0" as text; what is no encoded UTF-8 stays as it is. */
static str decoded(str fragment, struct arena *arena)
{
	str text = url_path_decode(fragment, arena);

	return unicode_invalid_at(text) == STR_NONE ? text : fragment;
}

/* "…-2" as "…" and "-2"; the second is empty without a number. */
static void split_number(str text, str *base, str *number)
{
	size_t at = text.len;

	while (at > 0 && text.data[at - 1] >= '0' && text.data[at - 1] <= '9')
		at--;
	*base = text;
	*number = STR("");
	if (at == text.len || at < 2 || text.data[at - 1] != '-')
		return;
	*base = str_between(text, 0, at - 1);
	*number = str_from(text, at - 1);
}

/* As a heading reads; a long one's number stands behind what is kept of it. */
static str find_heading(const struct anchors *anchors, str text,
			struct arena *arena)
{
	str prefix = anchors->reserved_prefix;
	str id = heading_id_of(text, prefix, arena);
	str parts[2];
	str base;

	if (map_has(&anchors->ids, id))
		return id;
	split_number(text, &base, &parts[1]);
	if (parts[1].len == 0)
		return STR("");
	parts[0] = heading_id_of(base, prefix, arena);
	id = arena_join(arena, parts, 2);
	return map_has(&anchors->ids, id) ? id : STR("");
}

str anchors_find(const struct anchors *anchors, str fragment,
		 struct arena *arena)
{
	str text = decoded(fragment, arena);
	str raw = arena_join(arena, (const str[]){ anchors->raw_prefix, text },
			     2);
	const str *loose;
	str found;

	if (map_has(&anchors->ids, text))
		return text;
	if (map_has(&anchors->ids, raw))
		return raw;
	found = find_heading(anchors, text, arena);
	if (found.len > 0)
		return found;
	loose = map_get(&anchors->loose, loose_form(text, arena));
	if (loose != NULL && loose->len > 0)
		return *loose;
	return str_equal_ignoring_case(text, STR("top")) ? STR("top") : STR("");
}

str anchors_nearest(const struct anchors *anchors, str fragment,
		    struct arena *arena)
{
	enum { LOOKED_AT = 200 };
	str names[LOOKED_AT];
	size_t count = anchors->ids.count;

	if (count > LOOKED_AT)
		count = LOOKED_AT;
	for (size_t i = 0; i < count; i++)
		names[i] = anchors->ids.entries[i].key;
	return str_nearest(heading_id_of(decoded(fragment, arena),
					 anchors->reserved_prefix, arena),
			   names, count);
}
