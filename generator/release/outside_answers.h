/*
 * Answers that are kept (release/outside.h): a text file, a line for each
 * address, sorted, with a tab between: when it was asked (seconds), the answer,
 * the status, the address.
 *
 * Always true: a line that cannot be read is no answer; what is written stands
 * there whole or not at all. Of addresses that no page has any more nothing is
 * kept.
 */
#ifndef JIYUE_RELEASE_OUTSIDE_ANSWERS_H
#define JIYUE_RELEASE_OUTSIDE_ANSWERS_H

#include "release/outside.h"

enum {
	OUTSIDE_GOOD_DAYS = 7, /* that a good answer holds */
	OUTSIDE_BAD_DAYS = 1,  /* and any other one */
	OUTSIDE_FILE_LIMIT = 64 << 20,
};

/* Fills in what is known; a file that is not there knows nothing. */
void outside_answers_read(struct outside_address *addresses, size_t count,
			  const char *file, int64_t now, struct arena *arena);

MUST_USE bool outside_answers_write(const struct outside_address *addresses,
				    size_t count, const char *file,
				    struct arena *arena,
				    struct diag_list *diags);

#endif
