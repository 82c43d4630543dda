/*
 * Where text came from. Inside the program a position is only ever a span;
 * lines and columns are worked out when a message is printed.
 *
 * Source numbers are the numbers of the snapshot's files. Files in the program
 * have numbers of their own (SOURCE_THEME and SOURCE_TYPES), the same whichever
 * files stand beside them.
 */
#ifndef JIYUE_BASE_SOURCE_H
#define JIYUE_BASE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

#define SOURCE_NONE UINT32_MAX

/*
 * Added to the number of a file that counts in an earlier version: places in
 * those bytes are no places of the file as it is written.
 */
#define SOURCE_EARLIER UINT32_C(0x40000000)
#define SOURCE_EARLIER_END UINT32_C(0x80000000)

/* Added to numbers of another list of files: no number of today's is meant. */
#define SOURCE_ELSEWHERE UINT32_C(0x60000000)

struct span {
	uint32_t source; /* SOURCE_NONE: no place is known */
	uint32_t start;	 /* bytes from the start of the file */
	uint32_t end;	 /* one behind the last byte */
};

/* One text as it stands in the library. */
struct source {
	uint32_t number;
	str path; /* relative to the library, for messages */
	str text; /* all of it, valid UTF-8 */
};

/*
 * How the printer of messages gets at a source again. Reading may cost; the
 * path alone does not, where `path` is there to ask for it.
 */
struct source_reader {
	void *context;
	bool (*read)(void *context, uint32_t number, struct source *out,
		     struct arena *arena);
	bool (*path)(void *context, uint32_t number, str *out,
		     struct arena *arena); /* may be NULL */
};

struct span span_none(void);

static inline bool source_is_earlier(uint32_t number)
{
	return number >= SOURCE_EARLIER && number < SOURCE_EARLIER_END;
}

/* The number of the file, whichever version the source is of. */
static inline uint32_t source_file(uint32_t number)
{
	return source_is_earlier(number) ? number - SOURCE_EARLIER : number;
}
struct span span_of(const struct source *source, size_t start, size_t end);

/* The span of `part`, which must be a slice of the source's text. */
struct span span_of_part(const struct source *source, str part);

/* 1-based line; column counted in characters, 1-based. */
struct place {
	size_t line;
	size_t column;
	str line_text;	   /* without its end */
	size_t line_start; /* byte offset of the line */
};

struct place source_place(str text, size_t offset);

/*
 * Places in one text, asked for in rising order: all of them together pass
 * over the text once. A place before the last one begins again at the start.
 */
struct place_walk {
	str text;
	struct place place; /* of `offset` */
	size_t offset;
};

void place_walk_init(struct place_walk *walk, str text);
struct place place_walk_to(struct place_walk *walk, size_t offset);

#endif
