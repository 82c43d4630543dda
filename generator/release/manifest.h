/*
 * The manifest of a release: every file with its size, SHA-256 and SM3, and
 * what the release was made from. It is signed, so it is text that other
 * programs can check:
 *
 *	jiyue release 1
 *	number 12
 *	before 11
 *	commit 0123…
 *	as-of 2026-11-28 18:00:00 +00:00
 *	program jiyue 0.1.0
 *	published 2026-11-28 18:00:05 +00:00
 *	files 4711
 *	bytes 123456789
 *	root <SHA-256>
 *	root-sm3 <SM3>
 *	part <SHA-256> <SM3> <size> <files> <bytes> <path of its first file>
 *	…
 *
 * A part is a text of its own, kept under its SHA-256, with a line
 *
 *	<SHA-256> <SM3> <size> <path>
 *
 * for each of some hundred files that are neighbours. Roots are digests of the
 * lines of the parts: a Merkle tree of three storeys. So one changed file
 * changes one part, and releases share all others.
 *
 * Always true: files are sorted by path and no two share one; where a part ends
 * is a function of the paths in it alone, so the root is a function of the
 * files, whatever was published before.
 */
#ifndef JIYUE_RELEASE_MANIFEST_H
#define JIYUE_RELEASE_MANIFEST_H

#include "base/file_digest.h"
#include "base/list.h"

enum {
	MANIFEST_PART_FILES = 2048,	    /* at most, in one part */
	MANIFEST_LIMIT = 256 * 1024 * 1024, /* bytes of a manifest */
	MANIFEST_PART_LIMIT = 16 * 1024 * 1024,
};

struct manifest_file {
	str path;
	struct file_digest digest;
};

struct manifest_part {
	struct file_digest digest; /* of its text */
	uint64_t files;
	uint64_t bytes; /* of these files */
	str first;
};

struct manifest {
	uint64_t number;
	uint64_t before; /* the release that it came after; 0: none */
	str commit;
	str as_of;
	str program;
	str published;
	uint64_t files;
	uint64_t bytes;
	struct sha256 root;
	struct sha256 root_sm3;
	struct list parts; /* struct manifest_part, by path */
};

/* When it was published, for people: in the time zone of most of them. */
str manifest_published(const struct manifest *manifest, struct arena *arena);

/* Does a part end behind its file number `count`, which has this path? */
bool manifest_part_ends(str path, size_t count);

void manifest_part_print(struct buf *out, const struct list *files);

/* struct manifest_file; paths are slices of `text`. False: it is none. */
MUST_USE bool manifest_part_parse(struct list *out, str text,
				  struct arena *arena);

/* Counts and roots, from the parts. */
void manifest_seal(struct manifest *manifest, struct file_digest_maker *maker,
		   struct arena *arena);

void manifest_print(struct buf *out, const struct manifest *manifest);

/* Texts are slices of `text`. False: it is none, or its roots are wrong. */
MUST_USE bool manifest_parse(struct manifest *out, str text,
			     struct file_digest_maker *maker,
			     struct arena *arena);

/* The part that would have the path: NULL when all begin behind it. */
const struct manifest_part *manifest_part_of(const struct manifest *manifest,
					     str path);

#endif
