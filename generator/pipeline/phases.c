#include "pipeline/phases.h"

#include "system/clock.h"

void phases_begin(struct phases *phases, struct arena *arena)
{
	phases->arena = arena;
	phases->start = clock_milliseconds();
	list_init(&phases->times, sizeof(struct phase_time));
}

void phases_end(struct phases *phases, const char *phase)
{
	int64_t now = clock_milliseconds();

	*(struct phase_time *)list_add(&phases->times, phases->arena) =
		(struct phase_time){ phase, now - phases->start };
	phases->start = now;
}
