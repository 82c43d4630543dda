/*
 * What a resource's page shows of others: interpretations, what amends it, its
 * translations, services and questions, what a leader did.
 *
 * Always true: each list holds what has a page, at most RELATION_LIMIT of a
 * kind; digest_of_relations (plan/page_digests.h) covers all of them.
 */
#ifndef JIYUE_RENDER_ARTICLE_RELATIONS_H
#define JIYUE_RENDER_ARTICLE_RELATIONS_H

#include "library/front_matter.h"
#include "render/view.h"

/* Fills the values of article_shape that are lists of others. */
void article_relations(struct value *values, const struct render_job *job,
		       const struct front_matter *matter);

/* The page in each of its languages (alternate_shape); none: an empty list. */
struct value article_alternates(const struct render_job *job);

#endif
