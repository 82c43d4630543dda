/* Pictures of a table: every number of it is where it belongs, and no other. */
#include "report/sheet.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

enum { RIGHT = 600, LINES_BOTTOM = 190 };

static const struct sheet_column columns[] = {
	{ .key = "name", .label = "名称" },
	{ .key = "new", .label = "新增", .is_number = true },
	{ .key = "old", .label = "原有", .is_number = true },
};

static const struct sheet_chart bars = {
	.kind = CHART_BARS, .label = 0, .series = { 1, 2 }, .count = 2
};
static const struct sheet_chart lines = {
	.kind = CHART_LINES, .label = 0, .series = { 1, 2 }, .count = 2
};

struct page {
	struct arena arena;
	struct sheet sheet;
	struct sheet_table *table;
	struct value chart;
};

static void open_page(struct page *page, const struct sheet_chart *chart)
{
	arena_init(&page->arena);
	sheet_init(&page->sheet, "test", STR("表"), &page->arena);
	page->table = sheet_add_table(&page->sheet, "rows", "图题", columns,
				      COUNT_OF(columns));
	page->table->chart = chart;
}

static void add_row(struct page *page, const char *name, const char *first,
		    const char *second)
{
	sheet_add_cell(&page->sheet, page->table, str_from_c(name));
	sheet_add_cell(&page->sheet, page->table, str_from_c(first));
	sheet_add_cell(&page->sheet, page->table, str_from_c(second));
}

static void draw(struct page *page)
{
	page->chart = sheet_chart_value(page->table, &page->arena);
	assert_int_equal(page->chart.kind, VALUE_OBJECT);
}

static struct value field(struct value object, const char *name)
{
	return object_member(object.as.object, name);
}

static size_t count_kind(const struct page *page, const char *list,
			 const char *kind)
{
	struct value items = field(page->chart, list);
	size_t count = 0;

	for (size_t i = 0; i < items.as.list.count; i++)
		count += str_equal_c(
			field(items.as.list.items[i], "kind").as.text, kind);
	return count;
}

/* The part or text of the kind, from 0. */
static struct value item(const struct page *page, const char *list,
			 const char *kind, size_t number)
{
	struct value items = field(page->chart, list);

	for (size_t i = 0; i < items.as.list.count; i++)
		if (str_equal_c(field(items.as.list.items[i], "kind").as.text,
				kind) &&
		    number-- == 0)
			return items.as.list.items[i];
	fail_msg("no %s of %s", kind, list);
	return items;
}

static void assert_text(const struct page *page, const char *kind,
			size_t number, const char *text)
{
	str found = field(item(page, "texts", kind, number), "text").as.text;

	if (!str_equal_c(found, text))
		fail_msg("“%.*s” instead of “%s”", STR_ARG(found), text);
}

static void assert_path(const struct page *page, const char *kind,
			size_t number, const char *path)
{
	str found = field(item(page, "parts", kind, number), "path").as.text;

	if (!str_equal_c(found, path))
		fail_msg("“%.*s” instead of “%s”", STR_ARG(found), path);
}

static void close_page(struct page *page)
{
	arena_release(&page->arena);
}

static void nothing_is_drawn_of_nothing(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, &bars);
	assert_int_equal(sheet_chart_value(page.table, &page.arena).kind,
			 VALUE_NONE);
	add_row(&page, "甲", "1", "2");
	page.table->chart = NULL;
	assert_int_equal(sheet_chart_value(page.table, &page.arena).kind,
			 VALUE_NONE);
	close_page(&page);
}

/* The longest bar is as long as there is room, the others in proportion. */
static void bars_are_as_long_as_their_numbers(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, &bars);
	add_row(&page, "甲", "30", "10");
	add_row(&page, "乙", "", "0");
	add_row(&page, "名称有十四个字的单位在表中是全的", "0", "20");
	draw(&page);
	assert_int_equal(count_kind(&page, "parts", "bar-1"), 1);
	assert_int_equal(count_kind(&page, "parts", "bar-2"), 2);
	assert_path(&page, "bar-1", 0, "M190 6h307v14h-307z");
	assert_path(&page, "bar-2", 0, "M497 6h102v14h-102z");
	assert_path(&page, "bar-2", 1, "M190 58h205v14h-205z");
	assert_text(&page, "name", 0, "甲");
	assert_text(&page, "name", 2, "名称有十四个字的单位在表中…");
	assert_text(&page, "value", 0, "30 + 10");
	assert_text(&page, "value", 1, " + 0");
	assert_int_equal(count_kind(&page, "legend", "key-1"), 1);
	assert_int_equal(count_kind(&page, "legend", "key-2"), 1);
	close_page(&page);
}

/* A number beside a thousand times as large is seen, and none is wider. */
static void small_bars_are_seen(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, &bars);
	add_row(&page, "甲", "1", "");
	add_row(&page, "乙", "100000", "");
	draw(&page);
	assert_path(&page, "bar-1", 0, "M190 6h2v14h-2z");
	assert_path(&page, "bar-1", 1, "M190 32h410v14h-410z");
	close_page(&page);
}

static void many_rows_are_cut(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, &bars);
	for (size_t i = 0; i < 50; i++)
		add_row(&page, "甲", "1", "2");
	draw(&page);
	assert_int_equal(count_kind(&page, "parts", "bar-1"), 40);
	assert_int_equal(field(page.chart, "height").as.number, 40 * 26);
	close_page(&page);
}

/* The axis ends at a round figure; a month without a number is a gap. */
static void lines_go_through_their_numbers(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, &lines);
	add_row(&page, "2026-03-31", "0", "7");
	add_row(&page, "2026-04-30", "", "7");
	add_row(&page, "2026-05-31", "10", "7");
	draw(&page);
	assert_text(&page, "name", 0, "0");
	assert_text(&page, "name", 2, "10");
	assert_text(&page, "tick", 0, "26-03");
	assert_path(&page, "line-1", 0, "M56 190M588 14");
	assert_path(&page, "line-2", 0, "M56 67L322 67L588 67");
	assert_int_equal(count_kind(&page, "parts", "mark-1"), 2);
	assert_int_equal(count_kind(&page, "parts", "mark-2"), 3);
	close_page(&page);
}

/* Series are told apart without colour: by marks, and by names at the end. */
static void lines_have_names(void **state)
{
	struct page page;
	int64_t first, second;

	(void)state;
	open_page(&page, &lines);
	add_row(&page, "2026-04-30", "3", "3");
	add_row(&page, "2026-05-31", "3", "3");
	draw(&page);
	assert_text(&page, "value", 0, "新增 3");
	assert_text(&page, "value", 1, "原有 3");
	first = field(item(&page, "texts", "value", 0), "y").as.number;
	second = field(item(&page, "texts", "value", 1), "y").as.number;
	assert_true(first - second >= 17); /* one is above the other */
	assert_true(first <= LINES_BOTTOM);
	assert_int_equal(field(item(&page, "texts", "value", 0), "x").as.number,
			 RIGHT);
	assert_false(str_equal(
		field(item(&page, "parts", "mark-1", 0), "path").as.text,
		field(item(&page, "parts", "mark-2", 0), "path").as.text));
	assert_int_equal(field(page.chart, "legend").as.list.count, 0);
	close_page(&page);
}

/* One month has no step to the next. */
static void one_month_is_a_point(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, &lines);
	add_row(&page, "2026-05-31", "0", "");
	draw(&page);
	assert_path(&page, "line-1", 0, "M56 190");
	assert_path(&page, "line-2", 0, "");
	assert_int_equal(count_kind(&page, "texts", "value"), 1);
	close_page(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_drawn_of_nothing),
		cmocka_unit_test(bars_are_as_long_as_their_numbers),
		cmocka_unit_test(small_bars_are_seen),
		cmocka_unit_test(many_rows_are_cut),
		cmocka_unit_test(lines_go_through_their_numbers),
		cmocka_unit_test(lines_have_names),
		cmocka_unit_test(one_month_is_a_point),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
