/*
 * The fields of the front matter that only some types have, as the templates
 * see them: `article.record` by name, `article.facts` as a table.
 */
#ifndef JIYUE_RENDER_ARTICLE_RECORD_H
#define JIYUE_RENDER_ARTICLE_RECORD_H

#include "library/front_matter.h"
#include "render/view.h"

struct value article_record(const struct render_job *job,
			    const struct front_matter *matter);
struct value article_facts(const struct render_job *job,
			   const struct front_matter *matter);

#endif
