/*
 * The extracts of a build (library/extract.h), each made once: several sites
 * find the same text, and the thread that makes its page has just read it. They
 * lie in a file without a name until the build ends.
 *
 * Always true: threads share them; what is not kept is made again, and is the
 * same.
 */
#ifndef JIYUE_LIBRARY_EXTRACTS_H
#define JIYUE_LIBRARY_EXTRACTS_H

#include "library/extract.h"

struct extracts {
	struct kept_bytes *kept; /* from build to build; or NULL */
	struct spool *spool;	 /* NULL: nothing is kept */
	const bool *wanted;	 /* by resource: somebody will ask for it */
};

/* The name that the extract of a text is kept by; `path`: of its file. */
uint64_t extracts_name(str path);

/* Below an open folder; `wanted` has one a resource. `kept` is set by then. */
void extracts_open(struct extracts *extracts, int folder, const bool *wanted,
		   size_t resources, struct arena *arena);
void extracts_close(struct extracts *extracts);

/* As extract_read. */
MUST_USE bool extracts_get(struct extract *out, const struct extracts *extracts,
			   const struct catalog *catalog,
			   struct snapshot_reader *reader, uint32_t number,
			   struct arena *arena);

/* Of a resource whose front matter was read, if it is wanted. */
void extracts_keep(const struct extracts *extracts,
		   const struct catalog *catalog, uint32_t number,
		   const struct front_matter *matter,
		   struct markdown_reading *body, struct arena *arena);

#endif
