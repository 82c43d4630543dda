/*
 * The list of a snapshot with files that came and without those that went.
 */
#ifndef JIYUE_SNAPSHOT_LIST_EDIT_H
#define JIYUE_SNAPSHOT_LIST_EDIT_H

#include "base/renumbering.h"
#include "snapshot/changes.h"

/*
 * Gives `snapshot` the list that `before` and the changes make, and says how
 * the files' numbers moved. False when opening the revision might say something
 * of the new list that was not said of the old one: of a name with anything but
 * small letters, digits and Chinese characters, of a new unit, of one that is
 * empty now. Then nothing is changed. Whether other folders came or went is
 * noted in the changes, since settings may name them. The lists are in `arena`.
 */
MUST_USE bool snapshot_edit_list(struct snapshot *snapshot,
				 struct renumbering *moves,
				 const struct snapshot *before,
				 struct snapshot_changes *changes,
				 struct arena *arena);

#endif
