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

/*
 * Characters that no text of the library may have: controls but tab and line
 * feed, signs that turn the direction of the text around, line and paragraph
 * separators, U+FEFF (a byte order mark stands before a text, not in it) and
 * noncharacters. Nobody sees them, and each makes a text say something else
 * than it shows. base/unsafe_text.h has their names and messages.
 */
bool unicode_is_unsafe(uint32_t code_point);

/*
 * Byte offset from `from` on of the first unsafe character, or of the first
 * byte that is not UTF-8; STR_NONE: there is none.
 */
size_t unicode_unsafe_at(str text, size_t from);

/* At most `count` code points of `text`, cut at a whole one. */
str unicode_prefix(str text, size_t count);

#endif
