/* The difference of two blocks against both of them taken apart whole. */
#include "render/search_difference.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/search_block.h"

enum { ROUNDS = 300, LINES = 6, BLOCK = 77 };

static uint32_t next(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static void add_words(struct buf *out, uint32_t *state)
{
	static const char *const words[] = { "教育", "育人", "人民",
					     "民生", "招生", "〔2026〕6号",
					     "gdp12" };

	for (size_t i = 0; i < 1 + next(state) % 3; i++)
		buf_add_c(out, words[next(state) % COUNT_OF(words)]);
}

/* Address, title, four fields of which one is the class, and the text. */
static void add_line(struct buf *out, uint32_t *state, uint32_t address)
{
	buf_printf(out, "/%u.html\t", address);
	add_words(out, state);
	buf_printf(out, "\t\t\t%s\t\t\t\t\t\t\t\t", next(state) % 2 ? "1" : "");
	add_words(out, state);
	buf_add_byte(out, '\n');
}

static void settle(struct search_postings *out, str block, struct arena *arena)
{
	search_postings_init(out, arena);
	search_block_postings(out, block, BLOCK);
	search_postings_settle(out);
}

/* What the changes make of the postings of before must be those of now. */
static void check(str before, str now)
{
	struct search_postings was, is, made;
	struct arena arena;
	struct list changes;

	arena_init(&arena);
	list_init(&changes, sizeof(struct search_change));
	search_difference(&changes, before, now, BLOCK, &arena, &arena);
	settle(&was, before, &arena);
	settle(&is, now, &arena);
	search_postings_init(&made, &arena);
	search_shard_change(&made, &was, changes.items, changes.count);
	assert_int_equal(made.count, is.count);
	for (size_t i = 0; i < is.count; i++)
		assert_int_equal(made.items[i], is.items[i]);
	/* and nothing is said of what is the same */
	search_difference(&changes, now, now, BLOCK, &arena, &arena);
	for (size_t i = 0; i < changes.count; i++) {
		const struct search_change *change =
			(const struct search_change *)changes.items + i;
		bool was_in = false;

		for (size_t k = 0; k < was.count; k++)
			was_in |= was.items[k] == change->posting;
		assert_true(was_in != change->is_in);
	}
	arena_release(&arena);
}

static void test_random_blocks(void **state)
{
	uint32_t seed = 7;

	(void)state;
	for (size_t round = 0; round < ROUNDS; round++) {
		struct arena arena;
		struct buf before, now, line;

		arena_init(&arena);
		buf_init(&before, &arena);
		buf_init(&now, &arena);
		for (uint32_t i = 0; i < LINES; i++) {
			uint32_t fate = next(&seed) % 4;

			buf_init(&line, &arena);
			add_line(&line, &seed, i);
			if (fate != 0)
				buf_add(&before, buf_str(&line));
			if (fate == 1)
				add_line(&now, &seed, i);
			else if (fate != 2)
				buf_add(&now, buf_str(&line));
		}
		check(buf_str(&before), buf_str(&now));
		check(buf_str(&before), STR(""));
		check(STR(""), buf_str(&now));
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
