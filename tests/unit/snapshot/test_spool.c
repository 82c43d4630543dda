/* Threads that put and get the same files: what is got is always whole. */
#include "snapshot/spool.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <unistd.h>

#include "support/temporary.h"
#include "system/workers.h"

enum { FILES = 50, ROUNDS = 2000, SIZE = 3000, THREADS = 4 };

struct fixture {
	struct spool *spool;
	char bytes[FILES][SIZE];
	atomic_size_t wrong;
	atomic_size_t got;
};

static void put_and_get(void *context, size_t worker, size_t item)
{
	struct fixture *fixture = context;
	size_t file = item % FILES;
	str bytes = { fixture->bytes[file], SIZE - file };
	struct arena arena;
	str found;

	(void)worker;
	arena_init(&arena);
	spool_put(fixture->spool, file, bytes);
	if (spool_get(&found, fixture->spool, file, &arena)) {
		atomic_fetch_add(&fixture->got, 1);
		if (!str_equal(found, bytes))
			atomic_fetch_add(&fixture->wrong, 1);
	}
	arena_release(&arena);
}

static void what_is_got_is_whole(void **state)
{
	static struct fixture fixture;
	struct arena arena;
	const char *folder;
	int descriptor;

	(void)state;
	arena_init(&arena);
	folder = temporary_make(&arena);
	descriptor = temporary_open(folder);
	fixture.spool = spool_open(descriptor, FILES, &arena);
	for (size_t i = 0; i < FILES; i++)
		memset(fixture.bytes[i], 'a' + (int)i % 26, SIZE);
	if (fixture.spool != NULL) {
		workers_run(THREADS, ROUNDS, put_and_get, &fixture);
		assert_int_equal(fixture.wrong, 0);
		assert_true(fixture.got >= ROUNDS - THREADS * FILES);
		spool_close(fixture.spool);
	}
	close(descriptor);
	temporary_remove(folder);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_got_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
