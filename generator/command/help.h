/* Pieces of `jiyue help` that other commands print too. */
#ifndef JIYUE_COMMAND_HELP_H
#define JIYUE_COMMAND_HELP_H

#include "base/diag_kind.h"

/* All that is known of a kind of message, to standard output. */
void help_message(const struct diag_kind *kind);

#endif
