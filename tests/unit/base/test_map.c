/* A map from text, in the order of insertion. */
#include "base/map.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static int set_up(void **state)
{
	static struct arena arena;

	arena_init(&arena);
	*state = &arena;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(*state);
	return 0;
}

static void test_empty(void **state)
{
	struct map map;

	map_init(&map, *state);
	assert_null(map_get(&map, STR("x")));
	assert_false(map_has(&map, STR("")));
}

static void test_add_and_set(void **state)
{
	struct map map;
	int a, b;

	map_init(&map, *state);
	assert_true(map_add(&map, STR("x"), &a));
	assert_false(map_add(&map, STR("x"), &b));
	assert_ptr_equal(map_get(&map, STR("x")), &a);
	map_set(&map, STR("x"), &b);
	assert_ptr_equal(map_get(&map, STR("x")), &b);
	map_set(&map, STR("y"), &a);
	assert_ptr_equal(map_get(&map, STR("y")), &a);
	assert_int_equal(map.count, 2);
}

/* "there with no value" is not "not there" */
static void test_null_value(void **state)
{
	struct map map;

	map_init(&map, *state);
	assert_true(map_add(&map, STR(""), NULL));
	assert_true(map_has(&map, STR("")));
	assert_null(map_get(&map, STR("")));
	assert_false(map_has(&map, (str){ "\0", 1 }));
}

static void test_many_in_order(void **state)
{
	enum { KEYS = 20000 };
	struct arena *arena = *state;
	struct map map;

	map_init(&map, arena);
	for (size_t i = 0; i < KEYS; i++) {
		str key = arena_printf(arena, "%zu", KEYS - i);

		assert_true(map_add(&map, key, (char *)arena + i));
		assert_false(map_add(&map, key, arena));
	}
	assert_int_equal(map.count, KEYS);
	for (size_t i = 0; i < KEYS; i++) {
		str key = arena_printf(arena, "%zu", KEYS - i);

		assert_true(str_equal(map.entries[i].key, key));
		assert_ptr_equal(map_get(&map, key), (char *)arena + i);
	}
	assert_false(map_has(&map, STR("0")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_add_and_set),
		cmocka_unit_test(test_null_value),
		cmocka_unit_test(test_many_in_order),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
