/*
 * Text as a slice. A slice borrows: whoever made the bytes owns them.
 *
 * Always true: `len` counts bytes; `data` need not end in NUL; comparison is
 * by bytes, never by locale, so that output does not depend on the machine.
 */
#ifndef JIYUE_BASE_STR_H
#define JIYUE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct str {
	const char *data; /* not NUL-terminated, not owned */
	size_t len;
} str;

/* A slice of a string literal, and the printf arguments of a slice. */
#define STR(literal) ((str){ "" literal, sizeof(literal) - 1 })
#define STR_ARG(text) (int)(text).len, (text).data

/* "not found" of the functions that return a position */
#define STR_NONE SIZE_MAX

str str_from_c(const char *text); /* NULL gives the empty slice */
bool str_equal(str a, str b);
bool str_equal_c(str a, const char *b);
int str_compare(str a, str b); /* by bytes, shorter first */
bool str_starts_with(str text, str prefix);
bool str_ends_with(str text, str suffix);
bool str_equal_ignoring_case(str a, str b); /* ASCII letters only */
size_t str_common_length(str a, str b);	    /* bytes that both begin with */

/* Whether `name` has something, and behind it `ending`, in whatever letters. */
bool str_has_ending(str name, str ending);

bool str_is_among(str text, const str *texts, size_t count);

/* str_compare for qsort and bsearch of an array of str. */
int str_compare_items(const void *left, const void *right);

/* Takes `wanted` off the front of `*rest`; false when it does not stand there.
 */
bool str_take_byte(str *rest, char wanted);
bool str_take(str *rest, str wanted);

/* The digits at the front of `*rest`, taken off it. */
str str_take_digits(str *rest);

/* The part from `start`, or between `start` and `end`; clipped to `text`. */
str str_from(str text, size_t start);
str str_between(str text, size_t start, size_t end);

size_t str_find(str text, str wanted);
size_t str_find_byte(str text, char wanted);
size_t str_find_last_byte(str text, char wanted);
size_t str_count_byte(str text, char wanted);

/* What stands after the last slash of a path: all of one without. */
str str_file_name(str path);
/* What stands before it: nothing of a path without. */
str str_folder(str path);

/* ASCII white space, of which a blank text is made; an empty one is blank. */
static inline bool byte_is_space(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* ASCII capital letters as small ones; any other byte stays. */
static inline char byte_lower(char byte)
{
	return (char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
}

/* The byte at `at`; behind the end '\0'. */
static inline char str_at(str text, size_t at)
{
	return (char)(at < text.len ? text.data[at] : '\0');
}

static inline bool byte_is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Of ASCII. */
static inline bool byte_is_letter(char byte)
{
	return byte_lower(byte) >= 'a' && byte_lower(byte) <= 'z';
}

/* What parts words on a line. */
static inline bool byte_is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static inline bool byte_is_between(unsigned char byte, unsigned char first,
				   unsigned char last)
{
	return byte >= first && byte <= last;
}

/* Of a small hexadecimal digit; -1: it is none. */
static inline int byte_hex_value(char byte)
{
	if (byte_is_digit(byte))
		return byte - '0';
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

bool str_is_blank(str text);

/* Without ASCII white space at both ends. */
str str_trim(str text);

/* Whether `words`, as in " a b c ", with blanks at both ends, has the word. */
bool str_is_word_of(str word, const char *words);

/*
 * Cuts the part before `separator` off the front of `*rest`. Returns false
 * when nothing is left. "a,,b" gives "a", "", "b".
 */
bool str_split_next(str *rest, char separator, str *part);

/* The word at the front of `*rest`, taken off it; false when there is none. */
bool str_next_word(str *rest, str *word);

/* At most 19 decimal digits; false when there are more or others. */
MUST_USE bool str_to_u64(uint64_t *out, str text);

/*
 * The name among `count` names that `text` most likely meant, for "did you
 * mean" messages, or the empty slice. Distance counts edits and swaps.
 */
str str_nearest(str text, const str *names, size_t count);

/*
 * The place of the shortest label that `text` is a part of, or that is a part
 * of it, from two Chinese characters on: 新闻 for 新闻动态; or STR_NONE.
 */
size_t str_part_of(str text, const str *labels, size_t count);

#endif
