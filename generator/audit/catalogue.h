/*
 * The catalogue of checks that government websites are held to, and what this
 * program does about each (rules.md E, design.md).
 *
 * Always true: the order is the catalogue's own; no id stands twice; messages
 * that an entry names are kinds of base/diag_kind.h.
 */
#ifndef JIYUE_AUDIT_CATALOGUE_H
#define JIYUE_AUDIT_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

enum catalogue_state {
	CATALOGUE_DECIDED,
	CATALOGUE_WITH_FILE,
	CATALOGUE_HELD,
	CATALOGUE_REPORTED,
	CATALOGUE_NOT_DECIDABLE,
};

struct catalogue_entry {
	const char *id;
	enum catalogue_state state;
	const char *messages; /* ids, a space between them; or empty */
	const char *more;     /* the file; why not, translated; or NULL */
	const char *title;    /* translated where it is shown */
};

extern const struct catalogue_entry catalogue[];
extern const size_t catalogue_count;

/* In words, translated. */
const char *catalogue_state_name(enum catalogue_state state);

/* Does a message of this kind decide the entry? */
bool catalogue_has(const struct catalogue_entry *entry, const char *kind);

#endif
