/*
 * Looking things up in sorted rows: by a number, or by a text that each row
 * has. Each says how many rows stand before what is looked for, which is where
 * it stands or would stand ("below", "before"), or how many up to and with it
 * ("to").
 */
#ifndef JIYUE_BASE_SORTED_H
#define JIYUE_BASE_SORTED_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

size_t sorted_count_below(const uint32_t *numbers, size_t count, size_t number);

/*
 * Rows of `size` bytes, each with a number `offset` bytes behind its start: an
 * unsigned one of four bytes, or one of eight within int64_t.
 */
struct sorted_numbers {
	const void *rows;
	size_t count;
	size_t size;
	size_t offset;
	size_t width;
};

#define SORTED_BY(rows, count, type, member)                                   \
	{                                                                      \
		(rows), (count), sizeof(type), offsetof(type, member),         \
			sizeof(((type *)NULL)->member)                         \
	}

#define SORTED_NUMBERS(numbers, count)                                         \
	{                                                                      \
		(numbers), (count), sizeof(*(numbers)), 0, sizeof(*(numbers))  \
	}

size_t sorted_rows_below(const struct sorted_numbers *sorted, int64_t number);
size_t sorted_rows_to(const struct sorted_numbers *sorted, int64_t number);

/* Rows of `size` bytes, each with a str `offset` bytes behind its start. */
struct sorted_rows {
	const void *rows;
	size_t count;
	size_t size;
	size_t offset;
};

size_t sorted_count_before(const struct sorted_rows *sorted, str text);
size_t sorted_count_to(const struct sorted_rows *sorted, str text);

/* The row with this text, or NULL. */
const void *sorted_find(const struct sorted_rows *sorted, str text);

#endif
