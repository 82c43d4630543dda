/*
 * How old what a column shows is: its newest text against its cycle of updates
 * (rules.md C.7, MH19). Rules and the inspection go by the same answer.
 *
 * Always true: archived columns, and those that select nothing, have no cycle;
 * the day on which the newest text is exactly as old as the cycle is the last
 * good one.
 */
#ifndef JIYUE_AUDIT_FRESHNESS_H
#define JIYUE_AUDIT_FRESHNESS_H

#include "site/arrange.h"

enum freshness_state {
	FRESH_UNTIMED, /* nobody asks how old it is */
	FRESH_GOOD,
	FRESH_STALE,
	FRESH_BARE, /* it has never had a text (空白栏目) */
};

struct freshness {
	enum freshness_state state;
	struct date newest; /* not set: none */
	struct date oldest; /* likewise */
	struct date due;    /* the last good day; not set without a cycle */
	int64_t days_left;  /* until then; negative: over for so long */
};

struct freshness freshness_of(const struct column *column,
			      const struct catalog *catalog, struct date today);

/*
 * The day of the newest text that the home page shows: of the columns of its
 * blocks, or of all when it has none. Not set: there is none.
 */
struct date freshness_of_home(const struct site *site,
			      const struct catalog *catalog);

/* Is its class one of those that are counted towards the veto of five? */
bool freshness_counts_as_news(const struct column *column);

#endif
