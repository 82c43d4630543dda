/*
 * A folder's part is a row of entries in the order of their paths:
 *
 *	u32 length of what follows | digest key | u32 length, path | resource
 *
 * Files come in the same order, so finding one is a step forward.
 */
#include "library/metadata_cache.h"

#include "base/list.h"
#include "base/pack.h"

struct noted {
	const struct resource *resource;
	struct digest key;
};

struct cached_folder {
	str name;
	str rest;	   /* entries not yet passed */
	struct list noted; /* struct noted */
	bool is_changed;   /* a file has no entry, or an entry no file */
};

struct entry {
	struct digest key;
	str path;
	str resource;
};

void metadata_cache_init(struct metadata_cache *cache,
			 const struct store *store, struct arena *arena)
{
	cache->store = store;
	cache->arena = arena;
	map_init(&cache->folders, arena);
}

/* The first entry, without passing it. */
static bool peek(const struct cached_folder *folder, struct entry *out,
		 str *behind)
{
	str rest = folder->rest;

	if (!unpack_text(&out->resource, &rest))
		return false;
	*behind = rest;
	return unpack_bytes(&out->key, sizeof(out->key), &out->resource) &&
	       unpack_text(&out->path, &out->resource);
}

static struct cached_folder *folder_of(struct metadata_cache *cache, str path)
{
	str name = str_between(path, 0, str_find_last_byte(path, '/') + 1);
	struct cached_folder *folder = map_get(&cache->folders, name);

	if (folder != NULL)
		return folder;
	folder = arena_alloc(cache->arena, sizeof(*folder));
	folder->name = name;
	folder->rest = store_get(cache->store, 'm', name);
	list_init(&folder->noted, sizeof(struct noted));
	map_add(&cache->folders, name, folder);
	return folder;
}

bool metadata_cache_find(struct resource *out, struct metadata_cache *cache,
			 str path, struct digest key, uint32_t file)
{
	struct cached_folder *folder = folder_of(cache, path);
	struct entry entry;
	str behind;

	while (peek(folder, &entry, &behind)) {
		int order = str_compare(entry.path, path);

		if (order > 0)
			break;
		folder->rest = behind;
		if (order == 0 && digest_equal(entry.key, key) &&
		    resource_unpack(out, entry.resource, path, file,
				    cache->arena))
			return true;
		folder->is_changed = true;
	}
	folder->is_changed = true;
	return false;
}

void metadata_cache_note(struct metadata_cache *cache,
			 const struct resource *resource, struct digest key,
			 bool keep)
{
	struct cached_folder *folder = folder_of(cache, resource->path);
	struct noted *noted;

	if (!keep)
		return;
	noted = list_add(&folder->noted, cache->arena);
	*noted = (struct noted){ resource, key };
}

static void add_entry(struct buf *out, const struct noted *noted)
{
	uint32_t length = 0; /* as pack_text has it; known behind the entry */
	size_t start = out->len;

	pack_bytes(out, &length, sizeof(length));
	pack_bytes(out, &noted->key, sizeof(noted->key));
	pack_text(out, noted->resource->path);
	resource_pack(out, noted->resource);
	length = (uint32_t)(out->len - start - sizeof(length));
	memcpy(out->data + start, &length, sizeof(length));
}

static bool write_folder(const struct cached_folder *folder,
			 struct store *store, struct arena *scratch,
			 struct diag_list *diags)
{
	const struct noted *items = folder->noted.items;
	struct buf bytes;

	if (folder->noted.count == 0)
		return store_remove(store, 'm', folder->name, diags);
	buf_init(&bytes, scratch);
	for (size_t i = 0; i < folder->noted.count; i++)
		add_entry(&bytes, &items[i]);
	return store_put(store, 'm', folder->name, buf_str(&bytes), diags);
}

bool metadata_cache_write(struct metadata_cache *cache, struct store *store,
			  struct diag_list *diags)
{
	struct arena scratch;
	bool ok = true;

	arena_init(&scratch);
	for (size_t i = 0; ok && i < cache->folders.count; i++) {
		struct cached_folder *folder = cache->folders.entries[i].value;

		if (!folder->is_changed && folder->rest.len == 0)
			continue;
		ok = write_folder(folder, store, &scratch, diags);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return ok;
}
