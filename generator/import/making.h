/*
 * What all kinds of imports do with one text: fields by the map and by what is
 * usual, its type and folder, its old addresses, its place.
 *
 * Private to import/.
 */
#ifndef JIYUE_IMPORT_MAKING_H
#define JIYUE_IMPORT_MAKING_H

#include "import/import.h"
#include "import/new_resource.h"

struct making_note {
	enum import_event event;
	str text;
};

/* Adds what the expression of a map finds to `values` (str). */
typedef void making_find(void *context, str expression, struct list *values);

/* What is usual: a field and, separated by "|", what it is taken from. */
struct making_usual {
	const char *field;
	const char *expressions;
};

struct import_making {
	struct import *import;
	struct arena *arena; /* of this one text */
	str from;	     /* for messages and the manifest */
	making_find *find;
	void *context;
	const struct making_usual *usual; /* ends with a row without field */
	struct new_resource resource;
	struct list notes;   /* struct making_note, until making_tell */
	str category;	     /* the first one; or empty */
	str redirect;	     /* an old address with a query, or empty */
	bool is_traditional; /* written in traditional characters */
};

void import_say(struct import *import, enum import_event event, str from,
		str text);
/* Kept until making_tell: a text that waits for others is begun anew. */
__attribute__((format(printf, 3, 4))) void
making_say(struct import_making *making, enum import_event event,
	   const char *format, ...);

void making_tell(struct import_making *making);

/* `folder`: where it lay; its type may follow from that. */
void making_begin(struct import_making *making, str folder);

/* Fills in all fields; what cannot be taken is told. */
void making_fill(struct import_making *making);

/* An address of the old site, in any form, as an alias. */
void making_add_alias(struct import_making *making, str address);

/* Its path in the library: as the map's folders say, or the old one's. */
str making_place(struct import_making *making, str old_path);

/* Whether the text may be taken; tells the reason if not. */
MUST_USE bool making_check(struct import_making *making);

/* Writes it; `place` is of shelf_place. */
void making_put(struct import_making *making, str place);

/* A file beside the texts: false when it cannot be published. */
MUST_USE bool import_put_file(struct import *import, str from, str place,
			      str bytes);

#endif
