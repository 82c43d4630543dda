/* How messages are told at the end of a command, and its exit code. */
#ifndef JIYUE_COMMAND_MESSAGES_H
#define JIYUE_COMMAND_MESSAGES_H

#include "pipeline/build.h"
#include "report/report.h"

/*
 * Prints the messages in their order, above them a table of their kinds when
 * there are many, and gives the exit code.
 */
int messages_finish(struct build *build);

/* The same for messages that are about no file of a library. */
int messages_finish_list(struct diag_list *diags);

/* The two halves of it: the counts are right after the first. */
void messages_sort(struct build *build);
int messages_tell(struct build *build);

/*
 * The second half for programs, on standard output; NULL is messages_tell. No
 * text is left out of what was kept: build_options.message_limit should be 0.
 */
int messages_tell_as(struct build *build, const struct report_format *format);

/* One line, when the work tree has files that are not those of its commit. */
void messages_tell_uncommitted(const struct build *build);

#endif
