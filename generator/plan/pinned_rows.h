/*
 * What is pinned to a column and is too old to stand on its first page: the
 * first page shows it all the same, on top. Its own page has it, too, as pages
 * of old rows never change.
 */
#ifndef JIYUE_PLAN_PINNED_ROWS_H
#define JIYUE_PLAN_PINNED_ROWS_H

#include "plan/site_lists.h"

/* In the order of the list; `shown` rows of it are on the first page. */
struct column_newest pinned_rows(const struct arrangement *arrangement,
				 const struct column *column, size_t shown,
				 struct arena *arena);

#endif
