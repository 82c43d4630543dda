/*
 * A function that may crash or never end, run in a process of its own.
 *
 * Always true: the child holds no descriptor of the parent's but those it is
 * given, so no lock outlives the parent in it; it dies with the parent and
 * at its deadline; it leaves no core file and says nothing.
 */
#ifndef JIYUE_SYSTEM_CHILD_H
#define JIYUE_SYSTEM_CHILD_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* In the child; its descriptors 0 to 2 lead nowhere. */
typedef bool child_job(void *context);

enum { CHILD_DESCRIPTORS = 4 };

struct child_options {
	child_job *job;
	void *context;
	int descriptors[CHILD_DESCRIPTORS]; /* that the job needs, above 2 */
	size_t descriptor_count;
	uint64_t file_size;   /* bytes of the largest file it may write */
	int64_t milliseconds; /* that it may take */
	int *status; /* gets what it ended with, -1: not by itself; or NULL */
};

/* True when the job returned true in time. While there is one thread. */
MUST_USE bool child_run(const struct child_options *options);

#endif
