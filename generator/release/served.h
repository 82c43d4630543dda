/*
 * Does a server serve what was published? Every file of a release is asked for
 * at its own address, and what comes is compared with the manifest.
 *
 * Always true: one request at a time, not more a second than was said; no
 * answer is followed to another place, and no proxy is asked.
 */
#ifndef JIYUE_RELEASE_SERVED_H
#define JIYUE_RELEASE_SERVED_H

#include "release/releases.h"
#include "release/verify.h"

/*
 * `found` and `context` of the options are called; `*files` and `*findings`
 * count up. False with a failure: the server cannot be asked.
 */
MUST_USE bool served_check(struct verify_result *result,
			   const struct releases *releases,
			   const struct manifest *manifest,
			   const struct verify_options *options,
			   struct diag_list *diags);

#endif
