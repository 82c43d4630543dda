/*
 * Changes of a text at places of it, carried over to the bytes of its file:
 * a byte order mark and the ends of lines stay as they are.
 */
#ifndef JIYUE_EDITOR_TEXT_EDIT_H
#define JIYUE_EDITOR_TEXT_EDIT_H

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

struct text_edit {
	size_t start; /* bytes of the text; edits do not overlap */
	size_t end;
	str text;
};

/* Puts them into their order; the same edit twice counts once. */
void text_edits_sort(struct list *edits);

/* `bytes` are the text as it is written, or the text itself. */
str text_edits_apply(str bytes, const struct list *edits, struct arena *arena);

#endif
