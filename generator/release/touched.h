/*
 * Did anybody write into a tree since it was made? A file system notes when a
 * file, or the names in a folder, were last changed, and no program can set
 * that time (st_ctime). So a look at every name tells, and no file is read.
 *
 * What it cannot see: bytes that changed on the disk without a write, writes
 * while the clock of the machine stood earlier, and those of the moment in
 * which a release is being put into the tree. `verify` and `publish --repair`
 * read every file.
 */
#ifndef JIYUE_RELEASE_TOUCHED_H
#define JIYUE_RELEASE_TOUCHED_H

#include "release/releases.h"

/*
 * Begins the time from which on nobody may write into the tree: later than
 * everything that was written before the call.
 */
MUST_USE bool touched_begin(struct releases *releases, struct diag_list *diags);

/* Notes that the tree is its release, untouched from that time on. */
MUST_USE bool touched_note(const struct releases *releases, int tree,
			   struct diag_list *diags);

/* True too when it is not known. False with a failure: it cannot be read. */
MUST_USE bool touched_look(bool *out, const struct releases *releases, int tree,
			   struct diag_list *diags);

#endif
