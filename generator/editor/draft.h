/*
 * The text of a new resource: a draft whose front matter has what its type asks
 * for, each with its label and an example, so that an editor fills in and never
 * looks up.
 */
#ifndef JIYUE_EDITOR_DRAFT_H
#define JIYUE_EDITOR_DRAFT_H

#include "base/buf.h"
#include "base/date.h"
#include "library/resource_type.h"

struct draft {
	const struct resource_type *type;
	str title;
	struct moment date;
	str inherited; /* the texts of the _defaults.yaml files above it */
};

void draft_write(struct buf *out, const struct draft *draft,
		 struct arena *arena);

/* Whether a _defaults.yaml, or several behind each other, have the key. */
bool draft_has_key(str yaml, str key);

#endif
