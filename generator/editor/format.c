/*
 * The front matter is cut into one piece a field: the comments above it, its
 * line, and the lines of its value. Pieces are put into order; inside them
 * nothing is changed but the quotes of single scalars.
 *
 *	# 头部的说明                head: stays at the top
 *
 *	title: 关于……的通知          a piece
 *	# 以发文日期为准             a piece: comment and field
 *	date: 2026-01-05
 *	# 以下待补                   tail: stays at the end
 */
#include "editor/format.h"

#include <stdlib.h>

#include "base/sorted.h"
#include "editor/scalar_style.h"
#include "library/front_matter.h"

struct piece {
	size_t start;
	size_t end;
	uint32_t order; /* of its field in the type */
	uint32_t place; /* among the pieces: a tie keeps the order written */
};

struct edit {
	struct span span;
	str text;
};

struct forming {
	const struct format_file *file;
	const struct resource_type *type;
	struct arena *arena;
	struct list pieces; /* struct piece */
	struct list edits;  /* struct edit, in rising order */
	size_t start;	    /* of the front matter */
	size_t end;
	size_t head; /* where the first piece begins */
	size_t tail; /* where the last one ends, before they are sorted */
};

static str text_of(const struct forming *forming)
{
	return forming->file->source.text;
}

static size_t line_start(str text, size_t at)
{
	while (at > 0 && text.data[at - 1] != '\n')
		at--;
	return at;
}

/* One behind the end of the line that has the byte before `at`. */
static size_t line_end(str text, size_t at, size_t limit)
{
	if (at > 0 && text.data[at - 1] == '\n')
		return at;
	while (at < limit && text.data[at] != '\n')
		at++;
	return at < limit ? at + 1 : limit;
}

/* --- quotes --------------------------------------------------------------- */

static void style_scalar(struct forming *forming, const struct yaml_node *node)
{
	str written =
		str_between(text_of(forming), node->span.start, node->span.end);
	str better = scalar_style(written, node->text, forming->arena);

	if (!str_equal(written, better))
		*(struct edit *)list_add(&forming->edits, forming->arena) =
			(struct edit){ node->span, better };
}

static void style_node(struct forming *forming, const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR)
		style_scalar(forming, node);
	for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++)
		style_node(forming, &node->items[i]);
	for (size_t i = 0; node->kind == YAML_MAPPING && i < node->count; i++)
		style_node(forming, &node->pairs[i].value);
}

/* --- pieces --------------------------------------------------------------- */

/* "|+" and ">+" keep the blank lines behind them. */
static bool keeps_blank_lines(const struct forming *forming,
			      const struct yaml_node *node)
{
	str text =
		str_between(text_of(forming), node->span.start, node->span.end);
	str head;

	return node->kind == YAML_SCALAR &&
	       str_split_next(&text, '\n', &head) &&
	       (str_at(head, 0) == '|' || str_at(head, 0) == '>') &&
	       str_find_byte(head, '+') != STR_NONE;
}

/* What stands indented behind a value is about something in it. */
static bool is_inside(str line, size_t indent, bool is_text)
{
	size_t blanks = 0;

	while (str_at(line, blanks) == ' ')
		blanks++;
	return is_text ? str_is_blank(line)
		       : blanks > indent && str_at(line, blanks) == '#';
}

static size_t piece_end(const struct forming *forming,
			const struct yaml_pair *pair)
{
	str text = text_of(forming);
	bool is_text = keeps_blank_lines(forming, &pair->value);
	size_t at = pair->value.span.end > pair->key_span.end
			    ? pair->value.span.end
			    : pair->key_span.end;
	size_t key_line = line_start(text, pair->key_span.start);

	at = line_end(text, at, forming->end);
	while (at < forming->end) {
		size_t next = line_end(text, at + 1, forming->end);
		str line = str_between(text, at, next);

		if (!is_inside(line, pair->key_span.start - key_line, is_text))
			break;
		at = next;
	}
	return at;
}

static uint32_t order_of(const struct forming *forming, str key)
{
	return resource_type_field(forming->type, key);
}

/* False: two fields stand on one line, and nothing is moved. */
static bool cut(struct forming *forming, const struct yaml_node *mapping)
{
	size_t end = forming->start;

	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];
		struct piece piece = {
			.start = end,
			.order = order_of(forming, pair->key),
			.place = (uint32_t)i,
		};

		if (line_start(text_of(forming), pair->key_span.start) < end)
			return false;
		end = piece_end(forming, pair);
		piece.end = end;
		*(struct piece *)list_add(&forming->pieces, forming->arena) =
			piece;
	}
	forming->tail = end;
	return true;
}

/* Comments with a blank line below them are about the file. */
static void cut_head(struct forming *forming, const struct yaml_node *mapping)
{
	struct piece *first = forming->pieces.items;
	str text = text_of(forming);
	size_t key = line_start(text, mapping->pairs[0].key_span.start);
	size_t at = forming->start;

	while (at < key) {
		size_t next = line_end(text, at + 1, key);

		if (str_is_blank(str_between(text, at, next)))
			first->start = next;
		at = next;
	}
	forming->head = first->start;
}

static int by_order(const void *left, const void *right)
{
	const struct piece *a = left;
	const struct piece *b = right;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

/* --- putting together ----------------------------------------------------- */

/* The first edit that begins at `at` or behind it. */
static size_t first_edit(const struct forming *forming, size_t at)
{
	const struct sorted_numbers edits =
		SORTED_BY(forming->edits.items, forming->edits.count,
			  struct edit, span.start);

	return sorted_rows_below(&edits, (int64_t)at);
}

static void add_range(struct buf *out, const struct forming *forming,
		      size_t start, size_t end)
{
	const struct edit *edits = forming->edits.items;

	for (size_t i = first_edit(forming, start);
	     i < forming->edits.count && edits[i].span.start < end; i++) {
		buf_add(out, str_between(text_of(forming), start,
					 edits[i].span.start));
		buf_add(out, edits[i].text);
		start = edits[i].span.end;
	}
	buf_add(out, str_between(text_of(forming), start, end));
}

static str put_together(struct forming *forming, bool is_cut)
{
	const struct piece *pieces = forming->pieces.items;
	struct buf out;

	buf_init(&out, forming->arena);
	if (!is_cut) {
		add_range(&out, forming, forming->start, forming->end);
		return buf_str(&out);
	}
	add_range(&out, forming, forming->start, forming->head);
	for (size_t i = 0; i < forming->pieces.count; i++)
		add_range(&out, forming, pieces[i].start, pieces[i].end);
	add_range(&out, forming, forming->tail, forming->end);
	return buf_str(&out);
}

/* --- the proof ------------------------------------------------------------ */

static bool is_same(const struct yaml_node *a, const struct yaml_node *b)
{
	bool same = a->kind == b->kind && a->count == b->count;

	if (same && a->kind == YAML_SCALAR)
		return str_equal(a->text, b->text) && a->is_null == b->is_null;
	for (size_t i = 0; same && a->kind == YAML_SEQUENCE && i < a->count;
	     i++)
		same = is_same(&a->items[i], &b->items[i]);
	for (size_t i = 0; same && a->kind == YAML_MAPPING && i < a->count; i++)
		same = str_equal(a->pairs[i].key, b->pairs[i].key) &&
		       is_same(&a->pairs[i].value, &b->pairs[i].value);
	return same;
}

/* The pieces say which pair of `before` became which of the new text. */
static bool says_the_same(const struct forming *forming, str text, bool is_cut,
			  const struct yaml_node *before)
{
	const struct piece *pieces = forming->pieces.items;
	const struct source source = { .path = forming->file->source.path,
				       .text = text };
	struct yaml_node after;
	struct diag_list unsaid;
	bool same;

	diag_list_init(&unsaid, forming->arena);
	same = yaml_parse(&after, &source, 0, text.len, YAML_FRONT_MATTER_LIMIT,
			  forming->arena, &unsaid) &&
	       after.count == before->count;
	for (size_t i = 0; same && i < after.count; i++) {
		const struct yaml_pair *was =
			&before->pairs[is_cut ? pieces[i].place : i];

		same = str_equal(was->key, after.pairs[i].key) &&
		       is_same(&was->value, &after.pairs[i].value);
	}
	return same;
}

/* --- the bytes of the file ------------------------------------------------ */

/* Where the line of that number (from 0) begins; CR, LF and CRLF end one. */
static size_t line_at(str bytes, size_t number, size_t at)
{
	while (number > 0 && at < bytes.len) {
		bool is_pair =
			bytes.data[at] == '\r' && str_at(bytes, at + 1) == '\n';

		if (bytes.data[at] == '\n' || bytes.data[at] == '\r')
			number--;
		at += is_pair ? 2 : 1;
	}
	return at;
}

static size_t count_lines(str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.data[i] == '\n';
	return count;
}

/* The new text between the fences of the old one, with its ends of lines. */
static str in_bytes(const struct forming *forming, str text)
{
	str bytes = forming->file->bytes;
	size_t mark = str_starts_with(bytes, STR("\xef\xbb\xbf")) ? 3 : 0;
	size_t start = line_at(bytes, 1, mark);
	size_t end =
		line_at(bytes,
			count_lines(str_between(text_of(forming),
						forming->start, forming->end)),
			start);
	str line_break = str_between(bytes, mark, start);
	struct buf out;
	str line;

	line_break = str_from(line_break, str_find_byte(line_break, '\r'));
	buf_init(&out, forming->arena);
	buf_add(&out, str_between(bytes, 0, start));
	while (text.len > 0 && str_split_next(&text, '\n', &line)) {
		buf_add(&out, line);
		buf_add(&out, line_break.len > 0 ? line_break : STR("\n"));
	}
	buf_add(&out, str_from(bytes, end));
	return buf_str(&out);
}

static const struct resource_type *type_of(const struct format_file *file,
					   const struct yaml_node *mapping)
{
	str name = yaml_text(mapping, "type");
	const struct resource_type *type =
		schema_find(file->schema, name.len > 0 ? name : file->type);

	return type != NULL ? type : &file->schema->any;
}

/* What is only strange is told by a check. */
static bool read_mapping(struct yaml_node *out, struct forming *forming,
			 struct diag_list *diags)
{
	const struct source *source = &forming->file->source;
	struct diag_list own;
	size_t body;
	bool ok;

	diag_list_init_part(&own, forming->arena, diags);
	ok = front_matter_find(&forming->start, &forming->end, &body, source,
			       &own) &&
	     yaml_parse(out, source, forming->start, forming->end,
			YAML_FRONT_MATTER_LIMIT, forming->arena, &own);
	if (!ok)
		diag_merge(diags, &own);
	return ok;
}

bool format_file(str *out, const struct format_file *file, struct arena *arena,
		 struct diag_list *diags)
{
	struct forming forming = { .file = file, .arena = arena };
	struct yaml_node mapping;
	bool is_cut;
	str text;

	*out = file->bytes;
	if (!read_mapping(&mapping, &forming, diags))
		return false;
	if (mapping.count == 0)
		return true;
	forming.type = type_of(file, &mapping);
	list_init(&forming.pieces, sizeof(struct piece));
	list_init(&forming.edits, sizeof(struct edit));
	style_node(&forming, &mapping);
	is_cut = cut(&forming, &mapping);
	if (is_cut) {
		cut_head(&forming, &mapping);
		qsort(forming.pieces.items, forming.pieces.count,
		      sizeof(struct piece), by_order);
	}
	text = put_together(&forming, is_cut);
	if (!str_equal(text, str_between(text_of(&forming), forming.start,
					 forming.end)) &&
	    says_the_same(&forming, text, is_cut, &mapping))
		*out = in_bytes(&forming, text);
	return true;
}
