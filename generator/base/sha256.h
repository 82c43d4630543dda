/*
 * SHA-256 of bytes that are published: what a manifest says of a file, and what
 * a file is compared with when somebody may have changed it. Fingerprints,
 * which only tell inputs apart, are base/digest.h.
 *
 * A maker belongs to one thread, reads no settings of the machine's, and is
 * released with sha256_close. Nothing here fails: all that it needs is memory,
 * and without it the program ends (base/arena.h).
 */
#ifndef JIYUE_BASE_SHA256_H
#define JIYUE_BASE_SHA256_H

#include <stdint.h>

#include "base/str.h"

enum { SHA256_SIZE = 32 };

struct sha256 {
	uint8_t bytes[SHA256_SIZE];
};

struct sha256_maker;

struct sha256_maker *sha256_open(void);
void sha256_close(struct sha256_maker *maker);

struct sha256 sha256_of(struct sha256_maker *maker, str data);

/* For secrets: takes the same time whatever differs. */
bool sha256_is_same_secret(const struct sha256 *a, const struct sha256 *b);

#endif
