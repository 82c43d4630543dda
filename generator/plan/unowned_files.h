/* Shared files (content/<unit>/_files/) that no site publishes. */
#ifndef JIYUE_PLAN_UNOWNED_FILES_H
#define JIYUE_PLAN_UNOWNED_FILES_H

#include "plan/page_plan.h"

/* Tells the first of each unit that no site owns. */
void unowned_files_report(const struct plan_options *options,
			  struct arena *arena, struct diag_list *diags);

#endif
