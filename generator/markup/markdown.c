/*
 * One body from text to HTML:
 *
 *	guard      markdown_guard.c      limits, before anything is parsed
 *	parse      cmark
 *	footnotes  markdown_footnotes.c  move definitions, parse again
 *	tables     markdown_tables.c     move cells, parse again
 *	signs      markdown_signs.c      what cmark needs to know of Chinese
 *	references markdown_references.c characters that no text may have
 *	shapes     markdown_shapes.c     callouts, lists of terms
 *	marks      markdown_marks.c      ~~struck~~ text, bare addresses
 *	write      markdown_html.c       with links and raw HTML
 *	headings   markdown_headings.c   those of raw HTML, too
 *	hints      markdown_hints.c      what is almost Markdown
 *
 * What stands above "write" is done once, and leaves a tree that may be written
 * several times: writing changes nothing of it but the counts of footnotes.
 * A text without footnotes and tables is parsed once.
 */
#include "markup/markdown.h"

#include <cmark.h>

#include "markup/markdown_guard.h"
#include "markup/markdown_hints.h"
#include "markup/markdown_marks.h"
#include "markup/markdown_plain.h"
#include "markup/markdown_references.h"
#include "markup/markdown_shapes.h"
#include "markup/markdown_signs.h"
#include "markup/markdown_writer.h"

enum { SUMMARY_CHARACTERS = 400 };

/* --- parsing -------------------------------------------------------------- */

static void parse(struct markdown_tree *tree)
{
	if (tree->root != NULL)
		cmark_node_free(tree->root);
	tree->root = cmark_parse_document(
		tree->text.bytes.data == NULL ? "" : tree->text.bytes.data,
		tree->text.bytes.len, CMARK_OPT_DEFAULT);
}

/* Takes what was moved to the front out of the body again. */
static void take_moved(struct markdown_tree *tree, struct arena *arena)
{
	cmark_node *node = cmark_node_first_child(tree->root);

	tree->moved = cmark_node_new(CMARK_NODE_DOCUMENT);
	tree->cells = arena_array(arena, tree->tables.cell_count + 1,
				  sizeof(cmark_node *));
	for (size_t i = 0; i < tree->tables.cell_count + tree->footnotes.count;
	     i++) {
		cmark_node *next = cmark_node_next(node);

		cmark_node_append_child(tree->moved, node);
		if (i < tree->tables.cell_count)
			tree->cells[i] = node;
		else
			tree->footnotes.items[i - tree->tables.cell_count]
				.node = node;
		node = next;
	}
}

/*
 * The writer has no recursion, but readers of the page do: a tree that no
 * author wants is refused.
 */
static bool check_depth(const struct markdown_tree *tree,
			struct diag_list *diags)
{
	cmark_iter *iter = cmark_iter_new(tree->root);
	cmark_event_type event;
	size_t depth = 0;
	bool ok = true;

	while (ok && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (cmark_node_first_child(node) == NULL)
			continue;
		depth += event == CMARK_EVENT_ENTER ? 1 : (size_t)-1;
		ok = depth <= MARKDOWN_TREE_LIMIT;
		if (!ok)
			markdown_limit_error(
				diags, markdown_text_span(&tree->text, node),
				_("signs inside each other"),
				MARKDOWN_TREE_LIMIT,
				_("put a \\ before signs that are text"));
	}
	cmark_iter_free(iter);
	return ok;
}

/* Moves footnotes and tables to the front; false after an error. */
static bool move_parts(struct markdown_tree *tree, bool plain,
		       struct diag_list *diags)
{
	struct markdown_text *text = &tree->text;
	size_t lines = text->lines.count;

	parse(tree);
	if (!markdown_footnotes_move(&tree->footnotes, text, tree->root, diags))
		return false;
	if (text->lines.count != lines)
		parse(tree);
	if (!markdown_tables_move(&tree->tables, text, tree->root, plain,
				  diags))
		return false;
	if (tree->tables.count > 0)
		parse(tree);
	return true;
}

static bool may_have_parts(str text)
{
	return str_find(text, STR("[^")) != STR_NONE ||
	       str_find_byte(text, '|') != STR_NONE;
}

static bool read_tree(struct markdown_tree *tree, size_t start,
		      const struct markdown_options *options,
		      struct diag_list *diags)
{
	struct markdown_text *text = &tree->text;

	markdown_text_load(text, start);
	if (may_have_parts(buf_str(&text->bytes)) &&
	    !move_parts(tree, options->plain, diags))
		return false;
	tree->signs.plain = options->plain;
	if (!options->plain)
		markdown_signs_put(&tree->signs, text);
	if (tree->root == NULL || tree->signs.used)
		parse(tree);
	if (!check_depth(tree, diags))
		return false;
	markdown_text_find_breaks(text, tree->root);
	markdown_signs_take(&tree->signs, tree->root, text->arena);
	markdown_references_clean(tree, diags);
	if (!options->plain)
		markdown_shapes_find(tree->root, text, diags);
	markdown_marks_find(tree->root, text, text->arena);
	take_moved(tree, text->arena);
	return true;
}

/* --- footnotes ------------------------------------------------------------ */

/* Also in notes that refer to notes: the order grows while this runs. */
static void write_notes(struct markdown_writer *writer)
{
	for (size_t i = 0; i < writer->footnote_order.count; i++) {
		struct markdown_footnote **order = writer->footnote_order.items;
		struct markdown_footnote *note = order[i];
		size_t start = writer->out.len;

		markdown_write_children(writer, note->node);
		markdown_write_break(writer);
		note->html = arena_copy(writer->arena,
					str_from(buf_str(&writer->out), start));
		writer->out.len = start;
	}
}

static void write_way_back(struct markdown_writer *writer,
			   const struct markdown_footnote *note)
{
	for (size_t i = 1; i <= note->reference_count; i++) {
		buf_printf(&writer->out, " <a href=\"#fnref-%zu", note->number);
		if (i > 1)
			buf_printf(&writer->out, "-%zu", i);
		buf_add_c(&writer->out,
			  "\" class=\"footnote-back\" aria-label=\"");
		markdown_write_text(writer, writer->options->footnote_back);
		buf_printf(&writer->out, " %zu", note->number);
		if (note->reference_count > 1)
			buf_printf(&writer->out, "-%zu", i);
		buf_add_c(&writer->out, "\">↩</a>");
	}
}

static void write_note(struct markdown_writer *writer,
		       const struct markdown_footnote *note)
{
	str end = STR("</p>\n");
	str html = note->html;
	bool in_paragraph = str_ends_with(html, end);

	if (in_paragraph)
		html.len -= end.len;
	buf_printf(&writer->out, "<li id=\"fn-%zu\">\n", note->number);
	buf_add(&writer->out, html);
	write_way_back(writer, note);
	buf_add(&writer->out, in_paragraph ? end : STR("\n"));
	buf_add_c(&writer->out, "</li>\n");
}

static void write_footnotes(struct markdown_writer *writer)
{
	struct markdown_footnote *const *order;

	write_notes(writer);
	order = writer->footnote_order.items;
	if (writer->footnote_order.count == 0)
		return;
	markdown_write_break(writer);
	buf_add_c(&writer->out, "<section class=\"footnotes\""
				" aria-labelledby=\"footnotes-title\">\n"
				"<h2 id=\"footnotes-title\">");
	markdown_write_text(writer, writer->options->footnotes_title);
	buf_add_c(&writer->out, "</h2>\n<ol>\n");
	for (size_t i = 0; i < writer->footnote_order.count; i++)
		write_note(writer, order[i]);
	buf_add_c(&writer->out, "</ol>\n</section>\n");
}

static void check_note_text(const struct markdown_writer *writer,
			    const struct markdown_footnote *note)
{
	struct diag *diag;

	if (cmark_node_first_child(note->node) != NULL)
		return;
	diag = diag_warning(writer->diags, note->span, "footnote-empty",
			    _("the footnote \"%.*s\" has no text"),
			    STR_ARG(note->label));
	diag_help(writer->diags, diag,
		  _("write its text behind the colon: [^%.*s]: …"),
		  STR_ARG(note->label));
}

static void check_footnotes(const struct markdown_writer *writer)
{
	const struct markdown_footnotes *notes = &writer->tree->footnotes;

	for (size_t i = 0; i < notes->count; i++) {
		const struct markdown_footnote *note = &notes->items[i];
		struct diag *diag;

		check_note_text(writer, note);
		if (note->number > 0)
			continue;
		diag = diag_warning(writer->diags, note->span,
				    "footnote-unused",
				    _("nothing refers to the footnote "
				      "\"%.*s\", so it is not shown"),
				    STR_ARG(note->label));
		diag_help(writer->diags, diag,
			  _("write [^%.*s] where it belongs, or delete it"),
			  STR_ARG(note->label));
	}
}

/* Of "[^label]" behind `from`, which moves on; all of `span` if it is not
 * there as it reads. */
static struct span label_span(const struct source *source, struct span span,
			      size_t *from, str label)
{
	size_t at = *from;

	if (span.source == SOURCE_NONE)
		return span;
	while (at + label.len + 3 <= span.end) {
		str rest = str_between(source->text, at, span.end);

		if (str_starts_with(rest, STR("[^")) &&
		    str_starts_with(str_from(rest, 2), label) &&
		    str_at(rest, label.len + 2) == ']') {
			*from = at + label.len + 3;
			return span_of(source, at, *from);
		}
		at++;
	}
	return span;
}

/* "[^label]" that stayed text because nothing defines it. */
static void check_references(const struct markdown_writer *writer,
			     cmark_node *node)
{
	const struct markdown_text *source = &writer->tree->text;
	struct span span = markdown_text_span(source, node);
	str text = str_from_c(cmark_node_get_literal(node));
	size_t from = span.start;
	size_t at;

	while ((at = str_find(text, STR("[^"))) != STR_NONE) {
		str label;
		struct diag *diag;

		text = str_from(text, at);
		label = markdown_footnote_label(text);
		text = str_from(text, 2);
		if (label.len == 0)
			continue;
		diag = diag_warning(
			writer->diags,
			label_span(source->source, span, &from, label),
			"footnote-missing", _("there is no footnote \"%.*s\""),
			STR_ARG(label));
		diag_help(writer->diags, diag,
			  _("define it on a line of its own: [^%.*s]: …"),
			  STR_ARG(label));
	}
}

/* --- all of it ------------------------------------------------------------ */

static void init_writer(struct markdown_writer *writer)
{
	const struct markdown_options *options = writer->options;
	struct markdown_footnotes *notes = &writer->tree->footnotes;

	buf_init_limited(&writer->out, writer->arena, MARKDOWN_HTML_LIMIT);
	heading_ids_init(&writer->ids, options->leave_prefix, writer->arena);
	heading_ids_reserve(&writer->ids, STR("footnotes-title"));
	for (size_t i = 0; i < options->reserved_id_count; i++)
		heading_ids_reserve(&writer->ids, options->reserved_ids[i]);
	list_init(&writer->headings, sizeof(struct markdown_heading));
	list_init(&writer->outside, sizeof(struct markdown_outside));
	list_init(&writer->footnote_order, sizeof(struct markdown_footnote *));
	list_init(&writer->jumps, sizeof(struct markdown_jump));
	markdown_raw_init(writer);
	map_init(&writer->outside_numbers, writer->arena);
	map_init(&writer->footnote_labels, writer->arena);
	for (size_t i = 0; i < notes->count; i++) {
		notes->items[i].number = 0;
		notes->items[i].reference_count = 0;
		map_add(&writer->footnote_labels, notes->items[i].label,
			&notes->items[i]);
	}
	writer->level = 1;
	writer->full_at = span_none();
}

static void check_texts(const struct markdown_writer *writer, cmark_node *tree)
{
	cmark_iter *iter = cmark_iter_new(tree);

	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (cmark_node_get_type(node) == CMARK_NODE_TEXT)
			check_references(writer, node);
	}
	cmark_iter_free(iter);
}

static void check_hints(const struct markdown_writer *writer, size_t start)
{
	struct markdown_hints hints = { .text = &writer->tree->text,
					.arena = writer->arena,
					.diags = writer->diags };

	markdown_hints_check(&hints, writer->tree->root, false);
	markdown_hints_check(&hints, writer->tree->moved, true);
	markdown_hints_unseen(&hints, start);
}

/* Written up to the limit; where the rest would begin, if it is too long. */
static bool write_html(struct markdown_writer *writer)
{
	init_writer(writer);
	markdown_write_children(writer, writer->tree->root);
	if (!writer->out.full)
		write_footnotes(writer);
	if (!writer->out.full)
		return true;
	markdown_limit_error(writer->diags, writer->full_at,
			     _("bytes of HTML on the page of this text"),
			     MARKDOWN_HTML_LIMIT,
			     _("split the text into several resources"));
	return false;
}

static void finish(struct markdown *out, struct markdown_writer *writer,
		   size_t start)
{
	bool is_quiet = writer->options->quiet;

	if (!is_quiet)
		markdown_remarks_tell(writer);
	if (!writer->options->plain) {
		markdown_headings_join(writer);
		markdown_jumps_end(writer);
	}
	if (!writer->options->plain && !is_quiet) {
		check_footnotes(writer);
		check_texts(writer, writer->tree->root);
		check_texts(writer, writer->tree->moved);
		check_hints(writer, start);
	}
	*out = (struct markdown){
		.html = buf_str(&writer->out),
		.text = is_quiet ? STR("")
				 : markdown_plain_summary(
					   writer->tree->root,
					   &writer->tree->footnotes,
					   SUMMARY_CHARACTERS, writer->arena),
		.headings = writer->headings.items,
		.heading_count = writer->headings.count,
		.outside = writer->outside.items,
		.outside_count = writer->outside.count,
		.first_image = writer->first_image,
		.anchors = writer->anchors,
	};
}

static void free_tree(struct markdown_tree *tree)
{
	if (tree->moved != NULL)
		cmark_node_free(tree->moved);
	if (tree->root != NULL)
		cmark_node_free(tree->root);
}

void markdown_begin(struct markdown_reading *reading,
		    const struct source *source, size_t start,
		    struct arena *arena)
{
	*reading = (struct markdown_reading){
		.source = source,
		.start = start < source->text.len ? start : source->text.len,
		.arena = arena,
	};
}

void markdown_end(struct markdown_reading *reading)
{
	if (reading->tree != NULL)
		free_tree(reading->tree);
	reading->tree = NULL;
}

/* Once; what was refused stays so, and it is not said again why. */
static bool read(struct markdown_reading *reading,
		 const struct markdown_options *options,
		 struct diag_list *diags)
{
	size_t memory =
		options->memory > 0 ? options->memory : MARKDOWN_MEMORY_LIMIT;

	if (reading->is_read)
		return reading->is_good;
	reading->is_read = true;
	if (!markdown_guard(reading->source, reading->start, memory, diags))
		return false;
	reading->tree = arena_alloc(reading->arena, sizeof(*reading->tree));
	*reading->tree = (struct markdown_tree){ 0 };
	markdown_text_init(&reading->tree->text, reading->source,
			   reading->arena);
	reading->is_good =
		read_tree(reading->tree, reading->start, options, diags);
	return reading->is_good;
}

bool markdown_write(struct markdown *out, struct markdown_reading *reading,
		    const struct markdown_options *options,
		    struct diag_list *diags)
{
	struct markdown_writer writer = { .options = options,
					  .arena = reading->arena,
					  .diags = diags };

	*out = (struct markdown){ .html = STR(""), .text = STR("") };
	if (!read(reading, options, diags))
		return false;
	writer.tree = reading->tree;
	if (!write_html(&writer))
		return false;
	finish(out, &writer, reading->start);
	return true;
}

bool markdown_render(struct markdown *out, const struct source *source,
		     size_t start, const struct markdown_options *options,
		     struct arena *arena, struct diag_list *diags)
{
	struct markdown_reading reading;
	bool ok;

	markdown_begin(&reading, source, start, arena);
	ok = markdown_write(out, &reading, options, diags);
	markdown_end(&reading);
	return ok;
}

/*
 * Lists and quotes make at most 96 levels (the guard sees to that), and any
 * other level, footnote or cell begins with one of these signs.
 */
static bool is_simple(str text)
{
	enum { FEW_SIGNS = 100 };
	static const char kinds[] = { '*', '_', '[', '|' };
	size_t signs = 0;

	for (size_t kind = 0; kind < COUNT_OF(kinds); kind++) {
		str rest = text;
		size_t at;

		while (signs < FEW_SIGNS &&
		       (at = str_find_byte(rest, kinds[kind])) != STR_NONE) {
			rest = str_from(rest, at + 1);
			signs++;
		}
	}
	return signs < FEW_SIGNS;
}

bool markdown_check(const struct source *source, size_t start,
		    struct arena *arena, struct diag_list *diags)
{
	struct markdown_options options = { .plain = false };
	struct markdown_tree tree = { 0 };
	struct diag_list found;
	bool ok;

	if (start > source->text.len)
		start = source->text.len;
	if (!markdown_guard(source, start, MARKDOWN_MEMORY_LIMIT, diags))
		return false;
	if (is_simple(str_from(source->text, start)))
		return true;
	diag_list_init_part(&found, arena, diags);
	markdown_text_init(&tree.text, source, arena);
	ok = read_tree(&tree, start, &options, &found);
	free_tree(&tree);
	if (!ok)
		diag_merge(diags, &found);
	return ok;
}
