/*
 * How much a drawing becomes when every <use> is drawn: a few lines can be
 * billions of shapes, which is an attack on the readers' computers.
 */
#ifndef JIYUE_MARKUP_SVG_USES_H
#define JIYUE_MARKUP_SVG_USES_H

#include "base/list.h"
#include "base/map.h"

enum {
	SVG_USES_DRAWN = 100 * 1000, /* elements, with those of uses */
	SVG_USES_DEEP = 32,	     /* uses of uses */
};

struct svg_uses {
	struct map ids;	   /* struct svg_part * */
	struct list parts; /* struct svg_part *: those that are open */
	struct svg_part *root;
	struct arena *arena;
};

void svg_uses_init(struct svg_uses *uses, struct arena *arena);

/* In the order of the drawing; `id` may be empty, and `target` (without #). */
void svg_uses_open(struct svg_uses *uses, str id, str target);
void svg_uses_close(struct svg_uses *uses);

/* Behind the last: can the drawing be drawn? */
bool svg_uses_fit(struct svg_uses *uses);

#endif
