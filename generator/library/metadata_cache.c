/*
 * A folder's files are cut into chunks where the digest of a file's name says
 * so: adding or removing a file changes the chunk it is in and no other.
 *
 *	a.md  b.md | c.md  d.md  e.md | f.md
 *	chunk "x/"   chunk "x/c.md"     chunk "x/f.md"
 *
 * A chunk is a row of entries in the order of their paths:
 *
 *	u32 length of what follows | digest key | u32 length, path | resource
 *
 * Files come in the same order, so finding one is a step forward. The list of
 * all chunks stands beside them, so that those that are gone can be removed.
 */
#include "library/metadata_cache.h"

#include "base/pack.h"
#include "library/resource.h"

enum { FILES_A_CHUNK = 64 }; /* about; a power of two */

struct noted {
	str path;
	struct metadata metadata;
};

struct metadata_chunk {
	str name;	   /* in the store */
	str first;	   /* path of its first file */
	str rest;	   /* entries not yet passed */
	size_t files;
	struct list noted; /* struct noted */
	bool is_changed;   /* a file has no entry, or an entry no file */
};

struct entry {
	struct digest key;
	str path;
	str packed;
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

/* The first entry, without passing it. */
static bool peek(const struct metadata_chunk *chunk, struct entry *out,
		 str *behind)
{
	str rest = chunk->rest;

	if (!unpack_text(&out->packed, &rest))
		return false;
	*behind = rest;
	return unpack_bytes(&out->key, sizeof(out->key), &out->packed) &&
	       unpack_text(&out->path, &out->packed);
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
	chunk->rest = store_get(cache->store, 'm', chunk->name);
	list_init(&chunk->noted, sizeof(struct noted));
	return chunk;
}

/* What a record says is looked at before it is believed. */
static bool is_packed(str packed, str path)
{
	struct resource resource;

	return resource_unpack(&resource, packed, path, 0);
}

bool metadata_cache_find(str *packed, struct metadata_cache *cache, str path,
			 struct digest key)
{
	struct metadata_chunk *chunk = chunk_of(cache, path);
	struct entry entry;
	str behind;

	chunk->files++;
	while (peek(chunk, &entry, &behind)) {
		int order = str_compare(entry.path, path);

		if (order > 0)
			break;
		chunk->rest = behind;
		if (order == 0 && digest_equal(entry.key, key) &&
		    is_packed(entry.packed, path)) {
			*packed = entry.packed;
			return true;
		}
		chunk->is_changed = true;
	}
	chunk->is_changed = true;
	return false;
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

static void add_entry(struct buf *out, const struct noted *noted)
{
	uint32_t length = 0; /* as pack_text has it; known behind the entry */
	size_t start = out->len;

	pack_bytes(out, &length, sizeof(length));
	pack_bytes(out, &noted->metadata.key, sizeof(noted->metadata.key));
	pack_text(out, noted->path);
	buf_add(out, noted->metadata.packed);
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
		add_entry(&bytes, &items[i]);
	return store_put(store, 'm', chunk->name, buf_str(&bytes), diags);
}

/* Both lists are in the order of paths. */
static bool remove_gone(const struct metadata_cache *cache, str before,
			struct store *store, struct diag_list *diags)
{
	size_t at = 0;
	str name;

	while (unpack_text(&name, &before)) {
		while (at < cache->chunks.count &&
		       str_compare(chunk_at(cache, at)->name, name) < 0)
			at++;
		if (at < cache->chunks.count &&
		    str_equal(chunk_at(cache, at)->name, name))
			continue;
		if (!store_remove(store, 'm', name, diags))
			return false;
	}
	return true;
}

static bool write_list(const struct metadata_cache *cache, struct store *store,
		       struct arena *scratch, struct diag_list *diags)
{
	str before = store_get(cache->store, 'c', STR("chunks"));
	struct buf names;

	buf_init(&names, scratch);
	for (size_t i = 0; i < cache->chunks.count; i++)
		pack_text(&names, chunk_at(cache, i)->name);
	if (str_equal(before, buf_str(&names)))
		return true;
	return remove_gone(cache, before, store, diags) &&
	       store_put(store, 'c', STR("chunks"), buf_str(&names), diags);
}

bool metadata_cache_write(struct metadata_cache *cache, struct store *store,
			  struct diag_list *diags)
{
	struct arena scratch;
	bool ok = true;

	arena_init(&scratch);
	for (size_t i = 0; ok && i < cache->chunks.count; i++) {
		const struct metadata_chunk *chunk = chunk_at(cache, i);

		if (!chunk->is_changed && chunk->rest.len == 0)
			continue;
		ok = write_chunk(chunk, store, &scratch, diags);
		arena_reset(&scratch);
	}
	ok = ok && write_list(cache, store, &scratch, diags);
	arena_release(&scratch);
	return ok;
}
