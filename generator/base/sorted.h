/* Looking things up in sorted rows of numbers. */
#ifndef JIYUE_BASE_SORTED_H
#define JIYUE_BASE_SORTED_H

#include <stddef.h>
#include <stdint.h>

/* How many are below the number: where it stands, or would stand. */
size_t sorted_count_below(const uint32_t *numbers, size_t count, size_t number);

#endif
