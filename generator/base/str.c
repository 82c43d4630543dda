/*
 * Searching goes by memchr for the first byte, which the C library does many
 * bytes at a time; most of what is looked for is not there at all. The nearest
 * name, for help lines, is found by counting edits and swapped neighbours in
 * three rows of the matrix: names are short, lists of names are not.
 */
#include "base/str.h"

#include <string.h>

str str_from_c(const char *text)
{
	if (text == NULL)
		return (str){ "", 0 };
	return (str){ text, strlen(text) };
}

bool str_equal(str a, str b)
{
	/* most texts differ at once, and a call costs more than that look */
	return a.len == b.len &&
	       (a.len == 0 ||
		(a.data[0] == b.data[0] && memcmp(a.data, b.data, a.len) == 0));
}

bool str_equal_c(str a, const char *b)
{
	return str_equal(a, str_from_c(b));
}

int str_compare(str a, str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool str_starts_with(str text, str prefix)
{
	return text.len >= prefix.len &&
	       str_equal((str){ text.data, prefix.len }, prefix);
}

bool str_ends_with(str text, str suffix)
{
	return text.len >= suffix.len &&
	       str_equal(str_from(text, text.len - suffix.len), suffix);
}

bool str_equal_ignoring_case(str a, str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (byte_lower(a.data[i]) != byte_lower(b.data[i]))
			return false;
	return true;
}

str str_between(str text, size_t start, size_t end)
{
	if (end > text.len)
		end = text.len;
	if (start > end)
		start = end;
	if (text.data == NULL)
		return (str){ "", 0 };
	return (str){ text.data + start, end - start };
}

str str_from(str text, size_t start)
{
	return str_between(text, start, text.len);
}

/* Most texts do not even have the first byte of a mark: memchr is fast. */
static size_t find_short(str text, str wanted)
{
	size_t last = text.len - wanted.len;
	size_t at = 0;

	while (at <= last) {
		const char *found =
			memchr(text.data + at, wanted.data[0], last - at + 1);

		if (found == NULL)
			return STR_NONE;
		at = (size_t)(found - text.data);
		if (memcmp(found, wanted.data, wanted.len) == 0)
			return at;
		at++;
	}
	return STR_NONE;
}

size_t str_find(str text, str wanted)
{
	enum { SHORT = 8 };
	const char *found;

	if (wanted.len == 0)
		return 0;
	if (text.len < wanted.len)
		return STR_NONE;
	if (wanted.len <= SHORT)
		return find_short(text, wanted);
	found = memmem(text.data, text.len, wanted.data, wanted.len);
	return found == NULL ? STR_NONE : (size_t)(found - text.data);
}

size_t str_find_byte(str text, char wanted)
{
	const char *found =
		text.len == 0 ? NULL : memchr(text.data, wanted, text.len);

	return found == NULL ? STR_NONE : (size_t)(found - text.data);
}

size_t str_find_last_byte(str text, char wanted)
{
	const char *found =
		text.len == 0 ? NULL : memrchr(text.data, wanted, text.len);

	return found == NULL ? STR_NONE : (size_t)(found - text.data);
}

size_t str_count_byte(str text, char wanted)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.data[i] == wanted;
	return count;
}

size_t str_common_length(str a, str b)
{
	size_t same = 0;

	while (same < a.len && same < b.len && a.data[same] == b.data[same])
		same++;
	return same;
}

bool str_has_ending(str name, str ending)
{
	return name.len > ending.len &&
	       str_equal_ignoring_case(str_from(name, name.len - ending.len),
				       ending);
}

bool str_is_among(str text, const str *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(text, texts[i]))
			return true;
	return false;
}

int str_compare_items(const void *left, const void *right)
{
	return str_compare(*(const str *)left, *(const str *)right);
}

bool str_take_byte(str *rest, char wanted)
{
	if (rest->len == 0 || rest->data[0] != wanted)
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

str str_file_name(str path)
{
	return str_from(path, str_find_last_byte(path, '/') + 1);
}

bool str_take(str *rest, str wanted)
{
	if (!str_starts_with(*rest, wanted))
		return false;
	*rest = str_from(*rest, wanted.len);
	return true;
}

str str_take_digits(str *rest)
{
	size_t len = 0;
	str digits;

	while (len < rest->len && byte_is_digit(rest->data[len]))
		len++;
	digits = str_between(*rest, 0, len);
	*rest = str_from(*rest, len);
	return digits;
}

str str_folder(str path)
{
	size_t slash = str_find_last_byte(path, '/');

	return str_between(path, 0, slash == STR_NONE ? 0 : slash);
}

str str_trim(str text)
{
	size_t start = 0;
	size_t end = text.len;

	while (start < end && byte_is_space(text.data[start]))
		start++;
	while (end > start && byte_is_space(text.data[end - 1]))
		end--;
	return str_between(text, start, end);
}

bool str_is_blank(str text)
{
	return str_trim(text).len == 0;
}

bool str_is_word_of(str word, const char *words)
{
	const char *at = words;

	if (word.len == 0)
		return false;
	while ((at = strchr(at, ' ')) != NULL && at[1] != '\0') {
		at++;
		if (strncmp(at, word.data, word.len) == 0 &&
		    at[word.len] == ' ')
			return true;
	}
	return false;
}

bool str_next_word(str *rest, str *word)
{
	size_t start = 0;
	size_t end;

	while (start < rest->len && byte_is_space(rest->data[start]))
		start++;
	end = start;
	while (end < rest->len && !byte_is_space(rest->data[end]))
		end++;
	*word = str_between(*rest, start, end);
	*rest = str_from(*rest, end);
	return word->len > 0;
}

bool str_split_next(str *rest, char separator, str *part)
{
	size_t at;

	if (rest->data == NULL)
		return false;
	at = str_find_byte(*rest, separator);
	if (at == STR_NONE) {
		*part = *rest;
		*rest = (str){ NULL, 0 };
		return true;
	}
	*part = str_between(*rest, 0, at);
	*rest = str_from(*rest, at + 1);
	return true;
}

bool str_to_u64(uint64_t *out, str text)
{
	uint64_t value = 0;

	if (text.len == 0 || text.len > 19)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(text.data[i] - '0');
	}
	*out = value;
	return true;
}

enum { NEAREST_LENGTH = 48 };

static size_t least(size_t a, size_t b, size_t c)
{
	size_t smallest = a < b ? a : b;

	return smallest < c ? smallest : c;
}

/* Edits and swaps of neighbours (optimal string alignment). */
static size_t distance(str a, str b)
{
	size_t rows[3][NEAREST_LENGTH + 1];
	size_t *before = rows[0];
	size_t *last = rows[1];
	size_t *row = rows[2];

	for (size_t j = 0; j <= b.len; j++)
		last[j] = before[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *free_row = before;

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = a.data[i - 1] == b.data[j - 1];

			row[j] = least(last[j] + 1, row[j - 1] + 1,
				       last[j - 1] + !same);
			if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
			    a.data[i - 2] == b.data[j - 1] &&
			    before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = last;
		last = row;
		row = free_row;
	}
	return last[b.len];
}

/*
 * A third of what was written may be another letter; of Chinese, whose letters
 * have three bytes, a third of these.
 */
static size_t edits_allowed(str text)
{
	bool is_ascii = text.len == 0 || (unsigned char)text.data[0] < 0x80;

	return is_ascii ? (text.len + 2) / 3 : (text.len / 3 + 2) / 3 * 3;
}

str str_nearest(str text, const str *names, size_t count)
{
	str nearest = { "", 0 };
	size_t limit = edits_allowed(text);

	if (text.len > NEAREST_LENGTH)
		return nearest;
	for (size_t i = 0; i < count; i++) {
		size_t found;

		if (names[i].len > NEAREST_LENGTH)
			continue;
		found = distance(text, names[i]);
		if (found <= limit && found * 2 <= names[i].len) {
			nearest = names[i];
			limit = found == 0 ? 0 : found - 1;
		}
	}
	return nearest;
}

size_t str_part_of(str text, const str *labels, size_t count)
{
	enum { LEAST = 6 }; /* two Chinese characters */
	size_t best = STR_NONE;

	for (size_t i = 0; i < count; i++)
		if (text.len >= LEAST && labels[i].len >= LEAST &&
		    (str_find(labels[i], text) != STR_NONE ||
		     str_find(text, labels[i]) != STR_NONE) &&
		    (best == STR_NONE || labels[i].len < labels[best].len))
			best = i;
	return best;
}
