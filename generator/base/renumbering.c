/*
 * What stayed is counted: the one that is the n-th of those before is the n-th
 * of those now.
 */
#include "base/renumbering.h"

#include "base/sorted.h"

/* The n-th number that is not in the row. */
static uint32_t nth_outside(const uint32_t *row, size_t count, uint32_t n)
{
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (row[middle] - middle <= n)
			low = middle + 1;
		else
			high = middle;
	}
	return n + (uint32_t)low;
}

static uint32_t move(const uint32_t *from, size_t from_count,
		     const uint32_t *to, size_t to_count, uint32_t number)
{
	size_t below = sorted_count_below(from, from_count, number);

	if (number == RENUMBERING_NONE ||
	    (below < from_count && from[below] == number))
		return RENUMBERING_NONE;
	return nth_outside(to, to_count, number - (uint32_t)below);
}

uint32_t renumbering_now(const struct renumbering *renumbering, uint32_t before)
{
	return move(renumbering->went, renumbering->went_count,
		    renumbering->came, renumbering->came_count, before);
}

uint32_t renumbering_before(const struct renumbering *renumbering, uint32_t now)
{
	return move(renumbering->came, renumbering->came_count,
		    renumbering->went, renumbering->went_count, now);
}
