#include "library/extract_chunk.h"

#include "base/pack.h"

struct kept_extract {
	struct digest key;
	struct extract extract;
};

static size_t extract_size(const struct extract *extract)
{
	return extract->body.len + extract->fields.len + extract->files.len +
	       extract->pictures.len;
}

static bool take(str *path, struct kept_extract *out, str *rest)
{
	return unpack_text(path, rest) &&
	       unpack_bytes(&out->key, sizeof(out->key), rest) &&
	       extract_unpack(&out->extract, rest);
}

static void keep(struct extract_chunk *chunk, str path,
		 const struct kept_extract *extract)
{
	struct kept_extract *copy = arena_alloc(chunk->arena, sizeof(*copy));

	*copy = *extract;
	map_set(&chunk->known, path, copy);
}

void extract_chunk_open(struct extract_chunk *out, str bytes,
			struct arena *arena)
{
	struct kept_extract extract;
	str path;

	*out = (struct extract_chunk){ .arena = arena };
	map_init(&out->known, arena);
	while (take(&path, &extract, &bytes))
		keep(out, path, &extract);
}

static const struct kept_extract *find(const struct extract_chunk *chunk,
				       str path, struct digest key)
{
	const struct kept_extract *known = map_get(&chunk->known, path);

	return known != NULL && digest_equal(known->key, key) ? known : NULL;
}

/* Beyond the limit nothing of the chunk would be written. */
static void keep_made(struct extract_chunk *chunk, str path,
		      const struct kept_extract *made)
{
	const struct extract *extract = &made->extract;
	struct kept_extract kept = { .key = made->key };

	chunk->size += extract_size(extract);
	if (chunk->size > EXTRACT_CHUNK_LIMIT)
		return;
	kept.extract.body = arena_copy(chunk->arena, extract->body);
	kept.extract.fields = arena_copy(chunk->arena, extract->fields);
	kept.extract.files = arena_copy(chunk->arena, extract->files);
	kept.extract.pictures = arena_copy(chunk->arena, extract->pictures);
	keep(chunk, path, &kept);
}

bool extract_chunk_read(struct extract *out, struct extract_chunk *chunk,
			const struct catalog *catalog,
			struct snapshot_reader *reader, uint32_t number,
			struct digest key, struct arena *scratch)
{
	str path =
		snapshot_path(catalog->snapshot, catalog_file(catalog, number));
	const struct kept_extract *known = find(chunk, path, key);
	struct kept_extract made = { .key = key };
	bool ok;

	if (known != NULL) {
		*out = known->extract;
		return true;
	}
	chunk->made++;
	ok = extract_read(&made.extract, catalog, reader, number, scratch);
	if (ok)
		keep_made(chunk, path, &made);
	*out = made.extract;
	return ok;
}

void extract_chunk_pack(struct buf *out, const struct extract_chunk *chunk,
			str path, struct digest key)
{
	const struct kept_extract *known = find(chunk, path, key);

	if (known == NULL ||
	    out->len + extract_size(&known->extract) > EXTRACT_CHUNK_LIMIT)
		return;
	pack_text(out, path);
	pack_bytes(out, &known->key, sizeof(known->key));
	extract_pack(out, &known->extract);
}
