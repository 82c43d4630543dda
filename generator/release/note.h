/*
 * What a release changed, for editors: pages with their titles, by site. It is
 * kept without words, so that everybody reads it in their own language.
 */
#ifndef JIYUE_RELEASE_NOTE_H
#define JIYUE_RELEASE_NOTE_H

#include "release/compare.h"

enum {
	NOTE_TITLES = 500, /* pages whose title is looked up */
	NOTE_PAGES = 200,  /* pages of a site that are named */
};

/* Before the release is served: its tree is ready, the old one is live. */
MUST_USE bool note_write(const struct releases *releases, uint64_t number,
			 const struct list *changes, struct diag_list *diags);

/* In the language of messages, as Markdown. */
MUST_USE bool note_print(struct buf *out, const struct releases *releases,
			 uint64_t number, struct diag_list *diags);

#endif
