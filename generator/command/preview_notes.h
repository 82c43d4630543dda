/* What a build says, sorted by the pages that it is said of. */
#ifndef JIYUE_COMMAND_PREVIEW_NOTES_H
#define JIYUE_COMMAND_PREVIEW_NOTES_H

#include "pipeline/build.h"
#include "preview/notes.h"

/*
 * `folder` is the library as an absolute path. The notes are in `arena`, and
 * nothing of the build is.
 */
void preview_notes_make(struct preview_notes *out, struct build *build,
			const char *folder, struct arena *arena);

#endif
