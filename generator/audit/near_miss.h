/*
 * Long names that are nearly right: one character is another one, is missing,
 * stands twice or has changed places with the next.
 */
#ifndef JIYUE_AUDIT_NEAR_MISS_H
#define JIYUE_AUDIT_NEAR_MISS_H

#include "audit/word_book.h"

/*
 * A half of the entry's name stands at [*start, *end). If the name stands there
 * but for one slip, these become its place; false when it is right or another
 * text.
 */
bool near_miss_find(size_t *start, size_t *end, const struct word_entry *entry,
		    const struct text_points *text);

#endif
