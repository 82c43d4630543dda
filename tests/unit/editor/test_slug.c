/* Names of files from titles. */
#include "editor/slug.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *title;
	const char *slug;
} rows[] = {
	{ "关于做好2026年冬季供暖工作的通知",
	  "zuo-hao-2026-nian-dong-ji-gong-nuan-gong-zuo" },
	{ "供暖", "gong-nuan" },
	{ "“十五五”规划：公开征求意见",
	  "shi-wu-wu-gui-hua-gong-kai-zheng-qiu-yi-jian" },
	{ "Hello, World!", "hello-world" },
	{ "COVID-19", "covid-19" },
	{ "Ｗｅｂ　２．０", "web-2-0" },
	{ "Café Zürich", "cafe-zurich" },
	/* a frame around nothing is a title */
	{ "关于的通知", "guan-yu-de-tong-zhi" },
	/* at most 48 bytes, cut between syllables */
	{ "示范市人民政府办公室关于进一步加强和改进全市政务公开工作的实施意见",
	  "shi-fan-shi-ren-min-zheng-fu-ban-gong-shi-guan" },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	/* nothing to read */
	{ "《》——！", "notice" },
	{ "", "notice" },
	{ "🎉", "notice" },
};

static void test_rows(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		str slug = slug_from_title(str_from_c(rows[i].title),
					   STR("notice"), &arena);

		assert_string_equal(arena_c_string(&arena, slug), rows[i].slug);
	}
	arena_release(&arena);
}

/* Longer than any buffer; bytes that are no UTF-8. */
static void test_odd(void **state)
{
	struct arena arena;
	char *text;

	(void)state;
	arena_init(&arena);
	text = arena_alloc(&arena, 300001);
	for (size_t i = 0; i < 100000; i++)
		memcpy(text + i * 3, "供", 3);
	assert_true(
		slug_from_title((str){ text, 300000 }, STR("x"), &arena).len <=
		SLUG_WORDS_LIMIT);
	assert_true(
		slug_from_title((str){ text, 299999 }, STR("x"), &arena).len <=
		SLUG_WORDS_LIMIT);
	assert_true(str_equal(
		slug_from_title(STR("\xff\xfe"), STR("x"), &arena), STR("x")));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_odd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
