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

/* The code point at `at`; 0 where the text ends. */
uint32_t unicode_at(str text, size_t at);

/* The code point that ends at `*at`, moving `*at` to its start; 0 where the
   text starts. */
uint32_t unicode_previous(str text, size_t *at);

/* Where the character begins that the byte at `at` belongs to. */
size_t unicode_start(str text, size_t at);

size_t unicode_count(str text); /* code points */
size_t unicode_cells(str text); /* terminal cells; a Chinese character has 2 */

/* Normal form C, in the arena; `text` itself when nothing changes. */
str unicode_nfc(str text, struct arena *arena);
bool unicode_is_ascii(str text);

/*
 * The parts of a code point in normal form KD (a full-width digit is a digit,
 * "㎡" is m and 2); none of a character that takes no room (U+200B).
 */
enum { UNICODE_PARTS = 18 };
size_t unicode_compatible(uint32_t out[UNICODE_PARTS], uint32_t code_point);

/* Letter, number or mark of any script (for heading ids and words). */
bool unicode_is_word(uint32_t code_point);
uint32_t unicode_lower(uint32_t code_point);
/* Is it one of the characters? */
bool unicode_is_among(uint32_t code_point, const char *characters);

/* 0 to 9 */
static inline bool unicode_is_digit(uint32_t code_point)
{
	return code_point >= '0' && code_point <= '9';
}

/* A letter or digit of ASCII. */
static inline bool unicode_is_latin(uint32_t code_point)
{
	return unicode_is_digit(code_point) ||
	       ((code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z');
}

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

/*
 * Punctuation as CommonMark counts it: ASCII signs, and Unicode's categories P.
 */
bool unicode_is_punctuation(uint32_t code_point);
/* Brackets and quotation marks that open or close: ( 《 “ and ) 》 ” */
bool unicode_is_opening(uint32_t code_point);
bool unicode_is_closing(uint32_t code_point);
/* White space as CommonMark counts it, with the ends of lines. */
bool unicode_is_space(uint32_t code_point);
/* White space, or 0: where a text starts or ends. */
bool unicode_is_gap(uint32_t code_point);
/* Characters of Chinese, Japanese and Korean, their punctuation included. */
bool unicode_is_cjk(uint32_t code_point);
/* A letter of Chinese or Japanese; no punctuation. */
bool unicode_is_ideograph(uint32_t code_point);

/*
 * Whether a line may be broken between the two without a space in its place:
 * Chinese and Japanese, with their punctuation. Quotation marks, dashes and
 * the like, which have no width of their own, follow the other side. Korean
 * has spaces. (CSS Text 3, "segment break transformation rules".)
 */
bool unicode_joins(uint32_t before, uint32_t after);
/* Those signs without a width of their own: “ ” … — · ① № and so on. */
bool unicode_is_ambiguous(uint32_t code_point);

/* White space of any script, and what takes no room at all (U+200B). */
bool unicode_is_blank(uint32_t code_point);

/* Without such white space at both ends. */
str unicode_trim(str text);

/* At most `count` code points of `text`, cut at a whole one. */
str unicode_prefix(str text, size_t count);

#endif
