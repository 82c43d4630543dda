/*
 * Extracts that are kept, some dozens together (cache/chunk_pass.h): made once,
 * when somebody first asks for the text, and read from there afterwards, so
 * that a body is not rendered again for its words.
 *
 * Always true: what is kept is found by the path and the digest of all that it
 * was made from, so it is what extract_read gives. Losing it costs time.
 */
#ifndef JIYUE_LIBRARY_EXTRACT_CHUNK_H
#define JIYUE_LIBRARY_EXTRACT_CHUNK_H

#include "library/extract.h"

/* Bytes of a chunk; what is beyond is made again when it is asked for. */
enum { EXTRACT_CHUNK_LIMIT = 4 * 1024 * 1024 };

struct extract_chunk {
	struct map known;    /* struct kept_extract *, by path */
	size_t made;	     /* from bodies */
	size_t size;	     /* bytes of what was made and is kept */
	struct arena *arena; /* as long as the chunk is in work */
};

/* `bytes` as extract_chunk_pack made them; empty: there are none. */
void extract_chunk_open(struct extract_chunk *out, str bytes,
			struct arena *arena);

/*
 * As extract_read; `key` is extract_key of the resource. Texts live as long as
 * the chunk, or as `scratch`.
 */
MUST_USE bool extract_chunk_read(struct extract *out,
				 struct extract_chunk *chunk,
				 const struct catalog *catalog,
				 struct snapshot_reader *reader,
				 uint32_t number, struct digest key,
				 struct arena *scratch);

/* Adds what is kept of a resource to the bytes of the chunk as it is now. */
void extract_chunk_pack(struct buf *out, const struct extract_chunk *chunk,
			str path, struct digest key);

#endif
