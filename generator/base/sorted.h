/*
 * Looking things up in sorted rows: of numbers, or of anything with a text that
 * it is sorted by. Each says how many stand before what is looked for: where it
 * stands, or would stand.
 */
#ifndef JIYUE_BASE_SORTED_H
#define JIYUE_BASE_SORTED_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

size_t sorted_count_below(const uint32_t *numbers, size_t count, size_t number);

/* Rows of `size` bytes, each with a str `offset` bytes behind its start. */
struct sorted_rows {
	const void *rows;
	size_t count;
	size_t size;
	size_t offset;
};

size_t sorted_count_before(const struct sorted_rows *sorted, str text);

/* The row with this text, or NULL. */
const void *sorted_find(const struct sorted_rows *sorted, str text);

#endif
