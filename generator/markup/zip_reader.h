/*
 * Parts of a ZIP archive, by their names: what office files are made of. The
 * archive is a stranger's: only parts that somebody names are looked up, and
 * none is unpacked beyond its limit, whatever size it says it has.
 *
 * Limits: 10,000 entries.
 */
#ifndef JIYUE_MARKUP_ZIP_READER_H
#define JIYUE_MARKUP_ZIP_READER_H

#include "base/arena.h"
#include "base/str.h"

struct zip_reader;

/* NULL: it is no such archive. `bytes` outlive the reader. */
struct zip_reader *zip_reader_open(str bytes, struct arena *arena);
struct zip_reader *zip_reader_open_file(const char *path, struct arena *arena);
void zip_reader_close(struct zip_reader *reader);

/* False: it is not there, broken, or larger than `limit`. */
MUST_USE bool zip_reader_read(str *out, struct zip_reader *reader,
			      const char *name, size_t limit,
			      struct arena *arena);

#endif
