/*
 * A baseline: the findings that were there when somebody looked and decided to
 * live with them, as after the migration of an old site. Only what is new is
 * told and counts.
 *
 * A finding is known by its file, its kind and the text it stands at, so it is
 * found again when lines move, in any language of messages. The file has one
 * line for each, sorted, with a tab between: path, kind, how many, digest.
 */
#ifndef JIYUE_COMMAND_BASELINE_H
#define JIYUE_COMMAND_BASELINE_H

#include "base/diag.h"

enum { BASELINE_LIMIT = 64 << 20 }; /* bytes of the file */

struct baseline_result {
	size_t known; /* findings that it has; they are not told */
	size_t gone;  /* of it, and found no more */
};

/*
 * Takes out of the sorted list what the file knows, and shows at most `limit`
 * of a kind of the rest; the list has none before, so that what is new has its
 * text. False after a failure, which is then in the list.
 */
MUST_USE bool baseline_apply(struct baseline_result *out,
			     struct diag_list *diags,
			     const struct source_reader *reader,
			     const char *file, size_t limit,
			     struct arena *arena);

/* Writes all findings of the sorted list. */
MUST_USE bool baseline_write(size_t *count, struct diag_list *diags,
			     const struct source_reader *reader,
			     const char *file, struct arena *arena);

#endif
