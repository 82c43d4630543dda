/*
 * Text as the search compares it, and the terms by which an index finds it.
 *
 * The page's script folds what people type with the same rules
 * (themes/default/assets/search.js), so that both sides agree on every
 * character; tests/support/search.py holds one against the other.
 *
 * Folded: NFKC of each character by itself, small letters, no quotation marks
 * and brackets (“”《》〔〕()、·-); "_" where such a sign parts letters or
 * digits of ASCII (〔2026〕6 is 2026_6), and one space where a sentence, a line
 * or white space does. Nothing is found across a space.
 *
 * A term stands for two characters side by side, for four letters and digits of
 * ASCII, or for the number of a document (〔2026〕6号: four digits, a sign, at
 * most eight digits and the character behind them): a number of 24 bits made of
 * them, which others may share. So an
 * index finds too much now and then and never too little; who asks it looks at
 * the text itself.
 */
#ifndef JIYUE_BASE_SEARCH_TEXT_H
#define JIYUE_BASE_SEARCH_TEXT_H

#include "base/buf.h"

enum { SEARCH_TERM_BITS = 24 };

/* The best place of a block where a term stands. */
enum search_class {
	SEARCH_IN_TEXT,
	SEARCH_IN_TITLE, /* or document number */
	SEARCH_IN_FIRST	 /* in that of a service or policy in force */
};

/*
 * A block of texts has a term: 24 bits of the term, 38 of the block, 2 of the
 * class, so the order of numbers is by term, then by block.
 */
typedef uint64_t search_posting;

search_posting search_posting_of(uint32_t term, uint64_t block,
				 enum search_class class);
uint32_t search_posting_term(search_posting posting);
uint64_t search_posting_block(search_posting posting);
enum search_class search_posting_class(search_posting posting);

struct search_postings {
	search_posting *items; /* in the arena */
	size_t count;
	size_t room;
	struct arena *arena;
};

void search_postings_init(struct search_postings *postings,
			  struct arena *arena);

void search_postings_put(struct search_postings *postings,
			 search_posting posting);

/* Adds the terms of a text. */
void search_postings_add(struct search_postings *postings, str text,
			 uint64_t block, enum search_class class);

/* By term; of one term they stay in the order they have. Linear. */
void search_postings_sort(struct search_postings *postings);

/* The same for those of one block: each term once, with its best class. */
void search_postings_settle(struct search_postings *postings);

/* The folded text, as it is compared. */
void search_fold(struct buf *out, str text);

#endif
