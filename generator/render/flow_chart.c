/*
 * SVG breaks no lines, and nothing here knows a font: a Chinese character is as
 * wide as it is high, any other takes half of that, which is room enough for
 * letters and figures.
 *
 *	 0 ┌────────────┐  top
 *	   │   title    │  a line every 22 units, 11 of them above its middle
 *	   │ unit, days │  a line every 18
 *	   └─────┬──────┘
 *	         ▼         GAP
 */
#include "render/flow_chart.h"

#include "base/unicode.h"
#include "markup/yaml.h"

enum {
	TITLE_CELLS = 30,
	NOTE_CELLS = 38,
	TITLE_LINE = 22,
	NOTE_LINE = 18,
	PADDING = 12,
	GAP = 30,
};

/* Where the first line of a text ends; a line never begins with 、 or ）. */
static size_t line_end(str text, size_t cells)
{
	size_t used = 0;
	size_t space = 0;

	for (size_t at = 0; at < text.len;) {
		size_t next = at;
		uint32_t code_point = unicode_next(text, &next);

		used += unicode_cells(str_between(text, at, next));
		if (used > cells && at > 0 &&
		    !unicode_is_punctuation(code_point))
			return space > 0 ? space : at;
		if (code_point == ' ')
			space = next;
		else if (unicode_is_cjk(code_point))
			space = 0;
		at = next;
	}
	return text.len;
}

/* The lines of a text; `y` is moved behind them. */
static void add_lines(struct list *lines, const struct render_job *job,
		      str text, size_t cells, int height, int64_t *y)
{
	text = str_trim(text);
	while (text.len > 0) {
		size_t end = line_end(text, cells);
		const struct value values[FLOW_LINE_FIELDS] = {
			[FLOW_LINE_Y] = value_number(*y + height / 2),
			[FLOW_LINE_TEXT] =
				value_text(str_trim(str_between(text, 0, end))),
		};

		*(struct value *)list_add(lines, job->arena) =
			view_object(job, &flow_line_shape, values);
		text = str_trim(str_from(text, end));
		*y += height;
	}
}

static str step_text(const struct yaml_node *step, const char *key)
{
	return step->kind == YAML_MAPPING ? yaml_text(step, key) : STR("");
}

/* 市教育局 · 3 个工作日 */
static str step_note(const struct render_job *job, const struct yaml_node *step)
{
	str unit = step_text(step, "unit");
	str days = step_text(step, "days");

	if (days.len == 0)
		return unit;
	return arena_printf(job->arena, "%.*s%s%.*s %.*s", STR_ARG(unit),
			    unit.len > 0 ? " · " : "", STR_ARG(days),
			    STR_ARG(view_string(job, "service", "days")));
}

static struct value step_box(const struct render_job *job,
			     const struct yaml_node *step, size_t number,
			     size_t count, int64_t *top)
{
	str title = step->kind == YAML_SCALAR ? step->text
					      : yaml_text(step, "title");
	struct list titles, notes;
	struct value values[FLOW_BOX_FIELDS];
	int64_t y = *top + PADDING;

	list_init(&titles, sizeof(struct value));
	list_init(&notes, sizeof(struct value));
	add_lines(&titles, job, title, TITLE_CELLS, TITLE_LINE, &y);
	add_lines(&notes, job, step_note(job, step), NOTE_CELLS, NOTE_LINE, &y);
	y += PADDING;
	values[FLOW_BOX_TOP] = value_number(*top);
	values[FLOW_BOX_HEIGHT] = value_number(y - *top);
	values[FLOW_BOX_BOTTOM] = value_number(y);
	values[FLOW_BOX_NEXT] =
		value_number(number + 1 < count ? y + GAP - 2 : 0);
	values[FLOW_BOX_IS_END] =
		value_truth(number == 0 || number + 1 == count);
	values[FLOW_BOX_TITLES] = value_list(titles.items, titles.count);
	values[FLOW_BOX_NOTES] = value_list(notes.items, notes.count);
	*top = y + GAP;
	return view_object(job, &flow_box_shape, values);
}

/* One step alone leads nowhere. */
struct value flow_chart(const struct render_job *job,
			const struct yaml_node *steps)
{
	struct value values[FLOW_FIELDS];
	struct value *boxes;
	int64_t top = 1;

	if (steps == NULL || steps->kind != YAML_SEQUENCE || steps->count < 2)
		return value_none();
	boxes = arena_array(job->arena, steps->count, sizeof(*boxes));
	for (size_t i = 0; i < steps->count; i++)
		boxes[i] =
			step_box(job, &steps->items[i], i, steps->count, &top);
	values[FLOW_HEIGHT] = value_number(top - GAP + 1);
	values[FLOW_BOXES] = value_list(boxes, steps->count);
	return view_object(job, &flow_shape, values);
}
