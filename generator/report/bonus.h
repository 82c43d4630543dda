/*
 * What a portal does beyond what it must (加分项): only what the library can
 * count, each a check of the score book with the effect “bonus”. Points that
 * the book does not have are said to be unknown, and none are added to a score.
 */
#ifndef JIYUE_REPORT_BONUS_H
#define JIYUE_REPORT_BONUS_H

#include "report/sheet.h"
#include "report/tally.h"

/* `site`: this one alone; NULL: all portals. */
void bonus_add(struct sheet *out, const struct tallies *tallies,
	       const char *site);

#endif
