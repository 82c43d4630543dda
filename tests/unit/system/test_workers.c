/* Every item once, whatever the number of threads. */
#include "system/workers.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <string.h>

enum { ITEMS = 20000 };

struct count {
	atomic_uint done[ITEMS];
	atomic_size_t highest_worker;
};

static void take(void *context, size_t worker, size_t item)
{
	struct count *count = context;
	size_t highest = atomic_load(&count->highest_worker);

	atomic_fetch_add(&count->done[item], 1);
	while (worker > highest &&
	       !atomic_compare_exchange_weak(&count->highest_worker, &highest,
					     worker))
		continue;
}

static void check(size_t threads, size_t items, size_t worker_limit)
{
	static struct count count;

	memset(&count, 0, sizeof(count));
	workers_run(threads, items, take, &count);
	for (size_t i = 0; i < ITEMS; i++)
		assert_int_equal(count.done[i], i < items);
	assert_true(count.highest_worker < worker_limit);
}

static void test_every_item_once(void **state)
{
	(void)state;
	check(1, ITEMS, 1);
	check(2, ITEMS, 2);
	check(8, ITEMS, 8);
	check(8, 3, 8);
	check(8, 0, 8);
}

/* None is one; more than 64 are 64. */
static void test_numbers_of_threads(void **state)
{
	(void)state;
	check(0, 100, 1);
	check(1000, ITEMS, 64);
}

static void take_alone(void *context, size_t worker, size_t item)
{
	size_t *expected = context;

	assert_int_equal(worker, 0);
	assert_int_equal(item, *expected);
	++*expected;
}

/* One thread is the caller's own and goes in order. */
static void test_one_thread_in_order(void **state)
{
	size_t next = 0;

	(void)state;
	workers_run(1, 50, take_alone, &next);
	assert_int_equal(next, 50);
	assert_true(workers_available() >= 1);
}

/* Each thread is sure of the memory that the dearest page takes. */
static void test_affordable(void **state)
{
	const uint64_t mib = 1 << 20;

	(void)state;
	assert_int_equal(workers_affordable(8, 0), 1);
	assert_int_equal(workers_affordable(8, 159 * mib), 1);
	assert_int_equal(workers_affordable(8, 320 * mib), 2);
	assert_int_equal(workers_affordable(8, 1024 * mib), 6);
	assert_int_equal(workers_affordable(8, UINT64_MAX), 8);
	assert_int_equal(workers_affordable(1, UINT64_MAX), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_item_once),
		cmocka_unit_test(test_numbers_of_threads),
		cmocka_unit_test(test_one_thread_in_order),
		cmocka_unit_test(test_affordable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
