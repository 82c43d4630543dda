/*
 * Is what is served what was published? Every file of the live tree beside the
 * manifest of its release, and the manifest beside its signature; likewise the
 * tree that is not live, since it goes live next. Or, of a server, every
 * answer (release/served.h).
 */
#ifndef JIYUE_RELEASE_VERIFY_H
#define JIYUE_RELEASE_VERIFY_H

#include "release/releases.h"

enum verify_kind {
	VERIFY_ALTERED,
	VERIFY_MISSING,
	VERIFY_EXTRA,
	VERIFY_UNSERVED, /* the server answers otherwise */
};

/* Called for each file that is not as it should be, by path. */
typedef void verify_found(void *context, enum verify_kind kind, str path);

struct verify_options {
	const char *signers; /* file of allowed signers; NULL: not asked */
	const char *url;     /* of a server that is asked; NULL: the disk is */
	const char *ca; /* PEM: whose certificates; NULL: the machine says */
	uint32_t rate;	/* requests a second */
	verify_found *found;
	verify_found *found_spare; /* in the tree that is not live */
	void *context;
};

struct verify_result {
	uint64_t number; /* of the release */
	uint64_t files;
	uint64_t unasked; /* of the release, that a server is not asked for */
	size_t findings;
	uint64_t spare; /* the release of the other tree; 0: not looked at */
	size_t spare_findings;
	bool is_signed; /* there is a signature */
	bool is_known;	/* it is that of an allowed signer */
	str signer;
};

/* Only one tree beside the manifest; the findings are counted in `count`. */
MUST_USE bool verify_tree(size_t *count, struct releases *releases, int tree,
			  const struct manifest *manifest, verify_found *found,
			  void *context, struct diag_list *diags);

/* False with a failure: it is not known what is served. */
MUST_USE bool verify_run(struct verify_result *out, struct releases *releases,
			 const struct verify_options *options,
			 struct diag_list *diags);

#endif
