/*
 * Numbers in a text that belong to persons: digits of any width, in one piece,
 * in groups, one cell of a table each, or in pieces with words between.
 *
 * Always true: a text is gone through once, and from each beginning of a group
 * of digits no more than 19 of them are looked at, with no more than some
 * hundred other points between.
 */
#ifndef JIYUE_AUDIT_NUMBER_FINDER_H
#define JIYUE_AUDIT_NUMBER_FINDER_H

#include "audit/text_points.h"
#include "base/list.h"

enum number_kind {
	NUMBER_IDENTITY,
	NUMBER_PHONE,
	NUMBER_CARD,
	NUMBER_WEAKLY_MASKED, /* an identity number, some digits hidden */
};

struct number_hit {
	enum number_kind kind;
	size_t start; /* points */
	size_t end;
	size_t masked; /* of WEAKLY_MASKED */
};

/* All (struct number_hit), in the order of the text; no two overlap. */
void number_finder_scan(struct list *out, const struct text_points *text,
			struct arena *arena);

#endif
