#include "base/source.h"

#include <assert.h>

#include "base/unicode.h"

struct span span_none(void)
{
	return (struct span){ .source = SOURCE_NONE };
}

struct span span_of(const struct source *source, size_t start, size_t end)
{
	return (struct span){ source->number, (uint32_t)start, (uint32_t)end };
}

struct span span_of_part(const struct source *source, str part)
{
	size_t start = (size_t)(part.data - source->text.data);

	assert(start <= source->text.len);
	return span_of(source, start, start + part.len);
}

struct place source_place(str text, size_t offset)
{
	struct place place = { .line = 1, .column = 1 };
	size_t end;

	if (offset > text.len)
		offset = text.len;
	for (size_t i = 0; i < offset; i++)
		if (text.data[i] == '\n') {
			place.line++;
			place.line_start = i + 1;
		}
	place.line_text = str_from(text, place.line_start);
	end = str_find_byte(place.line_text, '\n');
	if (end != STR_NONE)
		place.line_text.len = end;
	if (place.line_text.len > 0 &&
	    place.line_text.data[place.line_text.len - 1] == '\r')
		place.line_text.len--;
	place.column +=
		unicode_count(str_between(text, place.line_start, offset));
	return place;
}
