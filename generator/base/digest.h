/*
 * Fingerprints: 128-bit XXH3, for "did it change" and for hash tables. They
 * are no protection against forgery.
 */
#ifndef JIYUE_BASE_DIGEST_H
#define JIYUE_BASE_DIGEST_H

#include "base/buf.h"
#include "base/str.h"

struct digest {
	uint64_t high;
	uint64_t low;
};

struct digest digest_of(str data);

/*
 * Adds one more item to what `digest` covers. The order of items and the
 * borders between them count: ("ab","c") differs from ("a","bc").
 */
void digest_add(struct digest *digest, str data);
void digest_add_number(struct digest *digest, uint64_t number);
void digest_add_digest(struct digest *digest, struct digest other);

bool digest_equal(struct digest a, struct digest b);

/* 32 hexadecimal digits. */
void digest_print(struct buf *out, struct digest digest);

/* A 64-bit hash for tables in memory. */
uint64_t digest_hash(str data);

#endif
