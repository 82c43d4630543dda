/*
 * Identity numbers with words between their digits, or in rows of a table:
 *
 *	前六位 610318，后十二位 …
 *
 *	| 1 | 证件号前段 | 610318 |
 *	| 2 | 证件号后段 | …      |
 *
 * The check digit alone is no proof, since a text has many figures: the number
 * has to be cut where such numbers are, or something near it says what it is.
 */
#ifndef JIYUE_AUDIT_BROKEN_NUMBER_H
#define JIYUE_AUDIT_BROKEN_NUMBER_H

#include "audit/text_points.h"

/*
 * Does one begin with the digits at `start`? `end` is behind its last. No more
 * than some hundred points are looked at.
 */
bool broken_number_find(size_t *end, const struct text_points *text,
			size_t start);

#endif
