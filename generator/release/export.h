/*
 * What is live in other forms: one archive, or a list for programs that carry
 * files elsewhere (object stores, CDNs).
 *
 * Always true: both are a function of the release, and no byte is given out
 * that is not what its manifest says.
 */
#ifndef JIYUE_RELEASE_EXPORT_H
#define JIYUE_RELEASE_EXPORT_H

#include <stdio.h>

#include "release/releases.h"

/*
 * POSIX tar (pax where a name needs it): files by path, of nobody, with the day
 * that the release was built for as their time. False with a failure: what was
 * written is of no use.
 */
MUST_USE bool export_tar(FILE *out, const struct releases *releases,
			 struct diag_list *diags);

/*
 * A line each, fields behind tabs: "put", path, type, encoding or "-", cache
 * control, size, SHA-256; or "delete" and the path. They stand in the order in
 * which nobody finds a page before what it needs: assets, other files, pages,
 * and last what went since the release before.
 */
MUST_USE bool export_list(FILE *out, const struct releases *releases,
			  struct diag_list *diags);

#endif
