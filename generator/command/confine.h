/*
 * What a command may read and write, from its options: the library to read,
 * the folders of its results to write, and what the system needs
 * (system/sandbox.h).
 */
#ifndef JIYUE_COMMAND_CONFINE_H
#define JIYUE_COMMAND_CONFINE_H

#include "command/options.h"

/*
 * With --sandbox, or for a command that has --no-sandbox and was not given it.
 * Folders of results are made when they are missing, as no rule can be about
 * what is not there. Where the kernel cannot do it: false after a message when
 * it was asked for, or else true after a warning.
 */
MUST_USE bool confine(const struct command_options *options,
		      const struct command_usage *usage);

#endif
