/*
 * Metadata of the last build by path and blob id, so that a resource whose
 * bytes (and those of every _defaults.yaml above it) are the same is never
 * parsed again.
 *
 * Kept in chunks of some dozens of files of a folder: one changed resource
 * rewrites its chunk. What was said of a resource is kept elsewhere
 * (library/findings.h); its digest stands here, so that both are of one build.
 */
#ifndef JIYUE_LIBRARY_METADATA_CACHE_H
#define JIYUE_LIBRARY_METADATA_CACHE_H

#include "base/digest.h"
#include "base/list.h"
#include "base/renumbering.h"
#include "cache/store.h"

struct metadata_cache {
	const struct store *store;
	struct list chunks; /* struct metadata_chunk, in the order of paths */
	size_t at;	    /* the chunk that files are noted in */
	struct arena *arena;
};

/* What is known of a file: of which bytes, and the packed resource. */
struct metadata {
	struct digest key;
	str packed;    /* library/resource.h */
	uint64_t told; /* findings_digest of what was said of it */
};

void metadata_cache_init(struct metadata_cache *cache,
			 const struct store *store, struct arena *arena);

/*
 * What is known of the resource at `path` if its key is the same; files are
 * asked for in the order of their paths, each once.
 */
MUST_USE bool metadata_cache_find(struct metadata *out,
				  struct metadata_cache *cache, str path,
				  struct digest key);

/* What was found last cannot be used: it will be noted anew. */
void metadata_cache_refuse(struct metadata_cache *cache);

/*
 * Notes what is to be kept of a file that was asked for, again in the order of
 * paths. What is not noted is forgotten.
 */
void metadata_cache_note(struct metadata_cache *cache, str path,
			 struct metadata metadata);

/* Writes the chunks that changed; between store_begin and store_commit. */
MUST_USE bool metadata_cache_write(struct metadata_cache *cache,
				   struct store *store,
				   struct diag_list *diags);

/* Whether all of these many resources were noted. */
bool metadata_cache_is_complete(const struct metadata_cache *cache,
				size_t resources);

/*
 * The same metadata by resource number, when the record has all resources of a
 * catalogue. Little of it is read; one thread at a time.
 */
struct metadata_index {
	struct store *store;
	str *names;	  /* of the chunks */
	uint32_t *starts; /* number of a chunk's first resource; and the end */
	str *chunks;	  /* empty until they are asked for */
	size_t count;
	const struct metadata_change *changes; /* since it was written */
	size_t change_count;
	const struct renumbering *moves; /* since it was written; or NULL */
	const str *came;		 /* paths of those that came */
};

MUST_USE bool metadata_index_open(struct metadata_index *out,
				  struct store *store, struct arena *arena);

/* Empty when the record is damaged. */
str metadata_index_get(struct metadata_index *index, uint32_t number);

/* All that is known of it; false when the record is damaged. */
MUST_USE bool metadata_index_find(struct metadata *out,
				  struct metadata_index *index,
				  uint32_t number);

/* Can all of what stands around that resource be read, as the update must? */
bool metadata_index_is_whole(struct metadata_index *index, uint32_t number);

/* What a resource whose bytes changed has now. */
struct metadata_change {
	uint32_t number;
	struct digest key;
	uint64_t told;
	str packed; /* empty: its metadata is what it was */
};

/*
 * From now on metadata_index_get gives these, which are in the order of the
 * numbers and as long there as the index.
 */
void metadata_index_overlay(struct metadata_index *index,
			    const struct metadata_change *changes,
			    size_t count);

/*
 * In the order of the numbers; between store_begin and store_commit. With
 * `index->moves` the chunks are those that a whole build would write.
 */
MUST_USE bool metadata_index_update(struct metadata_index *index,
				    const struct metadata_change *changes,
				    size_t count, struct diag_list *diags);

#endif
