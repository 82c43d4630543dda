/*
 * From the bytes of a file to the text that the parsers see.
 *
 * Editors' files come from many programs: those in another encoding are
 * refused with a guess at which one it is, so that the message can help.
 */
#ifndef JIYUE_SNAPSHOT_TEXT_H
#define JIYUE_SNAPSHOT_TEXT_H

#include "base/diag.h"
#include "base/source.h"

/*
 * Sets the text of `out`, whose number and path are set: `data` behind a byte
 * order mark, with LF for every line end. False with an error when it is no
 * UTF-8 text (`out` is then empty), or has a character that no text may have
 * (base/unsafe_text.h) or the lines of a merge (base/merge_marker.h); then
 * `out` has the text, for messages.
 */
MUST_USE bool text_decode(struct source *out, str data, struct arena *arena,
			  struct diag_list *diags);

#endif
