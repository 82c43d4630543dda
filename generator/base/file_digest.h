/*
 * What a manifest says of a file: its size, its SHA-256 and its SM3, the
 * national hash (GM/T 0004). Made in one pass over bytes that come in pieces.
 *
 * A maker belongs to one thread and reads no settings of the machine's; without
 * memory the program ends (base/arena.h).
 */
#ifndef JIYUE_BASE_FILE_DIGEST_H
#define JIYUE_BASE_FILE_DIGEST_H

#include "base/buf.h"
#include "base/sha256.h"

struct file_digest {
	uint64_t size;
	struct sha256 sha256;
	struct sha256 sm3; /* 32 bytes as well */
};

struct file_digest_maker;

struct file_digest_maker *file_digest_open(void);
void file_digest_close(struct file_digest_maker *maker);

/* begin, any number of add, end. */
void file_digest_begin(struct file_digest_maker *maker);
void file_digest_add(struct file_digest_maker *maker, str piece);
struct file_digest file_digest_end(struct file_digest_maker *maker);

/* The three for bytes that are all there. */
struct file_digest file_digest_of(struct file_digest_maker *maker, str data);

bool file_digest_equal(const struct file_digest *a,
		       const struct file_digest *b);

/* 64 hexadecimal digits; the parser takes them off the front of `*rest`. */
void file_digest_print(struct buf *out, const struct sha256 *digest);
MUST_USE bool file_digest_parse(struct sha256 *out, str *rest);

#endif
