/*
 * A packed resource is the resource again, whatever its members are; bytes
 * that are none are refused, or at least never left.
 */
#include "library/resource.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/pack.h"

enum { FILE_BEFORE = 7, FILE_NOW = 9, FOREIGN_FILE = 3 };

#define TEXT(name)                                                             \
	{                                                                      \
#name, offsetof(struct resource, name)                         \
	}

struct row {
	const char *name;
	size_t offset;
};

static const struct row texts[] = {
	TEXT(title),	TEXT(subtitle),	   TEXT(summary), TEXT(source_name),
	TEXT(author),	TEXT(source_url),  TEXT(image),	  TEXT(topic),
	TEXT(region),	TEXT(lang),	   TEXT(doc_no),  TEXT(validity),
	TEXT(keywords), TEXT(audience),	   TEXT(aliases), TEXT(interprets),
	TEXT(replaces), TEXT(replaced_by), TEXT(id),	  TEXT(slug),
	TEXT(sections), TEXT(related),
};

static const struct row peeked[RESOURCE_TEXT_COUNT] = {
	[RESOURCE_KEYWORDS] = TEXT(keywords),
	[RESOURCE_ALIASES] = TEXT(aliases),
	[RESOURCE_INTERPRETS] = TEXT(interprets),
	[RESOURCE_REPLACES] = TEXT(replaces),
	[RESOURCE_REPLACED_BY] = TEXT(replaced_by),
	[RESOURCE_RELATED] = TEXT(related),
	[RESOURCE_TOPIC] = TEXT(topic),
	[RESOURCE_AUDIENCE] = TEXT(audience),
};

static const struct row moments[] = {
	TEXT(date),	   TEXT(updated),     TEXT(publish_at),
	TEXT(expires_on),  TEXT(archived_on), TEXT(pin_until),
	TEXT(valid_until), TEXT(asked_at),    TEXT(answered_at),
	TEXT(keep_until),
};

static const struct row spans[] = {
	TEXT(title_span),    TEXT(date_span),	     TEXT(aliases_span),
	TEXT(slug_span),     TEXT(replaced_by_span), TEXT(interprets_span),
	TEXT(replaces_span), TEXT(related_span),
};

static const str path = STR("content/jyj/xw/a.md");

static void *at(const struct resource *resource, struct row row)
{
	return (char *)(uintptr_t)resource + row.offset;
}

/* As resource_build leaves it when nothing but the type is written. */
static struct resource plain(str file_path, str id, str slug)
{
	struct resource resource = { .file = FILE_BEFORE,
				     .type = 3,
				     .status = STATUS_PUBLISHED,
				     .path = file_path,
				     .unit = STR("jyj"),
				     .id = id,
				     .slug = slug };

	for (size_t i = 0; i < COUNT_OF(spans); i++)
		*(struct span *)at(&resource, spans[i]) =
			(struct span){ FILE_BEFORE, 0, 3 };
	return resource;
}

static struct resource ordinary(void)
{
	return plain(path, STR("jyj/xw/a"), STR("a"));
}

static str packed_list(struct arena *arena, const char *prefix)
{
	struct buf list;

	buf_init(&list, arena);
	pack_text(&list, arena_printf(arena, "%s一", prefix));
	pack_text(&list, STR(""));
	pack_text(&list, arena_printf(arena, "%s二", prefix));
	return buf_str(&list);
}

/* Every member has a value of its own. */
static struct resource full(struct arena *arena)
{
	struct resource resource = ordinary();

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		*(str *)at(&resource, texts[i]) =
			arena_printf(arena, "%s的文字", texts[i].name);
	resource.keywords = packed_list(arena, "keywords");
	resource.audience = packed_list(arena, "audience");
	resource.aliases = packed_list(arena, "aliases");
	resource.interprets = packed_list(arena, "interprets");
	resource.sections = packed_list(arena, "sections");
	for (size_t i = 0; i < COUNT_OF(moments); i++)
		*(struct moment *)at(&resource, moments[i]) =
			(struct moment){ INT64_C(-190000000) * (int64_t)i,
					 60 * (int32_t)i - 120, true,
					 i % 2 == 0 };
	for (size_t i = 0; i < COUNT_OF(spans); i++)
		*(struct span *)at(&resource, spans[i]) =
			(struct span){ i % 2 == 0 ? FILE_BEFORE : FOREIGN_FILE,
				       100 * (uint32_t)i + 4,
				       100 * (uint32_t)i + 9 };
	resource.type = RESOURCE_TYPE_LIMIT - 1;
	resource.status = STATUS_WITHDRAWN;
	resource.is_reprint = true;
	resource.is_major = true;
	resource.is_pinned = true;
	resource.weight = UINT32_MAX;
	return resource;
}

/* --- comparing --- */

static void expect_text(struct row row, const struct resource *a,
			const struct resource *b)
{
	str before = *(str *)at(a, row);
	str after = *(str *)at(b, row);

	if (!str_equal(before, after))
		fail_msg("%s: \"%.*s\" is \"%.*s\" now", row.name,
			 STR_ARG(before), STR_ARG(after));
}

/* What is had of the packed bytes alone is what the whole has. */
static void expect_peeks(const struct resource *resource, str bytes)
{
	for (size_t i = 0; i < RESOURCE_TEXT_COUNT; i++) {
		str text;

		assert_true(resource_peek(&text, bytes, (enum resource_text)i));
		if (!str_equal(text, *(str *)at(resource, peeked[i])))
			fail_msg("%s is another text", peeked[i].name);
	}
}

static void expect_moment(struct row row, const struct resource *a,
			  const struct resource *b)
{
	const struct moment *before = at(a, row);
	const struct moment *after = at(b, row);

	if (before->is_set != after->is_set ||
	    before->seconds != after->seconds ||
	    before->offset != after->offset ||
	    before->has_time != after->has_time)
		fail_msg("%s is another moment", row.name);
}

/* Spans of the own file follow it to its new number. */
static void expect_span(struct row row, const struct resource *a,
			const struct resource *b)
{
	const struct span *before = at(a, row);
	const struct span *after = at(b, row);
	uint32_t source = before->source == a->file ? b->file : before->source;

	if (after->source != source || after->start != before->start ||
	    after->end != before->end)
		fail_msg("%s is another span", row.name);
}

static void expect_same(const struct resource *a, const struct resource *b)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		expect_text(texts[i], a, b);
	for (size_t i = 0; i < COUNT_OF(moments); i++)
		expect_moment(moments[i], a, b);
	for (size_t i = 0; i < COUNT_OF(spans); i++)
		expect_span(spans[i], a, b);
	assert_true(str_equal(a->unit, b->unit));
	assert_true(str_equal(a->path, b->path));
	assert_int_equal(a->has_folder, b->has_folder);
	assert_int_equal(a->type, b->type);
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->weight, b->weight);
	assert_int_equal(a->is_reprint, b->is_reprint);
	assert_int_equal(a->is_major, b->is_major);
	assert_int_equal(a->is_pinned, b->is_pinned);
}

static str packed_of(const struct resource *resource, struct arena *arena)
{
	struct buf bytes;

	buf_init(&bytes, arena);
	resource_pack(&bytes, resource);
	return buf_str(&bytes);
}

/* Packed, and unpacked as a file of another number; its packed length. */
static size_t round_trip(const struct resource *resource)
{
	struct resource again;
	struct arena arena;
	size_t length;
	str bytes;

	arena_init(&arena);
	bytes = packed_of(resource, &arena);
	assert_true(resource_unpack(&again, bytes, resource->path, FILE_NOW));
	assert_int_equal(again.file, FILE_NOW);
	expect_same(resource, &again);
	expect_peeks(resource, bytes);
	length = bytes.len;
	arena_release(&arena);
	return length;
}

/* --- round trips --- */

static void a_plain_resource_is_the_same_again(void **state)
{
	struct resource resource = ordinary();

	(void)state;
	round_trip(&resource);
}

static void a_full_resource_is_the_same_again(void **state)
{
	struct resource resource;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	resource = full(&arena);
	round_trip(&resource);
	arena_release(&arena);
}

static void each_text_alone_is_kept(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct resource resource = ordinary();

		*(str *)at(&resource, texts[i]) = STR("文\0字\n");
		round_trip(&resource);
	}
}

/* All others are there and their bytes stand on both sides. */
static void each_text_may_be_missing(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct resource resource = full(&arena);
		str *text = at(&resource, texts[i]);

		*text = STR("");
		if (text == &resource.id)
			*text = STR("jyj/xw/a");
		if (text == &resource.slug)
			*text = STR("a");
		round_trip(&resource);
	}
	arena_release(&arena);
}

static void lists_keep_their_items(void **state)
{
	struct resource resource, again;
	struct arena arena;
	str rest, item;

	(void)state;
	arena_init(&arena);
	resource = full(&arena);
	assert_true(resource_unpack(&again, packed_of(&resource, &arena), path,
				    FILE_NOW));
	rest = again.interprets;
	assert_true(unpack_text(&item, &rest));
	assert_true(str_equal_c(item, "interprets一"));
	assert_true(unpack_text(&item, &rest));
	assert_int_equal(item.len, 0);
	assert_true(unpack_text(&item, &rest));
	assert_true(str_equal_c(item, "interprets二"));
	assert_int_equal(rest.len, 0);
	arena_release(&arena);
}

static void each_moment_alone_is_kept(void **state)
{
	static const struct moment samples[] = {
		{ 1704067200, 480, true, true },
		{ 1704067200, 480, true, false },
		{ -2208988800, -720, true, true },
		{ 0, 0, true, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(moments); i++)
		for (size_t k = 0; k < COUNT_OF(samples); k++) {
			struct resource resource = ordinary();

			*(struct moment *)at(&resource, moments[i]) =
				samples[k];
			round_trip(&resource);
		}
}

static void each_span_alone_is_kept(void **state)
{
	static const struct span samples[] = {
		{ FILE_BEFORE, 10, 20 }, { FILE_BEFORE, 0, 4 },
		{ FILE_BEFORE, 1, 3 },	 { FOREIGN_FILE, 10, 20 },
		{ FOREIGN_FILE, 0, 3 },	 { FOREIGN_FILE, 0, 0 },
		{ SOURCE_NONE, 0, 0 },	 { SOURCE_NONE, 0, 3 },
		{ 0, 0, UINT32_MAX },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(spans); i++)
		for (size_t k = 0; k < COUNT_OF(samples); k++) {
			struct resource resource = ordinary();

			*(struct span *)at(&resource, spans[i]) = samples[k];
			round_trip(&resource);
		}
}

static void each_flag_alone_is_kept(void **state)
{
	(void)state;
	for (unsigned flags = 0; flags < 8; flags++) {
		struct resource resource = ordinary();

		resource.is_reprint = (flags & 1) != 0;
		resource.is_major = (flags & 2) != 0;
		resource.is_pinned = (flags & 4) != 0;
		round_trip(&resource);
	}
}

static void type_status_and_weight_are_kept(void **state)
{
	static const uint32_t weights[] = { 0, 1, 256, UINT32_MAX };
	struct resource resource = ordinary();

	(void)state;
	for (size_t i = 0; i < RESOURCE_TYPE_LIMIT; i++) {
		resource.type = (uint32_t)i;
		round_trip(&resource);
	}
	for (size_t i = STATUS_DRAFT; i <= STATUS_ARCHIVED; i++) {
		resource.status = (enum resource_status)i;
		round_trip(&resource);
	}
	for (size_t i = 0; i < COUNT_OF(weights); i++) {
		resource.weight = weights[i];
		round_trip(&resource);
	}
}

/* What the path says takes no room. */
static void id_and_slug_may_be_the_paths_or_own(void **state)
{
	struct resource derived = ordinary();
	struct resource own_id = plain(path, STR("old/x"), STR("a"));
	struct resource own_slug = plain(path, STR("jyj/xw/a"), STR("x"));
	struct resource both = plain(path, STR("old/x"), STR("x"));
	size_t shortest = round_trip(&derived);

	(void)state;
	assert_true(round_trip(&own_id) > shortest);
	assert_true(round_trip(&own_slug) > shortest);
	assert_true(round_trip(&both) > round_trip(&own_id));
}

static void an_index_has_its_folders_id(void **state)
{
	str index = STR("content/jyj/zt/index.md");
	struct resource derived = plain(index, STR("jyj/zt"), STR("zt"));
	struct resource own = plain(index, STR("jyj/zt/index"), STR("index"));
	struct resource unit =
		plain(STR("content/jyj/index.md"), STR("jyj"), STR("jyj"));

	(void)state;
	derived.has_folder = true;
	own.has_folder = true;
	unit.has_folder = true;
	assert_true(round_trip(&own) > round_trip(&derived));
	round_trip(&unit);
}

/* The path is the caller's: a renamed file has other names of its own. */
static void derived_names_follow_the_path(void **state)
{
	struct resource resource = ordinary();
	struct resource again;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_true(resource_unpack(&again, packed_of(&resource, &arena),
				    STR("content/kjj/b/index.md"), FILE_NOW));
	assert_true(str_equal_c(again.id, "kjj/b"));
	assert_true(str_equal_c(again.slug, "b"));
	assert_true(str_equal_c(again.unit, "kjj"));
	assert_true(again.has_folder);
	arena_release(&arena);
}

static void packing_appends(void **state)
{
	struct resource resource = ordinary();
	struct resource again;
	struct arena arena;
	struct buf bytes;

	(void)state;
	arena_init(&arena);
	buf_init(&bytes, &arena);
	buf_add_c(&bytes, "head");
	resource_pack(&bytes, &resource);
	assert_true(str_starts_with(buf_str(&bytes), STR("head")));
	assert_true(resource_unpack(&again, str_from(buf_str(&bytes), 4), path,
				    FILE_NOW));
	expect_same(&resource, &again);
	arena_release(&arena);
}

/* --- bytes that are no resource --- */

/* Reads every byte of every text, so that the sanitizers see where it is. */
static void walk(const struct resource *resource, str bytes)
{
	unsigned sum = 0;

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		str text = *(str *)at(resource, texts[i]);

		assert_true(text.len <= bytes.len + path.len);
		for (size_t k = 0; k < text.len; k++)
			sum += (unsigned char)text.data[k];
	}
	assert_true(sum <= 255 * (bytes.len + 2 * path.len));
	assert_true((size_t)resource->type < RESOURCE_TYPE_LIMIT);
}

/* In memory that has exactly this size. */
static bool unpack_exactly(str bytes)
{
	char *copy = malloc(bytes.len == 0 ? 1 : bytes.len);
	struct resource resource;
	bool ok;

	assert_non_null(copy);
	if (bytes.len > 0)
		memcpy(copy, bytes.data, bytes.len);
	ok = resource_unpack(&resource, (str){ copy, bytes.len }, path,
			     FILE_NOW);
	if (ok)
		walk(&resource, bytes);
	free(copy);
	return ok;
}

static void expect_no_part(const struct resource *resource)
{
	struct arena arena;
	str bytes;

	arena_init(&arena);
	bytes = packed_of(resource, &arena);
	assert_true(unpack_exactly(bytes));
	for (size_t i = 0; i < bytes.len; i++)
		assert_false(unpack_exactly(str_between(bytes, 0, i)));
	arena_release(&arena);
}

static void what_is_cut_short_is_refused(void **state)
{
	struct resource resource = ordinary();
	struct arena arena;

	(void)state;
	arena_init(&arena);
	expect_no_part(&resource);
	resource.title = STR("题");
	expect_no_part(&resource);
	resource = full(&arena);
	expect_no_part(&resource);
	arena_release(&arena);
}

/* Every byte with every value: refused, or a view of these bytes. */
static void no_wrong_byte_leads_out_of_them(void **state)
{
	struct resource resource;
	struct arena arena;
	size_t refused = 0;
	char *copy;
	str bytes;

	(void)state;
	arena_init(&arena);
	resource = full(&arena);
	bytes = packed_of(&resource, &arena);
	copy = arena_c_string(&arena, bytes);
	for (size_t i = 0; i < bytes.len; i++) {
		for (int value = 0; value < 256; value += 5) {
			copy[i] = (char)value;
			refused += !unpack_exactly((str){ copy, bytes.len });
		}
		copy[i] = bytes.data[i];
	}
	assert_true(refused > 0);
	arena_release(&arena);
}

/* The whole head wrong, and little behind it. */
static void ones_and_zeroes_are_no_resource(void **state)
{
	char bytes[64];

	(void)state;
	memset(bytes, 0xff, sizeof(bytes));
	for (size_t i = 0; i <= sizeof(bytes); i++)
		assert_false(unpack_exactly((str){ bytes, i }));
	memset(bytes, 0, sizeof(bytes));
	assert_false(unpack_exactly((str){ bytes, 4 }));
	unpack_exactly((str){ bytes, sizeof(bytes) });
}

/* --- lasting --- */

static void own_spans_last(void **state)
{
	struct resource resource = ordinary();

	(void)state;
	assert_true(resource_is_lasting(&resource));
	resource.title_span = (struct span){ FILE_BEFORE, 10, 20 };
	assert_true(resource_is_lasting(&resource));
}

static void a_span_in_another_file_does_not_last(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		struct resource resource = ordinary();

		*(struct span *)at(&resource, spans[i]) =
			(struct span){ FOREIGN_FILE, 10, 20 };
		assert_false(resource_is_lasting(&resource));
	}
}

static void a_span_of_no_place_lasts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		struct resource resource = ordinary();

		*(struct span *)at(&resource, spans[i]) = span_none();
		assert_true(resource_is_lasting(&resource));
	}
}

static void more_bytes_than_a_resource_are_refused(void **state)
{
	struct resource resource = ordinary();
	struct arena arena;
	struct buf bytes;

	(void)state;
	arena_init(&arena);
	buf_init(&bytes, &arena);
	resource_pack(&bytes, &resource);
	buf_add_byte(&bytes, 'x');
	assert_false(unpack_exactly(buf_str(&bytes)));
	arena_release(&arena);
}

static void another_status_is_refused(void **state)
{
	struct resource resource = ordinary();
	struct arena arena;
	char *bytes;
	str packed;

	(void)state;
	arena_init(&arena);
	packed = packed_of(&resource, &arena);
	bytes = arena_c_string(&arena, packed);
	bytes[15] = 77;
	assert_false(unpack_exactly((str){ bytes, packed.len }));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_resource_is_the_same_again),
		cmocka_unit_test(a_full_resource_is_the_same_again),
		cmocka_unit_test(each_text_alone_is_kept),
		cmocka_unit_test(each_text_may_be_missing),
		cmocka_unit_test(lists_keep_their_items),
		cmocka_unit_test(each_moment_alone_is_kept),
		cmocka_unit_test(each_span_alone_is_kept),
		cmocka_unit_test(each_flag_alone_is_kept),
		cmocka_unit_test(type_status_and_weight_are_kept),
		cmocka_unit_test(id_and_slug_may_be_the_paths_or_own),
		cmocka_unit_test(an_index_has_its_folders_id),
		cmocka_unit_test(derived_names_follow_the_path),
		cmocka_unit_test(packing_appends),
		cmocka_unit_test(what_is_cut_short_is_refused),
		cmocka_unit_test(no_wrong_byte_leads_out_of_them),
		cmocka_unit_test(ones_and_zeroes_are_no_resource),
		cmocka_unit_test(own_spans_last),
		cmocka_unit_test(a_span_in_another_file_does_not_last),
		cmocka_unit_test(a_span_of_no_place_lasts),
		cmocka_unit_test(more_bytes_than_a_resource_are_refused),
		cmocka_unit_test(another_status_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
