/*
 * Passes before cmark move and replace whole lines, and messages must still
 * point into the file. So each line keeps the line it came from and how far it
 * was shifted; asking costs one look into a table, however many passes there
 * were.
 */
#include "markup/markdown_text.h"

#include <cmark.h>

void markdown_text_init(struct markdown_text *text, const struct source *source,
			struct arena *arena)
{
	*text = (struct markdown_text){ .source = source, .arena = arena };
	buf_init(&text->bytes, arena);
	list_init(&text->lines, sizeof(struct markdown_line));
	list_init(&text->inserts, sizeof(struct markdown_insert));
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
	size_t low = 0;
	size_t high = text->inserts.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (inserts[middle].end <= byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? 0 : inserts[low - 1].total;
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

struct span markdown_text_span(const struct markdown_text *text,
			       struct cmark_node *node)
{
	int start_line = cmark_node_get_start_line(node);
	int start_column = cmark_node_get_start_column(node);
	int end_line = cmark_node_get_end_line(node);
	int end_column = cmark_node_get_end_column(node);
	size_t start;
	size_t end;

	if (start_line < 1)
		return span_none();
	start = markdown_text_origin(
		text, (size_t)start_line - 1,
		start_column < 1 ? 0 : (size_t)start_column - 1);
	end = end_line < start_line
		      ? start
		      : markdown_text_origin(
				text, (size_t)end_line - 1,
				end_column < 0 ? 0 : (size_t)end_column);
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
