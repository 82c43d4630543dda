#include "theme/template_memory.h"

enum { BYTES_LIMIT = 256 * 1024 };

struct template_memory {
	struct template_memory *outer;
	struct map pieces; /* bytes of a struct template_place -> piece */
	size_t room;
};

struct template_memory *template_memory_new(struct template_memory *outer,
					    struct arena *arena)
{
	struct template_memory *memory = arena_alloc(arena, sizeof(*memory));

	memory->outer = outer;
	map_init(&memory->pieces, arena);
	memory->room = BYTES_LIMIT;
	return memory;
}

static str key_of(const struct template_place *place)
{
	return (str){ (const char *)place, sizeof(*place) };
}

const struct template_piece *
template_memory_get(const struct template_memory *memory,
		    const struct template_place *place)
{
	const struct template_piece *piece =
		map_get(&memory->pieces, key_of(place));

	return piece != NULL || memory->outer == NULL
		       ? piece
		       : template_memory_get(memory->outer, place);
}

static void put(struct template_memory *memory,
		const struct template_place *place,
		const struct template_piece *piece)
{
	struct arena *arena = memory->pieces.arena;
	size_t size = piece->bytes.len + sizeof(*place) + sizeof(*piece);
	struct template_piece *kept;

	if (size > memory->room)
		return;
	memory->room -= size;
	kept = arena_alloc(arena, sizeof(*kept));
	*kept = *piece;
	kept->bytes = arena_copy(arena, piece->bytes);
	map_set(&memory->pieces, arena_copy(arena, key_of(place)), kept);
}

void template_memory_put(struct template_memory *memory, bool is_of_site,
			 const struct template_place *place,
			 const struct template_piece *piece)
{
	put(is_of_site && memory->outer != NULL ? memory->outer : memory, place,
	    piece);
}
