/*
 * The manifest of what stands in a build's output folder. Digests are those of
 * the build's record: only what differs from the release that is live is read,
 * and staged in the folder of releases on the way.
 */
#ifndef JIYUE_RELEASE_GATHER_H
#define JIYUE_RELEASE_GATHER_H

#include "cache/store.h"
#include "output/output.h"
#include "release/releases.h"

struct gather {
	const struct output *output;
	const struct store *store; /* its record */
	const struct releases *releases;
	const struct manifest
		*before; /* of the release that is live, or NULL */
	str inputs;	 /* as it was kept beside that manifest */
	bool packs;	 /* files of sites also in fewer bytes */
};

/*
 * Fills parts, counts and roots of `out`; parts that are new are written.
 * `*inputs` is to be kept beside the manifest: of each part, what it was made
 * from, so that it need not be made again.
 */
MUST_USE bool gather_run(struct manifest *out, struct buf *inputs,
			 const struct gather *gather, struct diag_list *diags);

#endif
