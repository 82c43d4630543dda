/*
 * A check of what changed alone (snapshot/changed_files.h): whether it can be
 * read. Links and rules are the matter of a whole check, which needs all texts.
 */
#ifndef JIYUE_COMMAND_CHANGED_CHECK_H
#define JIYUE_COMMAND_CHANGED_CHECK_H

#include "snapshot/changed_files.h"

/* Tells the errors of the changed files; the exit code of a command. */
int changed_check(const char *directory, const struct changed_files *changed);

#endif
