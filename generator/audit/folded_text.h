/*
 * A text as rules about words compare it: code points in Unicode's form KC,
 * one by one, in lower case, without what nobody sees (U+200B, soft hyphens).
 * Full-width digits are digits, Kangxi radicals the characters they look like.
 *
 * Always true: each point knows where in the text it stands, so that what was
 * found can be shown as it was written.
 */
#ifndef JIYUE_AUDIT_FOLDED_TEXT_H
#define JIYUE_AUDIT_FOLDED_TEXT_H

#include "base/arena.h"
#include "base/str.h"

struct folded_text {
	str text; /* not copied */
	const uint32_t *points;
	const uint32_t *places; /* byte of the text; one more than points */
	size_t count;
};

/* Texts below 4 GiB. */
void folded_text_make(struct folded_text *out, str text, struct arena *arena);

/* What stands at points [start, end), as it was written. */
str folded_text_slice(const struct folded_text *folded, size_t start,
		      size_t end);

#endif
