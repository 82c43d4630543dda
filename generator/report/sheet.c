/*
 * A function for each form. All of them go through facts and tables in their
 * order, and none of them knows what a report is about.
 */
#include "report/sheet.h"

#include <assert.h>
#include <string.h>

#include "markup/json_writer.h"

void sheet_init(struct sheet *sheet, const char *kind, str title,
		struct arena *arena)
{
	*sheet = (struct sheet){ .kind = kind, .title = title, .arena = arena };
	list_init(&sheet->facts, sizeof(struct sheet_fact));
	list_init(&sheet->tables, sizeof(struct sheet_table));
}

void sheet_add_fact(struct sheet *sheet, const char *key, const char *label,
		    str value)
{
	*(struct sheet_fact *)list_add(&sheet->facts, sheet->arena) =
		(struct sheet_fact){ key, label, value, false };
}

void sheet_add_figure(struct sheet *sheet, const char *key, const char *label,
		      size_t value)
{
	*(struct sheet_fact *)list_add(&sheet->facts, sheet->arena) =
		(struct sheet_fact){ key, label,
				     arena_printf(sheet->arena, "%zu", value),
				     true };
}

struct sheet_table *sheet_add_table(struct sheet *sheet, const char *key,
				    const char *title,
				    const struct sheet_column *columns,
				    size_t column_count)
{
	struct sheet_table *table = list_add(&sheet->tables, sheet->arena);

	*table = (struct sheet_table){ .key = key,
				       .title = title,
				       .columns = columns,
				       .column_count = column_count };
	list_init(&table->cells, sizeof(str));
	return table;
}

void sheet_add_cell(struct sheet *sheet, struct sheet_table *table, str cell)
{
	*(str *)list_add(&table->cells, sheet->arena) = cell;
}

void sheet_add_number(struct sheet *sheet, struct sheet_table *table,
		      int64_t number)
{
	sheet_add_cell(sheet, table,
		       arena_printf(sheet->arena, "%lld", (long long)number));
}

size_t sheet_row_count(const struct sheet_table *table)
{
	return table->cells.count / table->column_count;
}

/* --- CSV ------------------------------------------------------------------ */

/*
 * What begins like a formula gets an apostrophe, as programs of tables run
 * formulas.
 */
static void add_csv(struct buf *out, str cell)
{
	bool is_formula =
		cell.len > 1 && strchr("=+@\t\r", cell.data[0]) != NULL;

	if (!is_formula && str_find_byte(cell, ',') == STR_NONE &&
	    str_find_byte(cell, '"') == STR_NONE &&
	    str_find_byte(cell, '\n') == STR_NONE) {
		buf_add(out, cell);
		return;
	}
	buf_add_c(out, is_formula ? "\"'" : "\"");
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.data[i] == '"')
			buf_add_byte(out, '"');
		buf_add_byte(out, cell.data[i]);
	}
	buf_add_byte(out, '"');
}

/*
 * One table a block, its key in the first column of each row, so that a program
 * of tables can filter.
 */
static bool write_csv(struct buf *out, const struct sheet *sheet,
		      const struct theme *theme, struct diag_list *diags)
{
	const struct sheet_fact *facts = sheet->facts.items;
	const struct sheet_table *tables = sheet->tables.items;

	(void)theme;
	(void)diags;
	for (size_t i = 0; i < sheet->facts.count; i++) {
		buf_printf(out, "%s,%s,", facts[i].key, facts[i].label);
		add_csv(out, facts[i].value);
		buf_add_c(out, "\n");
	}
	for (size_t i = 0; i < sheet->tables.count; i++) {
		const struct sheet_table *table = &tables[i];
		const str *cells = table->cells.items;

		assert(table->column_count > 0);
		buf_printf(out, "\n%s", table->title);
		for (size_t k = 0; k < table->column_count; k++)
			buf_printf(out, ",%s", table->columns[k].label);
		for (size_t k = 0; k < table->cells.count; k++) {
			if (k % table->column_count == 0)
				buf_printf(out, "\n%s", table->key);
			buf_add_byte(out, ',');
			add_csv(out, cells[k]);
		}
		buf_add_c(out, "\n");
	}
	return true;
}

/* --- JSON ----------------------------------------------------------------- */

static void write_value(struct json_writer *json,
			const struct sheet_column *column, str cell)
{
	str digits = cell;
	bool is_negative = str_take_byte(&digits, '-');
	uint64_t number;

	if (column->is_number && cell.len == 0)
		json_nothing(json);
	else if (column->is_number && str_to_u64(&number, digits))
		json_number(json,
			    is_negative ? -(int64_t)number : (int64_t)number);
	else
		json_text(json, cell); /* 92.5 too: as it is shown */
}

static void write_table(struct json_writer *json,
			const struct sheet_table *table)
{
	const str *cells = table->cells.items;

	assert(table->column_count > 0);
	json_open_object(json);
	json_member_text(json, "key", str_from_c(table->key));
	json_member_text(json, "title", str_from_c(table->title));
	json_key(json, "columns");
	json_open_object(json);
	for (size_t i = 0; i < table->column_count; i++)
		json_member_text(json, table->columns[i].key,
				 str_from_c(table->columns[i].label));
	json_close_object(json);
	json_key(json, "rows");
	json_open_array(json);
	for (size_t i = 0; i < table->cells.count; i++) {
		size_t column = i % table->column_count;

		if (column == 0)
			json_open_object(json);
		json_key(json, table->columns[column].key);
		write_value(json, &table->columns[column], cells[i]);
		if (column + 1 == table->column_count)
			json_close_object(json);
	}
	json_close_array(json);
	json_close_object(json);
}

static bool write_json(struct buf *out, const struct sheet *sheet,
		       const struct theme *theme, struct diag_list *diags)
{
	const struct sheet_fact *facts = sheet->facts.items;
	const struct sheet_table *tables = sheet->tables.items;
	struct json_writer json;

	(void)theme;
	(void)diags;
	json_begin(&json, out);
	json_open_object(&json);
	json_member_text(&json, "program", STR("jiyue"));
	json_member_text(&json, "version", STR(JIYUE_VERSION));
	json_member_text(&json, "report", str_from_c(sheet->kind));
	json_member_text(&json, "title", sheet->title);
	json_key(&json, "facts");
	json_open_object(&json);
	for (size_t i = 0; i < sheet->facts.count; i++)
		json_member_text(&json, facts[i].key, facts[i].value);
	json_close_object(&json);
	json_key(&json, "tables");
	json_open_array(&json);
	for (size_t i = 0; i < sheet->tables.count; i++)
		write_table(&json, &tables[i]);
	json_close_array(&json);
	json_close_object(&json);
	json_end(&json);
	buf_add_byte(out, '\n');
	return true;
}

/* --- text ----------------------------------------------------------------- */

static bool write_text(struct buf *out, const struct sheet *sheet,
		       const struct theme *theme, struct diag_list *diags)
{
	const struct sheet_fact *facts = sheet->facts.items;
	const struct sheet_table *tables = sheet->tables.items;

	(void)theme;
	(void)diags;
	buf_printf(out, "%.*s\n", STR_ARG(sheet->title));
	for (size_t i = 0; i < sheet->facts.count; i++)
		buf_printf(out, "%s：%.*s\n", facts[i].label,
			   STR_ARG(facts[i].value));
	for (size_t i = 0; i < sheet->tables.count; i++) {
		const struct sheet_table *table = &tables[i];
		const str *cells = table->cells.items;

		buf_printf(out, "\n%s（%zu）\n", table->title,
			   sheet_row_count(table));
		if (table->note.len > 0)
			buf_printf(out, "%.*s\n", STR_ARG(table->note));
		for (size_t k = 0;
		     table->cells.count > 0 && k < table->column_count; k++)
			buf_printf(out, "%s%s%s", k == 0 ? "  " : " | ",
				   table->columns[k].label,
				   k + 1 == table->column_count ? "\n" : "");
		for (size_t k = 0; k < table->cells.count; k++)
			buf_printf(out, "%s%.*s%s",
				   k % table->column_count == 0 ? "  " : " | ",
				   STR_ARG(cells[k]),
				   (k + 1) % table->column_count == 0 ? "\n"
								      : "");
	}
	return true;
}

const struct sheet_format sheet_formats[] = {
	{ "text", write_text },
	{ "csv", write_csv },
	{ "json", write_json },
	{ "html", sheet_write_page },
	{ 0 },
};

const struct sheet_format *sheet_format_find(const char *name)
{
	for (size_t i = 0; sheet_formats[i].name != NULL; i++)
		if (strcmp(sheet_formats[i].name, name) == 0)
			return &sheet_formats[i];
	return NULL;
}
