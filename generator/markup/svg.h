/*
 * A drawing (SVG) made static: read with libxml2 and written again with what
 * draws and nothing else. No script, no handler, no animation, no HTML inside,
 * nothing from outside: links are "#fragment" or a raster picture in data:.
 *
 * Always true: what is written is well-formed UTF-8 without a declaration of
 * types or entities, a function of the bytes alone. Limits: 4 MiB, 128 elements
 * inside each other, 256 attributes, what <use> multiplies (svg_uses.h).
 */
#ifndef JIYUE_MARKUP_SVG_H
#define JIYUE_MARKUP_SVG_H

#include "base/arena.h"
#include "base/str.h"

enum {
	SVG_LIMIT = 4 * 1024 * 1024, /* bytes */
	SVG_DEPTH = 128,
	SVG_KINDS_NAMED = 10, /* of what was taken out */
};

struct svg_report {
	str removed;  /* "<script>, onload": the first kinds of what went */
	size_t kinds; /* how many kinds there were */
	str problem;  /* why it cannot be read; of libxml2, or ours */
	size_t line;  /* of the problem; 0: no place */
};

/* False when it is not well-formed, no drawing or beyond a limit. */
MUST_USE bool svg_clean(str *out, struct svg_report *report, str bytes,
			struct arena *arena);

#endif
