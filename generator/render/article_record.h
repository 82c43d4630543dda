/*
 * The fields of the front matter as the templates see them: `article.record`
 * by name (render/type_shape.h), and those that the type's file names in
 * `facts:` and `parts:` as `article.facts`, a table, and `article.parts`, each
 * below a heading.
 */
#ifndef JIYUE_RENDER_ARTICLE_RECORD_H
#define JIYUE_RENDER_ARTICLE_RECORD_H

#include "library/front_matter.h"
#include "render/view.h"

struct value article_record(const struct render_job *job,
			    const struct front_matter *matter);
struct value article_parts(const struct render_job *job,
			   const struct front_matter *matter);
struct value article_facts(const struct render_job *job,
			   const struct front_matter *matter);

#endif
