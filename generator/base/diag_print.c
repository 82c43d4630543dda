/*
 * Printing messages. All of one file come in the order of their places, so
 * that its text is read once and passed over once for their lines; and what is
 * shown of a line is bounded, however long the line is.
 */
#include "base/diag.h"

#include "base/diag_cost.h"
#include "base/sorted.h"
#include "base/unicode.h"

enum {
	LINE_CELLS = 120,
	LINE_BYTES = 2000, /* signs without width could be many */
};

static const char *level_name(enum diag_level level)
{
	return level == DIAG_WARNING ? _("warning") : _("error");
}

/* --- the line with the mistake -------------------------------------------- */

static void add_repeated(struct buf *out, char byte, size_t count)
{
	while (count-- > 0)
		buf_add_byte(out, byte);
}

/* Tabs and control characters would move the caret away from its text. */
static void add_line(struct buf *out, str line)
{
	size_t at = 0;

	while (at < line.len) {
		uint32_t code_point = unicode_next(line, &at);

		if (unicode_is_control(code_point) ||
		    unicode_is_unsafe(code_point))
			buf_add_byte(out, code_point == '\t' ? ' ' : '?');
		else
			buf_add_utf8(out, code_point);
	}
}

static str within_cells(str line, size_t cells)
{
	size_t at = 0;
	size_t used = 0;

	while (at < line.len) {
		size_t before = at;

		unicode_next(line, &at);
		used += unicode_cells(str_between(line, before, at));
		if (used > cells || at > LINE_BYTES)
			return str_between(line, 0, before);
	}
	return line;
}

/* A long line shows only its part around the caret. */
static str visible_part(str line, size_t *start)
{
	size_t from = *start;

	if (within_cells(line, LINE_CELLS).len == line.len)
		return line;
	from = from > LINE_CELLS / 2 ? from - LINE_CELLS / 2 : 0;
	from = unicode_start(line, from);
	*start -= from;
	return within_cells(str_from(line, from), LINE_CELLS);
}

/*
 * Bytes of a picture or an office file are nothing to look at; what people
 * write is, whatever stands in it.
 */
static bool is_readable(const struct source *source, str line)
{
	enum { FEW = 4, REPLACEMENT = 0xfffd, HEAD = 8000 };
	size_t odd = 0;

	if (str_ends_with(source->path, STR(".md")) ||
	    str_ends_with(source->path, STR(".yaml")))
		return true;
	/* as Git tells binary files; the first line may be a few signs */
	if (str_find_byte(str_between(source->text, 0, HEAD), '\0') != STR_NONE)
		return false;
	for (size_t at = 0; at < line.len && odd < FEW;) {
		uint32_t code_point = unicode_next(line, &at);

		odd += unicode_is_control(code_point) ||
		       code_point == REPLACEMENT;
	}
	return odd < FEW;
}

static void print_caret(struct buf *out, const struct diag *diag,
			struct place place)
{
	size_t start = diag->span.start - place.line_start;
	size_t wanted = diag->span.end > diag->span.start
				? diag->span.end - diag->span.start
				: 1;
	str line;
	size_t cells;

	if (start > place.line_text.len)
		start = place.line_text.len;
	line = visible_part(place.line_text, &start);
	buf_printf(out, "%4zu | ", place.line);
	add_line(out, line);
	buf_add_c(out, "\n     | ");
	add_repeated(out, ' ', unicode_cells(str_between(line, 0, start)));
	cells = unicode_cells(str_between(line, start, start + wanted));
	add_repeated(out, '^', cells == 0 ? 1 : cells);
	buf_add_byte(out, '\n');
}

/* --- one file ------------------------------------------------------------- */

static str name_of(const struct diag *diag)
{
	return diag->path.len > 0 ? diag->path : STR("jiyue");
}

/* The kind comes last: editors and scripts find it there. */
static void print_message(struct buf *out, const struct diag *diag, str path)
{
	const char *cost = diag_cost_text(diag, path);

	buf_printf(out, "%s: %.*s", level_name(diag->level),
		   STR_ARG(diag->message));
	if (cost != NULL)
		buf_printf(out, _(" (%s)"), cost);
	buf_printf(out, " [%s]\n", diag->id);
}

static void print_head(struct buf *out, const struct diag *diag)
{
	buf_printf(out, "%.*s: ", STR_ARG(name_of(diag)));
	print_message(out, diag, diag->path);
}

static void print_placed(struct buf *out, const struct diag *diag,
			 const struct source *source, struct place_walk *walk)
{
	struct place place = place_walk_to(walk, diag->span.start);

	buf_printf(out, "%.*s:%zu:%zu: ", STR_ARG(source->path), place.line,
		   place.column);
	print_message(out, diag, source->path);
	if (source->text.len > 0 &&
	    is_readable(source, within_cells(place.line_text, LINE_CELLS)))
		print_caret(out, diag, place);
}

/* Marks are sorted by their source: how many are of this one. */
static size_t marks_of(const struct diag_list *list, uint32_t source)
{
	const struct sorted_numbers sources =
		SORTED_BY(list->marks.items, list->marks.count,
			  struct diag_mark, span.source);

	return source == SOURCE_NONE
		       ? 0
		       : sorted_rows_to(&sources, source) -
				 sorted_rows_below(&sources, source);
}

/* The items of one file: from `first` on to the result. */
static size_t end_of_file(const struct diag_list *list, size_t first)
{
	const struct diag *items = list->items.items;
	size_t end = first + 1;

	while (end < list->items.count &&
	       items[end].span.source == items[first].span.source &&
	       str_equal(items[end].path, items[first].path))
		end++;
	return end;
}

/* Items [first, end) are of one file; `source` is NULL when it is unknown. */
static void print_items(struct buf *out, const struct diag *first,
			const struct diag *end, const struct source *source)
{
	struct place_walk walk;

	if (source != NULL)
		place_walk_init(&walk, source->text);
	for (; first < end; first++) {
		if (source != NULL)
			print_placed(out, first, source, &walk);
		else
			print_head(out, first);
		if (first->help.len > 0)
			buf_printf(out, "  %s: %.*s\n", _("help"),
				   STR_ARG(first->help));
	}
}

bool diag_print_next(struct buf *out, struct diag_printer *printer)
{
	const struct diag_list *list = printer->list;
	const struct source_reader *reader = printer->reader;
	const struct diag *items = list->items.items;
	const struct diag *first = items + printer->next;
	size_t all, shown, rest;
	struct source source;
	struct arena arena;
	bool placed;

	if (printer->next >= list->items.count)
		return false;
	all = end_of_file(list, printer->next) - printer->next;
	shown = all < DIAG_FILE_LIMIT ? all : DIAG_FILE_LIMIT;
	rest = all - shown + marks_of(list, first->span.source);
	arena_init(&arena);
	placed = reader != NULL && first->span.source != SOURCE_NONE &&
		 !source_is_earlier(first->span.source) &&
		 reader->read(reader->context, first->span.source, &source,
			      &arena);
	print_items(out, first, first + shown, placed ? &source : NULL);
	if (rest > 0)
		buf_printf(out, _("%.*s: … and %zu more in this file\n"),
			   STR_ARG(name_of(first)), rest);
	arena_release(&arena);
	printer->next += all;
	return true;
}

void diag_print(struct buf *out, const struct diag_list *list,
		const struct source_reader *reader)
{
	struct diag_printer printer = { .list = list, .reader = reader };

	while (diag_print_next(out, &printer))
		continue;
}
