/* Pieces of `jiyue help` that other commands print too. */
#ifndef JIYUE_COMMAND_HELP_H
#define JIYUE_COMMAND_HELP_H

#include "base/buf.h"
#include "base/diag_kind.h"

/* What `jiyue help` has words about. */
struct help_topic {
	const char *name;
	const char *argument; /* optional; NULL: takes none */
	const char *about;    /* translated where it is printed */
	bool (*print)(struct buf *out, const char *name);
};

extern const struct help_topic help_topics[];
extern const size_t help_topic_count;

/* All that is known of a kind of message, to standard output. */
void help_message(const struct diag_kind *kind);

#endif
