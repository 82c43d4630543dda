/* How two versions of a text differ, line by line, as git diff shows it. */
#ifndef JIYUE_SNAPSHOT_TEXT_DIFF_H
#define JIYUE_SNAPSHOT_TEXT_DIFF_H

#include "base/buf.h"

struct text_diff {
	str before;
	str after;
	str before_name; /* in the line --- */
	str after_name;	 /* in the line +++ */
};

/* Adds nothing when they are equal. False: out of reach of libgit2. */
MUST_USE bool text_diff_write(struct buf *out, const struct text_diff *diff);

#endif
