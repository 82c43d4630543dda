#include "base/diag.h"

#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"

enum { LINE_CELLS = 120 };

const char *diag_translate(const char *text)
{
	return gettext(text);
}

void diag_list_init(struct diag_list *list, struct arena *arena)
{
	*list = (struct diag_list){ .arena = arena };
	list_init(&list->items, sizeof(struct diag));
}

__attribute__((format(printf, 2, 0))) static str
format_text(struct arena *arena, const char *format, va_list arguments)
{
	va_list again;
	char *data;
	int len;

	va_copy(again, arguments);
	len = vsnprintf(NULL, 0, format, arguments);
	data = arena_alloc(arena, (size_t)(len < 0 ? 0 : len) + 1);
	vsnprintf(data, (size_t)(len < 0 ? 0 : len) + 1, format, again);
	va_end(again);
	return str_from_c(data);
}

static struct diag *add(struct diag_list *list, enum diag_level level,
			struct span span, const char *id, str message)
{
	struct diag *diag = list_add(&list->items, list->arena);

	*diag = (struct diag){
		.level = level, .span = span, .id = id, .message = message
	};
	if (level == DIAG_WARNING)
		list->warning_count++;
	else
		list->error_count++;
	list->failed |= level == DIAG_FAILURE;
	return diag;
}

struct diag *diag_error(struct diag_list *list, struct span span,
			const char *id, const char *format, ...)
{
	va_list arguments;
	str message;

	va_start(arguments, format);
	message = format_text(list->arena, format, arguments);
	va_end(arguments);
	return add(list, DIAG_ERROR, span, id, message);
}

struct diag *diag_warning(struct diag_list *list, struct span span,
			  const char *id, const char *format, ...)
{
	va_list arguments;
	str message;

	va_start(arguments, format);
	message = format_text(list->arena, format, arguments);
	va_end(arguments);
	return add(list, DIAG_WARNING, span, id, message);
}

struct diag *diag_failure(struct diag_list *list, const char *id,
			  const char *format, ...)
{
	va_list arguments;
	str message;

	va_start(arguments, format);
	message = format_text(list->arena, format, arguments);
	va_end(arguments);
	return add(list, DIAG_FAILURE, span_none(), id, message);
}

void diag_help(struct diag_list *list, struct diag *diag, const char *format,
	       ...)
{
	va_list arguments;

	va_start(arguments, format);
	diag->help = format_text(list->arena, format, arguments);
	va_end(arguments);
}

void diag_merge(struct diag_list *list, const struct diag_list *more)
{
	const struct diag *items = more->items.items;

	for (size_t i = 0; i < more->items.count; i++) {
		struct diag *copy =
			add(list, items[i].level, items[i].span, items[i].id,
			    arena_copy(list->arena, items[i].message));

		copy->help = arena_copy(list->arena, items[i].help);
		copy->path = arena_copy(list->arena, items[i].path);
	}
}

static int compare(const void *left, const void *right)
{
	const struct diag *a = left;
	const struct diag *b = right;
	int order = str_compare(a->path, b->path);

	if (order == 0)
		order = (a->span.start > b->span.start) -
			(a->span.start < b->span.start);
	if (order == 0)
		order = strcmp(a->id, b->id);
	return order != 0 ? order : str_compare(a->message, b->message);
}

static void uncount(struct diag_list *list, const struct diag *diag)
{
	if (diag->level == DIAG_WARNING)
		list->warning_count--;
	else
		list->error_count--;
}

void diag_sort(struct diag_list *list)
{
	struct diag *items = list->items.items;
	size_t kept = 0;

	if (list->items.count == 0)
		return;
	qsort(items, list->items.count, sizeof(*items), compare);
	for (size_t i = 0; i < list->items.count; i++) {
		if (kept > 0 && compare(&items[kept - 1], &items[i]) == 0)
			uncount(list, &items[i]);
		else
			items[kept++] = items[i];
	}
	list->items.count = kept;
}

void diag_resolve(struct diag_list *list, const struct source_reader *reader)
{
	struct diag *items = list->items.items;

	for (size_t i = 0; i < list->items.count; i++) {
		struct source source;

		if (items[i].span.source != SOURCE_NONE &&
		    reader->read(reader->context, items[i].span.source, &source,
				 list->arena))
			items[i].path = source.path;
	}
}

static const char *level_name(enum diag_level level)
{
	return level == DIAG_WARNING ? _("warning") : _("error");
}

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
		if (used > cells)
			return str_between(line, 0, before);
	}
	return line;
}

/* A long line shows only its part around the caret. */
static str visible_part(str line, size_t *start)
{
	size_t from = *start;

	if (unicode_cells(line) <= LINE_CELLS)
		return line;
	from = from > LINE_CELLS / 2 ? from - LINE_CELLS / 2 : 0;
	while (from > 0 && ((unsigned char)line.data[from] & 0xc0) == 0x80)
		from--;
	*start -= from;
	return within_cells(str_from(line, from), LINE_CELLS);
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

static void print_one(struct buf *out, const struct diag *diag,
		      const struct source_reader *reader)
{
	struct source source;
	struct place place;
	bool placed = reader != NULL && diag->span.source != SOURCE_NONE &&
		      reader->read(reader->context, diag->span.source, &source,
				   out->arena);

	if (!placed) {
		buf_printf(
			out, "%.*s: %s: %.*s [%s]\n",
			STR_ARG(diag->path.len > 0 ? diag->path : STR("jiyue")),
			level_name(diag->level), STR_ARG(diag->message),
			diag->id);
	} else {
		place = source_place(source.text, diag->span.start);
		buf_printf(out, "%.*s:%zu:%zu: %s: %.*s [%s]\n",
			   STR_ARG(source.path), place.line, place.column,
			   level_name(diag->level), STR_ARG(diag->message),
			   diag->id);
		if (source.text.len > 0)
			print_caret(out, diag, place);
	}
	if (diag->help.len > 0)
		buf_printf(out, "  %s: %.*s\n", _("help"), STR_ARG(diag->help));
}

void diag_print(struct buf *out, const struct diag_list *list,
		const struct source_reader *reader)
{
	const struct diag *items = list->items.items;

	for (size_t i = 0; i < list->items.count; i++)
		print_one(out, &items[i], reader);
}
