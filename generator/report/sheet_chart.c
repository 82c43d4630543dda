/*
 * Pictures of a table's numbers for the page. What is worked out here are
 * paths and places; how they look (colours, dashes, hatching) is the style's,
 * by the kind that each has, and where they stand the template's.
 *
 *	 0        LEFT                              RIGHT     WIDTH
 *	 | names  |  bars, or lines over months      | values  |
 *
 * Series are told apart by more than their colour: lines by dashes and marks,
 * bars by hatching, and all of them by words.
 */
#include <string.h>

#include "report/sheet.h"
#include "theme/value.h"

enum {
	WIDTH = 720,
	LEFT = 190,	 /* of bars: behind the names */
	LEFT_LINES = 44, /* of lines: behind the figures of the axis */
	RIGHT = 600,	 /* the rest is for values */
	BAR_STEP = 26,	 /* from one bar to the next */
	BAR_HEIGHT = 14,
	BARS_LIMIT = 40, /* rows that are drawn; the table has all */
	LINES_HEIGHT = 220,
	LINES_TOP = 14,
	LINES_BOTTOM = 190,
	NAME_CHARACTERS = 13,
	LABEL_GAP = 17, /* between two names at the end of lines */
};

/* --- what the template sees ----------------------------------------------- */

static const struct shape_field part_fields[] = {
	{ "kind", VALUE_TEXT, NULL, "种类" },
	{ "path", VALUE_TEXT, NULL, "路径" },
};

static const struct shape part_shape = {
	"report-chart-part", part_fields, COUNT_OF(part_fields), false, 0, 0
};

static const struct shape_field text_fields[] = {
	{ "kind", VALUE_TEXT, NULL, "种类" },
	{ "x", VALUE_NUMBER, NULL, "横坐标" },
	{ "y", VALUE_NUMBER, NULL, "纵坐标" },
	{ "text", VALUE_TEXT, NULL, "文字" },
};

static const struct shape text_shape = {
	"report-chart-text", text_fields, COUNT_OF(text_fields), false, 0, 0
};

static const struct shape_field chart_fields[] = {
	{ "height", VALUE_NUMBER, NULL, "高度" },
	{ "label", VALUE_TEXT, NULL, "说明" },
	{ "parts", VALUE_LIST, &part_shape, "图形" },
	{ "texts", VALUE_LIST, &text_shape, "文字" },
	{ "legend", VALUE_LIST, &text_shape, "图例" },
};

const struct shape chart_shape = {
	"report-chart", chart_fields, COUNT_OF(chart_fields), false, 0, 0
};

/* --- drawing -------------------------------------------------------------- */

struct drawing {
	const struct sheet_table *table;
	const struct sheet_chart *chart;
	size_t rows; /* that are drawn */
	int64_t most;
	struct list parts, texts, legend; /* struct value */
	struct arena *arena;
};

struct value sheet_object(const struct shape *shape, const struct value *values,
			  struct arena *arena)
{
	struct value *kept = arena_array(arena, shape->count, sizeof(*kept));
	struct object *object = arena_alloc(arena, sizeof(*object));

	memcpy(kept, values, shape->count * sizeof(*kept));
	*object = (struct object){ shape, kept };
	return value_object(object);
}

static void add_part(struct drawing *drawing, str kind, str path)
{
	*(struct value *)list_add(&drawing->parts, drawing->arena) =
		sheet_object(
			&part_shape,
			(struct value[]){ value_text(kind), value_text(path) },
			drawing->arena);
}

static void add_text(struct list *list, const struct drawing *drawing,
		     const char *kind, int64_t x, int64_t y, str text)
{
	*(struct value *)list_add(list, drawing->arena) = sheet_object(
		&text_shape,
		(struct value[]){ value_text(str_from_c(kind)), value_number(x),
				  value_number(y), value_text(text) },
		drawing->arena);
}

static str cell_of(const struct drawing *drawing, size_t row, size_t column)
{
	return ((const str *)drawing->table->cells
			.items)[row * drawing->table->column_count + column];
}

/* False for an empty cell; below nothing is nothing. */
static bool number_of(int64_t *out, const struct drawing *drawing, size_t row,
		      size_t series)
{
	uint64_t number;

	if (!str_to_u64(&number,
			cell_of(drawing, row, drawing->chart->series[series])))
		return false;
	*out = (int64_t)number;
	return true;
}

static str series_kind(const struct drawing *drawing, const char *what,
		       size_t series)
{
	return arena_printf(drawing->arena, "%s-%zu", what, series + 1);
}

static const char *series_name(const struct drawing *drawing, size_t series)
{
	return drawing->table->columns[drawing->chart->series[series]].label;
}

/* Lines have their names at their ends. */
static void add_legend(struct drawing *drawing)
{
	bool has_one =
		drawing->chart->kind == CHART_BARS && drawing->chart->count > 1;

	for (size_t i = 0; has_one && i < drawing->chart->count; i++)
		add_text(&drawing->legend, drawing,
			 arena_c_string(drawing->arena,
					series_kind(drawing, "key", i)),
			 0, 0, str_from_c(series_name(drawing, i)));
}

/* A round figure that none is above, so that the axis has whole steps. */
static int64_t round_up(int64_t most)
{
	static const int64_t steps[] = { 2, 4, 10, 20, 40 };
	int64_t scale = 1;

	for (; scale < INT64_MAX / 1000; scale *= 10)
		for (size_t i = 0; i < COUNT_OF(steps); i++)
			if (most <= steps[i] * scale)
				return steps[i] * scale;
	return most;
}

/* --- bars ----------------------------------------------------------------- */

static int64_t row_sum(const struct drawing *drawing, size_t row)
{
	int64_t sum = 0;

	for (size_t i = 0; i < drawing->chart->count; i++) {
		int64_t number;

		if (number_of(&number, drawing, row, i))
			sum += number;
	}
	return sum;
}

/* "3 + 12", in the order of the series. */
static str row_values(const struct drawing *drawing, size_t row)
{
	struct buf text;

	buf_init(&text, drawing->arena);
	for (size_t i = 0; i < drawing->chart->count; i++)
		buf_printf(&text, "%s%.*s", i > 0 ? " + " : "",
			   STR_ARG(cell_of(drawing, row,
					   drawing->chart->series[i])));
	return buf_str(&text);
}

/* What is longer is in the table. */
static str short_name(str name, struct arena *arena)
{
	size_t at = 0;
	size_t characters = 0;

	while (at < name.len && characters < NAME_CHARACTERS) {
		at++;
		while (at < name.len && (name.data[at] & 0xc0) == 0x80)
			at++;
		characters++;
	}
	return at == name.len ? name
			      : arena_printf(arena, "%.*s…",
					     STR_ARG(str_between(name, 0, at)));
}

static str row_name(const struct drawing *drawing, size_t row)
{
	str name = cell_of(drawing, row, drawing->chart->label);

	if (drawing->chart->has_site)
		name = arena_printf(drawing->arena, "%.*s %.*s",
				    STR_ARG(cell_of(drawing, row, 0)),
				    STR_ARG(name));
	return short_name(name, drawing->arena);
}

static void draw_bar(struct drawing *drawing, size_t row)
{
	int64_t top = (int64_t)row * BAR_STEP + (BAR_STEP - BAR_HEIGHT) / 2;
	int64_t middle = top + BAR_HEIGHT / 2;
	int64_t x = LEFT;

	add_text(&drawing->texts, drawing, "name", LEFT - 8, middle,
		 row_name(drawing, row));
	for (size_t i = 0; i < drawing->chart->count; i++) {
		int64_t number = 0;
		int64_t width;

		if (!number_of(&number, drawing, row, i) || number == 0)
			continue;
		width = number * (RIGHT - LEFT) / drawing->most;
		width = width < 2 ? 2 : width;
		add_part(drawing, series_kind(drawing, "bar", i),
			 arena_printf(drawing->arena,
				      "M%lld %lldh%lldv%dh-%lldz", (long long)x,
				      (long long)top, (long long)width,
				      BAR_HEIGHT, (long long)width));
		x += width;
	}
	add_text(&drawing->texts, drawing, "value", x + 8, middle,
		 row_values(drawing, row));
}

static int64_t draw_bars(struct drawing *drawing)
{
	int64_t height;

	if (drawing->rows > BARS_LIMIT)
		drawing->rows = BARS_LIMIT;
	drawing->most = 1;
	for (size_t i = 0; i < drawing->rows; i++)
		if (row_sum(drawing, i) > drawing->most)
			drawing->most = row_sum(drawing, i);
	height = (int64_t)drawing->rows * BAR_STEP;
	add_part(drawing, STR("axis"),
		 arena_printf(drawing->arena, "M%d 0v%lld", LEFT,
			      (long long)height));
	for (size_t i = 0; i < drawing->rows; i++)
		draw_bar(drawing, i);
	return height;
}

/* --- lines ---------------------------------------------------------------- */

static int64_t x_of(const struct drawing *drawing, size_t row)
{
	int64_t steps = drawing->rows > 1 ? (int64_t)drawing->rows - 1 : 1;

	return LEFT_LINES + 12 +
	       (int64_t)row * (RIGHT - LEFT_LINES - 24) / steps;
}

static int64_t y_of(const struct drawing *drawing, int64_t number)
{
	return LINES_BOTTOM -
	       number * (LINES_BOTTOM - LINES_TOP) / drawing->most;
}

/* A square, a circle, a triangle: of one series each. */
static void draw_mark(struct drawing *drawing, size_t series, int64_t x,
		      int64_t y)
{
	static const char *const marks[CHART_SERIES] = {
		"m-4 -4h8v8h-8z",
		"m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
		"m0 -6l5.5 9.5h-11z",
	};

	add_part(drawing, series_kind(drawing, "mark", series),
		 arena_printf(drawing->arena, "M%lld %lld%s", (long long)x,
			      (long long)y, marks[series]));
}

/* A month that is not known leaves a gap. */
static void draw_line(struct drawing *drawing, size_t series)
{
	struct buf path;
	bool is_drawn = false;
	int64_t number;

	buf_init(&path, drawing->arena);
	for (size_t i = 0; i < drawing->rows; i++) {
		if (!number_of(&number, drawing, i, series)) {
			is_drawn = false;
			continue;
		}
		buf_printf(&path, "%s%lld %lld", is_drawn ? "L" : "M",
			   (long long)x_of(drawing, i),
			   (long long)y_of(drawing, number));
		is_drawn = true;
	}
	add_part(drawing, series_kind(drawing, "line", series), buf_str(&path));
	for (size_t i = 0; i < drawing->rows; i++)
		if (number_of(&number, drawing, i, series))
			draw_mark(drawing, series, x_of(drawing, i),
				  y_of(drawing, number));
}

static void draw_axis(struct drawing *drawing)
{
	enum { STEPS = 2 };

	for (int64_t i = 0; i <= STEPS; i++) {
		int64_t number = drawing->most * i / STEPS;
		int64_t y = y_of(drawing, number);

		add_part(drawing, i == 0 ? STR("axis") : STR("grid"),
			 arena_printf(drawing->arena, "M%d %lldH%d", LEFT_LINES,
				      (long long)y, RIGHT));
		add_text(&drawing->texts, drawing, "name", LEFT_LINES - 8, y,
			 arena_printf(drawing->arena, "%lld",
				      (long long)number));
	}
	/* "2026-06-30": the month is what a reader looks for */
	for (size_t i = 0; i < drawing->rows; i++)
		add_text(&drawing->texts, drawing, "tick", x_of(drawing, i),
			 LINES_BOTTOM + 18,
			 str_between(cell_of(drawing, i, drawing->chart->label),
				     2, 7));
}

/* The lowest of the lines that has no name yet, by where it ends. */
static size_t lowest_line(const struct drawing *drawing, const bool *is_named)
{
	size_t lowest = CHART_SERIES;
	int64_t least = 0;

	for (size_t i = 0; i < drawing->chart->count; i++) {
		int64_t number;

		if (is_named[i] ||
		    !number_of(&number, drawing, drawing->rows - 1, i) ||
		    (lowest != CHART_SERIES && number >= least))
			continue;
		lowest = i;
		least = number;
	}
	return lowest;
}

/* Names stand at the end of their lines, from below, none on another. */
static void draw_names(struct drawing *drawing)
{
	bool is_named[CHART_SERIES] = { false };
	int64_t below = LINES_BOTTOM + LABEL_GAP;
	size_t series;

	while ((series = lowest_line(drawing, is_named)) != CHART_SERIES) {
		int64_t number = 0;
		int64_t y;

		(void)!number_of(&number, drawing, drawing->rows - 1, series);
		y = y_of(drawing, number);
		y = y > below - LABEL_GAP ? below - LABEL_GAP : y;
		below = y;
		is_named[series] = true;
		add_text(&drawing->texts, drawing, "value", RIGHT, y,
			 arena_printf(drawing->arena, "%s %lld",
				      series_name(drawing, series),
				      (long long)number));
	}
}

static int64_t draw_lines(struct drawing *drawing)
{
	int64_t most = 1;

	for (size_t i = 0; i < drawing->rows; i++)
		for (size_t k = 0; k < drawing->chart->count; k++) {
			int64_t number = 0;

			if (number_of(&number, drawing, i, k) && number > most)
				most = number;
		}
	drawing->most = round_up(most);
	draw_axis(drawing);
	for (size_t i = 0; i < drawing->chart->count; i++)
		draw_line(drawing, i);
	draw_names(drawing);
	return LINES_HEIGHT;
}

/* Nothing is drawn of a table without rows. */
struct value sheet_chart_value(const struct sheet_table *table,
			       struct arena *arena)
{
	struct drawing drawing = { .table = table,
				   .chart = table->chart,
				   .arena = arena };
	int64_t height;

	if (table->chart == NULL || table->cells.count == 0)
		return value_none();
	drawing.rows = sheet_row_count(table);
	list_init(&drawing.parts, sizeof(struct value));
	list_init(&drawing.texts, sizeof(struct value));
	list_init(&drawing.legend, sizeof(struct value));
	add_legend(&drawing);
	height = table->chart->kind == CHART_BARS ? draw_bars(&drawing)
						  : draw_lines(&drawing);
	return sheet_object(
		&chart_shape,
		(struct value[]){
			value_number(height),
			value_text(str_from_c(table->title)),
			value_list(drawing.parts.items, drawing.parts.count),
			value_list(drawing.texts.items, drawing.texts.count),
			value_list(drawing.legend.items,
				   drawing.legend.count) },
		arena);
}
