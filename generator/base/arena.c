/*
 * Blocks in a list; the open one hands out from its front. A text beyond the
 * size of a block gets one of its own behind the open block, so that the room
 * that is left there is not lost. A reset keeps some blocks: a worker empties
 * its arena after each page and would ask the system for the same memory a
 * hundred thousand times.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BLOCK = 64 * 1024, ARENA_ALIGN = 16, ARENA_SPARE = 32 };

struct arena_block {
	struct arena_block *next;
	size_t size; /* of data */
	size_t used;
	size_t padding; /* so that data is aligned */
	unsigned char data[];
};

_Noreturn void arena_out_of_memory(size_t size)
{
	fprintf(stderr, "jiyue: out of memory (%zu bytes wanted)\n", size);
	exit(2);
}

void arena_init(struct arena *arena)
{
	*arena = (struct arena){ 0 };
}

static void free_blocks(struct arena_block *block)
{
	while (block != NULL) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
}

void arena_release(struct arena *arena)
{
	free_blocks(arena->block);
	free_blocks(arena->spare);
	*arena = (struct arena){ 0 };
}

/* Some blocks of the ordinary size stay; large ones come and go. */
void arena_reset(struct arena *arena)
{
	struct arena_block *kept = NULL;
	struct arena_block *next;
	size_t count = 0;

	for (struct arena_block *block = arena->spare; block != NULL;
	     block = block->next)
		count++;
	for (; arena->block != NULL; arena->block = next) {
		struct arena_block *block = arena->block;

		next = block->next;
		if (block->size != ARENA_BLOCK || count == ARENA_SPARE) {
			free(block);
			continue;
		}
		count++;
		block->next = kept;
		kept = block;
	}
	while (kept != NULL) {
		next = kept->next;
		kept->next = arena->spare;
		arena->spare = kept;
		kept = next;
	}
	arena->total = count * ARENA_BLOCK;
}

/* Behind the open block, which still has room. */
void arena_take(struct arena *arena, struct arena *other)
{
	struct arena_block *last = other->block;

	if (last == NULL) {
		arena_release(other);
		return;
	}
	while (last->next != NULL)
		last = last->next;
	if (arena->block == NULL) {
		arena->block = other->block;
	} else {
		last->next = arena->block->next;
		arena->block->next = other->block;
	}
	arena->total += other->total;
	other->block = NULL;
	arena_release(other);
}

static struct arena_block *new_block(struct arena *arena, size_t wanted)
{
	struct arena_block *block = arena->spare;

	if (wanted == ARENA_BLOCK && block != NULL) {
		arena->spare = block->next;
	} else {
		if (wanted > SIZE_MAX - sizeof(*block))
			arena_out_of_memory(wanted);
		block = malloc(sizeof(*block) + wanted);
		if (block == NULL)
			arena_out_of_memory(wanted);
		block->size = wanted;
		arena->total += wanted;
	}
	block->used = 0;
	return block;
}

/* A large one goes behind the open block, which still has room. */
static struct arena_block *add_block(struct arena *arena, size_t size)
{
	bool is_large = size > ARENA_BLOCK / 4;
	struct arena_block *block =
		new_block(arena, is_large ? size : ARENA_BLOCK);

	if (arena->block != NULL && is_large) {
		block->next = arena->block->next;
		arena->block->next = block;
	} else {
		block->next = arena->block;
		arena->block = block;
	}
	return block;
}

void *arena_raw(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->block;
	void *memory;

	if (size > SIZE_MAX - ARENA_ALIGN)
		arena_out_of_memory(size);
	size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if (block == NULL || block->size - block->used < size)
		block = add_block(arena, size);
	memory = block->data + block->used;
	block->used += size;
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_raw(arena, size), 0, size);
}

void *arena_raw_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		arena_out_of_memory(SIZE_MAX);
	return arena_raw(arena, count * size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	void *items = arena_raw_array(arena, count, size);

	return memset(items, 0, count * size);
}

char *arena_c_string(struct arena *arena, str text)
{
	char *copy = arena_raw(arena, text.len + 1);

	if (text.len > 0)
		memcpy(copy, text.data, text.len);
	copy[text.len] = '\0';
	return copy;
}

str arena_copy(struct arena *arena, str text)
{
	return (str){ arena_c_string(arena, text), text.len };
}

str arena_join(struct arena *arena, const str *parts, size_t count)
{
	size_t len = 0;
	char *data;

	for (size_t i = 0; i < count; i++)
		len += parts[i].len;
	data = arena_raw(arena, len + 1);
	data[len] = '\0';
	len = 0;
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len > 0)
			memcpy(data + len, parts[i].data, parts[i].len);
		len += parts[i].len;
	}
	return (str){ data, len };
}

str arena_printf(struct arena *arena, const char *format, ...)
{
	char most[256]; /* nearly all fit, and need one pass */
	va_list arguments;
	va_list again;
	char *data;
	int len;

	va_start(arguments, format);
	va_copy(again, arguments);
	len = vsnprintf(most, sizeof(most), format, arguments);
	va_end(arguments);
	if (len < 0) {
		va_end(again);
		return (str){ "", 0 };
	}
	data = arena_raw(arena, (size_t)len + 1);
	if ((size_t)len < sizeof(most))
		memcpy(data, most, (size_t)len + 1);
	else
		vsnprintf(data, (size_t)len + 1, format, again);
	va_end(again);
	return (str){ data, (size_t)len };
}
