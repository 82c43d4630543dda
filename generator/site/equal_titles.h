/*
 * Pages that readers take for one: the same title in one column, at most 30
 * days apart. It is asked for a check only; a build has no time for it, and its
 * output does not depend on it.
 */
#ifndef JIYUE_SITE_EQUAL_TITLES_H
#define JIYUE_SITE_EQUAL_TITLES_H

#include "site/arrange.h"

void equal_titles_check(const struct arrangement *arrangement,
			struct diag_list *diags);

#endif
