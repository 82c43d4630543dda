/*
 * The steps by which a release comes to be served; release/go_live.c has their
 * order. Whatever ends the process between two of them, the live tree is a
 * whole release, and the next call goes on from there.
 */
#ifndef JIYUE_RELEASE_GO_LIVE_H
#define JIYUE_RELEASE_GO_LIVE_H

#include "release/compare.h"

/*
 * Brings the tree that is not served to this release, whatever it was. With
 * `every` each file is looked at, not only those that differ.
 */
MUST_USE bool go_live_prepare(struct releases *releases,
			      const struct manifest *target, bool every,
			      struct diag_list *diags);

/*
 * Puts the tree that is not served right, as its release has it. When that
 * cannot be restored any more, it is forgotten with a warning, and the tree
 * becomes the release that is live, `live`.
 */
MUST_USE bool go_live_repair(struct releases *releases,
			     const struct manifest *live,
			     struct diag_list *diags);

/* Which tree that is. */
int go_live_standby(const struct releases *releases);

/* Serves it. */
MUST_USE bool go_live_switch(struct releases *releases, uint64_t number,
			     struct diag_list *diags);

/* Forgets the oldest releases but for `keep` of them. */
MUST_USE bool go_live_forget(struct releases *releases, size_t keep,
			     struct diag_list *diags);

#endif
