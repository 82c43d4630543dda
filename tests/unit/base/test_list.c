/* A growing array of one type. */
#include "base/list.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

struct item {
	uint32_t number;
	char tail[9];
};

static void test_items_keep_their_order(void **state)
{
	enum { ITEMS = 10000 };
	struct arena arena;
	struct list list;

	(void)state;
	arena_init(&arena);
	list_init(&list, sizeof(struct item));
	assert_int_equal(list.count, 0);
	for (uint32_t i = 0; i < ITEMS; i++) {
		struct item *item = list_add(&list, &arena);

		assert_int_equal(item->number, 0);
		assert_int_equal(item->tail[8], 0);
		item->number = i;
		memset(item->tail, 0xff, sizeof(item->tail));
	}
	assert_int_equal(list.count, ITEMS);
	for (uint32_t i = 0; i < ITEMS; i++)
		assert_int_equal(((struct item *)list.items)[i].number, i);
	arena_release(&arena);
}

/* Whoever takes items off the end leaves what they were. */
static void test_items_are_zeroed_again(void **state)
{
	struct arena arena;
	struct list list;
	struct item *item;

	(void)state;
	arena_init(&arena);
	list_init(&list, sizeof(struct item));
	for (int i = 0; i < 3; i++)
		memset(list_add(&list, &arena), 0xff, sizeof(struct item));
	list.count = 1;
	item = list_add(&list, &arena);
	assert_int_equal(item->number, 0);
	assert_int_equal(item->tail[0], 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items_keep_their_order),
		cmocka_unit_test(test_items_are_zeroed_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
