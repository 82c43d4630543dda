/*
 * A form as a page of A4: lines of two fields, or of one, in a table of five
 * columns, the first of which has the heads of groups:
 *
 *	group | label | value | label | value
 *	label (2)     | value (3)
 */
#include <assert.h>
#include <string.h>

#include "report/forms.h"
#include "theme/theme.h"

static const struct shape_field choice_fields[] = {
	{ "text", VALUE_TEXT, NULL, "选项" },
	{ "chosen", VALUE_TRUTH, NULL, "是否选中" },
};

static const struct shape choice_shape = {
	"form-choice", choice_fields, COUNT_OF(choice_fields), false, 0, 0
};

static const struct shape_field cell_fields[] = {
	{ "label", VALUE_TEXT, NULL, "项目" },
	{ "label_span", VALUE_NUMBER, NULL, "项目所占列数" },
	{ "value", VALUE_TEXT, NULL, "内容" },
	{ "value_span", VALUE_NUMBER, NULL, "内容所占列数" },
	{ "opinion", VALUE_TRUTH, NULL, "是否为意见栏" },
	{ "choices", VALUE_LIST, &choice_shape, "选项" },
};

static const struct shape cell_shape = {
	"form-cell", cell_fields, COUNT_OF(cell_fields), false, 0, 0
};

static const struct shape_field line_fields[] = {
	{ "group", VALUE_TEXT, NULL, "分组" },
	{ "group_span", VALUE_NUMBER, NULL, "分组所占行数" },
	{ "cells", VALUE_LIST, &cell_shape, "单元格" },
};

static const struct shape line_shape = {
	"form-line", line_fields, COUNT_OF(line_fields), false, 0, 0
};

static const struct shape_field form_fields[] = {
	{ "title", VALUE_TEXT, NULL, "标题" },
	{ "number", VALUE_TEXT, NULL, "附件编号" },
	{ "note", VALUE_TEXT, NULL, "填表说明" },
	{ "approved", VALUE_TEXT, NULL, "批准日期和单位" },
	{ "styles", VALUE_HTML, NULL, "报表自带的样式" },
	{ "lines", VALUE_LIST, &line_shape, "各行" },
};

static const struct shape form_shape = {
	"form", form_fields, COUNT_OF(form_fields), false, 0, 0
};

/* The values are the third column of the sheet's table (report/forms.c). */
static str value_at(const struct sheet *sheet, size_t field)
{
	const struct sheet_table *table = sheet->tables.items;

	return ((const str *)
			table->cells.items)[field * table->column_count + 2];
}

static struct value make_choices(const struct form_field *field, str chosen,
				 struct arena *arena)
{
	str rest = str_from_c(field->choices);
	struct list choices;
	str text;

	list_init(&choices, sizeof(struct value));
	while (str_split_next(&rest, ' ', &text))
		*(struct value *)list_add(&choices, arena) = sheet_object(
			&choice_shape,
			(struct value[]){
				value_text(text),
				value_truth(str_equal(text, chosen)) },
			arena);
	return value_list(choices.items, choices.count);
}

static struct value make_cell(const struct sheet *sheet, size_t number,
			      int64_t label_span, int64_t value_span)
{
	const struct form_field *field = &sheet->form->fields[number];
	str value = value_at(sheet, number);

	return sheet_object(
		&cell_shape,
		(struct value[]){
			value_text(str_from_c(field->label)),
			value_number(label_span), value_text(value),
			value_number(value_span),
			value_truth(field->is_opinion),
			field->choices == NULL
				? value_none()
				: make_choices(field, value, sheet->arena) },
		sheet->arena);
}

static bool is_same_group(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static size_t group_length(const struct form *form, size_t first)
{
	size_t behind = first;

	while (behind < form->count && is_same_group(form->fields[behind].group,
						     form->fields[first].group))
		behind++;
	return behind - first;
}

/* Takes one field, or two that stand side by side. */
static struct value make_line(const struct sheet *sheet, size_t *next)
{
	const struct form *form = sheet->form;
	const struct form_field *field = &form->fields[*next];
	bool is_grouped = field->group != NULL;
	bool is_first =
		is_grouped &&
		(*next == 0 || !is_same_group(field[-1].group, field->group));
	bool has_second = !field->is_full && *next + 1 < form->count &&
			  !field[1].is_full &&
			  is_same_group(field[1].group, field->group);
	struct value *cells = arena_array(sheet->arena, 2, sizeof(*cells));
	size_t lines = is_first ? (group_length(form, *next) + 1) / 2 : 0;
	size_t count = 0;

	cells[count++] = make_cell(sheet, (*next)++, is_grouped ? 1 : 2,
				   has_second ? 1 : 3);
	if (has_second)
		cells[count++] = make_cell(sheet, (*next)++, 1, 1);
	return sheet_object(&line_shape,
			    (struct value[]){ is_first ? value_text(str_from_c(
								 field->group))
						       : value_none(),
					      value_number((int64_t)lines),
					      value_list(cells, count) },
			    sheet->arena);
}

static struct value make_lines(const struct sheet *sheet)
{
	struct list lines;
	size_t next = 0;

	list_init(&lines, sizeof(struct value));
	while (next < sheet->form->count)
		*(struct value *)list_add(&lines, sheet->arena) =
			make_line(sheet, &next);
	return value_list(lines.items, lines.count);
}

/* The facts are those of form_make. */
static str approved(const struct sheet *sheet)
{
	const struct sheet_fact *facts = sheet->facts.items;
	str on = facts[2].value;

	return on.len == 0 ? on
			   : arena_printf(sheet->arena, "%.*s %.*s批准",
					  STR_ARG(on), STR_ARG(facts[3].value));
}

bool form_write_page(struct buf *out, const struct sheet *sheet,
		     const struct theme *theme, struct diag_list *diags)
{
	const struct template_budget budget = { .steps = 100000,
						.depth = 16,
						.bytes = (size_t)1024 * 1024 };
	const struct form *form = sheet->form;
	struct value root[] = {
		value_text(sheet->title),
		value_text(str_from_c(form->number)),
		value_text(str_from_c(form->note == NULL ? "" : form->note)),
		value_text(approved(sheet)),
		sheet_styles(sheet),
		make_lines(sheet),
	};
	struct object object = { &form_shape, root };

	static_assert(COUNT_OF(root) == COUNT_OF(form_fields),
		      "a value a field");
	return template_check(theme->templates, STR("form"), &form_shape,
			      diags) &&
	       template_render(out, theme->templates, STR("form"), &object,
			       &budget, diags);
}
