/*
 * The text of a Word file as Markdown. Items of lists stay open until a
 * paragraph comes that belongs to none, so that what is nested stands in what
 * it is nested in. A label that Markdown has no list for (“（一）”) is written
 * as text, as in any official document. What Word draws twice
 * (AlternateContent) is taken once, and what was deleted or hidden is not
 * taken.
 */
#include "import/word_reading.h"

#include <string.h>

#include "base/unicode.h"
#include "import/old_tree.h"
#include "import/place_names.h"

enum {
	PICTURES_LIMIT = 500,
	COLUMNS_LIMIT = 60,
	DEPTH_LIMIT = 200,
	NOTES_LIMIT = 1000,
};

/* --- elements ------------------------------------------------------------- */

static const struct page_node *below(const struct page_node *node,
				     const char *name, size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node);
	     child != NULL && depth < DEPTH_LIMIT;
	     child = page_node_next(child)) {
		const struct page_node *found =
			page_node_is(child, name)
				? child
				: below(child, name, depth + 1);

		if (found != NULL)
			return found;
	}
	return NULL;
}

/* <w:b/> and <w:b w:val="1"/>, but not <w:b w:val="0"/>. */
static bool is_on(const struct page_node *properties, const char *name)
{
	const struct page_node *node = word_child(properties, name);
	str value = node == NULL ? STR("0") : page_node_attribute(node, "val");

	return !str_equal_c(value, "0") && !str_equal_c(value, "false") &&
	       !str_equal_c(value, "none");
}

/* Was deleted or moved away, is no text, or the second form of a drawing. */
static bool is_no_text(const struct page_node *node)
{
	static const char *const names[] = {
		"del",		"moveFrom", "pPr",    "rPr",	  "instrText",
		"delInstrText", "Fallback", "sectPr", "tblPr",	  "tblGrid",
		"trPr",		"tcPr",	    "sdtPr",  "sdtEndPr",
	};

	return page_node_is_one_of(node, names, COUNT_OF(names));
}

static void add_text(struct buf *out, const struct page_node *node,
		     size_t depth)
{
	const struct page_node *child;

	if (page_node_is(node, "t"))
		for (child = page_node_first(node); child != NULL;
		     child = page_node_next(child))
			buf_add(out, page_node_text(child));
	else if (page_node_is(node, "tab") || page_node_is(node, "br"))
		buf_add_byte(out, ' ');
	for (child = page_node_first(node);
	     child != NULL && depth < DEPTH_LIMIT;
	     child = page_node_next(child))
		if (!page_node_is_text(child) && !is_no_text(child))
			add_text(out, child, depth + 1);
}

static void tell_once(struct word_reading *reading, const char *what)
{
	if (map_add(&reading->told, str_from_c(what), reading))
		making_say(&reading->making, IMPORT_NOTE, "%s", what);
}

/* --- pictures ------------------------------------------------------------- */

static const struct page_node *relation_of(const struct word_reading *reading,
					   str id)
{
	return id.len == 0 ? NULL : map_get(&reading->relations, id);
}

/* Of a drawing of today, or a picture as before 2007. */
static str target_of_picture(const struct word_reading *reading,
			     const struct page_node *drawing)
{
	const struct page_node *blip = below(drawing, "blip", 0);
	const struct page_node *data = below(drawing, "imagedata", 0);
	const struct page_node *relation = relation_of(
		reading, blip != NULL	? page_node_attribute(blip, "embed")
			 : data != NULL ? page_node_attribute(data, "id")
					: STR(""));

	return relation == NULL ? STR("")
				: page_node_attribute(relation, "Target");
}

static str text_of_picture(struct word_reading *reading,
			   const struct page_node *drawing)
{
	const struct page_node *about = below(drawing, "docPr", 0);
	str text = about == NULL
			   ? STR("")
			   : unicode_trim(page_node_attribute(about, "descr"));
	struct buf label;

	buf_init(&label, reading->arena);
	for (size_t i = 0; i < text.len && i < 400; i++) {
		char c = text.data[i];

		if (c == '\n')
			c = ' ';
		buf_add_byte(&label, c);
	}
	text = unicode_prefix(buf_str(&label), 200);
	return text.len > 0 ? text : STR("图");
}

static str place_of_picture(struct word_reading *reading, str from, str target)
{
	struct import *import = reading->making.import;
	str name = str_file_name(str_between(
		reading->place, 0, reading->place.len - strlen(".md")));

	return shelf_place(
		&import->shelf, from,
		arena_printf(reading->arena, "_files/%.*s/%.*s/%.*s",
			     STR_ARG(import->in), STR_ARG(name),
			     STR_ARG(place_of_file(str_file_name(target),
						   reading->arena))),
		STR(""));
}

static void write_picture(struct word_reading *reading, str label, str place)
{
	struct buf text;

	buf_init(&text, reading->arena);
	buf_add_c(&text, "![");
	markdown_out_escape(&text, label);
	buf_printf(&text, "](<../%.*s>)",
		   STR_ARG(str_from(place,
				    reading->making.import->folder.len + 1)));
	markdown_out_settle(&reading->out);
	markdown_out_raw(&reading->out, buf_str(&text));
}

static void take_picture(struct word_reading *reading,
			 const struct page_node *drawing)
{
	struct import *import = reading->making.import;
	str target = target_of_picture(reading, drawing);
	str name = arena_printf(reading->arena, "word/%.*s", STR_ARG(target));
	str from = arena_printf(reading->arena, "%.*s#%.*s",
				STR_ARG(reading->making.from), STR_ARG(target));
	str place, bytes;

	if (target.len > 0 && reading->pictures++ < PICTURES_LIMIT &&
	    word_read_part(&bytes, reading,
			   arena_c_string(reading->arena, name),
			   OLD_FILE_LIMIT)) {
		place = place_of_picture(reading, from, target);
		if (import_put_file(import, from, place, bytes)) {
			write_picture(reading,
				      text_of_picture(reading, drawing), place);
			return;
		}
	}
	making_say(&reading->making, IMPORT_NOTE, "%s",
		   _("a picture was left out"));
}

/* A drawing is a picture, or a box with text in it, which counts. */
static bool is_picture(const struct page_node *node)
{
	return (page_node_is(node, "drawing") || page_node_is(node, "pict") ||
		page_node_is(node, "object")) &&
	       below(node, "txbxContent", 0) == NULL;
}

/* --- links ---------------------------------------------------------------- */

static bool leads_out(str address)
{
	static const char *const schemes[] = { "https://", "http://",
					       "mailto:", "tel:" };

	for (size_t i = 0; i < COUNT_OF(schemes); i++)
		if (str_starts_with(address, str_from_c(schemes[i])))
			return true;
	return false;
}

/* HYPERLINK "https://www.example.cn/" \o "…" */
static str target_of_instruction(str instruction)
{
	str rest = str_trim(instruction);
	size_t start, end;

	if (!str_starts_with(rest, STR("HYPERLINK")))
		return STR("");
	start = str_find_byte(rest, '"');
	if (start == STR_NONE)
		return STR("");
	rest = str_from(rest, start + 1);
	end = str_find_byte(rest, '"');
	return end == STR_NONE ? STR("") : str_between(rest, 0, end);
}

static void add_address(struct word_reading *reading, str address)
{
	struct buf text;

	buf_init(&text, reading->arena);
	buf_add_c(&text, "](<");
	for (size_t i = 0; i < address.len; i++) {
		unsigned char c = (unsigned char)address.data[i];

		if (c <= ' ' || strchr("<>\\|\"", c) != NULL)
			buf_printf(&text, "%%%02X", c);
		else if (c == '&')
			buf_add_c(&text, "\\&");
		else
			buf_add_byte(&text, (char)c);
	}
	buf_add_c(&text, ">)");
	markdown_out_raw(&reading->out, buf_str(&text));
}

static void open_link(struct word_reading *reading)
{
	markdown_out_settle(&reading->out);
	markdown_out_raw(&reading->out, STR("["));
	reading->in_link = true;
}

static void close_link(struct word_reading *reading, str address)
{
	reading->out.gap = false;
	reading->out.wanted = 0;
	markdown_out_settle(&reading->out);
	reading->in_link = false;
	add_address(reading, address);
}

static void walk_runs(struct word_reading *reading,
		      const struct page_node *node, size_t depth);

/* Text is needed: a link around a picture has no name. */
static void walk_link(struct word_reading *reading,
		      const struct page_node *node, str address, size_t depth)
{
	struct buf text;
	bool is_link;

	buf_init(&text, reading->arena);
	add_text(&text, node, 0);
	is_link = !reading->in_link && !str_is_blank(buf_str(&text)) &&
		  leads_out(address);
	if (is_link)
		open_link(reading);
	else if (address.len > 0 && !reading->in_link)
		making_say(&reading->making, IMPORT_NOTE,
			   _("“%.*s” leads nowhere and is text now"),
			   STR_ARG(unicode_prefix(address, 80)));
	walk_runs(reading, node, depth + 1);
	if (is_link)
		close_link(reading, address);
}

static void walk_hyperlink(struct word_reading *reading,
			   const struct page_node *node, size_t depth)
{
	const struct page_node *relation =
		relation_of(reading, page_node_attribute(node, "id"));

	walk_link(reading, node,
		  relation == NULL ? STR("")
				   : page_node_attribute(relation, "Target"),
		  depth);
}

/* A field stands between three marks; the instruction before the second. */
static void walk_field_mark(struct word_reading *reading,
			    const struct page_node *node)
{
	str kind = page_node_attribute(node, "fldCharType");

	if (str_equal_c(kind, "begin")) {
		reading->in_instruction = true;
		reading->field_target = STR("");
	} else if (str_equal_c(kind, "separate")) {
		reading->in_instruction = false;
		if (!reading->in_link && leads_out(reading->field_target))
			open_link(reading);
		else
			reading->field_target = STR("");
	} else if (str_equal_c(kind, "end")) {
		reading->in_instruction = false;
		if (reading->in_link && reading->field_target.len > 0)
			close_link(reading, reading->field_target);
		reading->field_target = STR("");
	}
}

static void take_instruction(struct word_reading *reading,
			     const struct page_node *node)
{
	const struct page_node *text = page_node_first(node);
	str target = text == NULL || !reading->in_instruction
			     ? STR("")
			     : target_of_instruction(page_node_text(text));

	if (target.len > 0)
		reading->field_target = target;
}

/* --- footnotes ------------------------------------------------------------ */

static void take_note(struct word_reading *reading,
		      const struct page_node *node)
{
	const struct page_node *note =
		map_get(&reading->notes, page_node_attribute(node, "id"));

	if (note == NULL || reading->in_link ||
	    reading->used.count >= NOTES_LIMIT) {
		tell_once(reading, _("a footnote was left out"));
		return;
	}
	*(const struct page_node **)list_add(&reading->used, reading->arena) =
		note;
	markdown_out_settle(&reading->out);
	markdown_out_raw(&reading->out, arena_printf(reading->arena, "[^%zu]",
						     reading->used.count));
}

static void write_notes(struct word_reading *reading)
{
	for (size_t i = 0; i < reading->used.count; i++) {
		const struct page_node *const *notes = reading->used.items;
		struct buf line, text;

		buf_init(&text, reading->arena);
		add_text(&text, notes[i], 0);
		buf_init(&line, reading->arena);
		buf_printf(&line, "[^%zu]: ", i + 1);
		markdown_out_escape(&line, unicode_trim(buf_str(&text)));
		for (size_t k = 0; k < line.len; k++)
			if (line.data[k] == '\n')
				line.data[k] = ' ';
		markdown_out_block(&reading->out, buf_str(&line));
	}
}

/* --- runs ----------------------------------------------------------------- */

static void walk_run(struct word_reading *reading, const struct page_node *node,
		     size_t depth)
{
	const struct page_node *properties = word_child(node, "rPr");
	unsigned wanted = 0;

	if (is_on(properties, "vanish")) {
		tell_once(reading, _("what was hidden was left out"));
		return;
	}
	if (is_on(properties, "b") && reading->out.heading == 0)
		wanted |= MARKDOWN_OUT_STRONG;
	if (is_on(properties, "i"))
		wanted |= MARKDOWN_OUT_EMPHASIS;
	reading->out.wanted = wanted;
	walk_runs(reading, node, depth + 1);
	reading->out.wanted = 0;
}

static void walk_text(struct word_reading *reading,
		      const struct page_node *node)
{
	struct buf text;

	if (reading->in_instruction)
		return;
	buf_init(&text, reading->arena);
	add_text(&text, node, 0);
	markdown_out_text(&reading->out, buf_str(&text));
}

static void walk_node(struct word_reading *reading,
		      const struct page_node *node, size_t depth)
{
	if (is_picture(node))
		take_picture(reading, node);
	else if (page_node_is(node, "r"))
		walk_run(reading, node, depth);
	else if (page_node_is(node, "t") || page_node_is(node, "tab"))
		walk_text(reading, node);
	else if (page_node_is(node, "br") || page_node_is(node, "cr"))
		markdown_out_break(&reading->out);
	else if (page_node_is(node, "hyperlink"))
		walk_hyperlink(reading, node, depth);
	else if (page_node_is(node, "fldSimple"))
		walk_link(reading, node,
			  target_of_instruction(
				  page_node_attribute(node, "instr")),
			  depth);
	else if (page_node_is(node, "fldChar"))
		walk_field_mark(reading, node);
	else if (page_node_is(node, "instrText"))
		take_instruction(reading, node);
	else if (page_node_is(node, "footnoteReference"))
		take_note(reading, node);
	else if (!is_no_text(node))
		walk_runs(reading, node, depth + 1);
}

static void walk_runs(struct word_reading *reading,
		      const struct page_node *node, size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node);
	     child != NULL && depth < DEPTH_LIMIT;
	     child = page_node_next(child))
		if (!page_node_is_text(child))
			walk_node(reading, child, depth);
}

/* What a paragraph leaves open ends with it. */
static void walk_line(struct word_reading *reading,
		      const struct page_node *node)
{
	walk_runs(reading, node, 0);
	reading->in_instruction = false;
	if (reading->in_link)
		close_link(reading, reading->field_target);
	reading->field_target = STR("");
}

/* --- paragraphs ----------------------------------------------------------- */

static void close_items(struct word_reading *reading, size_t count)
{
	while (reading->item_count > count)
		markdown_out_leave(&reading->out,
				   reading->items[--reading->item_count].mark);
}

static void end_list(struct word_reading *reading)
{
	close_items(reading, 0);
	for (size_t i = 0; i < WORD_LEVELS; i++)
		reading->items[i].items = 0;
	reading->list = STR("");
	reading->lists = 0;
}

/* A list directly behind another has other signs, so that they stay two. */
static str sign_of(const struct word_reading *reading,
		   const struct word_number *number)
{
	bool is_other = reading->lists > 0 && reading->lists % 2 == 0;

	if (number->mark == WORD_MARK_BULLET)
		return is_other ? STR("* ") : STR("- ");
	return arena_printf(reading->arena, "%u%c ", number->number,
			    number->ending);
}

/* How many of the open items an item of that level stands in. */
static size_t outer_level(const struct word_reading *reading, unsigned level)
{
	size_t count = reading->item_count;

	while (count > 0 && reading->items[count - 1].level >= level)
		count--;
	return count;
}

/* False: it is nested too deeply, and stands where it is. */
static bool open_item(struct word_reading *reading,
		      const struct word_number *number)
{
	static const char blanks[] = "          ";
	unsigned lists = reading->lists;
	struct word_item *item;
	size_t level;
	str first;

	if (!str_equal(reading->list, number->list) &&
	    outer_level(reading, number->level) == 0) {
		end_list(reading);
		reading->list = number->list;
		reading->lists = lists + 1;
	}
	level = outer_level(reading, number->level);
	item = &reading->items[level];
	close_items(reading, level);
	first = sign_of(reading, number);
	if (first.len >= sizeof(blanks) ||
	    !markdown_out_enter(&reading->out, first,
				(str){ blanks, first.len }, item->items > 0,
				&item->mark))
		return false;
	item->level = number->level;
	item->items++;
	for (size_t i = level + 1; i < WORD_LEVELS; i++)
		reading->items[i].items = 0;
	reading->item_count = level + 1;
	return true;
}

/* "第一条 " and "1.1 ", but "（一）" and "一、" stand at their text. */
static void write_label(struct word_reading *reading, str label)
{
	char last = str_at(label, label.len - 1);

	markdown_out_text(&reading->out, label);
	if (label.len > 0 && (unsigned char)last < 0x80)
		markdown_out_text(&reading->out, STR(" "));
}

static void note_first(struct word_reading *reading, str text)
{
	if (reading->first_text.len == 0)
		reading->first_text = unicode_trim(text);
}

static void walk_paragraph(struct word_reading *reading,
			   const struct page_node *node)
{
	const struct page_node *properties = word_child(node, "pPr");
	int heading = word_style_heading(&reading->numbering, properties);
	struct word_number number = { .mark = WORD_MARK_NONE };
	struct buf text;

	buf_init(&text, reading->arena);
	add_text(&text, node, 0);
	note_first(reading, buf_str(&text));
	if (!str_is_blank(buf_str(&text)))
		word_numbering_next(&number, &reading->numbering, properties);
	reading->out.heading = heading == 0 ? 0 : heading < 6 ? heading + 1 : 6;
	if (heading == 0 &&
	    (number.mark == WORD_MARK_BULLET ||
	     number.mark == WORD_MARK_NUMBER) &&
	    open_item(reading, &number)) {
		walk_line(reading, node);
		markdown_out_end(&reading->out);
		return;
	}
	end_list(reading);
	write_label(reading, number.label);
	walk_line(reading, node);
	markdown_out_end(&reading->out);
	reading->out.heading = 0;
}

/* --- tables --------------------------------------------------------------- */

static void walk_cell(struct word_reading *reading, struct buf *line,
		      const struct page_node *cell)
{
	const struct page_node *node;
	struct markdown_out kept;

	markdown_out_begin_cell(&reading->out, &kept);
	for (node = page_node_first(cell); node != NULL;
	     node = page_node_next(node)) {
		if (page_node_is_text(node) || is_no_text(node))
			continue;
		walk_line(reading, node);
		markdown_out_end(&reading->out);
	}
	markdown_out_end_cell(line, &reading->out, &kept);
}

/* Cells that one is as wide as: Markdown has no merged ones. */
static size_t width_of(struct word_reading *reading,
		       const struct page_node *cell)
{
	const struct page_node *properties = word_child(cell, "tcPr");
	uint64_t width = 1;

	if (word_child(properties, "vMerge") != NULL ||
	    word_child(properties, "gridSpan") != NULL)
		tell_once(reading,
			  _("merged cells of a table are single ones now"));
	if (!str_to_u64(&width, word_value(properties, "gridSpan")) ||
	    width < 1 || width > COLUMNS_LIMIT)
		return 1;
	return (size_t)width;
}

static size_t write_row(struct buf *lines, struct word_reading *reading,
			const struct page_node *row)
{
	const struct page_node *cell;
	size_t count = 0;

	buf_add_byte(lines, '|');
	for (cell = page_node_first(row); cell != NULL && count < COLUMNS_LIMIT;
	     cell = page_node_next(cell)) {
		size_t width;

		if (!page_node_is(cell, "tc"))
			continue;
		width = width_of(reading, cell);
		buf_add_byte(lines, ' ');
		walk_cell(reading, lines, cell);
		buf_add_c(lines, " |");
		for (size_t i = 1; i < width; i++)
			buf_add_c(lines, "  |");
		count += width;
	}
	buf_add_byte(lines, '\n');
	return count;
}

static void write_ruler(struct buf *lines, size_t count)
{
	buf_add_byte(lines, '|');
	for (size_t i = 0; i < count; i++)
		buf_add_c(lines, " --- |");
	buf_add_byte(lines, '\n');
}

static void walk_table(struct word_reading *reading,
		       const struct page_node *table)
{
	const struct page_node *row;
	struct buf lines;
	size_t rows = 0;

	end_list(reading);
	buf_init(&lines, reading->arena);
	for (row = page_node_first(table); row != NULL;
	     row = page_node_next(row)) {
		size_t count;

		if (!page_node_is(row, "tr"))
			continue;
		count = write_row(&lines, reading, row);
		if (rows++ == 0)
			write_ruler(&lines, count);
	}
	if (rows > 0)
		markdown_out_block(&reading->out, str_trim(buf_str(&lines)));
}

/* Content controls (w:sdt) have blocks in them. */
static void walk_blocks(struct word_reading *reading,
			const struct page_node *parent, size_t depth)
{
	const struct page_node *node;

	for (node = parent == NULL ? NULL : page_node_first(parent);
	     node != NULL && depth < DEPTH_LIMIT; node = page_node_next(node)) {
		if (page_node_is(node, "p"))
			walk_paragraph(reading, node);
		else if (page_node_is(node, "tbl"))
			walk_table(reading, node);
		else if (!page_node_is_text(node) && !is_no_text(node))
			walk_blocks(reading, node, depth + 1);
	}
}

void word_walk_body(struct word_reading *reading, const struct page_node *body)
{
	walk_blocks(reading, body, 0);
	end_list(reading);
	markdown_out_end(&reading->out);
	write_notes(reading);
}
