/*
 * The files of the release that is live, one after the other in the order of
 * their paths, for the forms in which they are given out.
 *
 * Always true: bytes that are not those of the manifest end the walk with a
 * failure; no more of a file is given out than the manifest says.
 */
#ifndef JIYUE_RELEASE_EXPORT_FILES_H
#define JIYUE_RELEASE_EXPORT_FILES_H

#include <stdio.h>

#include "release/releases.h"
#include "system/folder.h"

struct export_files {
	FILE *out;
	const struct releases *releases;
	struct manifest manifest;
	int64_t time; /* the day that it was built for, in seconds; or 0 */
	struct folder tree;
	struct diag_list *diags;
};

/* `out` and what is behind it stay the caller's. False with a failure. */
MUST_USE bool export_files_open(struct export_files *files, FILE *out,
				const struct releases *releases,
				struct diag_list *diags);
void export_files_close(struct export_files *files);

typedef bool export_file_function(void *context,
				  const struct manifest_file *file);

/* Calls it for each, until it returns false. */
MUST_USE bool export_files_each(const struct export_files *files,
				export_file_function *function, void *context);

/* A file for reading, or -1 with a failure. */
int export_files_read(struct export_files *files,
		      const struct manifest_file *file);

/* Writes all bytes of `from`, which is closed. False with a failure. */
MUST_USE bool export_files_copy(struct export_files *files, int from,
				const struct manifest_file *file);

/* Records that `out` cannot be written to; false. */
bool export_files_fail(const struct export_files *files, str path);

/* "text/html; charset=utf-8", by the name. */
void export_file_type(struct buf *out, str path);

#endif
