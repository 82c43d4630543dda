/*
 * Lines that look like a table and are none: parted by tabs, as they are pasted
 * from a spreadsheet, framed with signs, or without the row of dashes.
 */
#include "markup/markdown_hints.h"

#include <cmark.h>

enum { COLUMNS_LIMIT = 20 };

static size_t count_signs(str line, str sign)
{
	size_t count = 0;
	size_t at;

	while ((at = str_find(line, sign)) != STR_NONE) {
		line = str_from(line, at + sign.len);
		count++;
	}
	return count;
}

/* Only the signs that a row of dashes is made of, or looks like. */
static bool is_dashes(str line)
{
	static const char signs[] = "|｜-－—–:： \t+";

	line = str_trim(line);
	return line.len > 2 && markdown_hint_skip(line, 0, signs) == line.len &&
	       (str_find_byte(line, '-') != STR_NONE ||
		str_find(line, STR("—")) != STR_NONE ||
		str_find(line, STR("－")) != STR_NONE);
}

/* The row as Markdown has it: "| 甲 | 乙 |". */
static void add_row(struct buf *out, str line, str sign)
{
	str rest = str_trim(line);
	size_t columns = 0;

	if (str_starts_with(rest, sign))
		rest = str_from(rest, sign.len);
	if (str_ends_with(rest, sign))
		rest.len -= sign.len;
	while (columns++ < COLUMNS_LIMIT) {
		size_t at = str_find(rest, sign);
		str cell = str_trim(at == STR_NONE ? rest
						   : str_between(rest, 0, at));

		buf_printf(out, "| %.*s ", STR_ARG(cell));
		if (at == STR_NONE)
			break;
		rest = str_from(rest, at + sign.len);
	}
	buf_add_c(out, "|");
}

static size_t cells_of(str line, str sign)
{
	str row = str_trim(line);
	size_t bars = count_signs(row, sign);

	return bars + 1 - (size_t)(bars > 0 && str_starts_with(row, sign)) -
	       (size_t)(bars > 1 && str_ends_with(row, sign));
}

/* Heads, dashes and, if there is one, the first row: a help of one line. */
static void help_table(const struct markdown_hints *hints, struct diag *diag,
		       str head, str row, str sign)
{
	size_t columns = cells_of(head, sign);
	struct buf out;

	buf_init(&out, hints->arena);
	add_row(&out, head, sign);
	buf_add_c(&out, " ⏎ |");
	for (size_t i = 0; i < columns && i < COLUMNS_LIMIT; i++)
		buf_add_c(&out, "---|");
	if (row.len > 0) {
		buf_add_c(&out, " ⏎ ");
		add_row(&out, row, sign);
	}
	diag_help(hints->diags, diag,
		  _("write a table, each ⏎ a new line: %.*s"),
		  STR_ARG(buf_str(&out)));
}

/* Every line has as many tabs. */
static bool check_tabs(const struct markdown_hints *hints, int start, int end)
{
	str head = markdown_hint_line(hints, start);
	str tab = STR("\t");
	size_t tabs = count_signs(str_trim(head), tab);
	struct diag *diag;

	if (tabs == 0)
		return false;
	for (int line = start + 1; line <= end; line++)
		if (count_signs(markdown_hint_line(hints, line), tab) < tabs)
			return false;
	diag = diag_warning(hints->diags,
			    markdown_hint_span(hints, str_trim(head)),
			    "markdown-table-tabs",
			    _("lines with tabs are no table: they become one "
			      "paragraph"));
	help_table(hints, diag, head, markdown_hint_line(hints, start + 1),
		   tab);
	return true;
}

/* +---+---+ above and below each row. */
static bool check_grid(const struct markdown_hints *hints, int start, int end)
{
	str border = markdown_hint_line(hints, start);
	str head = markdown_hint_line(hints, start + 1);
	str row = start + 3 <= end ? markdown_hint_line(hints, start + 3)
				   : STR("");
	struct diag *diag;

	if (!str_starts_with(str_trim(border), STR("+-")) ||
	    !is_dashes(border) || str_find_byte(head, '|') == STR_NONE)
		return false;
	diag = diag_warning(hints->diags,
			    markdown_hint_span(hints, str_trim(border)),
			    "markdown-table-form",
			    _("this is no table, and would be published as it "
			      "is typed"));
	help_table(hints, diag, head, row, STR("|"));
	return true;
}

static void check_bars(const struct markdown_hints *hints, int start, int end)
{
	str head = markdown_hint_line(hints, start);
	bool is_wide = str_find_byte(head, '|') == STR_NONE;
	str bar = is_wide ? STR("｜") : STR("|");
	str second = markdown_hint_line(hints, start + 1);
	bool has_dashes = is_dashes(second);
	struct diag *diag;

	if (str_find(head, bar) == STR_NONE ||
	    (str_find(second, bar) == STR_NONE &&
	     !(has_dashes && str_find(second, STR("｜")) != STR_NONE)))
		return;
	if (!has_dashes && (!str_starts_with(str_trim(head), bar) ||
			    !str_starts_with(str_trim(second), bar)))
		return;
	diag = diag_warning(
		hints->diags, markdown_hint_span(hints, str_trim(head)),
		"markdown-table-form",
		has_dashes && !is_wide && str_find(second, bar) != STR_NONE &&
				cells_of(head, bar) != cells_of(second, bar)
			? _("this is no table: heads and dashes have not as "
			    "many cells")
			: _("this is no table, and would be published as it "
			    "is typed"));
	if (has_dashes)
		second = start + 2 <= end ? markdown_hint_line(hints, start + 2)
					  : STR("");
	help_table(hints, diag, head, second, bar);
}

void markdown_hint_table(const struct markdown_hints *hints,
			 cmark_node *paragraph)
{
	int start = cmark_node_get_start_line(paragraph);
	int end = cmark_node_get_end_line(paragraph);

	if (start < 1 || end <= start ||
	    cmark_node_get_type(cmark_node_parent(paragraph)) ==
		    CMARK_NODE_ITEM)
		return;
	if (!check_tabs(hints, start, end) && !check_grid(hints, start, end))
		check_bars(hints, start, end);
}
