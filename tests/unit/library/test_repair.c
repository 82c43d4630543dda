/* 发文字号 and dates: what is right, and what a wrong one was meant to be. */
#include "library/repair.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const right[] = {
	"国办发〔2017〕47号",
	"示政规〔1999〕1号",
	"第5号",
	"示范市人民政府令第12号",
};

static const struct {
	const char *text;
	const char *repaired; /* empty: cannot be told */
} wrong[] = {
	{ "国办发[2020]47号", "国办发〔2020〕47号" },
	{ "国办发(2020)47号", "国办发〔2020〕47号" },
	{ "国办发（2020）47号", "国办发〔2020〕47号" },
	{ "国办发【2020】47号", "国办发〔2020〕47号" },
	{ "国办发〔20〕47号", "国办发〔2020〕47号" },
	{ "国办发〔98〕47号", "国办发〔1998〕47号" },
	{ "国办发〔2020〕第47号", "国办发〔2020〕47号" },
	{ "国办发〔2020〕047号", "国办发〔2020〕47号" },
	{ "国办发〔２０２０〕４７号", "国办发〔2020〕47号" },
	{ "国办发〔2020〕47", "国办发〔2020〕47号" },
	{ "国办发 〔2020年〕 47号", "国办发〔2020〕47号" },
	{ "国办发2020-47", "" },
	{ "〔2020〕47号", "" },
	{ "国办发〔2020〕号", "" },
	{ "国办发〔2020〕123456号", "" },
	{ "第05号", "" },
	{ "", "" },
};

static const struct {
	const char *text;
	bool with_time;
	const char *repaired;
} dates[] = {
	{ "2024年1月2日", false, "2024-01-02" },
	{ "2024/1/2", false, "2024-01-02" },
	{ "2024.01.02", false, "2024-01-02" },
	{ "20240102", false, "2024-01-02" },
	{ "２０２４－１－２", false, "2024-01-02" },
	{ "2024-01-02 09:00", false, "2024-01-02" },
	{ "2024年1月2日9时5分", true, "2024-01-02 09:05" },
	{ "2024-01-02 9：00", true, "2024-01-02 09:00" },
	{ "2024-13-01", false, "" },
	{ "2024-2-30", false, "" },
	{ "昨天", false, "" },
	{ "1月2日", false, "" },
};

static void test_doc_no(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(right); i++)
		assert_true(doc_no_is_valid(str_from_c(right[i])));
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		str text = str_from_c(wrong[i].text);
		str repaired = repair_doc_no(text, &arena);

		assert_false(doc_no_is_valid(text));
		if (!str_equal_c(repaired, wrong[i].repaired))
			fail_msg("%s: %.*s", wrong[i].text, STR_ARG(repaired));
	}
	arena_release(&arena);
}

static void test_dates(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(dates); i++) {
		str repaired = repair_date(str_from_c(dates[i].text),
					   dates[i].with_time, &arena);

		if (!str_equal_c(repaired, dates[i].repaired))
			fail_msg("%s: %.*s", dates[i].text, STR_ARG(repaired));
	}
	arena_release(&arena);
}

static void test_days_in_month(void **state)
{
	struct arena arena;
	int year = 0;
	int month = 0;

	(void)state;
	arena_init(&arena);
	assert_int_equal(
		repair_days_in_month(STR("2024-2-30"), &year, &month, &arena),
		29);
	assert_int_equal(year, 2024);
	assert_int_equal(month, 2);
	assert_int_equal(
		repair_days_in_month(STR("2024-13-01"), &year, &month, &arena),
		0);
	assert_int_equal(repair_days_in_month(STR("2024-01-02 25:00"), &year,
					      &month, &arena),
			 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_doc_no),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_days_in_month),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
