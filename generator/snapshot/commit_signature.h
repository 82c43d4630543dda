/*
 * Whether a commit is signed with the key of one person: by SSH (ssh-keygen
 * with a file of allowed signers, as git has it) or by OpenPGP (gpgv with that
 * person's keyring). Both are programs of their own, run with limits
 * (system/program.h); they see the commit's bytes and keys that the library
 * has, and nothing of the user's.
 *
 * Always true: the answer is a function of the question. A key's days of
 * validity are compared with the day that the commit names.
 */
#ifndef JIYUE_SNAPSHOT_COMMIT_SIGNATURE_H
#define JIYUE_SNAPSHOT_COMMIT_SIGNATURE_H

#include "snapshot/snapshot.h"

struct commit_signature {
	const uint8_t *commit; /* SNAPSHOT_ID_SIZE bytes */
	str mail;	       /* whose key it must be */
	str signers;	       /* bytes of allowed_signers; empty: none */
	str keyring;	       /* of OpenPGP, of that person; empty: none */
};

enum signature_end {
	SIGNATURE_GOOD,
	SIGNATURE_BAD,	   /* none, or by another key */
	SIGNATURE_UNKNOWN, /* the program that knows is not there */
};

enum signature_end commit_signature_check(const struct snapshot *snapshot,
					  const struct commit_signature *asked,
					  struct arena *scratch);

#endif
