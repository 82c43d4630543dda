#include "base/sorted.h"

size_t sorted_count_below(const uint32_t *numbers, size_t count, size_t number)
{
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (numbers[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
