/*
 * Passes before cmark move and replace whole lines, and messages must still
 * point into the file. So each line keeps the line it came from and how far it
 * was shifted; asking costs one look into a table, however many passes there
 * were.
 */
#include "markup/markdown_text.h"
#include "base/sorted.h"

#include <string.h>

#include <cmark.h>

void markdown_text_init(struct markdown_text *text, const struct source *source,
			struct arena *arena)
{
	*text = (struct markdown_text){ .source = source, .arena = arena };
	buf_init(&text->bytes, arena);
	list_init(&text->lines, sizeof(struct markdown_line));
	list_init(&text->inserts, sizeof(struct markdown_insert));
	map_init(&text->shifts, arena);
}

static size_t inserted_total(const struct markdown_text *text)
{
	const struct markdown_insert *inserts = text->inserts.items;
	size_t count = text->inserts.count;

	return count == 0 ? 0 : inserts[count - 1].total;
}

void markdown_text_part(struct markdown_text *text, str part)
{
	buf_add(&text->bytes, part);
}

void markdown_text_sign(struct markdown_text *text, str sign, size_t replaced)
{
	size_t total = inserted_total(text) + sign.len - replaced;
	struct markdown_insert *insert;

	buf_add(&text->bytes, sign);
	insert = list_add(&text->inserts, text->arena);
	*insert = (struct markdown_insert){ text->bytes.len, total };
}

void markdown_text_end(struct markdown_text *text,
		       const struct markdown_line *like)
{
	struct markdown_line *line;
	size_t start = 0;

	if (text->lines.count > 0) {
		line = text->lines.items;
		line += text->lines.count - 1;
		start = line->start + line->length + 1;
	}
	line = list_add(&text->lines, text->arena);
	*line = (struct markdown_line){ .start = start,
					.length = text->bytes.len - start,
					.origin = like->origin,
					.skip = like->skip };
	buf_add_byte(&text->bytes, '\n');
}

/* Bytes of ours in the text before this one, less those that were left out. */
static size_t inserted_before(const struct markdown_text *text, size_t byte)
{
	const struct markdown_insert *inserts = text->inserts.items;
	const struct sorted_numbers ends = SORTED_BY(
		inserts, text->inserts.count, struct markdown_insert, end);
	size_t to = sorted_rows_to(&ends, (int64_t)byte);

	return to == 0 ? 0 : inserts[to - 1].total;
}

void markdown_text_add(struct markdown_text *text, str prefix, str content,
		       size_t origin)
{
	struct markdown_line *line = list_add(&text->lines, text->arena);

	*line = (struct markdown_line){ .start = text->bytes.len,
					.length = prefix.len + content.len,
					.origin = origin,
					.skip = prefix.len };
	buf_add(&text->bytes, prefix);
	buf_add(&text->bytes, content);
	buf_add_byte(&text->bytes, '\n');
}

/* cmark ends lines at \n, \r and \r\n. */
size_t markdown_text_line_end(str text, size_t at)
{
	str line = str_from(text, at);

	line = str_between(line, 0, str_find_byte(line, '\n'));
	line = str_between(line, 0, str_find_byte(line, '\r'));
	return at + line.len;
}

void markdown_text_load(struct markdown_text *text, size_t start)
{
	str all = text->source->text;
	size_t at = start;

	while (at < all.len) {
		size_t end = markdown_text_line_end(all, at);

		markdown_text_add(text, STR(""), str_between(all, at, end), at);
		if (end + 1 < all.len && all.data[end] == '\r' &&
		    all.data[end + 1] == '\n')
			end++;
		at = end + 1;
	}
}

static const struct markdown_line *line_at(const struct markdown_text *text,
					   size_t number)
{
	const struct markdown_line *lines = text->lines.items;

	return &lines[number];
}

str markdown_text_line(const struct markdown_text *text, size_t number)
{
	const struct markdown_line *line = line_at(text, number);

	return str_between(buf_str(&text->bytes), line->start,
			   line->start + line->length);
}

void markdown_text_copy(struct markdown_text *text,
			const struct markdown_text *from, size_t number)
{
	const struct markdown_line *line = line_at(from, number);
	str all = markdown_text_line(from, number);

	markdown_text_add(text, str_between(all, 0, line->skip),
			  str_from(all, line->skip), line->origin);
}

/* What was left out at the very start of the line belongs to the line. */
static size_t inserted_above(const struct markdown_text *text,
			     const struct markdown_line *line)
{
	return line->start == 0 ? 0 : inserted_before(text, line->start - 1);
}

size_t markdown_text_origin(const struct markdown_text *text, size_t number,
			    size_t byte)
{
	const struct markdown_line *line;

	if (number >= text->lines.count)
		return text->source->text.len;
	line = line_at(text, number);
	if (byte > line->length)
		byte = line->length;
	if (text->inserts.count > 0)
		byte -= inserted_before(text, line->start + byte) -
			inserted_above(text, line);
	return line->origin + (byte > line->skip ? byte - line->skip : 0);
}

/* --- places of nodes ------------------------------------------------------ */

/* What a node stands behind, and cmark did not count. */
struct shift {
	cmark_node *node;
	int lines;
	int columns;
};

/* On the way through the nodes of one block. */
struct walk {
	struct shift shift;
	int line; /* where we are */
	int inset;
};

static void add_shift(struct markdown_text *text, struct shift shift)
{
	struct shift *kept = arena_alloc(text->arena, sizeof(*kept));

	*kept = shift;
	map_set(&text->shifts,
		(str){ (const char *)&kept->node, sizeof(kept->node) }, kept);
}

/* What cmark has of the line: without the signs of what it stands in. */
static str content_of(const struct markdown_text *text, const struct walk *walk)
{
	str line = walk->line < 1 || (size_t)walk->line > text->lines.count
			   ? STR("")
			   : markdown_text_line(text, (size_t)walk->line - 1);
	size_t at = (size_t)walk->inset;

	if (walk->inset == 0)
		while (at < line.len && strchr(" \t>", line.data[at]) != NULL)
			at++;
	return str_from(line, at < line.len ? at : line.len);
}

static void pass_break(struct walk *walk, const struct markdown_text *text,
		       bool is_hard)
{
	str content = content_of(text, walk);

	if (is_hard && str_ends_with(content, STR("\\"))) {
		walk->shift.lines++;
		walk->shift.columns += (int)content.len + 1;
	} else {
		walk->shift.columns = 0;
	}
	walk->line++;
	walk->inset = 0;
}

static void pass_node(struct walk *walk, struct markdown_text *text,
		      cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	int column = cmark_node_get_start_column(node);

	if (type <= CMARK_NODE_LAST_BLOCK) {
		*walk = (struct walk){ .line = cmark_node_get_start_line(node),
				       .inset = column > 0 ? column - 1 : 0 };
	} else if (type == CMARK_NODE_LINEBREAK ||
		   type == CMARK_NODE_SOFTBREAK) {
		pass_break(walk, text, type == CMARK_NODE_LINEBREAK);
	} else {
		walk->shift.node = node;
		if (walk->shift.lines > 0)
			add_shift(text, walk->shift);
		if (cmark_node_first_child(node) == NULL &&
		    cmark_node_get_end_line(node) > 0)
			walk->line = cmark_node_get_end_line(node) +
				     walk->shift.lines;
	}
}

void markdown_text_find_breaks(struct markdown_text *text, cmark_node *tree)
{
	cmark_iter *iter;
	cmark_event_type event;
	struct walk walk = { .line = 0 };

	if (str_find(buf_str(&text->bytes), STR("\\\n")) == STR_NONE)
		return;
	iter = cmark_iter_new(tree);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		if (event == CMARK_EVENT_ENTER)
			pass_node(&walk, text, cmark_iter_get_node(iter));
	cmark_iter_free(iter);
}

struct markdown_spot markdown_text_spot(const struct markdown_text *text,
					cmark_node *node)
{
	struct markdown_spot spot = {
		.line = cmark_node_get_start_line(node),
		.column = cmark_node_get_start_column(node),
		.end_line = cmark_node_get_end_line(node),
		.end_column = cmark_node_get_end_column(node),
	};
	const struct shift *shift;

	if (text->shifts.count == 0 || spot.line < 1)
		return spot;
	shift = map_get(&text->shifts,
			(str){ (const char *)&node, sizeof(node) });
	if (shift == NULL)
		return spot;
	spot.line += shift->lines;
	spot.end_line += shift->lines;
	spot.column -= shift->columns;
	spot.end_column -= shift->columns;
	return spot;
}

struct span markdown_text_span(const struct markdown_text *text,
			       struct cmark_node *node)
{
	struct markdown_spot spot = markdown_text_spot(text, node);
	size_t start;
	size_t end;

	if (spot.line < 1)
		return span_none();
	start = markdown_text_origin(text, (size_t)spot.line - 1,
				     spot.column < 1 ? 0
						     : (size_t)spot.column - 1);
	end = spot.end_line < spot.line
		      ? start
		      : markdown_text_origin(text, (size_t)spot.end_line - 1,
					     spot.end_column < 0
						     ? 0
						     : (size_t)spot.end_column);
	return span_of(text->source, start, end > start ? end : start);
}

/* cmark does not say where a block of HTML ends that closes itself. */
static int last_line(cmark_node *block)
{
	int last = cmark_node_get_start_line(block);
	const char *literal;

	if (cmark_node_get_type(block) != CMARK_NODE_HTML_BLOCK)
		return cmark_node_get_end_line(block);
	for (literal = cmark_node_get_literal(block); *literal != '\0';
	     literal++)
		last += literal[0] == '\n' && literal[1] != '\0';
	return last;
}

static void mark_lines(bool *literal, size_t count, int first, int last)
{
	for (int line = first; line <= last; line++)
		if (line > 0 && (size_t)line <= count)
			literal[line - 1] = true;
}

const bool *markdown_text_literal(struct cmark_node *tree, size_t count,
				  struct arena *arena)
{
	bool *literal = arena_array(arena, count + 1, sizeof(*literal));
	cmark_iter *iter = cmark_iter_new(tree);

	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (type != CMARK_NODE_CODE_BLOCK &&
		    type != CMARK_NODE_HTML_BLOCK)
			continue;
		mark_lines(literal, count, cmark_node_get_start_line(node),
			   last_line(node));
	}
	cmark_iter_free(iter);
	return literal;
}
