/*
 * Ids inside one page: readable ones for headings, and a check that no two
 * are the same.
 *
 * Always true: every id handed out is new, not empty and needs no escaping in
 * an attribute or behind "#"; n headings with one text cost O(n).
 */
#ifndef JIYUE_MARKUP_HEADING_ID_H
#define JIYUE_MARKUP_HEADING_ID_H

#include "base/buf.h"
#include "base/map.h"

struct heading_ids {
	struct arena *arena;
	struct map taken;    /* id to the number its next twin tries */
	str reserved_prefix; /* no heading's id starts with it; may be empty */
};

void heading_ids_init(struct heading_ids *ids, str reserved_prefix,
		      struct arena *arena);

/* Marks an id that somebody else writes. */
void heading_ids_reserve(struct heading_ids *ids, str id);

/* The id of the first heading with this text. */
str heading_id_of(str text, str reserved_prefix, struct arena *arena);

/*
 * The id of a heading with this text: letters and digits of any script, Latin
 * in lower case, "-" for everything between, "-2" behind a second one.
 */
str heading_ids_make(struct heading_ids *ids, str text);

#endif
