/* How to put a date right: its right form, or which part of it is wrong. */
#ifndef JIYUE_LIBRARY_DATE_HELP_H
#define JIYUE_LIBRARY_DATE_HELP_H

#include "base/diag.h"

struct date_wanted {
	str text; /* as it was written */
	bool with_time;
	int32_t offset; /* minutes east of UTC */
};

void date_help(struct diag_list *diags, struct diag *diag,
	       struct date_wanted wanted, struct arena *arena);

#endif
