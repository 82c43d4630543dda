/* A build's output folder becomes a release, and is served. */
#ifndef JIYUE_RELEASE_PUBLISH_H
#define JIYUE_RELEASE_PUBLISH_H

#include "release/go_live.h"

struct publish_options {
	const char *out; /* of the build */
	const char *to;	 /* of the releases */
	const char *key; /* that signs; NULL: nobody does */
	size_t keep;	 /* releases */
	bool pack;	 /* files of sites also in fewer bytes */
	bool repair;	 /* look at every file of both trees, and restore */
};

struct publish_result {
	bool is_same;	      /* what is served is this already */
	size_t changes;	      /* files */
	struct list restored; /* str: paths that were not as published */
	uint64_t number;
};

/* `releases` is open afterwards when it returns true. */
MUST_USE bool publish_run(struct publish_result *out, struct releases *releases,
			  const struct publish_options *options,
			  struct arena *arena, struct diag_list *diags);

/* Serves a release that is kept; 0: the one before the one that is served. */
MUST_USE bool publish_rollback(struct publish_result *out,
			       struct releases *releases, uint64_t number,
			       struct diag_list *diags);

#endif
