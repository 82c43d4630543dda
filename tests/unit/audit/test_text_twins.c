/* Texts that are the same, by their sketches. */
#include "audit/text_twins.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

enum { TEXTS = 2000, LEAST = 100, PERCENT = 95 };

/* `count` characters that depend on the seed, without figures. */
static str make_text(uint32_t seed, size_t count, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	for (size_t i = 0; i < count; i++) {
		seed = seed * 1664525 + 1013904223;
		buf_printf(&text, "%c%c", 'a' + (int)(seed >> 28),
			   'a' + (int)(seed >> 24 & 15));
	}
	return buf_str(&text);
}

static struct text_sketch sketch_of(str text)
{
	struct text_sketch sketch;

	assert_true(text_sketch_make(&sketch, text, LEAST));
	return sketch;
}

static uint32_t percent_of(str a, str b)
{
	struct text_sketch left = sketch_of(a);
	struct text_sketch right = sketch_of(b);

	return text_sketch_percent(&left, &right);
}

static void test_sketch(void **state)
{
	struct text_sketch sketch;
	struct arena arena;
	str text, other, parts[2];

	(void)state;
	arena_init(&arena);
	text = make_text(1, 1000, &arena);
	other = make_text(2, 1000, &arena);
	assert_int_equal(percent_of(text, text), 100);
	assert_true(percent_of(text, other) < 5);
	/* half of each is the same: a third of both together */
	parts[0] = str_between(text, 0, 1000);
	parts[1] = str_between(other, 0, 1000);
	assert_in_range(percent_of(arena_join(&arena, parts, 2), text), 18, 50);
	/* white space and signs do not count, figures do */
	parts[1] = STR("。 \n!");
	assert_int_equal(percent_of(arena_join(&arena, parts, 2), parts[0]),
			 100);
	parts[1] = STR("7");
	assert_int_equal(percent_of(arena_join(&arena, parts, 2), parts[0]), 0);
	assert_false(text_sketch_make(&sketch, STR("short"), LEAST));
	assert_false(text_sketch_make(&sketch, STR(""), 0));
	arena_release(&arena);
}

/* Every tenth text is the one before it; the rest are their own. */
static void test_twins(void **state)
{
	static struct sketched_text texts[TEXTS];
	static uint32_t ranks[TEXTS];
	const struct sketched_texts all = { texts, TEXTS };
	struct text_twins twins;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (uint32_t i = 0; i < TEXTS; i++) {
		str text = make_text(i % 10 == 9 ? i - 1 : i, 100, &arena);

		texts[i].resource = i;
		ranks[i] = TEXTS - 1 - i;
		texts[i].is_sketched = true;
		texts[i].sketch = sketch_of(text);
	}
	text_twins_find(&twins, &all, ranks, PERCENT, &arena);
	assert_int_equal(twins.count, TEXTS / 10);
	for (size_t i = 0; i < twins.count; i++) {
		assert_int_equal(twins.items[i].newer, 10 * i + 9);
		assert_int_equal(twins.items[i].older, 10 * i + 8);
		assert_int_equal(twins.items[i].percent, 100);
	}
	arena_release(&arena);
}

/* One text a thousand times: each has the oldest for its twin. */
static void test_run(void **state)
{
	static struct sketched_text texts[TEXTS];
	static uint32_t ranks[TEXTS];
	const struct sketched_texts all = { texts, TEXTS };
	struct text_twins twins;
	struct arena arena;
	struct text_sketch sketch;

	(void)state;
	arena_init(&arena);
	sketch = sketch_of(make_text(7, 100, &arena));
	for (uint32_t i = 0; i < TEXTS; i++) {
		texts[i] = (struct sketched_text){ sketch, i, i % 2 == 0 };
		ranks[i] = i;
	}
	text_twins_find(&twins, &all, ranks, PERCENT, &arena);
	assert_int_equal(twins.count, TEXTS / 2 - 1);
	for (size_t i = 0; i < twins.count; i++)
		assert_int_equal(twins.items[i].older, TEXTS - 2);
	arena_release(&arena);
}

/*
 * A library of its size: of ten texts one is the one before it, one nearly so,
 * and of a hundred one is a text that stands there again and again.
 */
static size_t compare_all(size_t count, size_t *found)
{
	struct arena arena, scratch;
	struct sketched_texts all = { .count = count };
	struct text_twins twins;
	uint32_t *ranks;

	arena_init(&arena);
	arena_init(&scratch);
	all.items = arena_array(&arena, count, sizeof(*all.items));
	ranks = arena_array(&arena, count, sizeof(*ranks));
	for (uint32_t i = 0; i < count; i++) {
		str text = make_text(i % 100 == 50 ? 0
				     : i % 10 == 9 ? i - 1
						   : i + 1,
				     100, &scratch);
		str parts[2] = { text, STR("nearly") };

		all.items[i].resource = i;
		all.items[i].is_sketched = true;
		all.items[i].sketch = sketch_of(
			i % 20 == 19 ? arena_join(&scratch, parts, 2) : text);
		ranks[i] = (uint32_t)count - 1 - i;
		arena_reset(&scratch);
	}
	text_twins_find(&twins, &all, ranks, PERCENT, &arena);
	*found = twins.count;
	count = twins.compared;
	arena_release(&scratch);
	arena_release(&arena);
	return count;
}

static void comparisons_grow_with_the_texts_alone(void **state)
{
	enum { LARGE = 100000 };
	size_t half_found, found;
	size_t half = compare_all(LARGE / 2, &half_found);
	size_t whole = compare_all(LARGE, &found);

	(void)state;
	print_message("%d texts: %zu pairs compared, %zu twins; half of them: "
		      "%zu, %zu\n",
		      (int)LARGE, whole, found, half, half_found);
	assert_true(half > 0);
	/* of two, 2.0 would be a line and 4.0 a square */
	assert_true(whole <= half * 21 / 10);
	assert_true(whole < LARGE);
	assert_in_range(found * 100, half_found * 195, half_found * 205);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sketch),
		cmocka_unit_test(test_twins),
		cmocka_unit_test(test_run),
		cmocka_unit_test(comparisons_grow_with_the_texts_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
