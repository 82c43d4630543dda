/*
 * Which file a link that leads nowhere was probably meant for. What is looked
 * at is bounded, so that a page of dead links costs what its messages cost.
 */
#ifndef JIYUE_PLAN_NEAR_FILE_H
#define JIYUE_PLAN_NEAR_FILE_H

#include "plan/page_plan.h"

/*
 * A path below content/: what the file became that had it, as the history says;
 * the same in other case, with .md for .html or nothing, a folder's index.md,
 * a picture of another ending, a path with a folder too many (or too few),
 * nearly the same name in the folder, or the only file of the unit with this
 * name; or empty.
 */
str near_file(const struct page_plan *plan, str path, struct arena *arena);

/* A path as seen from the file: "../tzgg/x.md". */
str near_file_relative(str from, str path, struct arena *arena);

#endif
