/*
 * Pages of texts that the release before has and this one has not, and that no
 * redirect and no 410 answers for: links of others that break.
 */
#ifndef JIYUE_RELEASE_VANISHED_H
#define JIYUE_RELEASE_VANISHED_H

#include "release/compare.h"

enum {
	VANISHED_READ = 500, /* pages that are looked at */
	VANISHED_TOLD = 20,
};

/*
 * Warns of them, of the changes from `live` to `next`. While the tree of `live`
 * is served and `releases->source` is the output folder.
 */
void vanished_tell(const struct releases *releases, const struct manifest *live,
		   const struct manifest *next, const struct list *changes,
		   struct diag_list *diags);

#endif
