/*
 * What is live in other forms: one archive, a list for programs that carry
 * files elsewhere (object stores, CDNs), or what archives of the web keep.
 *
 * Always true: each is a function of the release, and no byte is given out
 * that is not what its manifest says.
 */
#ifndef JIYUE_RELEASE_EXPORT_H
#define JIYUE_RELEASE_EXPORT_H

#include <stdio.h>

#include "release/releases.h"

struct export_options {
	const char *domain;  /* of a WARC: this site alone; NULL: all */
	const char *version; /* of the program */
};

/*
 * POSIX tar (pax where a name needs it): files by path, of nobody, with the day
 * that the release was built for as their time. False with a failure: what was
 * written is of no use.
 */
MUST_USE bool export_tar(FILE *out, const struct releases *releases,
			 const struct export_options *options,
			 struct diag_list *diags);

/*
 * A line each, fields behind tabs: "put", path, type, encoding or "-", cache
 * control, size, SHA-256; or "delete" and the path. They stand in the order in
 * which nobody finds a page before what it needs: assets, other files, pages,
 * and last what went since the release before.
 */
MUST_USE bool export_list(FILE *out, const struct releases *releases,
			  const struct export_options *options,
			  struct diag_list *diags);

/*
 * WARC 1.1 (ISO 28500:2017), not compressed: a “warcinfo” record, and a
 * “resource” record for each file under the address that readers find it at,
 * with the day that the release was built for as its date. A failure too when
 * there is no site of that domain.
 */
MUST_USE bool export_warc(FILE *out, const struct releases *releases,
			  const struct export_options *options,
			  struct diag_list *diags);

#endif
