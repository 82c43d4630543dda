/*
 * The lines that Git leaves in a file when two people changed the same place
 * (git help merge, "How conflicts are presented"): <<<<<<<, =======, >>>>>>>
 * and, in the diff3 style, |||||||. Committed by mistake they would be
 * published, with both versions of the text between them.
 *
 * Always true: a text without such a line costs two searches for a byte; a
 * row of equals signs is Markdown's heading, and many quotes are a letter's,
 * unless a conflict is around them.
 */
#ifndef JIYUE_BASE_MERGE_MARKER_H
#define JIYUE_BASE_MERGE_MARKER_H

#include "base/diag.h"

/*
 * Whether the source's text, with plain line ends, has no marker. Each is an
 * error at its place.
 */
MUST_USE bool merge_marker_check(const struct source *source,
				 struct diag_list *diags);

#endif
