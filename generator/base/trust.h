/*
 * Bytes that came from a file and are used in place, with a checksum for each
 * block of them. Only the blocks that are used are read and compared, once
 * each, so that it costs nothing to have many.
 *
 * Always true: trust that is lost does not come back. It is for one thread.
 */
#ifndef JIYUE_BASE_TRUST_H
#define JIYUE_BASE_TRUST_H

#include "base/list.h"
#include "base/str.h"

struct trust {
	struct list ranges; /* private */
	size_t last;	    /* private: of these, the one asked for before */
	struct arena *arena;
	bool holds_all; /* private: all was compared */
	bool is_lost;
};

/* The checksums of bytes, as they are kept beside them; in the arena. */
str trust_sums(str bytes, struct arena *arena);

void trust_init(struct trust *trust, struct arena *arena);

/* Bytes and sums are borrowed. False when they do not belong together. */
MUST_USE bool trust_add(struct trust *trust, str bytes, str sums);

/*
 * Whether these bytes are what they were; false loses the trust in all of
 * them. Bytes that were not added are nobody else's, and trusted.
 */
bool trust_holds(struct trust *trust, const void *at, size_t size);

/* The same of all bytes that were added. */
bool trust_holds_all(struct trust *trust);

#endif
