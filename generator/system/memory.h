/* How much memory this process may still take. */
#ifndef JIYUE_SYSTEM_MEMORY_H
#define JIYUE_SYSTEM_MEMORY_H

#include <stdint.h>

/*
 * Bytes: the least of what the system has free, what the control groups of the
 * process (a container's limit) allow, and its own limit of data. UINT64_MAX
 * when nobody says.
 */
uint64_t memory_available(void);

#endif
