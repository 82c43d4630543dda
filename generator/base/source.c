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

/* The line that begins at `start`, without its end. */
static str line_from(str text, size_t start)
{
	str line = str_from(text, start);
	size_t end = str_find_byte(line, '\n');

	if (end != STR_NONE)
		line.len = end;
	if (line.len > 0 && line.data[line.len - 1] == '\r')
		line.len--;
	return line;
}

void place_walk_init(struct place_walk *walk, str text)
{
	*walk = (struct place_walk){
		.text = text,
		.place = { .line = 1,
			   .column = 1,
			   .line_text = line_from(text, 0) },
	};
}

struct place place_walk_to(struct place_walk *walk, size_t offset)
{
	struct place *place = &walk->place;
	size_t start = place->line_start;

	if (offset > walk->text.len)
		offset = walk->text.len;
	if (offset < walk->offset) {
		place_walk_init(walk, walk->text);
		start = 0;
	}
	for (size_t i = walk->offset; i < offset; i++)
		if (walk->text.data[i] == '\n') {
			place->line++;
			start = i + 1;
		}
	if (start != place->line_start) {
		place->line_start = start;
		place->line_text = line_from(walk->text, start);
		place->column = 1;
		walk->offset = start;
	}
	place->column +=
		unicode_count(str_between(walk->text, walk->offset, offset));
	walk->offset = offset;
	return *place;
}

struct place source_place(str text, size_t offset)
{
	struct place_walk walk;

	place_walk_init(&walk, text);
	return place_walk_to(&walk, offset);
}
