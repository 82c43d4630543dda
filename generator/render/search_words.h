/*
 * What the search knows of words, as data for the page's script: which words
 * mean the same, and which only ask.
 */
#ifndef JIYUE_RENDER_SEARCH_WORDS_H
#define JIYUE_RENDER_SEARCH_WORDS_H

#include "base/arena.h"
#include "base/str.h"

struct json_writer;
struct synonyms;

/*
 * A site's language and what its strings say of words. In both, ";" ends a
 * group and "|" a word of it; the first of a group is what texts say.
 */
struct search_language {
	str name;   /* "en" */
	str same;   /* {{strings.search.same}} */
	str asking; /* {{strings.search.asking}} */
};

/*
 * Members of the object that is open. Words of the platform's own go before
 * those of the program: these leave out what the platform has, and a group
 * whose official word it has as a whole. Those of the program are Chinese: a
 * site in another language has those of its strings.
 */
void search_words_write(struct json_writer *json,
			const struct synonyms *synonyms,
			const struct search_language *language,
			struct arena *arena);

#endif
