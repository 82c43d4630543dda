/*
 * Examples of the public Markdown test suites: a JSON list of objects with
 * "markdown", "html", "example" and "section".
 */
#ifndef JIYUE_TESTS_SUPPORT_JSON_CASES_H
#define JIYUE_TESTS_SUPPORT_JSON_CASES_H

#include "base/arena.h"

struct json_case {
	str markdown;
	str html;
	str section;
	size_t example;
};

struct json_cases {
	const struct json_case *items;
	size_t count;
};

/*
 * Reads `name` ("commonmark/spec-0.30.json") below $JIYUE_SPEC, or
 * ../shared/spec. False when the file is not there.
 */
MUST_USE bool json_cases_load(struct json_cases *out, const char *name,
			      struct arena *arena);

#endif
