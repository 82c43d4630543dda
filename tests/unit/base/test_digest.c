/* Fingerprints: order and borders count. */
#include "base/digest.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static struct digest of_two(str first, str second)
{
	struct digest digest = { 0 };

	digest_add(&digest, first);
	digest_add(&digest, second);
	return digest;
}

static void test_known_value(void **state)
{
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	/* XXH3-128 of no bytes, from the xxHash specification's test vectors */
	digest_print(&out, digest_of(STR("")));
	assert_string_equal(out.data, "99aa06d3014798d86001c324468d497f");
	arena_release(&arena);
}

static void test_equality(void **state)
{
	(void)state;
	assert_true(digest_equal(digest_of(STR("a")), digest_of(STR("a"))));
	assert_false(digest_equal(digest_of(STR("a")), digest_of(STR("b"))));
	assert_false(
		digest_equal((struct digest){ 1, 2 }, (struct digest){ 1, 3 }));
	assert_false(
		digest_equal((struct digest){ 1, 2 }, (struct digest){ 3, 2 }));
}

static void test_borders_and_order(void **state)
{
	(void)state;
	assert_false(digest_equal(of_two(STR("ab"), STR("c")),
				  of_two(STR("a"), STR("bc"))));
	assert_false(digest_equal(of_two(STR("a"), STR("b")),
				  of_two(STR("b"), STR("a"))));
	assert_false(digest_equal(of_two(STR("a"), STR("")),
				  of_two(STR(""), STR("a"))));
	assert_true(digest_equal(of_two(STR("a"), STR("b")),
				 of_two(STR("a"), STR("b"))));
}

static void test_an_empty_item_counts(void **state)
{
	struct digest none = { 0 };
	struct digest one = { 0 };

	(void)state;
	digest_add(&one, STR(""));
	assert_false(digest_equal(none, one));
}

static void test_numbers(void **state)
{
	struct digest zero = { 0 };
	struct digest one = { 0 };
	struct digest twice = { 0 };

	(void)state;
	digest_add_number(&zero, 0);
	digest_add_number(&one, 1);
	digest_add_number(&twice, 0);
	digest_add_number(&twice, 0);
	assert_false(digest_equal(zero, one));
	assert_false(digest_equal(zero, twice));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_value),
		cmocka_unit_test(test_equality),
		cmocka_unit_test(test_borders_and_order),
		cmocka_unit_test(test_an_empty_item_counts),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
