/*
 * What the search knows of words, as data for the page's script: which words
 * mean the same, and which only ask.
 */
#ifndef JIYUE_RENDER_SEARCH_WORDS_H
#define JIYUE_RENDER_SEARCH_WORDS_H

#include "base/arena.h"

struct json_writer;
struct synonyms;

/*
 * Members of the object that is open. Words of the platform's own go before
 * those of the program: these leave out what the platform has, and a group
 * whose official word it has as a whole.
 */
void search_words_write(struct json_writer *json,
			const struct synonyms *synonyms, struct arena *arena);

#endif
