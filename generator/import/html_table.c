/*
 * Tables of an old page.
 *
 * Most only put things beside each other, so a table is one only if it looks
 * like one: two rows and two columns at least, and in its cells short text and
 * nothing else. Any other is walked through as if it were not there. Cells that
 * are merged have no form in Markdown, so such a table stays HTML.
 */
#include "import/html_walk.h"

#include "base/unicode.h"
#include "markup/html.h"

enum {
	COLUMN_LIMIT = 60,
	CELL_TEXT_LIMIT = 2000, /* bytes: more is no cell of a table */
};

struct table_look {
	size_t rows;
	size_t columns; /* of the longest row */
	bool has_merged;
	bool has_blocks; /* lists, headings, tables, long texts, pictures */
};

static size_t number_of(const struct page_node *node, const char *name)
{
	uint64_t number = 1;

	return str_to_u64(&number, str_trim(page_node_attribute(node, name))) &&
			       number > 0 && number < 1000
		       ? (size_t)number
		       : 1;
}

static bool holds_blocks(const struct page_node *node, size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node);
	     child != NULL && depth < HTML_WALK_DEPTH;
	     child = page_node_next(child)) {
		enum element_kind kind = page_node_is_text(child)
						 ? ELEMENT_INLINE
						 : html_walk_kind(child);

		if (kind == ELEMENT_TABLE || kind == ELEMENT_LIST ||
		    kind == ELEMENT_HEADING || kind == ELEMENT_IMAGE ||
		    kind == ELEMENT_CODE || kind == ELEMENT_QUOTE ||
		    holds_blocks(child, depth + 1))
			return true;
	}
	return depth >= HTML_WALK_DEPTH;
}

static bool is_cell(const struct page_node *node)
{
	return page_node_is(node, "td") || page_node_is(node, "th");
}

static size_t text_size(const struct page_node *node, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	html_walk_text(&text, node, 0);
	return text.len;
}

static void look_at_row(struct table_look *look, const struct page_node *row,
			struct arena *arena)
{
	const struct page_node *cell;
	size_t count = 0;

	look->rows++;
	for (cell = page_node_first(row); cell != NULL;
	     cell = page_node_next(cell)) {
		size_t width = number_of(cell, "colspan");

		if (!is_cell(cell))
			continue;
		count += width;
		look->has_merged |= width > 1 || number_of(cell, "rowspan") > 1;
		look->has_blocks |= holds_blocks(cell, 0) ||
				    text_size(cell, arena) > CELL_TEXT_LIMIT;
	}
	if (count > look->columns)
		look->columns = count;
}

/* Calls for each row, whatever part of the table it is in. */
typedef void row_taker(void *context, const struct page_node *row);

static void each_row(const struct page_node *node, row_taker *take,
		     void *context)
{
	const struct page_node *child;

	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child)) {
		if (page_node_is(child, "tr"))
			take(context, child);
		else if (page_node_is(child, "tbody") ||
			 page_node_is(child, "thead") ||
			 page_node_is(child, "tfoot"))
			each_row(child, take, context);
	}
}

struct looking {
	struct table_look look;
	struct arena *arena;
};

static void take_look(void *context, const struct page_node *row)
{
	struct looking *looking = context;

	look_at_row(&looking->look, row, looking->arena);
}

struct row_writing {
	struct taking_body *taking;
	struct buf lines;
	size_t columns;
	size_t rows;
	bool is_html;
};

/* One line of text; HTML has entities where Markdown has "\". */
static void add_cell_text(struct row_writing *writing,
			  const struct page_node *cell)
{
	struct arena *arena = writing->taking->arena;
	struct buf text;
	bool gap = false;
	size_t at = 0;
	size_t start = writing->lines.len;

	buf_init(&text, arena);
	html_walk_text(&text, cell, 0);
	while (at < text.len) {
		size_t from = at;
		uint32_t code = unicode_next(buf_str(&text), &at);
		str sign = str_between(buf_str(&text), from, at);

		if (unicode_is_blank(code)) {
			gap = true;
			continue;
		}
		if (gap && writing->lines.len > start)
			buf_add_byte(&writing->lines, ' ');
		gap = false;
		if (writing->is_html)
			html_escape(&writing->lines, sign);
		else
			markdown_out_escape(&writing->lines, sign);
	}
}

static void write_html_row(struct row_writing *writing,
			   const struct page_node *row)
{
	const struct page_node *cell;

	buf_add_c(&writing->lines, "<tr>");
	for (cell = page_node_first(row); cell != NULL;
	     cell = page_node_next(cell)) {
		const char *name = page_node_is(cell, "th") ? "th" : "td";
		size_t width = number_of(cell, "colspan");
		size_t height = number_of(cell, "rowspan");

		if (!is_cell(cell))
			continue;
		buf_printf(&writing->lines, "<%s", name);
		if (width > 1)
			buf_printf(&writing->lines, " colspan=\"%zu\"", width);
		if (height > 1)
			buf_printf(&writing->lines, " rowspan=\"%zu\"", height);
		buf_add_byte(&writing->lines, '>');
		add_cell_text(writing, cell);
		buf_printf(&writing->lines, "</%s>", name);
	}
	buf_add_c(&writing->lines, "</tr>\n");
}

static void write_row(struct row_writing *writing, const struct page_node *row)
{
	const struct page_node *cell;
	size_t count = 0;

	buf_add_c(&writing->lines, "|");
	for (cell = page_node_first(row); cell != NULL;
	     cell = page_node_next(cell)) {
		if (!is_cell(cell))
			continue;
		buf_add_byte(&writing->lines, ' ');
		add_cell_text(writing, cell);
		buf_add_c(&writing->lines, " |");
		count++;
	}
	for (; count < writing->columns; count++)
		buf_add_c(&writing->lines, "  |");
	buf_add_byte(&writing->lines, '\n');
	if (writing->rows++ > 0)
		return;
	buf_add_byte(&writing->lines, '|');
	for (size_t i = 0; i < writing->columns; i++)
		buf_add_c(&writing->lines, " --- |");
	buf_add_byte(&writing->lines, '\n');
}

static void take_row(void *context, const struct page_node *row)
{
	struct row_writing *writing = context;

	if (writing->is_html)
		write_html_row(writing, row);
	else
		write_row(writing, row);
}

static void walk_caption(struct taking_body *taking,
			 const struct page_node *node)
{
	const struct page_node *child;

	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child))
		if (page_node_is(child, "caption"))
			html_walk(taking, child);
}

/* Most tables of old pages only put things beside each other. */
void html_walk_table(struct taking_body *taking, const struct page_node *node)
{
	struct looking looking = { .arena = taking->arena };
	struct row_writing writing = { .taking = taking };

	each_row(node, take_look, &looking);
	if (looking.look.rows < 2 || looking.look.columns < 2 ||
	    looking.look.columns > COLUMN_LIMIT || looking.look.has_blocks ||
	    taking->is_in_link) {
		markdown_out_end(&taking->out);
		html_walk_children(taking, node);
		markdown_out_end(&taking->out);
		return;
	}
	walk_caption(taking, node);
	writing.is_html = looking.look.has_merged;
	writing.columns = looking.look.columns;
	buf_init(&writing.lines, taking->arena);
	if (writing.is_html)
		buf_add_c(&writing.lines, "<table>\n");
	each_row(node, take_row, &writing);
	if (writing.is_html)
		buf_add_c(&writing.lines, "</table>\n");
	markdown_out_block(&taking->out, str_trim(buf_str(&writing.lines)));
}
