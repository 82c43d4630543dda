/* How the search compares texts; the script of pages does the same. */
#include "base/search_text.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *text;
	const char *folded;
} rows[] = {
	{ "示政办发〔2026〕6号", "示政办发2026_6号" },
	{ "示政办发［２０２６］６号", "示政办发2026_6号" },
	{ "示政办发(2026)6号", "示政办发2026_6号" },
	{ "“一件事”、《办法》", "一件事办法" },
	{ "供\u200b热", "供热" },
	{ "供 热", "供 热" },
	{ "GDP", "gdp" },
	{ "ＧＤＰ", "gdp" },
	{ "第一句。第二句", "第一句 第二句" },
	{ "上\u2028下", "上 下" },
	{ "</script>", "script" },
	{ "a-b c", "a_b c" },
	{ "①", "1" },
	{ "", "" },
	{ "。，！", "" },
};

static void texts_are_folded(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arena arena;
		struct buf out;

		arena_init(&arena);
		buf_init(&out, &arena);
		search_fold(&out, str_from_c(rows[i].text));
		buf_add_byte(&out, '\0');
		assert_string_equal(buf_str(&out).data, rows[i].folded);
		arena_release(&arena);
	}
}

/* Each term once, by number, with its best class. */
static void terms_are_settled(void **state)
{
	struct search_postings postings;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	search_postings_init(&postings, &arena);
	search_postings_add(&postings, STR("供热供热"), 7, SEARCH_IN_TEXT);
	search_postings_add(&postings, STR("供热"), 7, SEARCH_IN_TITLE);
	search_postings_settle(&postings);
	assert_int_equal(postings.count, 2); /* 供热, 热供 */
	assert_true(search_posting_term(postings.items[0]) <
		    search_posting_term(postings.items[1]));
	assert_int_equal(search_posting_class(postings.items[0]) +
				 search_posting_class(postings.items[1]),
			 SEARCH_IN_TITLE);
	assert_int_equal(search_posting_block(postings.items[0]), 7);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_folded),
		cmocka_unit_test(terms_are_settled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
