/* Paths in addresses, and the many ways to write one address. */
#include "markup/url_path.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

struct pair {
	const char *from;
	const char *to;
};

static void expect(str found, const char *wanted)
{
	char text[200];

	assert_true(found.len < sizeof(text));
	memcpy(text, found.data == NULL ? "" : found.data, found.len);
	text[found.len] = '\0';
	assert_string_equal(text, wanted);
}

/* What a browser would take for the end of the name is encoded. */
static void test_encode(void **state)
{
	static const struct pair pairs[] = {
		{ "tzgg/202603/fj.html", "tzgg/202603/fj.html" },
		{ "c#d.pdf", "c%23d.pdf" },
		{ "100%.pdf", "100%25.pdf" },
		{ "2026%2F1.pdf", "2026%252F1.pdf" },
		{ "x?y.txt", "x%3Fy.txt" },
		{ "a\"b'c;d.pdf", "a%22b'c;d.pdf" },
		{ "a <b>.pdf", "a%20%3Cb%3E.pdf" },
		{ "a\\b[1].pdf", "a%5Cb%5B1%5D.pdf" },
		{ "\u8868.pdf", "%E8%A1%A8.pdf" },
		{ "", "" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		struct buf out;
		str path = str_from_c(pairs[i].from);

		buf_init(&out, &arena);
		url_path_encode(&out, path);
		expect(buf_str(&out), pairs[i].to);
		assert_true(str_equal(url_path_decode(buf_str(&out), &arena),
				      path));
	}
	arena_release(&arena);
}

static void test_decode(void **state)
{
	static const struct pair pairs[] = {
		{ "%e8%a1%A8", "\u8868" }, { "%2525", "%25" },
		{ "100%", "100%" },	   { "%4", "%4" },
		{ "%zz", "%zz" },	   { "%%41", "%A" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		expect(url_path_decode(str_from_c(pairs[i].from), &arena),
		       pairs[i].to);
	assert_int_equal(url_path_bad_percent(STR("/a%41")), STR_NONE);
	assert_int_equal(url_path_bad_percent(STR("/a%4")), 2);
	assert_int_equal(url_path_bad_percent(STR("%41%g1")), 3);
	arena_release(&arena);
}

/* All forms of one address have one key. */
static void test_key(void **state)
{
	static const struct pair pairs[] = {
		{ "/", "" },
		{ "", "" },
		{ "/index.html", "" },
		{ "//", "" },
		{ "/./", "" },
		{ "/%2e/", "" },
		{ "/tzgg", "tzgg" },
		{ "/tzgg/", "tzgg" },
		{ "/tzgg/index.html", "tzgg" },
		{ "/%74zgg/%69ndex.html", "tzgg" },
		{ "//tzgg//.//", "tzgg" },
		{ "/a/../tzgg/", "tzgg" },
		{ "/../tzgg/", "tzgg" },
		{ "/index.html/a", "index.html/a" },
		{ "/index.html//", "" },
		{ "/tzgg/index.html/.", "tzgg" },
		{ "/tzgg/index.html/index.html", "tzgg" },
		{ "/e\u0301.html", "\u00e9.html" },
		{ "/%B9%AB.html", "\xb9\xab.html" },
		{ "/A.html", "A.html" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		expect(url_path_key(str_from_c(pairs[i].from), &arena),
		       pairs[i].to);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_encode),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
