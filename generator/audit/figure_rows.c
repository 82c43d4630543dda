/*
 * Lines above belong to a number until one is a sentence: those are rows of its
 * table, the head of it among them.
 *
 *	学校 小学 初中 高中      a head of four cells
 *	一中 138 1480 1260     a row of four: three figures
 *
 *	姓名 电话              a head of two cells, which names what is dialled
 *	张某 138 1480 1260     a row of two: the blanks belong to the number
 */
#include "audit/figure_rows.h"

#include "base/unicode.h"

enum {
	ABOVE_MOST = 1000, /* points above a line that are looked at */
	BEFORE_MOST = 60,  /* points before a number, in its line */
	SERIES_MOST = 200, /* points of figures in a row, there */
	CELLS_MOST = 63,
};

static const char *const calls[] = { "电话",  "手机",	"联系", "致电", "拨打",
				     "热线",  "微信",	"短信", "咨询", "姓名",
				     "先生",  "女士",	"同志", "老师", "tel",
				     "phone", "mobile", NULL };

static const char *const counted[] = {
	"(元",	  "万元",   "亿元",   ":元",	"(人",	  "(个",      "(户",
	"收入",	  "支出",   "金额",   "总额",	"产值",	  "投资",     "投入",
	"资金",	  "总量",   "数量",   "人数",	"阅读量", "访问",     "点击",
	"浏览量", "播放量", "流量",   "指标",	"累计",	  "合计",     "预算",
	"决算",	  "总值",   "存款",   "贷款",	"余额",	  "税",	      "产量",
	"用电量", "用水量", "下载量", "办件量", "总产",	  "生产总值", NULL
};

/* What stands behind figures; and (人) but not 人员. */
static const char *const units[] = { "元",   "万",   "亿",   "吨",   "平方",
				     "立方", "千瓦", "公里", "千克", "公斤",
				     "美元", "字节", "米",   "%",    "册",
				     "株",   "股",   "人次", "件",   "次",
				     "个",   "人。", "人,",  "人、", "人;",
				     "户,",  "户。", "亩",   NULL };

/* --- lines above ---------------------------------------------------------- */

/* `least` when no line begins behind it. */
static size_t start_of_line(const struct text_points *text, size_t at,
			    size_t least)
{
	size_t start = at;

	while (start > least && text->points[start - 1] != '\n')
		start--;
	return start;
}

static size_t cells_of(const struct text_points *text, size_t start, size_t end)
{
	size_t cells = 1;

	for (size_t at = start; at < end; at++)
		cells += text->points[at] == ' ';
	return cells > CELLS_MOST ? CELLS_MOST : cells;
}

static bool has_sign(const struct text_points *text, size_t start, size_t end,
		     const char *signs)
{
	for (size_t at = start; at < end; at++)
		if (unicode_is_among(text->points[at], signs))
			return true;
	return false;
}

static void take_line(struct figure_rows *rows, size_t start, size_t end)
{
	const struct text_points *text = rows->text;
	size_t cells = cells_of(text, start, end);

	if (has_sign(text, start, end, "。")) {
		rows->cells = 0;
		rows->has_call = rows->has_figure = false;
		return;
	}
	rows->has_call |= text_points_has_within(text, start, end, calls);
	if (has_sign(text, start, end, "0123456789"))
		return;
	/* a heading of one cell says little of what stands below it */
	rows->has_figure |= (cells > 1 || has_sign(text, start, end, "(:")) &&
			    text_points_has_within(text, start, end, counted);
	rows->cells |= UINT64_C(1) << cells;
}

/* Looks at the lines up to that of `at`, which is not among them. */
static void go_to(struct figure_rows *rows, size_t at)
{
	const struct text_points *text = rows->text;
	size_t line = start_of_line(text, at, rows->asked);
	struct text_line above;
	size_t next = rows->line;

	if (line == rows->asked)
		line = rows->line;
	if (line - rows->line > ABOVE_MOST) {
		next = start_of_line(text, line - ABOVE_MOST, rows->line);
		*rows = (struct figure_rows){ .text = text };
	}
	while (next < line && text_points_next(&above, text, &next))
		take_line(rows, above.start, above.end);
	rows->line = line;
	rows->asked = at;
}

/* --- its own line --------------------------------------------------------- */

static bool is_between_figures(uint32_t point)
{
	return unicode_is_digit(point) ||
	       unicode_is_among(point, " 、,和及与至.");
}

/* Where the row of figures begins that the number stands in. */
static size_t start_of_series(const struct figure_rows *rows, size_t start)
{
	size_t least = start > rows->line + SERIES_MOST ? start - SERIES_MOST
							: rows->line;

	while (start > least &&
	       is_between_figures(rows->text->points[start - 1]))
		start--;
	return start;
}

static size_t end_of_series(const struct text_points *text, size_t end)
{
	size_t most = end + SERIES_MOST;

	while (end < most && end < text->count &&
	       is_between_figures(text->points[end]))
		end++;
	return end;
}

static bool is_called_before(const struct figure_rows *rows, size_t start)
{
	size_t first = start > rows->line + BEFORE_MOST ? start - BEFORE_MOST
							: rows->line;

	return text_points_has_within(rows->text, first, start, calls);
}

bool figure_rows_call(struct figure_rows *rows, size_t start)
{
	go_to(rows, start);
	return rows->has_call ||
	       is_called_before(rows, start_of_series(rows, start));
}

/* 财政收入 and then the figure, with few words between. */
static bool is_counted_before(const struct figure_rows *rows, size_t start)
{
	enum { NEAR = 12 };
	size_t first = start > rows->line + NEAR ? start - NEAR : rows->line;

	return text_points_has_within(rows->text, first, start, counted);
}

/* A row with a cell for each of its groups, as the head has. */
static bool is_row_of_cells(const struct figure_rows *rows, size_t start)
{
	const struct text_points *text = rows->text;
	size_t end = start;
	size_t cells;

	while (text_points_at(text, end) != '\n') {
		if (end - rows->line > ABOVE_MOST)
			return false;
		end++;
	}
	cells = cells_of(text, rows->line, end);
	return cells > 2 && (rows->cells >> cells & 1) != 0;
}

bool figure_rows_have(struct figure_rows *rows,
		      const struct figure_asked *asked)
{
	const struct text_points *text = rows->text;
	size_t series;

	if (figure_rows_call(rows, asked->start))
		return false;
	series = start_of_series(rows, asked->start);
	return rows->has_figure || is_counted_before(rows, series) ||
	       text_points_has_one(text, end_of_series(text, asked->end),
				   units) ||
	       (asked->is_spaced && is_row_of_cells(rows, asked->start));
}
