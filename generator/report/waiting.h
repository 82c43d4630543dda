/*
 * What waits for its review: each text with the step that is missing, since
 * when, who may take it, and what readers see meanwhile.
 */
#ifndef JIYUE_REPORT_WAITING_H
#define JIYUE_REPORT_WAITING_H

#include "report/sheet.h"
#include "site/arrange.h"
#include "site/reviews.h"
#include "snapshot/history.h"

struct waiting_input {
	const struct arrangement *arrangement;
	const struct reviews *reviews;	 /* NULL: nobody asks */
	const struct snapshot *snapshot; /* as it was written */
	const struct file_history *history;
	struct snapshot_reader *reader; /* of that snapshot */
	const char *site;		/* the id of one; NULL: all */
};

/* The column that the text is published in, or empty. */
str waiting_column(const struct waiting_input *input, uint32_t file);

/* The sheet, sorted by path. */
void waiting_make(struct sheet *out, const struct waiting_input *input,
		  struct arena *arena);

#endif
