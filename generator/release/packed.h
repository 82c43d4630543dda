/*
 * Files in fewer bytes, for browsers that take them so: beside "a.html" stand
 * "a.html.br" and "a.html.gz", which servers send as they are.
 *
 * Always true: whether a file is packed is a function of its path and size,
 * and its packed bytes are one of its own bytes and of packed_program().
 */
#ifndef JIYUE_RELEASE_PACKED_H
#define JIYUE_RELEASE_PACKED_H

#include "base/file_digest.h"

/* By their suffixes: as files are sorted by path. */
enum packing { PACKED_BROTLI, PACKED_GZIP, PACKINGS };

enum {
	PACKED_LEAST = 1024, /* bytes: less go in one parcel anyway */
	PACKED_MOST = 16 * 1024 * 1024,
};

/* Texts of sites; what is in fewer bytes already is not packed. */
bool packed_is_wanted(str path, uint64_t size);

str packed_path(str path, enum packing packing, struct arena *arena);

/* Of "a.html.gz" it is "a.html", and which packing; empty: it is none. */
str packed_source(enum packing *out, str path);

/* The libraries with their versions: " libdeflate 1.14 brotli 1.0.9" */
void packed_program(struct buf *out);

struct packed_file {
	int folder;
	const char *name;
	struct file_digest digest; /* filled: what was read or written */
};

/*
 * Packs a file into a new one, which has its time of change. False: see errno.
 */
MUST_USE bool packed_make(struct packed_file *to, struct packed_file *from,
			  enum packing packing,
			  struct file_digest_maker *maker);

#endif
