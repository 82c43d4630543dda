/* Preloaded into a build: the time of day is CLOCK, in seconds since 1970. */
#include <stdlib.h>
#include <time.h>

time_t time(time_t *out)
{
	const char *text = getenv("CLOCK");
	time_t now = text == NULL ? 0 : atol(text);

	if (out != NULL)
		*out = now;
	return now;
}
