/*
 * What another program says of a text, as texts by key: the front matter of
 * Hugo, Jekyll and Hexo (YAML, TOML, JSON), a row of a table, an object of an
 * export. "params.author" is a key inside another.
 */
#ifndef JIYUE_IMPORT_FOREIGN_RECORD_H
#define JIYUE_IMPORT_FOREIGN_RECORD_H

#include "base/list.h"
#include "base/str.h"

struct foreign_pair {
	str key;
	struct list values; /* str */
};

struct foreign_record {
	struct list pairs; /* struct foreign_pair, in the order written */
	struct arena *arena;
};

void foreign_record_init(struct foreign_record *record, struct arena *arena);

/* Copies both; a key that is there gets one more value. */
void foreign_record_add(struct foreign_record *record, str key, str value);

/* The same, called for each pair of what is read. */
void foreign_record_take(void *record, str key, str value);

/* NULL: not there. Capital letters count as small ones. */
const struct foreign_pair *
foreign_record_find(const struct foreign_record *record, str key);

/* Adds all values of a key, none when it is not there (import_making.find). */
void foreign_record_values(void *record, str key, struct list *values);

/* The first value, or an empty text. */
str foreign_record_first(const struct foreign_record *record, str key);

/*
 * Reads the front matter at the head of a text and gives where the body
 * begins; 0 without any. False with the reason when it cannot be read.
 */
MUST_USE bool foreign_record_read(struct foreign_record *record, size_t *body,
				  str text, str *why);

#endif
