/*
 * A growing text in an arena, with a limit that stands before the memory.
 *
 * Always true: `data` has a NUL behind `len` once anything was appended. After
 * the limit was hit `full` is set and further text is dropped; the writer asks
 * once, at the end.
 */
#ifndef JIYUE_BASE_BUF_H
#define JIYUE_BASE_BUF_H

#include "base/arena.h"
#include "base/str.h"

struct buf {
	struct arena *arena;
	char *data;
	size_t len;
	size_t capacity;
	size_t limit; /* bytes; SIZE_MAX for none */
	bool full;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_init_limited(struct buf *buf, struct arena *arena, size_t limit);
void buf_add(struct buf *buf, str text);
void buf_add_c(struct buf *buf, const char *text);
void buf_add_byte(struct buf *buf, char byte);
/* Decimal, with zeroes before it up to `width` digits; printf would be dear. */
void buf_add_number(struct buf *buf, uint64_t number, size_t width);
void buf_add_utf8(struct buf *buf, uint32_t code_point);

__attribute__((format(printf, 2, 3))) void buf_printf(struct buf *buf,
						      const char *format, ...);

/* The text so far; valid until the next append. */
str buf_str(const struct buf *buf);

#endif
