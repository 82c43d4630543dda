/*
 * What a report needs of days that are over: the revision that was the
 * library's newest on the day it speaks for, and checks of earlier months.
 *
 * Always true: --rev and --worktree say what is read, whatever the day; without
 * them --as-of of a day chooses that day's revision, by the platform's time.
 */
#ifndef JIYUE_COMMAND_REPORT_PAST_H
#define JIYUE_COMMAND_REPORT_PAST_H

#include "command/options.h"
#include "report/trend.h"

struct report_past {
	struct build_options options; /* of the report itself */
	struct trend trend;	      /* its days; points are empty */
};

void report_past_init(struct report_past *past);
void report_past_release(struct report_past *past);

/*
 * Chooses the revision, and those of `months` month ends up to that day. False
 * after a message: there is no report, and `code` is the exit code.
 */
MUST_USE bool report_past_find(struct report_past *past, int *code,
			       const struct command_options *options,
			       size_t months);

/* Checks the months before, one after the other. */
void report_past_check(struct report_past *past);

/* A check of everything, sorted and without what is waived, as a list. */
MUST_USE bool report_past_run(struct report *out, struct build *build);

#endif
