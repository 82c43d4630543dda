/*
 * Tables of comma-separated values (RFC 4180), read row by row: what
 * spreadsheets write and people type.
 *
 * Always true: a cell is trimmed, and its span is that of its text in the
 * source; empty lines and lines that begin with "#" are no rows.
 */
#ifndef JIYUE_MARKUP_CSV_H
#define JIYUE_MARKUP_CSV_H

#include "base/diag.h"
#include "base/list.h"
#include "base/source.h"

struct csv_cell {
	str text;
	struct span span;
};

struct csv_reader {
	const struct source *source;
	size_t at;	/* of the next line */
	bool is_broken; /* nothing can be said of what is left */
	struct arena *arena;
	struct diag_list *diags;
};

/*
 * Reads the next row into `cells` (struct csv_cell). False when there is none:
 * at the end, or behind a mistake, which was recorded; then `is_broken` is set.
 */
MUST_USE bool csv_next(struct list *cells, struct csv_reader *reader);

#endif
