#include "base/sorted.h"

#include <assert.h>
#include <string.h>

static int64_t number_of(const struct sorted_numbers *sorted, size_t place)
{
	const char *at = (const char *)sorted->rows + place * sorted->size +
			 sorted->offset;
	uint32_t narrow;
	int64_t wide;

	if (sorted->width == sizeof(narrow)) {
		memcpy(&narrow, at, sizeof(narrow));
		return narrow;
	}
	assert(sorted->width == sizeof(wide));
	memcpy(&wide, at, sizeof(wide));
	return wide;
}

size_t sorted_rows_below(const struct sorted_numbers *sorted, int64_t number)
{
	size_t low = 0;
	size_t high = sorted->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (number_of(sorted, middle) < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t sorted_rows_to(const struct sorted_numbers *sorted, int64_t number)
{
	return number == INT64_MAX ? sorted->count
				   : sorted_rows_below(sorted, number + 1);
}

size_t sorted_count_below(const uint32_t *numbers, size_t count, size_t number)
{
	const struct sorted_numbers sorted = SORTED_NUMBERS(numbers, count);

	return sorted_rows_below(&sorted, (int64_t)number);
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

size_t sorted_count_to(const struct sorted_rows *sorted, str text)
{
	size_t place = sorted_count_before(sorted, text);

	while (place < sorted->count && str_equal(text_of(sorted, place), text))
		place++;
	return place;
}

const void *sorted_find(const struct sorted_rows *sorted, str text)
{
	size_t place = sorted_count_before(sorted, text);

	return place < sorted->count && str_equal(text_of(sorted, place), text)
		       ? row_at(sorted, place)
		       : NULL;
}
