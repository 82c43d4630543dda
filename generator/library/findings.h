/*
 * What was said of an input, as the next build repeats it without looking at
 * the input again: a page is not made, a file not read, only to be told of.
 *
 * Kept by group (whoever said it), by subject (of what it was said) and with
 * the input's digest, which the group's owner compares. What was said is a
 * function of the input and of the words of the platform (base/diag_levels.h):
 * where a place has other bytes now, the platform another word for one of the
 * kinds, or the reader another language, nothing is repeated, and the input is
 * judged again.
 *
 * Always true: rows are sorted by subject, no two have the same one; strings
 * are slices of the store, or of the arena of whoever packed them.
 */
#ifndef JIYUE_LIBRARY_FINDINGS_H
#define JIYUE_LIBRARY_FINDINGS_H

#include "base/list.h"
#include "cache/store.h"
#include "snapshot/snapshot.h"

/* Bytes that a build keeps in each phase; what is beyond is judged again. */
enum { FINDINGS_LIMIT = 32 * 1024 * 1024 };

struct finding_row {
	str subject;
	str packed;
};

/* By subject, for qsort and bsearch. */
int finding_row_compare(const void *left, const void *right);

struct findings {
	const struct finding_row *rows;
	size_t count;
};

/*
 * Adds all of a list. False when it cannot be kept whole: a failure, or a place
 * outside the snapshot. Messages without their text are counted again; whoever
 * wants more texts of a kind than the list had is not told from it.
 */
MUST_USE bool findings_pack(struct buf *out, const struct diag_list *diags,
			    const struct snapshot *snapshot);

/*
 * Whether nothing was said but warnings, as the code means them: an error costs
 * something, also where the platform makes a warning of it.
 */
bool findings_are_mild(const struct diag_list *diags);

/*
 * Whether the errors are of links that lead nowhere. Each is a text on its own
 * page and moves nothing elsewhere: all else stands where it stood.
 */
bool findings_spare_plan(const struct diag_list *diags);

/* Says all of it again; or nothing, and then it is false. */
MUST_USE bool findings_repeat(struct diag_list *diags, str packed,
			      const struct snapshot *snapshot);

/* What a record of the input has beside it: 0 when nothing was said. */
uint64_t findings_digest(str packed);

/* The rows of a group; none when there are none or the record is damaged. */
void findings_read(struct findings *out, const struct store *store, str group,
		   struct arena *arena);

/* What was said of the subject; empty: nothing. */
str findings_of(const struct findings *findings, str subject);

/*
 * The rows of before, but for the subjects of `now` (struct finding_row), which
 * have theirs, or none when it is empty. Both are sorted by subject.
 */
void findings_merge(struct findings *out, const struct findings *before,
		    const struct list *now, struct arena *arena);

/* Between store_begin and store_commit. */
MUST_USE bool findings_write(struct store *store, str group,
			     const struct findings *findings,
			     struct diag_list *diags);

#endif
