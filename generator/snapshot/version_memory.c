#include "snapshot/version_memory.h"

#include "base/pack.h"

enum { COMMIT_SIZE = 40 };

/* How an answer lies in a record, behind its key. */
struct stored_answer {
	struct version_cost cost;
	uint32_t is_found;
	uint32_t end;
	int64_t changed; /* seconds; INT64_MIN: not set */
};

void version_memory_init(struct version_memory *memory, struct arena *arena)
{
	*memory = (struct version_memory){ .arena = arena };
	map_init(&memory->known, arena);
	map_init(&memory->fresh, arena);
}

static str key_of(str path, const struct digest *context, struct arena *arena)
{
	const str parts[] = {
		{ (const char *)context, sizeof(*context) },
		path,
	};

	return arena_join(arena, parts, COUNT_OF(parts));
}

const struct version_answer *
version_memory_find(const struct version_memory *memory, str path,
		    struct digest context)
{
	return memory->known.count == 0
		       ? NULL
		       : map_get(&memory->known,
				 key_of(path, &context, memory->arena));
}

void version_memory_add(struct version_memory *memory, str path,
			struct digest context,
			const struct version_answer *answer)
{
	struct version_answer *copy = arena_alloc(memory->arena, sizeof(*copy));

	*copy = *answer;
	copy->commit = arena_copy(memory->arena, answer->commit);
	map_set(&memory->fresh, key_of(path, &context, memory->arena), copy);
}

void version_memory_pack(struct buf *out, const struct version_memory *memory)
{
	if (memory->fresh.count == 0)
		return;
	buf_add(out, memory->now);
	for (size_t i = 0; i < memory->fresh.count; i++) {
		const struct map_entry *entry = &memory->fresh.entries[i];
		const struct version_answer *answer = entry->value;
		const struct stored_answer stored = {
			answer->cost, answer->is_found, answer->end,
			answer->changed.is_set ? answer->changed.seconds
					       : INT64_MIN
		};

		pack_text(out, entry->key);
		pack_bytes(out, &stored, sizeof(stored));
		pack_text(out, answer->is_found ? answer->commit : STR(""));
	}
}

static bool unpack_answer(struct version_answer *out, str *bytes)
{
	struct stored_answer stored;

	if (!unpack_bytes(&stored, sizeof(stored), bytes) ||
	    !unpack_text(&out->commit, bytes) ||
	    out->commit.len != (stored.is_found ? COMMIT_SIZE : 0) ||
	    stored.end > VERSION_END_NOTHING)
		return false;
	out->cost = stored.cost;
	out->is_found = stored.is_found != 0;
	out->end = (enum version_end)stored.end;
	out->changed = (struct moment){ 0 };
	out->changed.is_set = stored.changed != INT64_MIN;
	if (out->changed.is_set) {
		out->changed.seconds = stored.changed;
		out->changed.has_time = true;
	}
	return true;
}

void version_memory_unpack(struct version_memory *memory, str bytes)
{
	str key;

	if (bytes.len < COMMIT_SIZE)
		return;
	memory->before = str_between(bytes, 0, COMMIT_SIZE);
	bytes = str_from(bytes, COMMIT_SIZE);
	while (unpack_text(&key, &bytes)) {
		struct version_answer *answer =
			arena_alloc(memory->arena, sizeof(*answer));

		if (!unpack_answer(answer, &bytes))
			return;
		map_set(&memory->known, key, answer);
	}
}
