/*
 * Words of the city that the search takes for others, beside those that the
 * program knows (render/search_words.h): sites/vocabulary/synonyms.yaml.
 *
 *	供热: [供暖, 取暖]
 *	地区生产总值: gdp
 *
 * The key is the word of official texts; who types one of the others finds it
 * too.
 *
 * Always true once read: words are folded (base/search_text.h) and have no
 * space in them; none stands twice.
 */
#ifndef JIYUE_SITE_SYNONYMS_H
#define JIYUE_SITE_SYNONYMS_H

#include "base/digest.h"
#include "base/map.h"
#include "site/settings.h"

#define SYNONYMS_PATH "sites/vocabulary/synonyms.yaml"

/* The page's script goes through all of them at each search. */
enum {
	SYNONYM_GROUPS = 1000,
	SYNONYM_WORDS = 20, /* of a group */
	SYNONYM_LEAST = 2,  /* characters of a word: the index has pairs */
	SYNONYM_MOST = 32,
};

struct synonym_group {
	str official;
	struct text_list others; /* none: the program's group is not wanted */
};

struct synonyms {
	const struct synonym_group *groups; /* in the order of the file */
	size_t count;
	struct map words;     /* every word -> its group */
	struct digest digest; /* of what the script is told */
};

/* No words. */
void synonyms_init(struct synonyms *synonyms, struct arena *arena);

/* False after any mistake: the file counts as a whole or not at all. */
MUST_USE bool synonyms_read(struct synonyms *out, const struct source *source,
			    struct arena *arena, struct diag_list *diags);

/* For help; ends with a row without rows. */
extern const struct setting_table synonym_settings[];

#endif
