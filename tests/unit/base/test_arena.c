/* Memory that is given back all at once. */
#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

enum { BLOCK = 64 * 1024 };

static void assert_zeroed(const unsigned char *memory, size_t size)
{
	for (size_t i = 0; i < size; i++)
		assert_int_equal(memory[i], 0);
}

static void test_memory_is_zeroed_and_aligned(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t size = 0; size < 300; size++) {
		unsigned char *memory = arena_alloc(&arena, size);

		assert_int_equal((uintptr_t)memory % 16, 0);
		assert_zeroed(memory, size);
		memset(memory, 0xff, size);
	}
	arena_release(&arena);
}

static void test_memory_is_zeroed_after_a_reset(void **state)
{
	struct arena arena;
	unsigned char *memory;

	(void)state;
	arena_init(&arena);
	memset(arena_alloc(&arena, 1000), 0xff, 1000);
	arena_reset(&arena);
	memory = arena_alloc(&arena, 1000);
	assert_zeroed(memory, 1000);
	arena_release(&arena);
}

static void test_pieces_do_not_overlap(void **state)
{
	enum { PIECES = 5000 };
	struct arena arena;
	unsigned *pieces[PIECES];

	(void)state;
	arena_init(&arena);
	for (unsigned i = 0; i < PIECES; i++) {
		pieces[i] = arena_array(&arena, i % 97 + 1, sizeof(unsigned));
		for (unsigned j = 0; j <= i % 97; j++)
			pieces[i][j] = i;
	}
	for (unsigned i = 0; i < PIECES; i++)
		for (unsigned j = 0; j <= i % 97; j++)
			assert_int_equal(pieces[i][j], i);
	arena_release(&arena);
}

/* A large piece has a block of its own; the open one is used on. */
static void test_large_piece_leaves_the_open_block(void **state)
{
	struct arena arena;
	char *before;
	char *after;

	(void)state;
	arena_init(&arena);
	before = arena_alloc(&arena, 16);
	arena_alloc(&arena, 10 * BLOCK);
	after = arena_alloc(&arena, 16);
	assert_ptr_equal(after, before + 16);
	arena_release(&arena);
}

/* Otherwise one large page would hold its memory until the end. */
static void test_reset_gives_large_blocks_back(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	arena_alloc(&arena, 16);
	arena_alloc(&arena, 10 * BLOCK);
	arena_reset(&arena);
	assert_int_equal(arena.total, BLOCK);
	arena_reset(&arena);
	arena_alloc(&arena, 10 * BLOCK);
	arena_reset(&arena);
	assert_int_equal(arena.total, BLOCK);
	arena_release(&arena);
	assert_int_equal(arena.total, 0);
}

static void test_reset_of_large_blocks_only(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	arena_reset(&arena);
	arena_alloc(&arena, 10 * BLOCK);
	arena_reset(&arena);
	assert_true(arena.total <= BLOCK);
	assert_non_null(arena_alloc(&arena, 1));
	arena_release(&arena);
	assert_non_null(arena_alloc(&arena, 1));
	arena_release(&arena);
}

static void test_texts(void **state)
{
	struct arena arena;
	str parts[] = { STR("栏"), { NULL, 0 }, STR(""), STR("目") };
	str copy;

	(void)state;
	arena_init(&arena);
	copy = arena_copy(&arena, str_between(STR("abcdef"), 1, 3));
	assert_int_equal(copy.len, 2);
	assert_string_equal(copy.data, "bc");
	copy = arena_copy(&arena, (str){ NULL, 0 });
	assert_string_equal(copy.data, "");
	assert_string_equal(arena_c_string(&arena, STR("x")), "x");
	assert_string_equal(arena_join(&arena, parts, 4).data, "栏目");
	assert_int_equal(arena_join(&arena, parts, 0).len, 0);
	copy = arena_printf(&arena, "%.*s-%d", STR_ARG(STR("ab")), 7);
	assert_true(str_equal_c(copy, "ab-7"));
	assert_string_equal(copy.data, "ab-7");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_is_zeroed_and_aligned),
		cmocka_unit_test(test_memory_is_zeroed_after_a_reset),
		cmocka_unit_test(test_pieces_do_not_overlap),
		cmocka_unit_test(test_large_piece_leaves_the_open_block),
		cmocka_unit_test(test_reset_gives_large_blocks_back),
		cmocka_unit_test(test_reset_of_large_blocks_only),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
