/*
 * Signatures of manifests, made and looked at by ssh-keygen in a process of its
 * own: the keys are those that people have for Git already, in files or in an
 * agent. Nobody is asked for anything.
 */
#ifndef JIYUE_RELEASE_SIGNATURE_H
#define JIYUE_RELEASE_SIGNATURE_H

#include "release/releases.h"

/* What a signature is of; ssh-keygen calls it the namespace. */
#define SIGNATURE_NAMESPACE "jiyue-release"

/* Writes manifest.sig beside the manifest. */
MUST_USE bool signature_make(const struct releases *releases, uint64_t number,
			     const char *key, struct diag_list *diags);

/*
 * Whose signature it is, by a file of allowed signers (ssh-keygen(1)). False
 * without a failure: it is nobody's of them.
 */
MUST_USE bool signature_check(str *signer, const struct releases *releases,
			      uint64_t number, const char *signers,
			      struct diag_list *diags);

#endif
