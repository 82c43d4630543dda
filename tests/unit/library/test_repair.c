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
	{ "2024年1月2日（星期二）", false, "2024-01-02" },
	{ "二〇二四年一月二日", false, "2024-01-02" },
	{ "二零二四年十二月三十一日", false, "2024-12-31" },
	{ "2024 年 10 月 20 日", false, "2024-10-20" },
	{ "2024—1—2", false, "2024-01-02" },
	{ "2024-1-2T16:30:00Z", false, "2024-01-03" },
	{ "2024年1月2日9时5分", true, "2024-01-02 09:05" },
	{ "2024-01-02 9：00", true, "2024-01-02 09:00" },
	{ "2026年3月2日 下午3时05分", true, "2026-03-02 15:05" },
	{ "2026年3月2日下午3点", true, "2026-03-02 15:00" },
	{ "2026年3月2日下午3点半", true, "2026-03-02 15:30" },
	{ "2026年3月2日 下午三点一刻", true, "2026-03-02 15:15" },
	{ "2026年3月2日 下午15时", true, "2026-03-02 15:00" },
	{ "2026年3月2日 晚上8:30", true, "2026-03-02 20:30" },
	{ "2026年3月2日 晚上8时整", true, "2026-03-02 20:00" },
	{ "2026年3月2日 中午12时", true, "2026-03-02 12:00" },
	{ "2026年3月2日 中午1点", true, "2026-03-02 13:00" },
	{ "2026年3月2日 上午9点15分30秒", true, "2026-03-02 09:15:30" },
	{ "2026年3月2日 凌晨2点", true, "2026-03-02 02:00" },
	{ "2026年3月2日（周一）09:00", true, "2026-03-02 09:00" },
	{ "2026/3/2 3:05 PM", true, "2026-03-02 15:05" },
	{ "2026/3/2 3:05:09 p.m.", true, "2026-03-02 15:05:09" },
	{ "2026/3/2 AM 9:05", true, "2026-03-02 09:05" },
	{ "2026-3-2 12:05 pm", true, "2026-03-02 12:05" },
	{ "2026-03-02t10:00:00z", true, "2026-03-02 18:00" },
	{ "2026-03-02T10:00:00.123Z", true, "2026-03-02 18:00" },
	{ "2026-03-02 10:00:00 -0500", true, "2026-03-02 23:00" },
	{ "2026-03-02 10:00-05:00", true, "2026-03-02 23:00" },
	{ "2026-03-02 10:00 +0800", true, "2026-03-02 10:00" },
	{ "2026-03-02 20:00 +8", true, "2026-03-02 20:00" },
	{ "2026-03-02 20:00 UTC", true, "2026-03-03 04:00" },
	{ "2026-03-02 20:00 GMT+8", true, "2026-03-02 20:00" },
	{ "2026-03-02 20:00 UTC-3:30", true, "2026-03-03 07:30" },
	{ "2026年3月2日 北京时间 20:00", true, "2026-03-02 20:00" },
	{ "2026-03-02 24:00", true, "2026-03-03 00:00" },
	{ "2026-3-2", true, "2026-03-02" },
	{ "46086", false, "2026-03-05" },
	{ "1772668800", true, "2026-03-05 08:00:00" },
	{ "Mar 5, 2026", true, "2026-03-05" },
	{ "5 March 2026 9:30 am", true, "2026-03-05 09:30" },
	{ "3/25/2026", false, "2026-03-25" },
	{ "25.3.2026", false, "2026-03-25" },
	{ "05-05-2026", false, "2026-05-05" },
	/* two meanings, or one that is not understood */
	{ "2026年3月2日 晚上12点", true, "" },
	{ "2026年3月2日 晚上1点", true, "" },
	{ "2026年3月2日 上午12点", true, "" },
	{ "2026年3月2日 中午11点", true, "" },
	{ "2026年3月2日 下午0点", true, "" },
	{ "2026-03-02 12:05 AM", true, "" },
	{ "2026-03-02 10:00 CST", true, "" },
	{ "2026-03-02 10:00 左右", true, "" },
	{ "2026-03-02 10", true, "" },
	{ "2026-03-02 25:00", true, "" },
	{ "2026-03-02 10:61", true, "" },
	{ "2026-03-02 10:00 +15:00", true, "" },
	{ "2026-03-02 10:00 +08:60", true, "" },
	{ "2026-03-02 10:00 +08:00 Z", true, "" },
	{ "2026-03-02 Z", true, "" },
	{ "2026-03-02 下午", true, "" },
	{ "2026年3月2日—5日", false, "" },
	{ "2026年3月", false, "" },
	{ "02/03/2026", false, "" },
	{ "2026-03/02", false, "" },
	{ "2024-13-01", false, "" },
	{ "12", false, "" },
	{ "99999", false, "" },
	{ "Marzo 5, 2026", true, "" },
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
					   dates[i].with_time, 8 * 60, &arena);

		if (!str_equal_c(repaired, dates[i].repaired))
			fail_msg("%s: %.*s", dates[i].text, STR_ARG(repaired));
	}
	arena_release(&arena);
}

static void test_date_faults(void **state)
{
	static const struct {
		const char *text;
		enum date_fault_kind kind;
		int number;
	} rows[] = {
		{ "2024-13-01", DATE_FAULT_MONTH, 13 },
		{ "2024-00-01", DATE_FAULT_MONTH, 0 },
		{ "2024年13月1日", DATE_FAULT_MONTH, 13 },
		{ "2024-2-30", DATE_FAULT_DAY, 30 },
		{ "2024-04-00", DATE_FAULT_DAY, 0 },
		{ "2024-01-02 25:00", DATE_FAULT_HOUR, 25 },
		{ "2024-01-02 12:61", DATE_FAULT_MINUTE, 61 },
		{ "2024-01-02 12:00:75", DATE_FAULT_SECOND, 75 },
		{ "03/05/2026", DATE_FAULT_ORDER, 0 },
		{ "2024-01-02 12:00", DATE_FAULT_NONE, 0 },
		{ "26-03-05", DATE_FAULT_NONE, 0 },
		{ "明天", DATE_FAULT_NONE, 0 },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct date_fault fault =
			repair_date_fault(str_from_c(rows[i].text), &arena);

		if (fault.kind != rows[i].kind ||
		    fault.number != rows[i].number)
			fail_msg("%s: %d %d", rows[i].text, (int)fault.kind,
				 fault.number);
	}
	assert_int_equal(repair_date_fault(STR("2024-2-30"), &arena).days, 29);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_doc_no),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_date_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
