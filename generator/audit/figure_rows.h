/*
 * Figures that look like numbers of phones: eleven digits that begin as those
 * do, or three figures of 3, 4 and 4 digits in a row of a table. What they are
 * is said by the words before them, in their line or in the lines above it: a
 * name for something that is dialled makes them numbers of phones, whatever
 * else is said; without one, a name for something that is counted makes them
 * figures.
 *
 * Always true: lines are looked at once, in their order.
 */
#ifndef JIYUE_AUDIT_FIGURE_ROWS_H
#define JIYUE_AUDIT_FIGURE_ROWS_H

#include "audit/text_points.h"

struct figure_rows {
	const struct text_points *text;
	size_t line;	/* where the line begins up to which it was looked */
	size_t asked;	/* the number before, in that line or before it */
	uint64_t cells; /* bit set: lines without figures had so many cells */
	bool has_call;
	bool has_figure;
};

struct figure_asked {
	size_t start;
	size_t end;
	bool is_spaced; /* in groups with blanks between, none begins with 0 */
};

/* Numbers are asked for in the order of the text. */
bool figure_rows_have(struct figure_rows *rows,
		      const struct figure_asked *asked);

/* Do words before the number say that it is dialled? */
bool figure_rows_call(struct figure_rows *rows, size_t start);

#endif
