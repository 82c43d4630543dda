/*
 * An arena: memory that is given back all at once.
 *
 * Always true: what an arena hands out is zeroed and aligned for any type;
 * running out of memory ends the program here and nowhere else, so no caller
 * tests for NULL. An arena belongs to one thread at a time.
 */
#ifndef JIYUE_BASE_ARENA_H
#define JIYUE_BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct arena_block;

struct arena {
	struct arena_block *block; /* newest first */
	struct arena_block *spare; /* empty, of the ordinary size */
	size_t total;		   /* bytes in all blocks */
};

void arena_init(struct arena *arena);

/* Gives all memory back to the system. The arena can be used again. */
void arena_release(struct arena *arena);

/*
 * Forgets all contents but keeps one block of the ordinary size, for a scratch
 * arena in a loop.
 */
void arena_reset(struct arena *arena);

/* For the wrapper of a library that says so: ends the program as above. */
_Noreturn void arena_out_of_memory(size_t size);

/* Takes over all memory of `other`, which is empty then. */
void arena_take(struct arena *arena, struct arena *other);

void *arena_alloc(struct arena *arena, size_t size);

/* The same without zeroes, for bytes that are written at once. */
void *arena_raw(struct arena *arena, size_t size);

/* `count` items of `size` bytes; the product is checked for overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size);
void *arena_raw_array(struct arena *arena, size_t count, size_t size);

/* Copies have a NUL behind them that `len` does not count. */
str arena_copy(struct arena *arena, str text);
char *arena_c_string(struct arena *arena, str text);
str arena_join(struct arena *arena, const str *parts, size_t count);

__attribute__((format(printf, 2, 3))) str arena_printf(struct arena *arena,
						       const char *format, ...);

#endif
