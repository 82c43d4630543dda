/*
 * The numbers of a sorted list in which some items came and others went: what
 * each of the others was, and is now.
 *
 * Always true: both rows are sorted, each number once; all that stayed keep
 * their order.
 */
#ifndef JIYUE_BASE_RENUMBERING_H
#define JIYUE_BASE_RENUMBERING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RENUMBERING_NONE = UINT32_MAX };

struct renumbering {
	const uint32_t *came; /* by their numbers now */
	size_t came_count;
	const uint32_t *went; /* by their numbers before */
	size_t went_count;
};

/* The number now, or NONE when it went. NONE stays. */
uint32_t renumbering_now(const struct renumbering *renumbering,
			 uint32_t before);

/* The number before, or NONE when it came. NONE stays. */
uint32_t renumbering_before(const struct renumbering *renumbering,
			    uint32_t now);

static inline bool renumbering_is_none(const struct renumbering *renumbering)
{
	return renumbering->came_count == 0 && renumbering->went_count == 0;
}

#endif
