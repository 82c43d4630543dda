/* Files of a release, by name below open folders; links are not followed. */
#ifndef JIYUE_RELEASE_FILE_COPY_H
#define JIYUE_RELEASE_FILE_COPY_H

#include "base/file_digest.h"

/*
 * What a file is, read in pieces. False: there is none, or something else
 * stands there; errno says why.
 */
MUST_USE bool file_copy_digest(struct file_digest *out,
			       struct file_digest_maker *maker, int folder,
			       const char *name);

/*
 * Copies it to a new file, its time of change too, and says what was copied.
 * False: see errno.
 */
MUST_USE bool file_copy(struct file_digest *out,
			struct file_digest_maker *maker, int from,
			const char *from_name, int to, const char *to_name);

/* The name under which a file is kept outside a tree: of path and bytes. */
struct file_copy_name {
	char text[112];
};
struct file_copy_name file_copy_name(str path, const struct sha256 *sha256);

#endif
