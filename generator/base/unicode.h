/* Unicode questions, answered by utf8proc. */
#ifndef JIYUE_BASE_UNICODE_H
#define JIYUE_BASE_UNICODE_H

#include "base/arena.h"
#include "base/str.h"

/* Byte offset of the first byte that is not UTF-8, or STR_NONE. */
size_t unicode_invalid_at(str text);

/*
 * The code point at `*at`, moving `*at` behind it. Bytes that are not UTF-8
 * give U+FFFD one at a time.
 */
uint32_t unicode_next(str text, size_t *at);

size_t unicode_count(str text); /* code points */
size_t unicode_cells(str text); /* terminal cells; a Chinese character has 2 */

/* Normal form C, in the arena; `text` itself when nothing changes. */
str unicode_nfc(str text, struct arena *arena);

/* Letter, number or mark of any script (for heading ids and words). */
bool unicode_is_word(uint32_t code_point);
uint32_t unicode_lower(uint32_t code_point);
bool unicode_is_control(uint32_t code_point); /* C0, C1, DEL */

/* At most `count` code points of `text`, cut at a whole one. */
str unicode_prefix(str text, size_t count);

#endif
