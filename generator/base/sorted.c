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

static const char *row_at(const struct sorted_rows *sorted, size_t place)
{
	return (const char *)sorted->rows + place * sorted->size;
}

static str text_of(const struct sorted_rows *sorted, size_t place)
{
	return *(const str *)(const void *)(row_at(sorted, place) +
					    sorted->offset);
}

size_t sorted_count_before(const struct sorted_rows *sorted, str text)
{
	size_t low = 0;
	size_t high = sorted->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_compare(text_of(sorted, middle), text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const void *sorted_find(const struct sorted_rows *sorted, str text)
{
	size_t place = sorted_count_before(sorted, text);

	return place < sorted->count && str_equal(text_of(sorted, place), text)
		       ? row_at(sorted, place)
		       : NULL;
}
