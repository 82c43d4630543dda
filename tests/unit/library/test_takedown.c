/* What texts with mistakes still say of being published. */
#include "library/takedown.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/schema_fixture.h"

struct row {
	const char *text;
	const char *status;
	const char *expires_on;
};

static const struct row rows[] = {
	{ "title: a\n", "", "" },
	{ "status: withdrawn\n", "withdrawn", "" },
	{ "status: draft\ntitle: [\n", "draft", "" },
	/* what publishes is no takedown */
	{ "status: published\n", "", "" },
	{ "status: wihtdrawn\n", "", "" },
	{ "expires_on: 2024-02-03\n", "", "2024-02-03" },
	{ "expires_on: 2024-02-33\n", "", "" },
	{ "date: 2024-13-01\nexpires_on: 2024-02-03\nstatus: withdrawn\n",
	  "withdrawn", "2024-02-03" },
	{ "", "", "" },
};

static void test_written(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct takedown takedown = takedown_written(
			str_from_c(rows[i].text), schema_fixture(&arena));

		takedown_check(&takedown, 480);
		assert_true(str_equal_c(takedown.status, rows[i].status));
		assert_true(
			str_equal_c(takedown.expires_on, rows[i].expires_on));
	}
	arena_release(&arena);
}

/* The nearest wins, each for itself. */
static void test_inherit(void **state)
{
	const struct takedown above = { .status = STR("draft"),
					.expires_on = STR("2024-01-01") };
	struct takedown takedown = { .status = STR("withdrawn") };

	(void)state;
	takedown_inherit(&takedown, &above);
	assert_true(str_equal_c(takedown.status, "withdrawn"));
	assert_true(str_equal_c(takedown.expires_on, "2024-01-01"));
}

static void test_apply(void **state)
{
	const struct takedown takedown = { .status = STR("withdrawn"),
					   .expires_on = STR("2024-01-01") };
	const struct takedown nothing = { .status = STR("") };
	struct resource resource = { .status = STATUS_PUBLISHED };

	(void)state;
	takedown_apply(&resource, &nothing, 480);
	assert_int_equal(resource.status, STATUS_PUBLISHED);
	assert_false(resource.expires_on.is_set);
	takedown_apply(&resource, &takedown, 480);
	assert_int_equal(resource.status, STATUS_WITHDRAWN);
	assert_true(resource.expires_on.is_set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_inherit),
		cmocka_unit_test(test_apply),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
