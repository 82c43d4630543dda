/*
 * A sheet as a page to be printed: the theme's template "report", which stands
 * alone: it is no page of a site. Its style is in it (report/page/report.css).
 */
#include "report/forms.h"

#include <assert.h>
#include <string.h>

#include "base/builtin.h"
#include "theme/theme.h"

static const struct shape_field label_fields[] = {
	{ "label", VALUE_TEXT, NULL, "名称" },
	{ "value", VALUE_TEXT, NULL, "内容" },
	{ "number", VALUE_TRUTH, NULL, "是否为数字" },
	{ "short", VALUE_TRUTH, NULL, "是否不宜折行" },
	{ "figure", VALUE_TRUTH, NULL, "是否为首页数字" },
};

static const struct shape label_shape = {
	"report-cell", label_fields, COUNT_OF(label_fields), false, 0, 0
};

static const struct shape_field row_fields[] = {
	{ "cells", VALUE_LIST, &label_shape, "单元格" },
};

static const struct shape row_shape = {
	"report-row", row_fields, COUNT_OF(row_fields), false, 0, 0
};

static const struct shape_field table_fields[] = {
	{ "title", VALUE_TEXT, NULL, "标题" },
	{ "note", VALUE_TEXT, NULL, "说明" },
	{ "heads", VALUE_LIST, &label_shape, "表头" },
	{ "rows", VALUE_LIST, &row_shape, "各行" },
	{ "wide", VALUE_TRUTH, NULL, "是否横排打印" },
	{ "chart", VALUE_OBJECT, &chart_shape, "图" },
};

static const struct shape table_shape = {
	"report-table", table_fields, COUNT_OF(table_fields), false, 0, 0
};

static const struct shape_field report_fields[] = {
	{ "title", VALUE_TEXT, NULL, "标题" },
	{ "style", VALUE_URL, NULL, "网站样式表的网址" },
	{ "styles", VALUE_HTML, NULL, "报表自带的样式" },
	{ "facts", VALUE_LIST, &label_shape, "基本情况" },
	{ "tables", VALUE_LIST, &table_shape, "各表" },
	{ "wide", VALUE_TRUTH, NULL, "首页是否横排打印" },
	{ "has_figures", VALUE_TRUTH, NULL, "是否有主要数字" },
};

static const struct shape report_shape = {
	"report", report_fields, COUNT_OF(report_fields), false, 0, 0
};

/* Long digits are for programs; people compare the first ten. */
static str shown(const struct sheet_column *column, str value)
{
	enum { SHOWN_DIGITS = 10 };

	return column->is_id && value.len > SHOWN_DIGITS
		       ? str_between(value, 0, SHOWN_DIGITS)
		       : value;
}

static struct value make_cell(const struct sheet_column *column, str value,
			      struct arena *arena)
{
	return sheet_object(
		&label_shape,
		(struct value[]){
			value_text(str_from_c(column->label)),
			value_text(shown(column, value)),
			value_truth(column->is_number),
			value_truth(column->is_short || column->is_id),
			value_truth(false) },
		arena);
}

static struct value make_row(const struct sheet_table *table, const str *cells,
			     struct arena *arena)
{
	struct value *row =
		arena_array(arena, table->column_count, sizeof(*row));
	size_t count = 0;

	for (size_t i = 0; i < table->column_count; i++)
		if (!table->columns[i].is_hidden)
			row[count++] = make_cell(
				&table->columns[i],
				cells == NULL ? STR("") : cells[i], arena);
	return value_list(row, count);
}

static struct value make_rows(const struct sheet_table *table,
			      struct arena *arena)
{
	size_t count = sheet_row_count(table);
	struct value *rows = arena_array(arena, count, sizeof(*rows));
	const str *cells = table->cells.items;

	for (size_t i = 0; i < count; i++) {
		struct value list =
			make_row(table, cells + i * table->column_count, arena);

		rows[i] = sheet_object(&row_shape, &list, arena);
	}
	return value_list(rows, count);
}

/* A table of many columns is printed on a sheet that lies on its side. */
static bool is_wide(const struct sheet_table *table)
{
	enum { PORTRAIT_COLUMNS = 9 };
	size_t count = 0;

	for (size_t i = 0; i < table->column_count; i++)
		count += !table->columns[i].is_hidden &&
			 !table->columns[i].is_narrow;
	return count > PORTRAIT_COLUMNS;
}

static struct value make_table(const struct sheet_table *table,
			       struct arena *arena)
{
	return sheet_object(
		&table_shape,
		(struct value[]){
			value_text(str_from_c(table->title)),
			value_text(table->note), make_row(table, NULL, arena),
			make_rows(table, arena), value_truth(is_wide(table)),
			sheet_chart_value(table, arena) },
		arena);
}

static struct value make_facts(const struct sheet *sheet)
{
	const struct sheet_fact *facts = sheet->facts.items;
	struct value *values =
		arena_array(sheet->arena, sheet->facts.count, sizeof(*values));

	for (size_t i = 0; i < sheet->facts.count; i++)
		values[i] = sheet_object(
			&label_shape,
			(struct value[]){
				value_text(str_from_c(facts[i].label)),
				value_text(facts[i].value), value_truth(false),
				value_truth(false),
				value_truth(facts[i].is_figure) },
			sheet->arena);
	return value_list(values, sheet->facts.count);
}

static bool has_figures(const struct sheet *sheet)
{
	const struct sheet_fact *facts = sheet->facts.items;

	for (size_t i = 0; i < sheet->facts.count; i++)
		if (facts[i].is_figure)
			return true;
	return false;
}

/* As the site serves it: the page may lie anywhere. */
static struct value style_of(const struct sheet *sheet,
			     const struct theme *theme)
{
	const struct theme_asset *asset =
		theme_find_asset(theme, STR("style.css"));

	return asset == NULL ? value_none()
			     : value_url(arena_printf(sheet->arena, "%.*s%.*s",
						      STR_ARG(sheet->home),
						      STR_ARG(asset->output)));
}

/* A report is a file that somebody keeps: it needs nothing beside it. */
struct value sheet_styles(const struct sheet *sheet)
{
	const struct builtin_file *file = builtin_report;

	while (file->path != NULL && strcmp(file->path, "report.css") != 0)
		file++;
	assert(file->path != NULL);
	return value_html(arena_printf(sheet->arena, "<style>\n%.*s</style>",
				       (int)(file->end - file->data),
				       file->data));
}

bool sheet_write_page(struct buf *out, const struct sheet *sheet,
		      const struct theme *theme, struct diag_list *diags)
{
	/* a report of many sites is long: its bytes are the limit */
	const struct template_budget budget = { .steps = 20000,
						.steps_a_byte = 1,
						.depth = 16,
						.bytes = (size_t)64 * 1024 *
							 1024 };
	const struct sheet_table *tables = sheet->tables.items;
	struct value *values =
		arena_array(sheet->arena, sheet->tables.count, sizeof(*values));
	struct value root[7];
	struct object object = { &report_shape, root };

	if (sheet->form != NULL)
		return form_write_page(out, sheet, theme, diags);
	for (size_t i = 0; i < sheet->tables.count; i++)
		values[i] = make_table(&tables[i], sheet->arena);
	root[0] = value_text(sheet->title);
	root[1] = style_of(sheet, theme);
	root[2] = sheet_styles(sheet);
	root[3] = make_facts(sheet);
	root[4] = value_list(values, sheet->tables.count);
	/* the head stands on the sheet of the first table */
	root[5] = value_truth(sheet->tables.count > 0 && is_wide(&tables[0]));
	root[6] = value_truth(has_figures(sheet));
	return template_check(theme->templates, STR("report"), &report_shape,
			      diags) &&
	       template_render(out, theme->templates, STR("report"), &object,
			       &budget, diags);
}
