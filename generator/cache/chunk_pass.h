/*
 * Values of many subjects, kept in chunks of some dozens: all are gone through
 * once, by several threads, and only what changed is written again.
 *
 * Where a chunk ends is decided by the digests of the subjects' names, so one
 * that comes or goes changes the chunk it is in and perhaps the one behind.
 * A chunk is read and judged as a whole by whoever goes through it; what its
 * bytes mean, this folder does not know. Values must say themselves what they
 * were made from: a pass that ends early leaves some of the old ones.
 *
 * Bounded: what a few chunks became is in memory until it is written.
 */
#ifndef JIYUE_CACHE_CHUNK_PASS_H
#define JIYUE_CACHE_CHUNK_PASS_H

#include "cache/store.h"

enum { CHUNK_VALUES = 2 };

struct chunk {
	size_t first; /* of its subjects */
	size_t count;
	const str *names;	  /* of these */
	str before[CHUNK_VALUES]; /* as store_map has it: see chunk_value */
	str after[CHUNK_VALUES];  /* what it is to be; begins as `before` */
};

/* What is to stay is in `result`; `scratch` lasts as long as the call. */
typedef void chunk_job(void *context, size_t thread, struct chunk *chunk,
		       struct arena *result, struct arena *scratch);

struct chunk_pass {
	struct store *store; /* NULL: nothing is known, and nothing kept */
	str list;	     /* which subjects: no two passes have the same */
	char kinds[CHUNK_VALUES]; /* enum store_kind; 0: no such value */
	const str *names;	  /* of all subjects, each once */
	size_t count;
	size_t threads;
	chunk_job *job;
	void *context;
};

/* What a chunk had; empty when it had nothing, or it is damaged. */
str chunk_value(const struct chunk *chunk, size_t value);

/*
 * Calls the job once for every chunk. With a store, between store_begin and
 * store_commit. False with a failure when it cannot be written.
 */
MUST_USE bool chunk_pass_run(const struct chunk_pass *pass,
			     struct diag_list *diags);

#endif
