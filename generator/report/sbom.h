/*
 * What the program is made of, for those who look after a machine's software:
 * a document of SPDX 2.3 as JSON (https://spdx.github.io/spdx-spec/v2.3/), with
 * the program, the shared libraries that run in it and the files of the theme
 * that is in it.
 *
 * Always true: the same program with the same libraries gives the same bytes.
 */
#ifndef JIYUE_REPORT_SBOM_H
#define JIYUE_REPORT_SBOM_H

#include "base/buf.h"
#include "base/diag.h"

struct sbom_options {
	const char *version; /* of the program */
	int64_t created;     /* seconds; 0: when its file was written */
};

/* False with a failure: a file of the program's cannot be read. */
MUST_USE bool sbom_write(struct buf *out, const struct sbom_options *options,
			 struct diag_list *diags);

#endif
