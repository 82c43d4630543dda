/*
 * Tables of an old page.
 *
 * Most only put things beside each other, so a table is one only if it looks
 * like one: two rows and two columns at least, in its cells short text with
 * links, and pictures in fewer than half of them (a gallery is no table). Any
 * other is walked through as if it were not there. Cells that are merged have
 * no form in Markdown, so such a table stays HTML.
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
	size_t cells;
	size_t pictures; /* cells with one */
	bool has_merged;
	bool has_blocks; /* lists, headings, tables, long texts */
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
		    kind == ELEMENT_HEADING || kind == ELEMENT_CODE ||
		    kind == ELEMENT_QUOTE || holds_blocks(child, depth + 1))
			return true;
	}
	return depth >= HTML_WALK_DEPTH;
}

static bool holds_picture(const struct page_node *node, size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node);
	     child != NULL && depth < HTML_WALK_DEPTH;
	     child = page_node_next(child))
		if (!page_node_is_text(child) &&
		    (html_walk_kind(child) == ELEMENT_IMAGE ||
		     holds_picture(child, depth + 1)))
			return true;
	return false;
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
		look->cells++;
		look->pictures += holds_picture(cell, 0);
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

/* What a cell may have in HTML; everything else is its text. */
static const char *tag_of(enum element_kind kind, const struct page_node *node)
{
	if (kind == ELEMENT_STRONG)
		return "strong";
	if (kind == ELEMENT_EMPHASIS)
		return "em";
	if (kind == ELEMENT_SMALL)
		return page_node_is(node, "sub") ? "sub" : "sup";
	return NULL;
}

struct html_cell {
	struct taking_body *taking;
	struct buf *out;
	size_t start; /* of the cell in it */
	bool gap;
};

/* White space that has come stands before a tag, not in it. */
static void add_html_gap(struct html_cell *cell)
{
	if (cell->gap && cell->out->len > cell->start)
		buf_add_byte(cell->out, ' ');
	cell->gap = false;
}

static void add_html_text(struct html_cell *cell, str text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t from = at;
		uint32_t code = unicode_next(text, &at);

		if (unicode_is_blank(code)) {
			cell->gap = true;
			continue;
		}
		add_html_gap(cell);
		html_escape(cell->out, str_between(text, from, at));
	}
}

static void add_html_picture(struct html_cell *cell,
			     const struct page_node *node)
{
	str found;

	if (!html_walk_image_target(cell->taking, &found, node))
		return;
	add_html_gap(cell);
	buf_add_c(cell->out, "<img src=\"");
	html_escape(cell->out, found);
	buf_add_c(cell->out, "\" alt=\"");
	html_escape(cell->out, html_walk_image_text(cell->taking, node));
	buf_add_c(cell->out, "\">");
}

static void add_html_children(struct html_cell *cell,
			      const struct page_node *node, size_t depth);

static void add_html_link(struct html_cell *cell, const struct page_node *node,
			  size_t depth)
{
	bool was_in_link = cell->taking->is_in_link;
	bool leads;
	str found;

	leads = html_walk_link_target(cell->taking, &found, node);
	if (leads) {
		add_html_gap(cell);
		buf_add_c(cell->out, "<a href=\"");
		html_escape(cell->out, found);
		buf_add_c(cell->out, "\">");
		cell->taking->is_in_link = true;
	}
	add_html_children(cell, node, depth);
	cell->taking->is_in_link = was_in_link;
	if (leads)
		buf_add_c(cell->out, "</a>");
}

static void add_html_element(struct html_cell *cell,
			     const struct page_node *node, size_t depth)
{
	enum element_kind kind = html_walk_kind(node);
	const char *tag = tag_of(kind, node);

	if (kind == ELEMENT_DROPPED || kind == ELEMENT_TOLD)
		return;
	if (kind == ELEMENT_IMAGE) {
		add_html_picture(cell, node);
		return;
	}
	if (kind == ELEMENT_LINK) {
		add_html_link(cell, node, depth);
		return;
	}
	cell->gap |= kind == ELEMENT_BREAK || kind == ELEMENT_BLOCK;
	if (tag != NULL) {
		add_html_gap(cell);
		buf_printf(cell->out, "<%s>", tag);
	}
	add_html_children(cell, node, depth);
	if (tag != NULL)
		buf_printf(cell->out, "</%s>", tag);
	cell->gap |= kind == ELEMENT_BLOCK;
}

static void add_html_children(struct html_cell *cell,
			      const struct page_node *node, size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node);
	     child != NULL && depth < HTML_WALK_DEPTH;
	     child = page_node_next(child))
		if (page_node_is_text(child))
			add_html_text(cell, page_node_text(child));
		else
			add_html_element(cell, child, depth + 1);
}

/* One line: Markdown, or HTML in a table that stays HTML. */
static void add_cell(struct row_writing *writing, const struct page_node *node)
{
	struct taking_body *taking = writing->taking;
	struct html_cell cell = { taking, &writing->lines, writing->lines.len,
				  false };
	struct markdown_out kept;

	if (writing->is_html) {
		add_html_children(&cell, node, 0);
		return;
	}
	markdown_out_begin_cell(&taking->out, &kept);
	html_walk_children(taking, node);
	markdown_out_end_cell(&writing->lines, &taking->out, &kept);
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
		add_cell(writing, cell);
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
		add_cell(writing, cell);
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
	    looking.look.pictures * 2 >= looking.look.cells ||
	    taking->is_in_link || taking->out.is_cell) {
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
