/*
 * What a build says of the pages that a preview shows: which of them readers
 * do not see yet, and what is wrong with each.
 *
 * Keys are "www.a.cn/gk/x.html" for a page, "www.a.cn" for what concerns every
 * page of a site, and "" for what concerns all sites.
 *
 * Always true: it is part of what is shown, and never of what is published.
 */
#ifndef JIYUE_PREVIEW_NOTES_H
#define JIYUE_PREVIEW_NOTES_H

#include "base/map.h"

struct preview_note {
	str html; /* messages: panel_add_messages */
	size_t errors;
	size_t warnings;
};

struct preview_notes {
	struct map marks; /* const char *, translated: "draft" */
	struct map notes; /* struct preview_note * */
	struct preview_note all;
};

static inline void preview_notes_init(struct preview_notes *notes,
				      struct arena *arena)
{
	*notes = (struct preview_notes){ 0 };
	map_init(&notes->marks, arena);
	map_init(&notes->notes, arena);
}

#endif
