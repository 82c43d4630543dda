#include "markup/csv.h"

static str text_of(const struct csv_reader *reader)
{
	return reader->source->text;
}

static bool is_end_of_cell(str text, size_t at)
{
	return at >= text.len || text.data[at] == ',' || text.data[at] == '\n';
}

static size_t skip_blanks(str text, size_t at)
{
	while (at < text.len && byte_is_blank(text.data[at]))
		at++;
	return at;
}

static void report_quote(struct csv_reader *reader, size_t start, size_t end)
{
	struct diag *diag = diag_error(
		reader->diags, span_of(reader->source, start, end), "csv-quote",
		_("a quoted cell does not end before the next comma"));

	diag_help(reader->diags, diag,
		  _("close it with a second '\"' and write a '\"' inside it "
		    "twice; a cell without commas needs no quotes"));
	reader->is_broken = true;
}

static void add_cell(struct list *cells, const struct csv_reader *reader,
		     str text, size_t start, size_t end)
{
	struct csv_cell *cell = list_add(cells, reader->arena);

	cell->text = text;
	cell->span = span_of(reader->source, start, end);
}

/* From behind the first quote; returns the place of the cell's end. */
static size_t take_quoted(struct list *cells, struct csv_reader *reader,
			  size_t open)
{
	str text = text_of(reader);
	size_t at = open + 1;
	struct buf cell;

	buf_init(&cell, reader->arena);
	for (; at < text.len; at++) {
		if (text.data[at] == '"') {
			if (at + 1 >= text.len || text.data[at + 1] != '"')
				break;
			at++;
		}
		buf_add_byte(&cell, text.data[at]);
	}
	if (at >= text.len ||
	    !is_end_of_cell(text, skip_blanks(text, at + 1))) {
		report_quote(reader, open, open + 1);
		return text.len;
	}
	add_cell(cells, reader, str_trim(buf_str(&cell)), open + 1, at);
	return skip_blanks(text, at + 1);
}

static size_t take_plain(struct list *cells, const struct csv_reader *reader,
			 size_t start)
{
	str text = text_of(reader);
	size_t end = start;
	size_t behind;

	while (!is_end_of_cell(text, end))
		end++;
	behind = end;
	while (end > start && byte_is_blank(text.data[end - 1]))
		end--;
	add_cell(cells, reader, str_between(text, start, end), start, end);
	return behind;
}

/* To the first line that is a row; false at the end. */
static bool skip_lines(struct csv_reader *reader)
{
	str text = text_of(reader);

	while (reader->at < text.len) {
		size_t start = skip_blanks(text, reader->at);
		size_t end = start;

		if (start < text.len && text.data[start] != '\n' &&
		    text.data[start] != '#')
			return true;
		while (end < text.len && text.data[end] != '\n')
			end++;
		reader->at = end + 1;
	}
	return false;
}

bool csv_next(struct list *cells, struct csv_reader *reader)
{
	str text = text_of(reader);
	size_t at;

	list_init(cells, sizeof(struct csv_cell));
	if (reader->is_broken || !skip_lines(reader))
		return false;
	for (at = reader->at;; at++) {
		size_t start = skip_blanks(text, at);

		at = start < text.len && text.data[start] == '"'
			     ? take_quoted(cells, reader, start)
			     : take_plain(cells, reader, start);
		if (at >= text.len || text.data[at] != ',')
			break;
	}
	reader->at = at + 1;
	return !reader->is_broken;
}
