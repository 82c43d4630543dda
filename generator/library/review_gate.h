/*
 * Who says whether a version of a text may be published: of sites that publish
 * only what was reviewed (site/reviews.h). The library asks and knows nothing
 * of roles.
 *
 * Always true: the answer is a function of the revision with its history, and
 * the same for the same path, bytes and commit as long as `digest` is.
 */
#ifndef JIYUE_LIBRARY_REVIEW_GATE_H
#define JIYUE_LIBRARY_REVIEW_GATE_H

#include "snapshot/version_search.h"

struct review_gate {
	void *context;
	struct digest digest; /* of all answers */
	/* Is the text of a site that asks for reviews? */
	bool (*asks)(void *context, str path);
	/*
	 * May a version with this blob be published? `commit` is that of an
	 * earlier version, 40 hex digits, or empty.
	 */
	bool (*passes)(void *context, str path, str blob, str commit);
	/*
	 * What is written waits, and `item` is what stands in for it;
	 * `is_down`: readers are to see nothing of it anyway.
	 */
	void (*wait)(void *context, const struct version_sought *item,
		     bool is_down, struct diag_list *diags);
};

#endif
