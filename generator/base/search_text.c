/*
 * One loop over characters serves both sides: what is folded for people to read
 * and what is folded into terms go through the same rules of a character, so
 * the two cannot differ. Terms of a block are gathered as numbers in one array
 * and sorted by their bytes: a hash of strings took four times as long.
 */
#include "base/search_text.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/unicode.h"

/* --- what becomes of a character --- */

enum sign {
	SIGN_WORD,
	SIGN_NOTHING, /* takes no room */
	SIGN_JOIN,    /* stands inside words */
	SIGN_SPACE,
	SIGN_BREAK /* parts sentences */
};

static const struct {
	uint32_t first;
	uint32_t last;
	enum sign sign;
} signs[] = {
	{ 0x00, 0x20, SIGN_SPACE },	{ 0x21, 0x21, SIGN_BREAK },
	{ 0x22, 0x2b, SIGN_JOIN },	{ 0x2c, 0x2c, SIGN_BREAK },
	{ 0x2d, 0x2f, SIGN_JOIN },	{ 0x30, 0x39, SIGN_WORD },
	{ 0x3a, 0x3b, SIGN_BREAK },	{ 0x3c, 0x3e, SIGN_JOIN },
	{ 0x3f, 0x3f, SIGN_BREAK },	{ 0x40, 0x40, SIGN_JOIN },
	{ 0x41, 0x5a, SIGN_WORD },	{ 0x5b, 0x60, SIGN_JOIN },
	{ 0x61, 0x7a, SIGN_WORD },	{ 0x7b, 0x7e, SIGN_JOIN },
	{ 0x7f, 0xa0, SIGN_SPACE },	{ 0xa1, 0xac, SIGN_BREAK },
	{ 0xad, 0xad, SIGN_NOTHING },	{ 0xae, 0xb6, SIGN_BREAK },
	{ 0xb7, 0xb7, SIGN_JOIN },	{ 0xb8, 0xbf, SIGN_BREAK },
	{ 0xd7, 0xd7, SIGN_JOIN },	{ 0xf7, 0xf7, SIGN_JOIN },
	{ 0x2000, 0x200a, SIGN_SPACE }, { 0x200b, 0x200f, SIGN_NOTHING },
	{ 0x2010, 0x2027, SIGN_JOIN },	{ 0x2028, 0x202f, SIGN_SPACE },
	{ 0x2030, 0x205f, SIGN_JOIN },	{ 0x2060, 0x206f, SIGN_NOTHING },
	{ 0x20a0, 0x20cf, SIGN_BREAK }, { 0x2190, 0x2bff, SIGN_JOIN },
	{ 0x3000, 0x3000, SIGN_SPACE }, { 0x3001, 0x3001, SIGN_JOIN },
	{ 0x3002, 0x3002, SIGN_BREAK }, { 0x3003, 0x3004, SIGN_JOIN },
	{ 0x3008, 0x3011, SIGN_JOIN },	{ 0x3012, 0x3013, SIGN_BREAK },
	{ 0x3014, 0x3020, SIGN_JOIN },	{ 0x3030, 0x3030, SIGN_JOIN },
	{ 0x30fb, 0x30fb, SIGN_JOIN },	{ 0xfe00, 0xfe0f, SIGN_NOTHING },
	{ 0xfe10, 0xfe6f, SIGN_BREAK }, { 0xfeff, 0xfeff, SIGN_NOTHING },
	{ 0xfff0, 0xffff, SIGN_BREAK },
};

static enum sign sign_of(uint32_t character)
{
	size_t low = 0;
	size_t high = COUNT_OF(signs);

	if (character >= 0x3400 && character < 0xa000)
		return SIGN_WORD;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (character > signs[middle].last)
			low = middle + 1;
		else if (character < signs[middle].first)
			high = middle;
		else
			return signs[middle].sign;
	}
	return SIGN_WORD;
}

static bool is_ascii_word(uint32_t character)
{
	return (character >= '0' && character <= '9') ||
	       (character >= 'a' && character <= 'z');
}

/* --- folding, one character at a time --- */

enum { GAP_SPACE = ' ', GAP_SIGN = '_' };

typedef void take_character(void *context, uint32_t character);

struct folding {
	take_character *take;
	void *context;
	uint32_t last; /* word character before, 0: none */
	bool has_join;
	bool has_space;
	bool has_break;
};

static uint32_t gap_before(const struct folding *folding, uint32_t next)
{
	bool is_ascii = is_ascii_word(folding->last) && is_ascii_word(next);

	if (folding->last == 0)
		return 0;
	if (folding->has_break)
		return GAP_SPACE;
	if (folding->has_join && is_ascii)
		return GAP_SIGN;
	return folding->has_space ? GAP_SPACE : 0;
}

static void fold_word(struct folding *folding, uint32_t character)
{
	uint32_t gap = gap_before(folding, character);

	if (gap != 0)
		folding->take(folding->context, gap);
	folding->take(folding->context, character);
	folding->last = character;
	folding->has_join = folding->has_space = folding->has_break = false;
}

static void fold_plain(struct folding *folding, uint32_t character)
{
	switch (sign_of(character)) {
	case SIGN_WORD:
		fold_word(folding, character >= 0x3400 && character < 0xa000
					   ? character
					   : unicode_lower(character));
		return;
	case SIGN_NOTHING:
		return;
	case SIGN_JOIN:
		folding->has_join = true;
		return;
	case SIGN_SPACE:
		folding->has_space = true;
		return;
	case SIGN_BREAK:
		folding->has_break = true;
		return;
	}
}

/* Those that are their own NFKC, which most texts consist of. */
static bool is_settled(uint32_t character)
{
	return character < 0xa0 ||
	       (character >= 0x3400 && character < 0xa000) ||
	       character == 0x3001 || character == 0x3002 ||
	       (character >= 0x3008 && character <= 0x3011) ||
	       character == 0x3014 || character == 0x3015 ||
	       character == 0x2013 || character == 0x2014 ||
	       character == 0x2018 || character == 0x2019 ||
	       character == 0x201c || character == 0x201d;
}

static void fold_compatible(struct folding *folding, uint32_t character)
{
	utf8proc_uint8_t bytes[8];
	utf8proc_uint8_t *normal;
	utf8proc_ssize_t length =
		utf8proc_encode_char((utf8proc_int32_t)character, bytes);
	size_t at = 0;
	str text;

	length = utf8proc_map(bytes, length, &normal,
			      UTF8PROC_STABLE | UTF8PROC_COMPOSE |
				      UTF8PROC_COMPAT);
	if (length < 0) {
		fold_plain(folding, character);
		return;
	}
	text = (str){ (const char *)normal, (size_t)length };
	while (at < text.len)
		fold_plain(folding, unicode_next(text, &at));
	free(normal);
}

static void fold(str text, take_character *take, void *context)
{
	struct folding folding = { .take = take, .context = context };
	size_t at = 0;

	while (at < text.len) {
		uint32_t character = unicode_next(text, &at);

		if (is_settled(character))
			fold_plain(&folding, character);
		else if (character > 0xff00 && character < 0xff5f)
			fold_plain(&folding, character - 0xfee0);
		else
			fold_compatible(&folding, character);
	}
}

static void write_character(void *context, uint32_t character)
{
	buf_add_utf8(context, character);
}

void search_fold(struct buf *out, str text)
{
	fold(text, write_character, out);
}

/* --- terms --- */

enum { TERM_SHIFT = 40, CLASS_BITS = 2, BYTE = 8 };

search_posting search_posting_of(uint32_t term, uint64_t block,
				 enum search_class class)
{
	return (uint64_t)term << TERM_SHIFT | block << CLASS_BITS |
	       (uint64_t) class;
}

uint32_t search_posting_term(search_posting posting)
{
	return (uint32_t)(posting >> TERM_SHIFT);
}

uint64_t search_posting_block(search_posting posting)
{
	return (posting & (((uint64_t)1 << TERM_SHIFT) - 1)) >> CLASS_BITS;
}

enum search_class search_posting_class(search_posting posting)
{
	return (enum search_class)(posting & ((1 << CLASS_BITS) - 1));
}

/* A page's script does the same: FNV-1a over code points, and mixed. */
static uint32_t term_of(const uint32_t *characters, size_t count)
{
	uint32_t hash = 2166136261;

	for (size_t i = 0; i < count; i++)
		hash = (hash ^ characters[i]) * 16777619u;
	hash = (hash ^ hash >> 15) * 0x85ebca6bu;
	return (hash ^ hash >> 13) >> (32 - SEARCH_TERM_BITS);
}

enum { YEAR = 4, NUMBER_MOST = YEAR + 1 + 8 + 1 };

/* The last four characters of the text, and how many of them are a word. */
struct gathering {
	struct search_postings *out;
	search_posting base; /* block and class */
	uint32_t last[4];
	size_t word;		      /* of any characters */
	size_t ascii;		      /* letters and digits of ASCII */
	size_t digits;		      /* of these */
	uint32_t number[NUMBER_MOST]; /* "2026_6号", as far as it goes */
	size_t number_length;	      /* 0: there is none */
};

static void grow(struct search_postings *postings)
{
	size_t room = postings->room == 0 ? 4096 : postings->room * 2;
	search_posting *items =
		arena_raw(postings->arena, room * sizeof(*items));

	if (postings->count > 0)
		memcpy(items, postings->items,
		       postings->count * sizeof(*items));
	postings->items = items;
	postings->room = room;
}

void search_postings_put(struct search_postings *postings,
			 search_posting posting)
{
	if (postings->count == postings->room)
		grow(postings);
	postings->items[postings->count++] = posting;
}

static bool is_digit(uint32_t character)
{
	return character >= '0' && character <= '9';
}

/*
 * 〔2026〕6号: its year, its number and what follows are one term, since every
 * part of it stands in thousands of texts.
 */
static void begin_number(struct gathering *gathering)
{
	gathering->number_length = 0;
	if (gathering->digits < YEAR)
		return;
	memcpy(gathering->number, gathering->last, sizeof(gathering->last));
	gathering->number[YEAR] = GAP_SIGN;
	gathering->number_length = YEAR + 1;
}

static void gather_number(struct gathering *gathering, uint32_t character)
{
	size_t length = gathering->number_length;

	gathering->number_length = 0;
	if (length == 0 || length == NUMBER_MOST)
		return;
	gathering->number[length++] = character;
	if (is_digit(character))
		gathering->number_length = length;
	else if (!is_ascii_word(character) && length > YEAR + 2)
		search_postings_put(
			gathering->out,
			gathering->base |
				(uint64_t)term_of(gathering->number, length)
					<< TERM_SHIFT);
}

static void gather(void *context, uint32_t character)
{
	struct gathering *gathering = context;
	uint32_t *last = gathering->last;

	if (character == GAP_SPACE || character == GAP_SIGN) {
		if (character == GAP_SIGN)
			begin_number(gathering);
		else
			gathering->number_length = 0;
		gathering->word = gathering->ascii = gathering->digits = 0;
		return;
	}
	gather_number(gathering, character);
	gathering->digits = is_digit(character) ? gathering->digits + 1 : 0;
	memmove(last, last + 1, 3 * sizeof(*last));
	last[3] = character;
	gathering->word++;
	gathering->ascii = is_ascii_word(character) ? gathering->ascii + 1 : 0;
	if (gathering->word >= 2)
		search_postings_put(gathering->out,
				    gathering->base |
					    (uint64_t)term_of(last + 2, 2)
						    << TERM_SHIFT);
	if (gathering->ascii >= 4)
		search_postings_put(gathering->out,
				    gathering->base | (uint64_t)term_of(last, 4)
							      << TERM_SHIFT);
}

void search_postings_init(struct search_postings *postings, struct arena *arena)
{
	*postings = (struct search_postings){ .arena = arena };
}

void search_postings_add(struct search_postings *postings, str text,
			 uint64_t block, enum search_class class)
{
	struct gathering gathering = {
		.out = postings, .base = search_posting_of(0, block, class)
	};

	fold(text, gather, &gathering);
}

/* One pass of a stable radix sort: by the byte that begins at `shift`. */
static void sort_by_byte(search_posting *out, const search_posting *items,
			 size_t count, unsigned shift)
{
	size_t starts[1 << BYTE] = { 0 };
	size_t sum = 0;

	for (size_t i = 0; i < count; i++)
		starts[items[i] >> shift & 0xff]++;
	for (size_t i = 0; i < COUNT_OF(starts); i++) {
		size_t here = starts[i];

		starts[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		out[starts[items[i] >> shift & 0xff]++] = items[i];
}

void search_postings_sort(struct search_postings *postings)
{
	search_posting *items = postings->items;
	search_posting *spare =
		arena_raw(postings->arena, postings->room * sizeof(*spare));

	for (unsigned shift = TERM_SHIFT; shift < TERM_SHIFT + SEARCH_TERM_BITS;
	     shift += BYTE) {
		search_posting *sorted = spare;

		sort_by_byte(sorted, items, postings->count, shift);
		spare = items;
		items = sorted;
	}
	postings->items = items;
}

void search_postings_settle(struct search_postings *postings)
{
	search_posting *items;
	size_t kept = 0;

	if (postings->count == 0)
		return;
	search_postings_sort(postings);
	items = postings->items;
	for (size_t i = 0; i < postings->count; i++) {
		if (kept > 0 &&
		    items[kept - 1] >> CLASS_BITS == items[i] >> CLASS_BITS) {
			if (items[i] > items[kept - 1])
				items[kept - 1] = items[i];
			continue;
		}
		items[kept++] = items[i];
	}
	postings->count = kept;
}
