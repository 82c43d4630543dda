/* The examples of the standard (FIPS 180-4), one maker for all of them. */
#include "base/sha256.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void same(struct sha256_maker *maker, str data, const char *wanted)
{
	struct sha256 found = sha256_of(maker, data);
	char text[2 * SHA256_SIZE + 1];

	for (size_t i = 0; i < SHA256_SIZE; i++)
		snprintf(text + 2 * i, 3, "%02x", found.bytes[i]);
	assert_string_equal(text, wanted);
}

static void test_examples(void **state)
{
	struct sha256_maker *maker = sha256_open();

	(void)state;
	same(maker, STR("abc"),
	     "ba7816bf8f01cfea414140de5dae2223"
	     "b00361a396177a9cb410ff61f20015ad");
	same(maker, STR(""),
	     "e3b0c44298fc1c149afbf4c8996fb924"
	     "27ae41e4649b934ca495991b7852b855");
	same(maker,
	     STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	     "248d6a61d20638b8e5c026930c3e6039"
	     "a33ce45964ff2167f6ecedd419db06c1");
	sha256_close(maker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
