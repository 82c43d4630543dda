/*
 * Metadata of the last build by path and blob id, so that a resource whose
 * bytes (and those of every _defaults.yaml above it) are the same is never
 * parsed again.
 *
 * Kept a folder at a time: one changed resource rewrites its folder's part.
 * Resources with warnings are not kept, so that the warnings come again.
 */
#ifndef JIYUE_LIBRARY_METADATA_CACHE_H
#define JIYUE_LIBRARY_METADATA_CACHE_H

#include "base/digest.h"
#include "base/map.h"
#include "cache/store.h"
#include "library/resource.h"
#include "snapshot/snapshot.h"

struct metadata_cache {
	const struct store *store;
	struct map folders; /* struct cached_folder *, by path with slash */
	struct arena *arena;
};

void metadata_cache_init(struct metadata_cache *cache,
			 const struct store *store, struct arena *arena);

/*
 * The resource at `path` if its key is the same; files are asked for in the
 * order of their paths, each once.
 */
MUST_USE bool metadata_cache_find(struct resource *out,
				  struct metadata_cache *cache, str path,
				  struct digest key, uint32_t file);

/* Notes a resource that is to be kept; its key and what it is. */
void metadata_cache_note(struct metadata_cache *cache,
			 const struct resource *resource, struct digest key,
			 bool keep);

/* Writes the folders that changed; between store_begin and store_commit. */
MUST_USE bool metadata_cache_write(struct metadata_cache *cache,
				   struct store *store,
				   struct diag_list *diags);

#endif
