/*
 * What searches for earlier versions found, so that the next build looks back
 * to the last one and no further, and reads no version that is not correct.
 *
 * Always true: an answer is about the newest correct version of a file at a
 * commit or before it, and is a function of that commit, of the path and of
 * `context`: everything else that the verdict depends on. It is used only where
 * a search without it would end in the same way, its bounds included; a commit
 * that a walk does not meet (another branch) is of no use and does no harm.
 */
#ifndef JIYUE_SNAPSHOT_VERSION_MEMORY_H
#define JIYUE_SNAPSHOT_VERSION_MEMORY_H

#include "base/digest.h"
#include "base/map.h"
#include "snapshot/versions.h"

/* How far a search went. */
struct version_cost {
	uint64_t steps; /* commits */
	uint64_t tries; /* versions that were read */
	uint64_t bytes; /* of them */
};

struct version_answer {
	struct version_cost cost;
	bool is_found;
	enum version_end end;  /* why it is not */
	str commit;	       /* 40 hex digits; if it is found */
	struct moment changed; /* of version_sought; if it is found */
};

struct version_memory {
	struct arena *arena;
	str before;	  /* the commit of `known`; empty: nothing is known */
	struct map known; /* struct version_answer * */
	str now;	  /* the commit of `fresh` */
	struct map fresh; /* what is to be kept of this build */
};

void version_memory_init(struct version_memory *memory, struct arena *arena);

/* NULL: nothing is known of it. */
const struct version_answer *
version_memory_find(const struct version_memory *memory, str path,
		    struct digest context);

/* All of it is copied: a search may be over, and its arena gone, before this.
 */
void version_memory_add(struct version_memory *memory, str path,
			struct digest context,
			const struct version_answer *answer);

/* As bytes, for a record; empty: nothing is to be kept. */
void version_memory_pack(struct buf *out, const struct version_memory *memory);

/* What was packed becomes `known`, in slices of `bytes`. */
void version_memory_unpack(struct version_memory *memory, str bytes);

#endif
