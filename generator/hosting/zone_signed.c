#include "hosting/zone_signed.h"

#include <stdio.h>

#include "base/date.h"

/*
 * "RRSIG SOA 13 2 3600 20261228172351 …", over several lines where there are
 * brackets. NSEC has the word too, as one of the types of a name; then no
 * numbers follow.
 */
enum { WORDS_BEFORE_END = 4, MOMENT_DIGITS = 14 };

static size_t end_of_line(str text, size_t at)
{
	while (at < text.len && text.data[at] != '\n')
		at++;
	return at;
}

/* The next word; brackets are none, and a comment ends with its line. */
static bool next_word(str *rest, str *word)
{
	static const char blanks[] = " \t\r\n()";
	size_t start = 0, end;

	for (; start < rest->len; start++) {
		while (start < rest->len && rest->data[start] == ';')
			start = end_of_line(*rest, start);
		if (start < rest->len && memchr(blanks, rest->data[start],
						sizeof(blanks) - 1) == NULL)
			break;
	}
	for (end = start; end < rest->len; end++)
		if (memchr(blanks, rest->data[end], sizeof(blanks) - 1) != NULL)
			break;
	*word = str_between(*rest, start, end);
	*rest = str_from(*rest, end);
	return word->len > 0;
}

static bool is_number(str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!byte_is_digit(word.data[i]))
			return false;
	return word.len > 0;
}

/* Behind the word RRSIG: type, method, labels, TTL, and the end. */
static bool read_end(int64_t *out, str rest)
{
	struct moment moment;
	char text[32];
	str word;

	for (int i = 0; i < WORDS_BEFORE_END; i++)
		if (!next_word(&rest, &word) || (i > 0 && !is_number(word)))
			return false;
	if (!next_word(&rest, &word) || word.len != MOMENT_DIGITS ||
	    !is_number(word))
		return false;
	snprintf(text, sizeof(text), "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ",
		 word.data, word.data + 4, word.data + 6, word.data + 8,
		 word.data + 10, word.data + 12);
	if (!moment_parse(&moment, str_from_c(text), 0))
		return false;
	*out = moment.seconds;
	return true;
}

bool zone_signed_end(int64_t *out, str text)
{
	int64_t end;
	str word;

	*out = INT64_MAX;
	while (next_word(&text, &word))
		if (str_equal(word, STR("RRSIG")) && read_end(&end, text) &&
		    end < *out)
			*out = end;
	return *out != INT64_MAX;
}
