/*
 * What the template of a type may ask for: the shape of all detail pages, with
 * the fields that the type declares as `article.record`.
 *
 *	text, paragraphs, texts, choice, date, moment, number   texts
 *	truth                                                   a truth
 *	address                                                 an address
 *	records, record                        objects of the fields inside
 *
 * A single text is a list of one, one of several paragraphs has an item each.
 */
#ifndef JIYUE_RENDER_TYPE_SHAPE_H
#define JIYUE_RENDER_TYPE_SHAPE_H

#include "library/resource_type.h"
#include "render/shapes.h"

/* Made anew each time. */
const struct shape *type_shape_make(const struct resource_type *type,
				    struct arena *arena);

/* `article` and `article.record` of such a shape. */
const struct shape *type_shape_article(const struct shape *detail);
const struct shape *type_shape_record(const struct shape *detail);

#endif
