/*
 * The types of resources as a JSON Schema (draft 07, which editors know), so
 * that an editor's program marks a wrong key or value while it is typed. Made
 * from the same rows as the messages of a build.
 *
 * It accepts whatever a build accepts of one file, and less of what it refuses
 * than a build does: dates are not compared, nothing is looked up.
 */
#ifndef JIYUE_LIBRARY_JSON_SCHEMA_H
#define JIYUE_LIBRARY_JSON_SCHEMA_H

#include "base/buf.h"
#include "library/schema.h"

enum json_schema_of {
	JSON_SCHEMA_FILE,     /* front matter as it stands in its file: what it
				 may inherit is not required */
	JSON_SCHEMA_WHOLE,    /* together with what it inherits */
	JSON_SCHEMA_DEFAULTS, /* a _defaults.yaml */
};

void json_schema_write(struct buf *out, const struct schema *schema,
		       enum json_schema_of of);

#endif
