/*
 * JSON to the values and shapes that templates see, for tests.
 *
 * Kinds that JSON has no form for are objects with one key: {"$html": "<b>"},
 * {"$url": "/a.html"}, {"$date": "2026-11-23 10:00"}.
 */
#ifndef JIYUE_SUPPORT_JSON_VALUE_H
#define JIYUE_SUPPORT_JSON_VALUE_H

#include "base/arena.h"
#include "theme/value.h"

enum json_shapes {
	JSON_SHAPE_EACH,   /* each object has a shape of its own names */
	JSON_SHAPE_SHARED, /* all items of a list have one shape */
};

/*
 * False when the text is no JSON or holds code (a lambda of the mustache
 * suite), which templates cannot run.
 */
MUST_USE bool json_value_read(struct value *out, str json,
			      enum json_shapes shapes, struct arena *arena);

#endif
