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

/* The number of a document is a term where both its ends are known. */
static void a_number_is_one_term(void **state)
{
	static const struct {
		const char *text;
		size_t terms;
	} counts[] = {
		{ "发〔2026〕6", 5 },	/* 发2 20 02 26 2026 */
		{ "发〔2026〕6号", 7 }, /* 6号, and all of it */
		{ "发〔2026〕66号", 8 },
		{ "发[２０２６]６号", 7 },
		{ "〔026〕6号", 3 },
		{ "2026-06-30日", 7 }, /* no number: 20 02 26 2026 06 30 0日 */
		{ "2026-6a号", 6 },    /* 6a a号 and four of 2026 */
		{ "2026-6。号", 4 },
		{ "2026-123456789号", 19 }, /* longer than numbers are */
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		struct search_postings postings;
		struct arena arena;

		arena_init(&arena);
		search_postings_init(&postings, &arena);
		search_postings_add(&postings, str_from_c(counts[i].text), 7,
				    SEARCH_IN_TEXT);
		search_postings_settle(&postings);
		if (postings.count != counts[i].terms)
			fail_msg("%s: %zu", counts[i].text, postings.count);
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_folded),
		cmocka_unit_test(terms_are_settled),
		cmocka_unit_test(a_number_is_one_term),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
