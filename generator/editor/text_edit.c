#include "editor/text_edit.h"

#include <stdlib.h>

#include "base/buf.h"

static int by_place(const void *left, const void *right)
{
	const struct text_edit *a = left;
	const struct text_edit *b = right;

	return (a->start > b->start) - (a->start < b->start);
}

void text_edits_sort(struct list *edits)
{
	struct text_edit *items = edits->items;
	size_t count = 0;

	if (edits->count == 0)
		return;
	qsort(items, edits->count, sizeof(*items), by_place);
	for (size_t i = 0; i < edits->count; i++)
		if (count == 0 || items[i].start >= items[count - 1].end)
			items[count++] = items[i];
	edits->count = count;
}

/* Where byte `to` of the text is, which is `*from` at `at` of the bytes. */
static size_t walk(str bytes, size_t at, size_t *from, size_t to)
{
	while (*from < to && at < bytes.len) {
		at += bytes.data[at] == '\r' && str_at(bytes, at + 1) == '\n'
			      ? 2
			      : 1;
		++*from;
	}
	return at;
}

/* The new text has the ends of lines that the file begins with. */
static void add_text(struct buf *out, str text, bool has_returns)
{
	for (size_t i = 0; i < text.len; i++) {
		if (has_returns && text.data[i] == '\n')
			buf_add_byte(out, '\r');
		buf_add_byte(out, text.data[i]);
	}
}

str text_edits_apply(str bytes, const struct list *edits, struct arena *arena)
{
	const struct text_edit *items = edits->items;
	size_t first_line = str_find_byte(bytes, '\n');
	bool has_returns = first_line != STR_NONE && first_line > 0 &&
			   bytes.data[first_line - 1] == '\r';
	size_t at = str_starts_with(bytes, STR("\xef\xbb\xbf")) ? 3 : 0;
	size_t done = 0;
	size_t from = 0;
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < edits->count; i++) {
		at = walk(bytes, at, &from, items[i].start);
		buf_add(&out, str_between(bytes, done, at));
		add_text(&out, items[i].text, has_returns);
		done = at = walk(bytes, at, &from, items[i].end);
	}
	buf_add(&out, str_from(bytes, done));
	return buf_str(&out);
}
