#include "base/diag_kind.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

static int compare(const void *id, const void *row)
{
	return strcmp(id, ((const struct diag_kind *)row)->id);
}

const struct diag_kind *diag_kind_find(const char *id)
{
	const struct diag_kind *found = bsearch(id, diag_kinds, diag_kind_rules,
						sizeof(*found), compare);

	return found != NULL ? found
			     : bsearch(id, diag_kinds + diag_kind_rules,
				       diag_kind_count - diag_kind_rules,
				       sizeof(*found), compare);
}

bool diag_kind_may_be_lowered(const struct diag_kind *kind)
{
	return (kind->flags & DIAG_GUARDS) == 0 &&
	       ((kind->flags & DIAG_GOES_ON) != 0 ||
		kind->cost <= DIAG_COSTS_LINK ||
		kind->cost == DIAG_COSTS_RESOURCE);
}
