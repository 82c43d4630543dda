/*
 * Finds the page that a user means: its address, its file below --out, the
 * text that it is made from, or an id.
 */
#ifndef JIYUE_COMMAND_EXPLAIN_FIND_H
#define JIYUE_COMMAND_EXPLAIN_FIND_H

#include "pipeline/build.h"

struct explained {
	size_t site;		 /* of the plan */
	const struct page *page; /* NULL: none */
	size_t file; /* of the library, that the page is of; STR_NONE: none */
	str others;  /* domains that have the address too, each after a space */
	str old;     /* the address was an old one of the page; or empty */
};

/*
 * Without a page the build's messages say why, with one more. `wanted` outlives
 * the result.
 */
void explain_find(struct explained *out, struct build *build,
		  const char *wanted);

#endif
