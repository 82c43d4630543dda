/*
 * What an office file says, as plain text: a line for each paragraph, and for
 * each row of a table of figures, its cells with a blank between. Text
 * documents (.docx, .odt), tables (.xlsx, .ods) and slides (.pptx, .odp).
 *
 * Limits: 8 MiB of each part, 1,000 parts, 1 MiB of text; what is beyond is
 * left out.
 */
#ifndef JIYUE_MARKUP_OFFICE_TEXT_H
#define JIYUE_MARKUP_OFFICE_TEXT_H

#include "base/arena.h"
#include "base/str.h"

enum { OFFICE_TEXT_LIMIT = 1024 * 1024 };

/* By the ending of its name. */
bool office_text_knows(str path);

/* False: the file is not what its name says, or is locked with a password. */
MUST_USE bool office_text_read(str *out, str path, str bytes,
			       struct arena *arena);

#endif
