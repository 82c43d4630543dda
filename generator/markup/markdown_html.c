/*
 * cmark's tree as HTML: one row for each kind of node, with what is written
 * before and behind its children. No recursion: a tree may be deep.
 */
#include "markup/markdown_writer.h"

#include <cmark.h>

#include "markup/html.h"
#include "markup/markdown_marks.h"
#include "markup/markdown_plain.h"
#include "markup/markdown_shapes.h"

enum next { NEXT_CHILDREN, NEXT_SIBLING };

static str literal_of(cmark_node *node)
{
	return str_from_c(cmark_node_get_literal(node));
}

static void add(struct markdown_writer *writer, const char *html)
{
	buf_add_c(&writer->out, html);
}

void markdown_write_break(struct markdown_writer *writer)
{
	const struct buf *out = &writer->out;

	if (out->len > 0 && out->data[out->len - 1] != '\n')
		buf_add_byte(&writer->out, '\n');
}

static bool is_control(char c)
{
	return (unsigned char)c < ' ' && c != '\n' && c != '\t';
}

/* A control character, which no HTML may hold, becomes U+FFFD. */
void markdown_write_text(struct markdown_writer *writer, str text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (!is_control(text.data[i]) && text.data[i] != 0x7f)
			continue;
		html_escape(&writer->out, str_between(text, from, i));
		buf_add_utf8(&writer->out, 0xfffd);
		from = i + 1;
	}
	html_escape(&writer->out, str_from(text, from));
}

/* --- blocks --------------------------------------------------------------- */

static void open_callout(struct markdown_writer *writer,
			 const struct markdown_callout *callout)
{
	str title = callout->title.len > 0
			    ? callout->title
			    : writer->options->callouts[callout->kind];

	buf_printf(&writer->out,
		   "<div class=\"callout callout-%s\" role=\"note\">\n",
		   markdown_callout_names[callout->kind]);
	if (title.len == 0)
		return;
	add(writer, "<p class=\"callout-title\">");
	markdown_write_text(writer, title);
	add(writer, "</p>\n");
}

static enum next open_quote(struct markdown_writer *writer, cmark_node *node)
{
	const struct markdown_callout *callout = markdown_callout_of(node);

	markdown_write_break(writer);
	if (callout != NULL)
		open_callout(writer, callout);
	else
		add(writer, "<blockquote>\n");
	return NEXT_CHILDREN;
}

static void close_quote(struct markdown_writer *writer, cmark_node *node)
{
	markdown_write_break(writer);
	add(writer,
	    markdown_callout_of(node) != NULL ? "</div>\n" : "</blockquote>\n");
}

/* A list of terms, a term, or the text of one. */
static enum next open_terms(struct markdown_writer *writer, cmark_node *node)
{
	const enum markdown_term *term = markdown_term_of(node);

	markdown_write_break(writer);
	add(writer, term == NULL	     ? "<dl>\n"
		    : *term == MARKDOWN_TERM ? "<dt>"
					     : "<dd>");
	return NEXT_CHILDREN;
}

static void close_terms(struct markdown_writer *writer, cmark_node *node)
{
	const enum markdown_term *term = markdown_term_of(node);

	add(writer, term == NULL	     ? "</dl>\n"
		    : *term == MARKDOWN_TERM ? "</dt>\n"
					     : "</dd>\n");
}

static bool is_ordered(cmark_node *node)
{
	return cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
}

static enum next open_list(struct markdown_writer *writer, cmark_node *node)
{
	int start = cmark_node_get_list_start(node);

	markdown_write_break(writer);
	if (!is_ordered(node))
		add(writer, "<ul>\n");
	else if (start == 1)
		add(writer, "<ol>\n");
	else
		buf_printf(&writer->out, "<ol start=\"%d\">\n", start);
	return NEXT_CHILDREN;
}

static void close_list(struct markdown_writer *writer, cmark_node *node)
{
	add(writer, is_ordered(node) ? "</ol>\n" : "</ul>\n");
}

static enum next open_item(struct markdown_writer *writer, cmark_node *node)
{
	(void)node;
	markdown_write_break(writer);
	add(writer, "<li>");
	return NEXT_CHILDREN;
}

static void close_item(struct markdown_writer *writer, cmark_node *node)
{
	(void)node;
	add(writer, "</li>\n");
}

static enum next write_code_block(struct markdown_writer *writer,
				  cmark_node *node)
{
	str info = str_from_c(cmark_node_get_fence_info(node));
	size_t end = 0;

	while (end < info.len &&
	       str_find_byte(STR(" \t\n"), info.data[end]) == STR_NONE)
		end++;
	markdown_write_break(writer);
	add(writer, "<pre><code");
	if (end > 0) {
		add(writer, " class=\"");
		if (!str_starts_with(info, STR("language-")))
			add(writer, "language-");
		markdown_write_text(writer, str_between(info, 0, end));
		add(writer, "\"");
	}
	add(writer, ">");
	markdown_write_text(writer, literal_of(node));
	add(writer, "</code></pre>\n");
	return NEXT_SIBLING;
}

static enum next write_rule(struct markdown_writer *writer, cmark_node *node)
{
	(void)node;
	markdown_write_break(writer);
	add(writer, "<hr>\n");
	return NEXT_SIBLING;
}

static enum next write_html_block(struct markdown_writer *writer,
				  cmark_node *node)
{
	markdown_write_break(writer);
	markdown_raw_add(writer, node);
	return NEXT_SIBLING;
}

/* Level 1 is the page's title, and readers by ear jump from level to level. */
static void check_level(struct markdown_writer *writer, cmark_node *node,
			int level)
{
	struct span span = markdown_text_span(&writer->tree->text, node);
	struct diag *diag;

	if (level == 1) {
		diag = diag_error(writer->diags, span, "markdown-h1",
				  _("a heading of level 1 is the page's title, "
				    "which comes from \"title\""));
		diag_help(writer->diags, diag,
			  _("write ## for the headings in the text"));
	} else if (level > writer->level + 1) {
		diag = diag_warning(writer->diags, span,
				    "markdown-heading-jump",
				    _("a heading of level %d follows one of "
				      "level %d"),
				    level, writer->level);
		diag_help(writer->diags, diag, _("use level %d here"),
			  writer->level + 1);
	}
}

static enum next open_heading(struct markdown_writer *writer, cmark_node *node)
{
	int level = cmark_node_get_heading_level(node);
	struct markdown_heading *heading;

	markdown_write_break(writer);
	if (writer->options->plain) {
		buf_printf(&writer->out, "<h%d>", level);
		return NEXT_CHILDREN;
	}
	check_level(writer, node, level);
	writer->level = level < 2 ? 2 : level;
	heading = list_add(&writer->headings, writer->arena);
	heading->level = writer->level;
	heading->text = markdown_plain_text(node, &writer->tree->footnotes,
					    writer->arena);
	heading->id = heading_ids_make(&writer->ids, heading->text);
	buf_printf(&writer->out, "<h%d id=\"%.*s\">", writer->level,
		   STR_ARG(heading->id));
	return NEXT_CHILDREN;
}

static void close_heading(struct markdown_writer *writer, cmark_node *node)
{
	int level = writer->options->plain ? cmark_node_get_heading_level(node)
					   : writer->level;

	buf_printf(&writer->out, "</h%d>\n", level);
}

/* --- paragraphs, tables, task lists --------------------------------------- */

static void write_cell(struct markdown_writer *writer,
		       const struct markdown_table *table,
		       const struct markdown_row *row, size_t column)
{
	static const char *const classes[] = {
		[MARKDOWN_ALIGN_NONE] = "",
		[MARKDOWN_ALIGN_LEFT] = " class=\"align-left\"",
		[MARKDOWN_ALIGN_CENTER] = " class=\"align-center\"",
		[MARKDOWN_ALIGN_RIGHT] = " class=\"align-right\"",
	};
	bool is_head = row == table->rows.items;

	add(writer, is_head ? "<th scope=\"col\"" : "<td");
	add(writer, classes[table->aligns[column]]);
	add(writer, ">");
	if (column < row->cell_count) {
		/* the no-break space before each cell */
		writer->skip = 2;
		markdown_write_children(
			writer, writer->tree->cells[row->first_cell + column]);
	}
	add(writer, is_head ? "</th>\n" : "</td>\n");
}

static void write_table(struct markdown_writer *writer,
			const struct markdown_table *table)
{
	const struct markdown_row *rows = table->rows.items;

	markdown_write_break(writer);
	add(writer, "<section class=\"table-wrapper\" tabindex=\"0\""
		    " aria-label=\"");
	markdown_write_text(writer, writer->options->table_label);
	add(writer, "\">\n<table>\n<thead>\n");
	for (size_t i = 0; i < table->rows.count; i++) {
		add(writer, i == 1 ? "<tbody>\n<tr>\n" : "<tr>\n");
		for (size_t column = 0; column < table->column_count; column++)
			write_cell(writer, table, &rows[i], column);
		add(writer, i == 0 ? "</tr>\n</thead>\n" : "</tr>\n");
	}
	add(writer, table->rows.count > 1 ? "</tbody>\n" : "");
	add(writer, "</table>\n</section>\n");
}

bool markdown_is_task_text(cmark_node *text)
{
	cmark_node *paragraph = cmark_node_parent(text);
	cmark_node *item = cmark_node_parent(paragraph);
	str start;

	if (cmark_node_get_type(text) != CMARK_NODE_TEXT ||
	    cmark_node_get_type(item) != CMARK_NODE_ITEM ||
	    cmark_node_previous(text) != NULL ||
	    cmark_node_previous(paragraph) != NULL)
		return false;
	start = literal_of(text);
	return start.len > 3 && start.data[0] == '[' &&
	       str_find_byte(STR(" xX"), start.data[1]) != STR_NONE &&
	       start.data[2] == ']' && start.data[3] == ' ';
}

/* "[ ] " or "[x] " as written, at the start of an item's first paragraph. */
static bool is_task(const struct markdown_writer *writer, cmark_node *node,
		    bool *is_done)
{
	cmark_node *text = cmark_node_first_child(node);
	int line = cmark_node_get_start_line(node);
	str start;

	if (line < 1 || !markdown_is_task_text(text))
		return false;
	start = str_from(
		markdown_text_line(&writer->tree->text, (size_t)line - 1),
		(size_t)cmark_node_get_start_column(node) - 1);
	if (start.len < 4 || start.data[0] != '[' || start.data[2] != ']')
		return false; /* a bracket behind a backslash */
	*is_done = start.data[1] != ' ';
	return true;
}

static void write_box(struct markdown_writer *writer, bool is_done)
{
	const struct markdown_options *options = writer->options;
	str label = is_done ? options->task_done : options->task_open;

	add(writer, "<input type=\"checkbox\" disabled");
	if (is_done)
		add(writer, " checked");
	if (label.len > 0) {
		add(writer, " aria-label=\"");
		markdown_write_text(writer, label);
		add(writer, "\"");
	}
	add(writer, ">");
	writer->skip = 3;
}

static bool is_tight(cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	cmark_node *list = cmark_node_parent(parent);

	if (markdown_term_of(parent) != NULL)
		return true;
	return list != NULL && cmark_node_get_type(list) == CMARK_NODE_LIST &&
	       cmark_node_get_list_tight(list);
}

static bool is_figure(const struct markdown_writer *writer, cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);

	return !writer->options->plain && child != NULL &&
	       cmark_node_get_type(child) == CMARK_NODE_IMAGE &&
	       cmark_node_next(child) == NULL &&
	       cmark_node_get_title(child)[0] != '\0';
}

static enum next open_paragraph(struct markdown_writer *writer,
				cmark_node *node)
{
	int line = cmark_node_get_start_line(node);
	const struct markdown_table *table = markdown_table_at(
		&writer->tree->tables, line < 1 ? 0 : (size_t)line);
	bool is_done;

	if (table != NULL) {
		write_table(writer, table);
		return NEXT_SIBLING;
	}
	if (markdown_term_of(node) != NULL) {
		add(writer,
		    *markdown_term_of(node) == MARKDOWN_TERM ? "<dt>" : "<dd>");
		return NEXT_CHILDREN;
	}
	if (is_figure(writer, node)) {
		markdown_write_break(writer);
		add(writer, "<figure>");
		return NEXT_CHILDREN;
	}
	if (!is_tight(node)) {
		markdown_write_break(writer);
		add(writer, "<p>");
	}
	if (is_task(writer, node, &is_done))
		write_box(writer, is_done);
	return NEXT_CHILDREN;
}

static void close_paragraph(struct markdown_writer *writer, cmark_node *node)
{
	if (is_figure(writer, node)) {
		add(writer, "<figcaption>");
		markdown_write_text(writer,
				    str_from_c(cmark_node_get_title(
					    cmark_node_first_child(node))));
		add(writer, "</figcaption></figure>\n");
	} else if (!is_tight(node)) {
		add(writer, "</p>\n");
	}
}

/* --- in a line ------------------------------------------------------------ */

/* Bytes of an address at a place, with the □ of one that is to be filled in. */
static size_t address_bytes(str text, size_t at)
{
	static const str signs = STR("-._~:/?#@%&=+");
	static const str blank = STR("□");
	char c = text.data[at];

	if (str_starts_with(str_from(text, at), blank))
		return blank.len;
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || str_find_byte(signs, c) != STR_NONE;
}

/* Before a dot and the like, and behind a stroke. */
static bool may_break_at(str address, size_t at)
{
	char before = address.data[at - 1];
	char behind = address.data[at];

	return str_find_byte(STR(".@?#&=_"), behind) != STR_NONE ||
	       (before == '/' && behind != '/');
}

static void write_address(struct markdown_writer *writer, str address)
{
	enum { LEAST = 3 }; /* bytes between two such places */
	size_t from = 0;

	for (size_t i = LEAST; i + LEAST <= address.len; i++)
		if (i - from >= LEAST && may_break_at(address, i)) {
			markdown_write_text(writer,
					    str_between(address, from, i));
			add(writer, "<wbr>");
			from = i;
		}
	markdown_write_text(writer, str_from(address, from));
}

/* Long enough to tear a line apart, and no figure: those stay whole. */
static bool is_long_address(str text)
{
	enum { LONG = 12 };
	bool has_letter = false;

	for (size_t i = 0; i < text.len && !has_letter; i++)
		has_letter = text.data[i] >= 'A';
	return text.len >= LONG && has_letter &&
	       str_find_byte(text, '.') != STR_NONE;
}

/*
 * A text whose long addresses may go on in the next line. Otherwise the line
 * before one ends early, or is torn apart to both edges.
 */
static void write_words(struct markdown_writer *writer, str text)
{
	size_t from = 0;
	size_t bytes = 0;

	for (size_t i = 0; i < text.len && !writer->options->plain;
	     i += bytes) {
		size_t start = i;
		str address;

		while (i < text.len && (bytes = address_bytes(text, i)) > 0)
			i += bytes;
		address = str_between(text, start, i);
		bytes = 1;
		if (!is_long_address(address))
			continue;
		markdown_write_text(writer, str_between(text, from, start));
		write_address(writer, address);
		from = i;
	}
	markdown_write_text(writer, str_from(text, from));
}

static void write_mark(struct markdown_writer *writer, cmark_node *node,
		       enum markdown_mark_kind kind, str part)
{
	switch (kind) {
	case MARKDOWN_MARK_DELETED:
		add(writer, "<del>");
		break;
	case MARKDOWN_MARK_DELETED_END:
		add(writer, "</del>");
		break;
	case MARKDOWN_MARK_ADDRESS:
		if (writer->options->plain) {
			markdown_write_text(writer, part);
			break;
		}
		markdown_link_open(writer, node, part, STR(""));
		write_words(writer, part);
		markdown_link_close(writer);
		break;
	case MARKDOWN_MARK_NONE:
		write_words(writer, part);
		break;
	}
}

static enum next write_text(struct markdown_writer *writer, cmark_node *node)
{
	str text = literal_of(node);
	const struct markdown_marks *marks = cmark_node_get_user_data(node);
	const struct markdown_mark *mark = marks == NULL ? NULL : marks->first;
	size_t at = writer->skip;

	writer->skip = 0;
	for (; mark != NULL; mark = mark->next) {
		write_words(writer, str_between(text, at, mark->at));
		at = mark->at + mark->length;
		write_mark(writer, node, mark->kind,
			   str_between(text, mark->at, at));
	}
	write_words(writer, str_from(text, at));
	return NEXT_SIBLING;
}

static enum next write_soft_break(struct markdown_writer *writer,
				  cmark_node *node)
{
	if (writer->options->plain ||
	    !markdown_plain_is_joined(node, &writer->tree->footnotes))
		add(writer, "\n");
	return NEXT_SIBLING;
}

static enum next write_line_break(struct markdown_writer *writer,
				  cmark_node *node)
{
	(void)node;
	add(writer, "<br>\n");
	return NEXT_SIBLING;
}

static enum next write_code(struct markdown_writer *writer, cmark_node *node)
{
	add(writer, "<code>");
	markdown_write_text(writer, literal_of(node));
	add(writer, "</code>");
	return NEXT_SIBLING;
}

static enum next write_html_inline(struct markdown_writer *writer,
				   cmark_node *node)
{
	markdown_raw_add(writer, node);
	return NEXT_SIBLING;
}

static enum next open_emphasis(struct markdown_writer *writer, cmark_node *node)
{
	(void)node;
	add(writer, "<em>");
	return NEXT_CHILDREN;
}

static void close_emphasis(struct markdown_writer *writer, cmark_node *node)
{
	(void)node;
	add(writer, "</em>");
}

static enum next open_strong(struct markdown_writer *writer, cmark_node *node)
{
	(void)node;
	add(writer, "<strong>");
	return NEXT_CHILDREN;
}

static void close_strong(struct markdown_writer *writer, cmark_node *node)
{
	(void)node;
	add(writer, "</strong>");
}

/*
 * "[^a]" is a link with the text "^a"; cmark reads "[^a][^b]" as a link to b
 * with the text "^a", so the text may be a reference of its own.
 */
static enum next open_footnote(struct markdown_writer *writer, cmark_node *node,
			       struct markdown_footnote *footnote)
{
	str text = markdown_plain_text(node, &writer->tree->footnotes,
				       writer->arena);
	struct markdown_footnote *other = NULL;

	if (str_starts_with(text, STR("^")))
		other = map_get(&writer->footnote_labels, str_from(text, 1));
	if (other == NULL && !str_starts_with(text, STR("^"))) {
		writer->link = (struct markdown_link){ .footnote = footnote };
		return NEXT_CHILDREN;
	}
	if (other != NULL && other != footnote)
		markdown_footnote_reference(writer, other);
	markdown_footnote_reference(writer, footnote);
	return NEXT_SIBLING;
}

static enum next open_link(struct markdown_writer *writer, cmark_node *node)
{
	str url = str_from_c(cmark_node_get_url(node));
	struct markdown_footnote *footnote =
		markdown_footnote_of(&writer->tree->footnotes, url);

	if (footnote != NULL)
		return open_footnote(writer, node, footnote);
	markdown_link_open(writer, node, url,
			   str_from_c(cmark_node_get_title(node)));
	return NEXT_CHILDREN;
}

static void close_link(struct markdown_writer *writer, cmark_node *node)
{
	(void)node;
	markdown_link_close(writer);
}

static enum next write_image(struct markdown_writer *writer, cmark_node *node)
{
	struct markdown_footnote *footnote = markdown_footnote_of(
		&writer->tree->footnotes, str_from_c(cmark_node_get_url(node)));

	if (footnote != NULL) {
		add(writer, "!");
		markdown_footnote_reference(writer, footnote);
	} else {
		markdown_image(writer, node);
	}
	return NEXT_SIBLING;
}

/* --- the tree ------------------------------------------------------------- */

struct handler {
	enum next (*open)(struct markdown_writer *writer, cmark_node *node);
	void (*close)(struct markdown_writer *writer, cmark_node *node);
};

static const struct handler handlers[CMARK_NODE_LAST_INLINE + 1] = {
	[CMARK_NODE_BLOCK_QUOTE] = { open_quote, close_quote },
	[CMARK_NODE_LIST] = { open_list, close_list },
	[CMARK_NODE_ITEM] = { open_item, close_item },
	[CMARK_NODE_CODE_BLOCK] = { write_code_block, NULL },
	[CMARK_NODE_HTML_BLOCK] = { write_html_block, NULL },
	[CMARK_NODE_CUSTOM_BLOCK] = { open_terms, close_terms },
	[CMARK_NODE_PARAGRAPH] = { open_paragraph, close_paragraph },
	[CMARK_NODE_HEADING] = { open_heading, close_heading },
	[CMARK_NODE_THEMATIC_BREAK] = { write_rule, NULL },
	[CMARK_NODE_TEXT] = { write_text, NULL },
	[CMARK_NODE_SOFTBREAK] = { write_soft_break, NULL },
	[CMARK_NODE_LINEBREAK] = { write_line_break, NULL },
	[CMARK_NODE_CODE] = { write_code, NULL },
	[CMARK_NODE_HTML_INLINE] = { write_html_inline, NULL },
	[CMARK_NODE_EMPH] = { open_emphasis, close_emphasis },
	[CMARK_NODE_STRONG] = { open_strong, close_strong },
	[CMARK_NODE_LINK] = { open_link, close_link },
	[CMARK_NODE_IMAGE] = { write_image, NULL },
};

static const struct handler *handler_of(cmark_node *node)
{
	return &handlers[cmark_node_get_type(node)];
}

/* Writes the closing parts up to the next node in document order. */
static cmark_node *leave(struct markdown_writer *writer, cmark_node *node,
			 cmark_node *top)
{
	while (node != top && cmark_node_next(node) == NULL) {
		node = cmark_node_parent(node);
		markdown_raw_end(writer, node);
		if (node != top && handler_of(node)->close != NULL)
			handler_of(node)->close(writer, node);
		markdown_raw_closed(writer, node);
	}
	return node == top ? NULL : cmark_node_next(node);
}

/* Once: whoever writes the parts around it finds no room either. */
static void note_full(struct markdown_writer *writer, cmark_node *node)
{
	if (writer->full_at.source == SOURCE_NONE)
		writer->full_at = markdown_text_span(&writer->tree->text, node);
}

void markdown_write_children(struct markdown_writer *writer, cmark_node *top)
{
	cmark_node *node = cmark_node_first_child(top);

	if (node == NULL)
		return;
	markdown_raw_begin(writer, top, writer->out.len);
	while (node != NULL) {
		const struct handler *handler = handler_of(node);
		size_t start = writer->out.len;
		cmark_node *child = cmark_node_first_child(node);
		enum next next = handler->open == NULL
					 ? NEXT_CHILDREN
					 : handler->open(writer, node);

		if (writer->out.full) {
			note_full(writer, node);
			return;
		}
		if (next == NEXT_CHILDREN && child != NULL) {
			markdown_raw_begin(writer, node, start);
			node = child;
			continue;
		}
		if (next == NEXT_CHILDREN && handler->close != NULL)
			handler->close(writer, node);
		node = leave(writer, node, top);
	}
	if (writer->out.full)
		note_full(writer, top);
}
