/*
 * A folder's files are cut into chunks where the digest of a file's path says
 * so: adding or removing a file changes the chunk it is in, and only if it
 * begins one (or is all of a folder inside) what comes behind is read again.
 *
 *	a.md  b.md | c.md  d.md  e.md | f.md
 *	chunk "x/"   chunk "x/c.md"     chunk "x/f.md"
 *
 * A chunk is a row of entries in the order of their paths:
 *
 *	u32 length of what follows | digest key | u64 told |
 *	u32 length, path | resource
 *
 * Files come in the same order, so finding one is a step forward. The list of
 * all chunks, with the number of entries of each, stands beside them, so that
 * those that are gone can be removed and resources be found by number.
 */
#include "library/metadata_cache.h"

#include "base/pack.h"
#include "base/sorted.h"
#include "library/resource.h"

enum { FILES_A_CHUNK = 64 }; /* about; a power of two */

struct noted {
	str path;
	struct metadata metadata;
};

struct metadata_chunk {
	str name;  /* in the store */
	str first; /* path of its first file */
	str rest;  /* entries not yet passed */
	size_t files;
	struct list noted; /* struct noted */
	bool is_changed;   /* a file has no entry, or an entry no file */
};

struct metadata_entry {
	struct metadata metadata;
	str path;
};

void metadata_cache_init(struct metadata_cache *cache,
			 const struct store *store, struct arena *arena)
{
	*cache = (struct metadata_cache){ .store = store, .arena = arena };
	list_init(&cache->chunks, sizeof(struct metadata_chunk));
}

static str folder_of(str path)
{
	return str_between(path, 0, str_find_last_byte(path, '/') + 1);
}

static struct metadata_chunk *chunk_at(const struct metadata_cache *cache,
				       size_t number)
{
	return (struct metadata_chunk *)cache->chunks.items + number;
}

/* Takes the first entry off the front. */
static bool take_entry(struct metadata_entry *out, str *rest)
{
	struct metadata *metadata = &out->metadata;
	str *packed = &metadata->packed;

	return unpack_text(packed, rest) &&
	       unpack_bytes(&metadata->key, sizeof(metadata->key), packed) &&
	       unpack_bytes(&metadata->told, sizeof(metadata->told), packed) &&
	       unpack_text(&out->path, packed);
}

static bool begins_chunk(str path)
{
	return (digest_hash(path) & (FILES_A_CHUNK - 1)) == 0;
}

/*
 * The first chunk of a folder has the folder's name; what follows behind a
 * folder inside it has a name behind all of that one. So names are in the order
 * of paths, and none depends on which file is the first.
 */
static str name_of_first(str before, str folder, struct arena *arena)
{
	const str parts[] = { before, STR("\xff") };

	return before.len > folder.len && str_starts_with(before, folder)
		       ? arena_join(arena, parts, COUNT_OF(parts))
		       : folder;
}

/* The chunk of the next file, which may be a new one. */
static struct metadata_chunk *chunk_of(struct metadata_cache *cache, str path)
{
	size_t count = cache->chunks.count;
	str folder = folder_of(path);
	str before = count == 0 ? STR("")
				: folder_of(chunk_at(cache, count - 1)->first);
	struct metadata_chunk *chunk;

	if (str_equal(before, folder) && !begins_chunk(path))
		return chunk_at(cache, count - 1);
	chunk = list_add(&cache->chunks, cache->arena);
	chunk->name = str_equal(before, folder)
			      ? path
			      : name_of_first(before, folder, cache->arena);
	chunk->first = path;
	chunk->rest = store_get(cache->store, STORE_METADATA, chunk->name);
	list_init(&chunk->noted, sizeof(struct noted));
	return chunk;
}

/* What a record says is looked at before it is believed. */
static bool is_packed(str packed, str path)
{
	struct resource resource;

	return resource_unpack(&resource, packed, path, 0);
}

bool metadata_cache_find(struct metadata *out, struct metadata_cache *cache,
			 str path, struct digest key)
{
	struct metadata_chunk *chunk = chunk_of(cache, path);
	struct metadata_entry entry;
	str behind = chunk->rest;

	chunk->files++;
	while (take_entry(&entry, &behind)) {
		int order = str_compare(entry.path, path);

		if (order > 0)
			break;
		chunk->rest = behind;
		if (order == 0 && digest_equal(entry.metadata.key, key) &&
		    is_packed(entry.metadata.packed, path)) {
			*out = entry.metadata;
			return true;
		}
		chunk->is_changed = true;
	}
	chunk->is_changed = true;
	return false;
}

void metadata_cache_refuse(struct metadata_cache *cache)
{
	chunk_at(cache, cache->chunks.count - 1)->is_changed = true;
}

void metadata_cache_note(struct metadata_cache *cache, str path,
			 struct metadata metadata)
{
	struct metadata_chunk *chunk;
	struct noted *noted;

	while (cache->at + 1 < cache->chunks.count &&
	       str_compare(chunk_at(cache, cache->at + 1)->first, path) <= 0)
		cache->at++;
	chunk = chunk_at(cache, cache->at);
	list_reserve(&chunk->noted, chunk->files, cache->arena);
	noted = list_add(&chunk->noted, cache->arena);
	*noted = (struct noted){ path, metadata };
}

/* --- writing --- */

static void add_entry(struct buf *out, str path, struct metadata metadata)
{
	uint32_t length = 0; /* as pack_text has it; known behind the entry */
	size_t start = out->len;

	pack_bytes(out, &length, sizeof(length));
	pack_bytes(out, &metadata.key, sizeof(metadata.key));
	pack_bytes(out, &metadata.told, sizeof(metadata.told));
	pack_text(out, path);
	buf_add(out, metadata.packed);
	length = (uint32_t)(out->len - start - sizeof(length));
	memcpy(out->data + start, &length, sizeof(length));
}

static bool write_chunk(const struct metadata_chunk *chunk, struct store *store,
			struct arena *scratch, struct diag_list *diags)
{
	const struct noted *items = chunk->noted.items;
	struct buf bytes;

	buf_init(&bytes, scratch);
	for (size_t i = 0; i < chunk->noted.count; i++)
		add_entry(&bytes, items[i].path, items[i].metadata);
	return store_put(store, STORE_METADATA, chunk->name, buf_str(&bytes),
			 diags);
}

/* Both lists are in the order of paths. */
static bool remove_gone(const struct metadata_cache *cache, str before,
			struct store *store, struct diag_list *diags)
{
	size_t at = 0;
	uint32_t entries;
	str name;

	while (unpack_text(&name, &before) &&
	       unpack_bytes(&entries, sizeof(entries), &before)) {
		while (at < cache->chunks.count &&
		       str_compare(chunk_at(cache, at)->name, name) < 0)
			at++;
		if (at < cache->chunks.count &&
		    str_equal(chunk_at(cache, at)->name, name))
			continue;
		if (!store_remove(store, STORE_METADATA, name, diags))
			return false;
	}
	return true;
}

static bool write_list(const struct metadata_cache *cache, struct store *store,
		       struct arena *scratch, struct diag_list *diags)
{
	str before =
		store_get(cache->store, STORE_METADATA_LIST, STR("chunks"));
	struct buf names;

	buf_init(&names, scratch);
	for (size_t i = 0; i < cache->chunks.count; i++) {
		const struct metadata_chunk *chunk = chunk_at(cache, i);
		uint32_t entries = (uint32_t)chunk->noted.count;

		pack_text(&names, chunk->name);
		pack_bytes(&names, &entries, sizeof(entries));
	}
	if (str_equal(before, buf_str(&names)))
		return true;
	return remove_gone(cache, before, store, diags) &&
	       store_put(store, STORE_METADATA_LIST, STR("chunks"),
			 buf_str(&names), diags);
}

bool metadata_cache_write(struct metadata_cache *cache, struct store *store,
			  struct diag_list *diags)
{
	struct arena scratch;
	bool ok = true;

	arena_init(&scratch);
	for (size_t i = 0; ok && i < cache->chunks.count; i++) {
		const struct metadata_chunk *chunk = chunk_at(cache, i);

		if (!chunk->is_changed && chunk->rest.len == 0 &&
		    chunk->noted.count == chunk->files)
			continue;
		ok = write_chunk(chunk, store, &scratch, diags);
		arena_reset(&scratch);
	}
	ok = ok && write_list(cache, store, &scratch, diags);
	arena_release(&scratch);
	return ok;
}

/* --- by number --- */

bool metadata_cache_is_complete(const struct metadata_cache *cache,
				size_t resources)
{
	size_t count = 0;

	for (size_t i = 0; i < cache->chunks.count; i++)
		count += chunk_at(cache, i)->noted.count;
	return count == resources;
}

static size_t count_chunks(str list)
{
	size_t count = 0;
	uint32_t entries;
	str name;

	while (unpack_text(&name, &list) &&
	       unpack_bytes(&entries, sizeof(entries), &list))
		count++;
	return count;
}

bool metadata_index_open(struct metadata_index *out, struct store *store,
			 struct arena *arena)
{
	str list = store_get(store, STORE_METADATA_LIST, STR("chunks"));
	size_t count = count_chunks(list);

	*out = (struct metadata_index){
		.store = store,
		.names = arena_array(arena, count, sizeof(*out->names)),
		.starts = arena_array(arena, count + 1, sizeof(*out->starts)),
		.chunks = arena_array(arena, count, sizeof(*out->chunks)),
		.count = count,
	};
	for (size_t i = 0; i < count; i++) {
		uint32_t entries;

		if (!unpack_text(&out->names[i], &list) ||
		    !unpack_bytes(&entries, sizeof(entries), &list) ||
		    entries > UINT32_MAX - out->starts[i])
			return false;
		out->starts[i + 1] = out->starts[i] + entries;
	}
	return count > 0;
}

/* The last chunk that does not begin behind the number. */
static size_t chunk_with(const struct metadata_index *index, uint32_t number)
{
	const struct sorted_numbers starts =
		SORTED_NUMBERS(index->starts, index->count);
	size_t to = sorted_rows_to(&starts, number);

	return to == 0 ? 0 : to - 1;
}

static str chunk_bytes(struct metadata_index *index, size_t chunk)
{
	if (index->chunks[chunk].len == 0)
		index->chunks[chunk] = store_get(index->store, STORE_METADATA,
						 index->names[chunk]);
	return index->chunks[chunk];
}

bool metadata_index_find(struct metadata *out, struct metadata_index *index,
			 uint32_t number)
{
	size_t chunk = chunk_with(index, number);
	str rest = chunk_bytes(index, chunk);
	struct metadata_entry entry;
	str skipped;

	for (uint32_t i = index->starts[chunk]; i < number; i++)
		if (!unpack_text(&skipped, &rest))
			return false;
	if (!take_entry(&entry, &rest))
		return false;
	*out = entry.metadata;
	return true;
}

void metadata_index_overlay(struct metadata_index *index,
			    const struct metadata_change *changes, size_t count)
{
	index->changes = changes;
	index->change_count = count;
}

static int compare_change(const void *key, const void *item)
{
	uint32_t number = *(const uint32_t *)key;
	const struct metadata_change *change = item;

	return (number > change->number) - (number < change->number);
}

static str changed_metadata(const struct metadata_index *index, uint32_t number)
{
	const struct metadata_change *change =
		index->change_count == 0
			? NULL
			: bsearch(&number, index->changes, index->change_count,
				  sizeof(*change), compare_change);

	return change == NULL ? STR("") : change->packed;
}

str metadata_index_get(struct metadata_index *index, uint32_t number)
{
	str changed = changed_metadata(index, number);
	struct metadata found;

	if (changed.len > 0)
		return changed;
	if (index->moves != NULL)
		number = renumbering_before(index->moves, number);
	if (number == RENUMBERING_NONE)
		return STR("");
	return metadata_index_find(&found, index, number) ? found.packed
							  : STR("");
}

bool metadata_index_is_whole(struct metadata_index *index, uint32_t number)
{
	size_t chunk = chunk_with(index, number);
	str rest = chunk_bytes(index, chunk);
	uint32_t count = 0;
	struct metadata_entry entry;

	while (take_entry(&entry, &rest))
		count++;
	return rest.len == 0 &&
	       count == index->starts[chunk + 1] - index->starts[chunk];
}

static bool update_chunk(struct metadata_index *index, size_t chunk,
			 const struct metadata_change *changes, size_t count,
			 struct diag_list *diags)
{
	str rest = chunk_bytes(index, chunk);
	uint32_t number = index->starts[chunk];
	struct arena scratch;
	struct metadata_entry entry;
	struct buf bytes;
	size_t at = 0;
	bool ok;

	arena_init(&scratch);
	buf_init(&bytes, &scratch);
	for (; take_entry(&entry, &rest); number++) {
		if (at < count && changes[at].number == number) {
			entry.metadata.key = changes[at].key;
			entry.metadata.told = changes[at].told;
			if (changes[at].packed.len > 0)
				entry.metadata.packed = changes[at].packed;
			at++;
		}
		add_entry(&bytes, entry.path, entry.metadata);
	}
	if (at < count || rest.len > 0)
		ok = store_damaged(diags);
	else
		ok = store_put(index->store, STORE_METADATA,
			       index->names[chunk], buf_str(&bytes), diags);
	arena_release(&scratch);
	return ok;
}

static bool update_all(struct metadata_index *index,
		       const struct metadata_change *changes, size_t count,
		       struct diag_list *diags)
{
	size_t at = 0;

	while (at < count) {
		size_t chunk = chunk_with(index, changes[at].number);
		size_t first = at;

		while (at < count &&
		       chunk_with(index, changes[at].number) == chunk)
			at++;
		if (!update_chunk(index, chunk, changes + first, at - first,
				  diags))
			return false;
	}
	return true;
}

/* --- when some came and some went ----------------------------------------- */

/* The chunks of before, and what becomes of them. */
struct recutting {
	struct metadata_index *index;
	const struct metadata_change *changes;
	size_t change_count;
	bool *is_touched; /* one a chunk */
	struct buf names; /* of all chunks, as write_list has them */
	struct arena *arena;
	struct diag_list *diags;
};

static void touch(struct recutting *recutting, uint32_t before)
{
	const struct metadata_index *index = recutting->index;

	if (before < index->starts[index->count])
		recutting->is_touched[chunk_with(index, before)] = true;
}

/* The first of before that stayed, from there on in one direction. */
static uint32_t next_that_stayed(const struct renumbering *moves, uint32_t now,
				 uint32_t step, uint32_t end)
{
	uint32_t before = RENUMBERING_NONE;

	for (now += step; before == RENUMBERING_NONE && now != end; now += step)
		before = renumbering_before(moves, now);
	return before;
}

/* Where a file begins depends on the one before it. */
static void touch_all(struct recutting *recutting, uint32_t total)
{
	const struct renumbering *moves = recutting->index->moves;

	for (size_t i = 0; i < recutting->change_count; i++)
		touch(recutting,
		      renumbering_before(moves, recutting->changes[i].number));
	for (size_t i = 0; i < moves->came_count; i++) {
		touch(recutting, next_that_stayed(moves, moves->came[i],
						  UINT32_MAX, UINT32_MAX));
		touch(recutting,
		      next_that_stayed(moves, moves->came[i], 1, total));
	}
	for (size_t i = 0; i < moves->went_count; i++) {
		touch(recutting, moves->went[i]);
		touch(recutting, moves->went[i] + 1);
		if (moves->went[i] > 0)
			touch(recutting, moves->went[i] - 1);
	}
}

/* Entries of chunks behind each other, as they are now. */
struct gathering {
	struct list *out;
	struct recutting *recutting;
	const struct metadata_change *change; /* the next */
	const struct metadata_change *end;
	uint32_t now; /* number of the next */
	size_t came;  /* place of the next of those that came */
};

static void gather(struct gathering *gathering, struct metadata_entry entry)
{
	*(struct metadata_entry *)list_add(gathering->out,
					   gathering->recutting->arena) = entry;
	gathering->now++;
}

static str came_path(struct gathering *gathering, uint32_t number)
{
	const struct metadata_index *index = gathering->recutting->index;

	while (index->moves->came[gathering->came] != number)
		gathering->came++;
	return index->came[gathering->came];
}

static void gather_came(struct gathering *gathering)
{
	const struct renumbering *moves = gathering->recutting->index->moves;

	while (gathering->change < gathering->end &&
	       gathering->change->number == gathering->now &&
	       renumbering_before(moves, gathering->now) == RENUMBERING_NONE) {
		const struct metadata_change *change = gathering->change++;

		gather(gathering,
		       (struct metadata_entry){
			       { change->key, change->packed, change->told },
			       came_path(gathering, change->number) });
	}
}

static bool gather_stayed(struct gathering *gathering,
			  struct metadata_entry entry, uint32_t number)
{
	const struct metadata_change *change;

	if (number == RENUMBERING_NONE)
		return true;
	gather_came(gathering);
	if (number != gathering->now)
		return false;
	change = gathering->change;
	if (change < gathering->end && change->number == number) {
		entry.metadata.key = change->key;
		entry.metadata.told = change->told;
		if (change->packed.len > 0)
			entry.metadata.packed = change->packed;
		gathering->change++;
	}
	gather(gathering, entry);
	return true;
}

static bool gather_chunk(struct gathering *gathering, size_t chunk)
{
	struct metadata_index *index = gathering->recutting->index;
	uint32_t number = index->starts[chunk];
	str rest = chunk_bytes(index, chunk);
	struct metadata_entry entry;

	for (; take_entry(&entry, &rest); number++)
		if (!gather_stayed(gathering, entry,
				   renumbering_now(index->moves, number)))
			return false;
	return rest.len == 0 && number == index->starts[chunk + 1];
}

static bool gather_entries(struct list *out, struct recutting *recutting,
			   size_t first, size_t behind, uint32_t now)
{
	struct gathering gathering = {
		.out = out,
		.recutting = recutting,
		.change = recutting->changes,
		.end = recutting->changes + recutting->change_count,
		.now = now,
	};
	bool ok = true;

	list_init(out, sizeof(struct metadata_entry));
	while (gathering.change < gathering.end &&
	       gathering.change->number < now)
		gathering.change++;
	for (size_t k = first; ok && k < behind; k++)
		ok = gather_chunk(&gathering, k);
	gather_came(&gathering);
	return ok;
}

/* The folder of the files of a chunk; empty when there is none. */
static bool folder_of_chunk(str *out, struct metadata_index *index,
			    size_t chunk)
{
	str rest = chunk_bytes(index, chunk);
	struct metadata_entry entry;

	if (!take_entry(&entry, &rest))
		return false;
	*out = folder_of(entry.path);
	return true;
}

static bool put_cut(struct recutting *recutting, str name, struct buf *bytes,
		    uint32_t entries)
{
	pack_text(&recutting->names, name);
	pack_bytes(&recutting->names, &entries, sizeof(entries));
	return store_put(recutting->index->store, STORE_METADATA, name,
			 buf_str(bytes), recutting->diags);
}

/* As chunk_of cuts them. */
static bool cut_entries(struct recutting *recutting, const struct list *list,
			str before)
{
	const struct metadata_entry *entries = list->items;
	size_t at = 0;

	while (at < list->count) {
		str path = entries[at].path;
		str folder = folder_of(path);
		str name = str_equal(before, folder)
				   ? path
				   : name_of_first(before, folder,
						   recutting->arena);
		uint32_t count = 0;
		struct buf bytes;

		buf_init(&bytes, recutting->arena);
		do {
			add_entry(&bytes, entries[at].path,
				  entries[at].metadata);
			count++;
			at++;
		} while (at < list->count &&
			 str_equal(folder_of(entries[at].path), folder) &&
			 !begins_chunk(entries[at].path));
		if (!put_cut(recutting, name, &bytes, count))
			return false;
		before = folder;
	}
	return true;
}

/* The number now of the first behind a chunk that is as it was. */
static uint32_t place_behind(const struct metadata_index *index, size_t chunk)
{
	return renumbering_now(index->moves, index->starts[chunk + 1] - 1) + 1;
}

static bool recut_run(struct recutting *recutting, size_t first, size_t behind)
{
	struct metadata_index *index = recutting->index;
	uint32_t now = first == 0 ? 0 : place_behind(index, first - 1);
	str before = STR("");
	struct list entries;

	if ((first > 0 && !folder_of_chunk(&before, index, first - 1)) ||
	    !gather_entries(&entries, recutting, first, behind, now))
		return store_damaged(recutting->diags);
	return cut_entries(recutting, &entries, before);
}

/* Before any is written, as a new one may have the name of an old one. */
static bool remove_touched(const struct recutting *recutting)
{
	const struct metadata_index *index = recutting->index;
	bool ok = true;

	for (size_t i = 0; ok && i < index->count; i++)
		if (recutting->is_touched[i])
			ok = store_remove(index->store, STORE_METADATA,
					  index->names[i], recutting->diags);
	return ok;
}

static bool recut_all(struct recutting *recutting)
{
	struct metadata_index *index = recutting->index;
	size_t i = 0;

	while (i < index->count) {
		size_t first = i;
		uint32_t entries = index->starts[i + 1] - index->starts[i];

		while (i < index->count && recutting->is_touched[i])
			i++;
		if (i > first) {
			if (!recut_run(recutting, first, i))
				return false;
			continue;
		}
		pack_text(&recutting->names, index->names[i]);
		pack_bytes(&recutting->names, &entries, sizeof(entries));
		i++;
	}
	return store_put(index->store, STORE_METADATA_LIST, STR("chunks"),
			 buf_str(&recutting->names), recutting->diags);
}

static bool recut(struct metadata_index *index,
		  const struct metadata_change *changes, size_t count,
		  struct diag_list *diags)
{
	const struct renumbering *moves = index->moves;
	uint32_t total = index->starts[index->count] +
			 (uint32_t)moves->came_count -
			 (uint32_t)moves->went_count;
	struct arena arena;
	struct recutting recutting = { .index = index,
				       .changes = changes,
				       .change_count = count,
				       .arena = &arena,
				       .diags = diags };
	bool ok;

	arena_init(&arena);
	recutting.is_touched = arena_array(&arena, index->count, 1);
	buf_init(&recutting.names, &arena);
	touch_all(&recutting, total);
	ok = remove_touched(&recutting) && recut_all(&recutting);
	arena_release(&arena);
	return ok;
}

bool metadata_index_update(struct metadata_index *index,
			   const struct metadata_change *changes, size_t count,
			   struct diag_list *diags)
{
	return index->moves == NULL || renumbering_is_none(index->moves)
		       ? update_all(index, changes, count, diags)
		       : recut(index, changes, count, diags);
}
