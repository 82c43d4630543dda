/* A site.yaml with one setting more, written where people would write it. */
#ifndef JIYUE_EDITOR_SETTINGS_EDIT_H
#define JIYUE_EDITOR_SETTINGS_EDIT_H

#include "base/arena.h"
#include "base/source.h"

/*
 * `archived_on:` behind the id of the column at `column_id`, or with `state:
 * archived` at the end of the file when that is NULL. `bytes` are the source as
 * it is written. False when such a setting is there, or what comes out would
 * not be read as it is meant.
 */
MUST_USE bool settings_edit_archive(str *out, const struct source *source,
				    str bytes, const struct span *column_id,
				    str date, struct arena *arena);

#endif
