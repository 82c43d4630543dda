/* How long each phase of a build takes. */
#ifndef JIYUE_PIPELINE_PHASES_H
#define JIYUE_PIPELINE_PHASES_H

#include <stdint.h>

#include "base/list.h"

struct phase_time {
	const char *phase;
	int64_t milliseconds;
};

struct phases {
	struct list times; /* struct phase_time, in the order they came */
	int64_t start;	   /* of the clock */
	struct arena *arena;
};

void phases_begin(struct phases *phases, struct arena *arena);

/* Ends a phase: notes the time since the last one ended. */
void phases_end(struct phases *phases, const char *phase);

#endif
