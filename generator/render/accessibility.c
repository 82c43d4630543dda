/*
 * 无障碍说明: what the theme says of its accessibility, and what of it is not
 * met. Names of principles and states are strings of the theme.
 */
#include "theme/accessibility.h"

#include "render/view.h"

static struct value row_value(const struct render_job *job,
			      const struct accessibility_row *row,
			      bool is_numbered)
{
	str state = str_from_c(accessibility_states[row->state]);
	str shown = view_string_at(job, "values", state);
	const struct value values[ACCESSIBILITY_ROW_FIELDS] = {
		[ACCESSIBILITY_ROW_NUMBER] =
			value_text(is_numbered ? row->number : STR("")),
		[ACCESSIBILITY_ROW_LEVEL] = value_text(row->level),
		[ACCESSIBILITY_ROW_BASIS] = value_text(row->basis),
		[ACCESSIBILITY_ROW_NAME] = value_text(row->name),
		[ACCESSIBILITY_ROW_STATE] =
			value_text(shown.len > 0 ? shown : state),
		[ACCESSIBILITY_ROW_IS_MET] =
			value_truth(row->state == ACCESSIBILITY_MET),
		[ACCESSIBILITY_ROW_IS_PARTIAL] =
			value_truth(row->state == ACCESSIBILITY_PARTIAL),
		[ACCESSIBILITY_ROW_HOW] = value_text(row->how),
	};

	return view_object(job, &accessibility_row_shape, values);
}

/* Rows [first, behind) of a list; or those of them that are partly met. */
static struct value rows_value(const struct render_job *job,
			       const struct list *rows, size_t first,
			       size_t behind)
{
	const struct accessibility_row *row = rows->items;
	struct value *items =
		arena_array(job->arena, behind - first + 1, sizeof(*items));

	for (size_t i = first; i < behind; i++)
		items[i - first] =
			row_value(job, &row[i], row[i].level.len > 0);
	return value_list(items, behind - first);
}

/* What is still missing is said at the head of the page. */
static struct value partials(const struct render_job *job,
			     const struct accessibility *table)
{
	const struct list *groups[] = { &table->wcag, &table->national };
	struct value *items = arena_array(
		job->arena, table->wcag.count + table->national.count + 1,
		sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		const struct accessibility_row *rows = groups[i]->items;

		for (size_t j = 0; j < groups[i]->count; j++)
			if (rows[j].state == ACCESSIBILITY_PARTIAL)
				items[count++] = row_value(
					job, &rows[j], rows[j].level.len > 0);
	}
	return value_list(items, count);
}

static struct value principle(const struct render_job *job,
			      const struct list *rows, size_t first,
			      size_t behind)
{
	const struct accessibility_row *row = rows->items;
	str number = str_between(row[first].number, 0, 1);
	struct value values[ACCESSIBILITY_PART_FIELDS] = {
		[ACCESSIBILITY_PART_NUMBER] = value_text(number),
		[ACCESSIBILITY_PART_NAME] = value_text(view_string_at(
			job, "accessibility",
			arena_join(job->arena,
				   (str[]){ STR("principle_"), number }, 2))),
	};

	values[ACCESSIBILITY_PART_ROWS] = rows_value(job, rows, first, behind);
	return view_object(job, &accessibility_part_shape, values);
}

/* The first figure of a criterion is its principle. */
static struct value principles(const struct render_job *job,
			       const struct list *rows)
{
	const struct accessibility_row *row = rows->items;
	struct value *items =
		arena_array(job->arena, rows->count + 1, sizeof(*items));
	size_t count = 0;
	size_t first = 0;

	for (size_t i = 0; i < rows->count; i++) {
		if (i + 1 < rows->count &&
		    row[i + 1].number.data[0] == row[i].number.data[0])
			continue;
		items[count++] = principle(job, rows, first, i + 1);
		first = i + 1;
	}
	return value_list(items, count);
}

static struct value count_of(const struct accessibility *table,
			     enum accessibility_state state)
{
	const struct accessibility_row *rows = table->wcag.items;
	int64_t count = 0;

	for (size_t i = 0; i < table->wcag.count; i++)
		count += rows[i].state == state;
	return value_number(count);
}

bool render_accessibility(str *out, const struct render_job *job)
{
	struct value values[ACCESSIBILITY_FIELDS];
	struct page_head head = { .title = view_string(job, "accessibility",
						       "title") };
	struct accessibility table;

	if (!accessibility_read(&table, job->site->theme, job->arena,
				job->diags))
		return false;
	values[ACCESSIBILITY_PRINCIPLES] = principles(job, &table.wcag);
	values[ACCESSIBILITY_NATIONAL] =
		rows_value(job, &table.national, 0, table.national.count);
	values[ACCESSIBILITY_PARTIALS] = partials(job, &table);
	values[ACCESSIBILITY_COUNT_MET] = count_of(&table, ACCESSIBILITY_MET);
	values[ACCESSIBILITY_COUNT_PARTIAL] =
		count_of(&table, ACCESSIBILITY_PARTIAL);
	values[ACCESSIBILITY_COUNT_NOT_APPLICABLE] =
		count_of(&table, ACCESSIBILITY_NOT_APPLICABLE);
	return view_render(out, job, &accessibility_shape, values, &head);
}
