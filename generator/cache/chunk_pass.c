/*
 * A chunk begins where the digest of a name says so, and has that name; so has
 * the first one none. The store is for one thread: the main thread fetches what
 * a batch of chunks had, the threads work, the main thread writes.
 */
#include "cache/chunk_pass.h"

#include "base/list.h"
#include "base/map.h"
#include "base/pack.h"
#include "system/workers.h"

enum {
	SUBJECTS_A_CHUNK = 64, /* about; a power of two */
	CHUNKS_A_BATCH = 16,
};

struct batch {
	const struct chunk_pass *pass;
	struct chunk chunks[CHUNKS_A_BATCH];
	size_t count;
	struct arena *results;	 /* one a thread */
	struct arena *scratches; /* the same */
};

static bool begins_chunk(str name)
{
	return (digest_hash(name) & (SUBJECTS_A_CHUNK - 1)) == 0;
}

static str name_of(const struct chunk_pass *pass, size_t first)
{
	return first == 0 ? STR("") : pass->names[first];
}

static str key_of(const struct chunk_pass *pass, str chunk, struct arena *arena)
{
	return arena_printf(arena, "%.*s\n%.*s", STR_ARG(pass->list),
			    STR_ARG(chunk));
}

str chunk_value(const struct chunk *chunk, size_t value)
{
	str bytes = chunk->before[value];

	return store_is_whole(bytes) ? bytes : STR("");
}

/* --- a batch -------------------------------------------------------------- */

static void fetch(const struct chunk_pass *pass, struct chunk *chunk,
		  struct arena *arena)
{
	str key = key_of(pass, name_of(pass, chunk->first), arena);

	for (size_t i = 0; pass->store != NULL && i < CHUNK_VALUES; i++)
		if (pass->kinds[i] != 0)
			chunk->before[i] = chunk->after[i] =
				store_map(pass->store, pass->kinds[i], key);
}

/* The next chunks from `at` on; returns what is behind them. */
static size_t fill(struct batch *batch, size_t at, struct arena *arena)
{
	const struct chunk_pass *pass = batch->pass;

	for (batch->count = 0;
	     batch->count < CHUNKS_A_BATCH && at < pass->count;) {
		struct chunk *chunk = &batch->chunks[batch->count++];

		*chunk = (struct chunk){ .first = at,
					 .names = pass->names + at };
		do
			at++;
		while (at < pass->count && !begins_chunk(pass->names[at]));
		chunk->count = at - chunk->first;
		fetch(pass, chunk, arena);
	}
	return at;
}

static void work(void *context, size_t thread, size_t item)
{
	struct batch *batch = context;
	struct arena *scratch = &batch->scratches[thread];

	batch->pass->job(batch->pass->context, thread, &batch->chunks[item],
			 &batch->results[thread], scratch);
	arena_reset(scratch);
}

static bool put(const struct chunk_pass *pass, const struct chunk *chunk,
		size_t value, struct arena *arena, struct diag_list *diags)
{
	str key = key_of(pass, name_of(pass, chunk->first), arena);
	str after = chunk->after[value];

	if (after.data == chunk->before[value].data)
		return true;
	return after.len == 0 ? store_remove(pass->store, pass->kinds[value],
					     key, diags)
			      : store_put(pass->store, pass->kinds[value], key,
					  after, diags);
}

static bool write_batch(const struct batch *batch, struct arena *arena,
			struct diag_list *diags)
{
	const struct chunk_pass *pass = batch->pass;
	bool ok = true;

	for (size_t i = 0; pass->store != NULL && i < batch->count; i++)
		for (size_t k = 0; ok && k < CHUNK_VALUES; k++)
			ok = pass->kinds[k] == 0 ||
			     put(pass, &batch->chunks[i], k, arena, diags);
	return ok;
}

static bool run_batches(struct batch *batch, struct diag_list *diags)
{
	const struct chunk_pass *pass = batch->pass;
	struct arena keys;
	bool ok = true;

	arena_init(&keys);
	for (size_t at = 0; ok && at < pass->count;) {
		at = fill(batch, at, &keys);
		workers_run(pass->threads, batch->count, work, batch);
		ok = write_batch(batch, &keys, diags);
		for (size_t i = 0; i < pass->threads; i++)
			arena_reset(&batch->results[i]);
		arena_reset(&keys);
	}
	arena_release(&keys);
	return ok;
}

/* --- the list of all chunks ----------------------------------------------- */

static bool remove_chunk(const struct chunk_pass *pass, str name,
			 struct arena *arena, struct diag_list *diags)
{
	str key = key_of(pass, name, arena);
	bool ok = true;

	for (size_t i = 0; ok && i < CHUNK_VALUES; i++)
		ok = pass->kinds[i] == 0 ||
		     store_remove(pass->store, pass->kinds[i], key, diags);
	return ok;
}

/* Chunks of before that no subject begins any more are removed. */
static bool write_list(const struct chunk_pass *pass, struct arena *arena,
		       struct diag_list *diags)
{
	str before = store_get(pass->store, STORE_CHUNKS, pass->list);
	struct buf names;
	struct map now;
	str name;

	buf_init(&names, arena);
	map_init(&now, arena);
	for (size_t i = 0; i < pass->count; i++)
		if (i == 0 || begins_chunk(pass->names[i])) {
			pack_text(&names, name_of(pass, i));
			map_set(&now, name_of(pass, i), &now);
		}
	while (unpack_text(&name, &before))
		if (!map_has(&now, name) &&
		    !remove_chunk(pass, name, arena, diags))
			return false;
	return store_put(pass->store, STORE_CHUNKS, pass->list, buf_str(&names),
			 diags);
}

bool chunk_pass_run(const struct chunk_pass *pass, struct diag_list *diags)
{
	struct batch batch = { .pass = pass };
	struct arena arena;
	bool ok;

	arena_init(&arena);
	batch.results =
		arena_array(&arena, pass->threads, 2 * sizeof(*batch.results));
	batch.scratches = batch.results + pass->threads;
	for (size_t i = 0; i < 2 * pass->threads; i++)
		arena_init(&batch.results[i]);
	ok = run_batches(&batch, diags);
	ok = ok && (pass->store == NULL || write_list(pass, &arena, diags));
	for (size_t i = 0; i < 2 * pass->threads; i++)
		arena_release(&batch.results[i]);
	arena_release(&arena);
	return ok;
}
