/* Telling what addresses outside the cluster answered, for `check --external`.
 */
#ifndef JIYUE_COMMAND_CHECK_OUTSIDE_H
#define JIYUE_COMMAND_CHECK_OUTSIDE_H

#include "command/options.h"
#include "pipeline/build.h"

/* Adds to the messages of the build; after it has run. */
void check_outside(struct build *build, const struct command_options *options);

#endif
