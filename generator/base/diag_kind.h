/*
 * The kinds of messages: one row for every id that the program can say.
 *
 * Always true: rows of messages are sorted by id, behind them those of rules
 * (base/rule_rows.h) likewise; ids are unique. What a message of a
 * kind costs stands here and nowhere else; `jiyue help messages` prints it.
 */
#ifndef JIYUE_BASE_DIAG_KIND_H
#define JIYUE_BASE_DIAG_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* What is not published as it was written while the mistake is there. */
enum diag_cost {
	DIAG_COSTS_NOTHING,
	DIAG_COSTS_PLACE,   /* what is written there comes out otherwise */
	DIAG_COSTS_LINK,    /* it is not shown, or is text */
	DIAG_COSTS_ADDRESS, /* an old one, which then leads nowhere */
	DIAG_COSTS_ATTACHMENT,
	DIAG_COSTS_RESOURCE,
	DIAG_COSTS_SITE,
	DIAG_COSTS_BUILD,
};

enum {
	DIAG_GUARDS = 1,  /* never lowered: it guards safety */
	DIAG_GOES_ON = 2, /* as a warning it costs nothing */
};

struct diag_kind {
	const char *id;
	enum diag_cost cost;
	unsigned flags;
	const char *about; /* one line; translated */
};

extern const struct diag_kind diag_kinds[];
extern const size_t diag_kind_count;
extern const size_t diag_kind_rules; /* the first that is a rule's */

/* The row of the id, or NULL. */
const struct diag_kind *diag_kind_find(const char *id);

/*
 * Whether a platform may make a warning of errors of the kind: they guard no
 * safety, and no site and no build stands still for them.
 */
bool diag_kind_may_be_lowered(const struct diag_kind *kind);

#endif
