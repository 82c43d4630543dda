/* What publish, rollback, releases and verify have in common. */
#ifndef JIYUE_COMMAND_RELEASE_WORK_H
#define JIYUE_COMMAND_RELEASE_WORK_H

#include "command/options.h"
#include "release/releases.h"

/* Gives the exit code that holds when no message says a worse one. */
typedef int release_work(const struct command_options *options,
			 struct arena *arena, struct diag_list *diags);

/* Options, the work, its messages; the exit code. */
int release_work_run(const struct command_usage *usage, release_work *work,
		     int argc, char **argv);

/* What the release changed, to stdout. */
void release_work_print_note(const struct releases *releases, uint64_t number,
			     struct diag_list *diags);

#endif
