/*
 * A cell can hold anything that a paragraph can, code and links with bars in
 * them too, and links may be defined anywhere in the text. So cells are cut by
 * bars as GitHub cuts them, and reading them is left to cmark, in one pass
 * with everything else. Rows are cut once, so cost is linear in their length.
 */
#include "markup/markdown_tables.h"

#include <cmark.h>

#include "base/sorted.h"
#include "markup/markdown_guard.h"

/*
 * A no-break space stands before each cell and in each place: to cmark it is
 * white space for emphasis, but nothing that could start a list, a heading or
 * code.
 */
static const str no_break_space = STR("\xc2\xa0");

/* A paragraph with a table in it, by lines from 0 of the old text. */
struct found {
	size_t first;	 /* line of the paragraph */
	size_t head;	 /* line of the heads */
	size_t end;	 /* behind the last row */
	size_t inset;	 /* bytes before the paragraph on its first line */
	bool underlined; /* "---" below the table stays as a rule */
	struct markdown_table table;
};

struct move {
	struct markdown_text *text;
	struct markdown_text cells; /* the front of the new text */
	struct arena *arena;
	struct diag_list *diags;
	struct list found; /* struct found */
	size_t cell_count;
	size_t area; /* rows * columns so far */
	bool plain;  /* as GitHub does */
};

/* The part of a row between the outer bars. */
static str row_content(str line)
{
	str row = str_trim(line);
	size_t backslashes = 0;

	while (row.len > 0 && row.data[0] == '>')
		row = str_trim(str_from(row, 1));
	if (row.len > 0 && row.data[0] == '|')
		row = str_from(row, 1);
	if (row.len == 0 || row.data[row.len - 1] != '|')
		return row;
	while (backslashes + 1 < row.len &&
	       row.data[row.len - 2 - backslashes] == '\\')
		backslashes++;
	if (backslashes % 2 == 0)
		row.len--;
	return row;
}

/* Cuts one cell off the row; false when there is none any more. */
typedef bool cut_cell(str *rest, str *cell);

struct row_size {
	size_t cells;
	size_t columns; /* of the head */
};

/* As GitHub cuts: a bar behind a backslash is text. */
static bool next_cell(str *rest, str *cell)
{
	size_t at = 0;

	if (rest->data == NULL)
		return false;
	while (at < rest->len && rest->data[at] != '|')
		at += rest->data[at] == '\\' && at + 1 < rest->len ? 2 : 1;
	*cell = str_between(*rest, 0, at);
	*rest = at < rest->len ? str_from(*rest, at + 1) : (str){ NULL, 0 };
	return true;
}

/* Bytes of a code span or an address at `at`, which may have bars; or 0. */
static size_t literal_length(str row, size_t at)
{
	enum { LITERAL_BYTES = 500 };
	str rest = str_between(row, at, at + LITERAL_BYTES);
	size_t ticks = 0;
	size_t end;

	while (ticks < rest.len && rest.data[ticks] == '`')
		ticks++;
	if (ticks == 0 && !str_starts_with(rest, STR("](")))
		return 0;
	if (ticks == 0)
		end = str_find_byte(rest, ')');
	else
		end = str_find(str_from(rest, ticks),
			       str_between(rest, 0, ticks));
	if (end == STR_NONE)
		return ticks;
	return ticks == 0 ? end + 1 : end + 2 * ticks;
}

static bool next_whole_cell(str *rest, str *cell)
{
	size_t at = 0;

	if (rest->data == NULL)
		return false;
	while (at < rest->len && rest->data[at] != '|') {
		size_t literal = literal_length(*rest, at);

		at += literal > 0				     ? literal
		      : rest->data[at] == '\\' && at + 1 < rest->len ? 2
								     : 1;
	}
	*cell = str_between(*rest, 0, at);
	*rest = at < rest->len ? str_from(*rest, at + 1) : (str){ NULL, 0 };
	return true;
}

static size_t count_cells(str row, cut_cell *cut)
{
	str cell;
	size_t count = 0;

	while (cut(&row, &cell))
		count++;
	return count;
}

/* Only bars: there is nothing in the cells. */
static bool is_blank_row(str cells)
{
	for (size_t i = 0; i < cells.len; i++)
		if (str_find_byte(STR("| \t"), cells.data[i]) == STR_NONE)
			return false;
	return true;
}

static bool delimiter_align(str cell, enum markdown_align *align)
{
	bool left;
	bool right;

	cell = str_trim(cell);
	left = cell.len > 0 && cell.data[0] == ':';
	right = cell.len > 1 && cell.data[cell.len - 1] == ':';
	cell = str_between(cell, left ? 1 : 0, cell.len - (right ? 1 : 0));
	if (cell.len == 0)
		return false;
	for (size_t i = 0; i < cell.len; i++)
		if (cell.data[i] != '-')
			return false;
	*align = left && right ? MARKDOWN_ALIGN_CENTER
		 : left	       ? MARKDOWN_ALIGN_LEFT
		 : right       ? MARKDOWN_ALIGN_RIGHT
			       : MARKDOWN_ALIGN_NONE;
	return true;
}

/* The number of columns of a row of dashes; 0: it is none. */
static size_t delimiter_columns(str line)
{
	str rest = row_content(line);
	enum markdown_align align;
	str cell;
	size_t count = 0;

	while (next_cell(&rest, &cell)) {
		if (!delimiter_align(cell, &align))
			return 0;
		count++;
	}
	return count;
}

static const enum markdown_align *read_aligns(str line, size_t count,
					      struct arena *arena)
{
	enum markdown_align *aligns =
		arena_array(arena, count, sizeof(*aligns));
	str rest = row_content(line);
	str cell;
	size_t i = 0;

	while (i < count && next_cell(&rest, &cell))
		(void)delimiter_align(cell, &aligns[i++]);
	return aligns;
}

static bool over_limit(struct move *move, size_t line, const char *what,
		       size_t limit)
{
	const struct markdown_text *text = move->text;
	size_t length = markdown_text_line(text, line).len;

	markdown_limit_error(move->diags,
			     span_of(text->source,
				     markdown_text_origin(text, line, 0),
				     markdown_text_origin(text, line, length)),
			     what, limit, _("split the table"));
	return false;
}

static str without_escaped_bars(str cell, struct arena *arena)
{
	struct buf out;

	if (str_find(cell, STR("\\|")) == STR_NONE)
		return cell;
	buf_init(&out, arena);
	for (size_t i = 0; i < cell.len; i++) {
		bool escape = cell.data[i] == '\\' && i + 1 < cell.len;

		if (escape && cell.data[i + 1] != '|')
			buf_add_byte(&out, cell.data[i++]);
		else if (escape)
			i++;
		buf_add_byte(&out, cell.data[i]);
	}
	return buf_str(&out);
}

/* On its first line the paragraph stands behind list markers. */
static str row_text(const struct move *move, const struct found *found,
		    size_t number)
{
	str line = markdown_text_line(move->text, number);

	return number == found->first ? str_from(line, found->inset) : line;
}

static void add_cell(struct move *move, size_t number, str cell)
{
	str line = markdown_text_line(move->text, number);
	size_t byte;

	cell = str_trim(cell);
	byte = (size_t)(cell.data - line.data);
	markdown_text_add(&move->cells, no_break_space,
			  without_escaped_bars(cell, move->arena),
			  markdown_text_origin(move->text, number, byte));
	markdown_text_add(&move->cells, STR(""), STR(""), 0);
	move->cell_count++;
}

/* Where a part of line `number` stands in the source. */
static struct span span_of_cell(const struct move *move, size_t number,
				str part)
{
	str line = markdown_text_line(move->text, number);
	size_t start = (size_t)(part.data - line.data);

	return span_of(
		move->text->source,
		markdown_text_origin(move->text, number, start),
		markdown_text_origin(move->text, number, start + part.len));
}

static void warn_bar(struct move *move, size_t number, str row)
{
	struct diag *diag = diag_warning(
		move->diags, span_of_cell(move, number, str_trim(row)),
		"table-bar",
		_("a bar inside code or an address ends a cell of a table"));

	diag_help(move->diags, diag, _("write \\| for a bar that is text"));
}

static void warn_many(struct move *move, size_t number, str surplus,
		      struct row_size size)
{
	struct diag *diag = diag_warning(
		move->diags, span_of_cell(move, number, str_trim(surplus)),
		"table-cells",
		_("this row has %zu cells and the head of the table %zu: what "
		  "is too much stands in the last one"),
		size.cells, size.columns);

	diag_help(move->diags, diag,
		  _("write \\| for a bar that is text, or give the head and "
		    "the dashes as many cells"));
}

static void warn_few(struct move *move, size_t number, str row,
		     struct row_size size)
{
	struct diag *diag = diag_warning(
		move->diags, span_of_cell(move, number, str_trim(row)),
		"table-cells",
		_("this row has %zu cells and the head of the table %zu"),
		size.cells, size.columns);

	if (str_find_byte(markdown_text_line(move->text, number), '|') ==
	    STR_NONE)
		diag_help(move->diags, diag,
			  _("put an empty line between the table and the text "
			    "below it"));
	else
		diag_help(move->diags, diag,
			  _("write the empty cells too: | … | |"));
}

/*
 * How the row is cut: as GitHub does, or past the bars in code and addresses
 * when only then it has as many cells as the head.
 */
static cut_cell *choose_cut(struct move *move, size_t number, str row,
			    struct row_size *size)
{
	size_t whole;

	size->cells = count_cells(row, next_cell);
	if (move->plain || size->cells <= size->columns)
		return next_cell;
	whole = count_cells(row, next_whole_cell);
	if (whole != size->columns)
		return next_cell;
	size->cells = whole;
	warn_bar(move, number, row);
	return next_whole_cell;
}

static void add_row(struct move *move, struct found *found, size_t number)
{
	struct markdown_table *table = &found->table;
	struct markdown_row *row = list_add(&table->rows, move->arena);
	struct row_size size = { .columns = table->column_count };
	str content = row_content(row_text(move, found, number));
	cut_cell *cut = choose_cut(move, number, content, &size);
	str rest = content;
	str cell;

	if (!move->plain && size.cells < size.columns)
		warn_few(move, number, content, size);
	row->first_cell = move->cell_count;
	while (row->cell_count < size.columns && cut(&rest, &cell)) {
		bool is_last = row->cell_count + 1 == size.columns;

		if (is_last && !move->plain && rest.data != NULL &&
		    !is_blank_row(rest)) {
			warn_many(move, number, rest, size);
			cell.len = (size_t)(rest.data - cell.data) + rest.len;
		}
		add_cell(move, number, cell);
		row->cell_count++;
	}
}

/* Whether the table's heads are at `line`, and how many. */
static size_t columns_at(const struct move *move, const struct found *found,
			 size_t line)
{
	str head = row_text(move, found, line);
	str dashes;
	size_t columns;

	if (line + 1 >= found->end)
		return 0;
	dashes = markdown_text_line(move->text, line + 1);
	columns = delimiter_columns(dashes);
	if (columns == 0 || is_blank_row(head) ||
	    count_cells(row_content(head), next_cell) != columns)
		return 0;
	/* "a" above "---" is a heading, not a table of one column. */
	if (columns == 1 && str_find_byte(head, '|') == STR_NONE &&
	    str_find_byte(dashes, '|') == STR_NONE)
		return 0;
	return columns;
}

static bool add_table(struct move *move, struct found found, size_t columns)
{
	size_t rows = found.end - found.head - 1;
	struct found *added;

	if (columns > MARKDOWN_COLUMN_LIMIT)
		return over_limit(move, found.head, _("columns in a table"),
				  MARKDOWN_COLUMN_LIMIT);
	if (rows > (MARKDOWN_CELL_LIMIT - move->area) / columns)
		return over_limit(move, found.head, _("cells in all tables"),
				  MARKDOWN_CELL_LIMIT);
	move->area += rows * columns;
	found.table.column_count = columns;
	found.table.aligns =
		read_aligns(markdown_text_line(move->text, found.head + 1),
			    columns, move->arena);
	list_init(&found.table.rows, sizeof(struct markdown_row));
	for (size_t i = found.head; i < found.end; i++)
		if (i != found.head + 1)
			add_row(move, &found, i);
	added = list_add(&move->found, move->arena);
	*added = found;
	return true;
}

/* "---" or "===" below a heading, behind the signs of quotes. */
static bool is_underline(str line)
{
	char sign;

	while (line.len > 0 &&
	       str_find_byte(STR("> \t"), line.data[0]) != STR_NONE)
		line = str_from(line, 1);
	line = str_trim(line);
	sign = str_at(line, 0);
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] != sign)
			return false;
	return sign == '-' || sign == '=';
}

static bool search_paragraph(struct move *move, cmark_node *node,
			     bool is_heading)
{
	int start = cmark_node_get_start_line(node);
	int last = cmark_node_get_end_line(node);
	struct found found = { .underlined = is_heading };

	if (start < 1 || last <= start ||
	    (size_t)last > move->text->lines.count)
		return true;
	/* cmark may count the line behind the heading, too */
	if (is_heading &&
	    !is_underline(markdown_text_line(move->text, (size_t)last - 1)))
		last--;
	found.first = (size_t)start - 1;
	found.inset = (size_t)cmark_node_get_start_column(node) - 1;
	found.end = (size_t)last - (is_heading ? 1 : 0);
	for (size_t line = found.first; line + 1 < found.end; line++) {
		size_t columns = columns_at(move, &found, line);

		found.head = line;
		if (columns > 0)
			return add_table(move, found, columns);
	}
	return true;
}

static bool search_tree(struct move *move, cmark_node *tree)
{
	cmark_iter *iter = cmark_iter_new(tree);
	cmark_event_type event;
	bool ok = true;

	while (ok && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (event == CMARK_EVENT_ENTER &&
		    (type == CMARK_NODE_PARAGRAPH ||
		     type == CMARK_NODE_HEADING))
			ok = search_paragraph(move, node,
					      type == CMARK_NODE_HEADING);
	}
	cmark_iter_free(iter);
	return ok;
}

/* What the containers want to see at the start of a following line. */
static str container_prefix(const struct move *move, const struct found *found)
{
	str line = markdown_text_line(move->text, found->first);
	struct buf out;

	buf_init(&out, move->arena);
	for (size_t i = 0; i < found->inset && i < line.len; i++) {
		char byte = line.data[i];

		if (byte != '>' && byte != '\t')
			byte = ' ';
		buf_add_byte(&out, byte);
	}
	return buf_str(&out);
}

static void write_place(struct markdown_text *out, const struct move *move,
			struct found *found)
{
	str first = markdown_text_line(move->text, found->first);
	str prefix = container_prefix(move, found);
	str before = found->head == found->first
			     ? str_between(first, 0, found->inset)
			     : prefix;
	str parts[] = { before, no_break_space };

	if (found->head > found->first)
		markdown_text_add(out, prefix, STR(""), 0);
	markdown_text_add(out, arena_join(move->arena, parts, 2), STR(""),
			  markdown_text_origin(move->text, found->head, 0));
	found->table.place = out->lines.count;
	if (found->underlined)
		markdown_text_add(out, prefix, STR(""), 0);
}

static void rewrite(struct move *move)
{
	struct found *found = move->found.items;
	size_t next = 0;
	size_t line = 0;

	while (line < move->text->lines.count) {
		if (next < move->found.count && line == found[next].head) {
			write_place(&move->cells, move, &found[next]);
			line = found[next++].end;
		} else {
			markdown_text_copy(&move->cells, move->text, line++);
		}
	}
	*move->text = move->cells;
}

bool markdown_tables_move(struct markdown_tables *out,
			  struct markdown_text *text, struct cmark_node *tree,
			  bool plain, struct diag_list *diags)
{
	struct move move = { .text = text,
			     .arena = text->arena,
			     .diags = diags,
			     .plain = plain };
	const struct found *found;

	*out = (struct markdown_tables){ 0 };
	list_init(&move.found, sizeof(struct found));
	markdown_text_init(&move.cells, text->source, text->arena);
	if (!search_tree(&move, tree))
		return false;
	if (move.found.count == 0)
		return true;
	rewrite(&move);
	found = move.found.items;
	out->count = move.found.count;
	out->cell_count = move.cell_count;
	out->items = arena_array(text->arena, out->count, sizeof(*out->items));
	for (size_t i = 0; i < out->count; i++)
		out->items[i] = found[i].table;
	return true;
}

const struct markdown_table *
markdown_table_at(const struct markdown_tables *tables, size_t line)
{
	const struct sorted_numbers places = SORTED_BY(
		tables->items, tables->count, struct markdown_table, place);
	size_t at = sorted_rows_below(&places, (int64_t)line);

	if (at == tables->count || tables->items[at].place != line)
		return NULL;
	return &tables->items[at];
}
