/*
 * The fields of the front matter as the templates see them: `article.record`
 * by name (render/type_shape.h), and those that the type's file names in
 * `facts:` and `parts:` as `article.facts`, a table, and `article.parts`, each
 * below a heading. Addresses are those that the page links to; where one leads
 * nowhere, it is recorded at its place.
 */
#ifndef JIYUE_RENDER_ARTICLE_RECORD_H
#define JIYUE_RENDER_ARTICLE_RECORD_H

#include "library/front_matter.h"
#include "render/body_links.h"

struct value article_record(struct body_links *links,
			    const struct front_matter *matter);
struct value article_parts(struct body_links *links,
			   const struct front_matter *matter);
struct value article_facts(const struct render_job *job,
			   const struct front_matter *matter);

/* A field as the page shows it: one text, several, or a paragraph each. */
struct text_list article_field_texts(const struct render_job *job,
				     const struct front_matter *matter,
				     uint16_t number);

/*
 * The same of what its type has to say, without addresses and what stands in
 * the head of a text; none of any other field.
 */
struct text_list article_said_texts(const struct render_job *job,
				    const struct front_matter *matter,
				    uint16_t number);
struct value article_fact(const struct render_job *job,
			  const struct field *field, struct text_list texts);

#endif
