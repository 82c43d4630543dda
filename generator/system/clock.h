/* The clock. Nothing that is written into pages comes from here. */
#ifndef JIYUE_SYSTEM_CLOCK_H
#define JIYUE_SYSTEM_CLOCK_H

#include <stdint.h>

int64_t clock_now(void);	  /* seconds since 1970-01-01 UTC */
int64_t clock_milliseconds(void); /* monotonic, for durations */

#endif
