/*
 * The gate: what may be pushed to the branch that is published. A push is
 * refused whole when it
 *
 *	deletes the branch, or puts it on another history;
 *	lets a site ask for fewer reviews, or takes its roles or keys away;
 *	has a review by who has not the role, is somebody else, or did not sign;
 *	has reviews together with other roles or keys: who is appointed in a
 *push reviews nothing in it; has errors in the files that it changes.
 *
 * What it costs follows what is pushed, not what is there. Other branches are
 * let in as they are: nothing of them is published.
 */
#ifndef JIYUE_COMMAND_GATE_H
#define JIYUE_COMMAND_GATE_H

#include "base/arena.h"
#include "base/diag.h"

/* A line that Git gives a hook; commits of 40 hex digits, or zeros. */
struct push {
	str before;
	str after;
	str ref;
};

/* False when it is not of this form. */
bool push_parse(struct push *out, str line);

/* Tells why not; the exit code of a command. */
int gate_judge(const char *directory, const struct push *push);

#endif
