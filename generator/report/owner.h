/*
 * Whose a finding is: the site, and the column (栏目) where one is known, by
 * the file or page that it is of.
 */
#ifndef JIYUE_REPORT_OWNER_H
#define JIYUE_REPORT_OWNER_H

#include "base/diag.h"
#include "site/arrange.h"

struct finding_owner {
	const struct site *site;     /* NULL: of no single site */
	const struct column *column; /* NULL: of no single column */
};

/*
 * `path` of a file of the library, or of a page behind its domain. The place
 * says which column settings speak of; span_none where there is none.
 */
struct finding_owner finding_owner(const struct arrangement *arrangement,
				   str path, struct span span);

#endif
