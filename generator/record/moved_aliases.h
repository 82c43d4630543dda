/*
 * Old addresses (`aliases:`) of what moved: which a recalled plan has and had.
 * No page shows them; servers are told (render/redirects.h).
 */
#ifndef JIYUE_RECORD_MOVED_ALIASES_H
#define JIYUE_RECORD_MOVED_ALIASES_H

#include "record/plan_edit.h"

struct moved_alias {
	const struct site *site;
	str key;     /* folded; markup/url_path.h */
	str written; /* as in the front matter */
	str to;	     /* address of the page; empty: it is no old one any more */
};

/* What is no more comes first (struct moved_alias, in the edit's arena). */
void moved_aliases_find(struct list *out, const struct plan_edit *edit);

/*
 * Is each of them nobody else's, and does nothing lead there? Of a plan whose
 * sites know what is gone. False: it is planned anew.
 */
MUST_USE bool moved_aliases_are_free(const struct list *aliases,
				     const struct plan_edit *edit,
				     const struct page_plan *plan);

#endif
