/*
 * Differences in digits that need no escape in any text file: a shard is a
 * third of the size of JSON, and the page's script reads it in one pass.
 * Changing a shard is a merge of two sorted lists; nothing is looked up.
 */
#include "render/search_shard.h"

enum { TERM_DIGITS = 4, SIX = 6, FIVE = 5, MORE = 1 << FIVE, CLASSES = 4 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789-_";

/* --- writing --- */

static void write_term(struct buf *out, uint32_t term)
{
	for (unsigned i = TERM_DIGITS; i-- > 0;)
		buf_add_byte(out, digits[term >> (i * SIX) & 0x3f]);
}

static void write_number(struct buf *out, uint64_t number)
{
	for (; number >= MORE; number >>= FIVE)
		buf_add_byte(out, digits[(number & (MORE - 1)) | MORE]);
	buf_add_byte(out, digits[number]);
}

void search_shard_write(struct buf *out, const search_posting *postings,
			size_t count)
{
	uint64_t last = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t term = search_posting_term(postings[i]);
		uint64_t block = search_posting_block(postings[i]);

		if (i == 0 || term != search_posting_term(postings[i - 1])) {
			if (i > 0)
				buf_add_byte(out, '\n');
			write_term(out, term);
			last = 0;
		}
		write_number(out, (block - last) * CLASSES +
					  (uint64_t)search_posting_class(
						  postings[i]));
		last = block;
	}
	if (count > 0)
		buf_add_byte(out, '\n');
}

/* --- reading --- */

static bool read_digit(uint32_t *out, str *rest)
{
	char byte = str_at(*rest, 0);

	if (byte >= 'A' && byte <= 'Z')
		*out = (uint32_t)(byte - 'A');
	else if (byte >= 'a' && byte <= 'z')
		*out = (uint32_t)(byte - 'a') + 26;
	else if (byte >= '0' && byte <= '9')
		*out = (uint32_t)(byte - '0') + 52;
	else if (byte == '-' || byte == '_')
		*out = byte == '-' ? 62 : 63;
	else
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

static bool read_term(uint32_t *out, str *rest)
{
	uint32_t digit;

	*out = 0;
	for (unsigned i = 0; i < TERM_DIGITS; i++) {
		if (!read_digit(&digit, rest))
			return false;
		*out = *out << SIX | digit;
	}
	return true;
}

static bool read_number(uint64_t *out, str *rest)
{
	uint32_t digit;

	*out = 0;
	for (unsigned shift = 0; shift < 8 * FIVE; shift += FIVE) {
		if (!read_digit(&digit, rest))
			return false;
		*out |= (uint64_t)(digit & (MORE - 1)) << shift;
		if (digit < MORE)
			return true;
	}
	return false;
}

static bool read_line(struct search_postings *out, str line)
{
	uint64_t block = 0;
	uint64_t number;
	uint32_t term;

	if (!read_term(&term, &line))
		return false;
	while (line.len > 0) {
		if (!read_number(&number, &line))
			return false;
		block += number / CLASSES;
		search_postings_put(
			out, search_posting_of(
				     term, block,
				     (enum search_class)(number % CLASSES)));
	}
	return true;
}

bool search_shard_read(struct search_postings *out, str bytes)
{
	bool ok = true;
	str line;

	while (ok && str_split_next(&bytes, '\n', &line))
		ok = line.len == 0 || read_line(out, line);
	return ok;
}

/* --- what changed --- */

static search_posting key_of(search_posting posting)
{
	return posting / CLASSES;
}

void search_shard_change(struct search_postings *out,
			 const struct search_postings *before,
			 const struct search_change *changes, size_t count)
{
	size_t i = 0, k = 0;

	while (i < before->count || k < count) {
		if (k == count ||
		    (i < before->count &&
		     key_of(before->items[i]) < key_of(changes[k].posting))) {
			search_postings_put(out, before->items[i++]);
			continue;
		}
		if (i < before->count &&
		    key_of(before->items[i]) == key_of(changes[k].posting))
			i++;
		if (changes[k].is_in)
			search_postings_put(out, changes[k].posting);
		k++;
	}
}
