/*
 * A file of people's own, replaced as a whole: whoever looks sees the old bytes
 * or the new ones. The new file has the mode of the old one.
 */
#ifndef JIYUE_SYSTEM_REPLACE_H
#define JIYUE_SYSTEM_REPLACE_H

#include "system/folder.h"

/*
 * Writes `after` in the place of a file below `folder` whose bytes are
 * `before`. False (errno says why) when the old file stays: ELOOP where the
 * path leads over a symbolic link or to one, EBUSY when somebody has written
 * the file since it was read.
 */
MUST_USE bool replace_file(struct folder *folder, str path, str before,
			   str after);

/* All bytes of an ordinary file below `folder`; links are not followed. */
MUST_USE bool replace_read(str *out, struct folder *folder, str path,
			   struct arena *arena);

#endif
