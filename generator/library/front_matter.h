/*
 * The front matter of one resource: checked, typed, with what it inherits.
 *
 * Always true: `values` has one item a row of field_table, in its order; an
 * absent field has `node` NULL. Values inherited from _defaults.yaml keep the
 * span of the file they stand in.
 */
#ifndef JIYUE_LIBRARY_FRONT_MATTER_H
#define JIYUE_LIBRARY_FRONT_MATTER_H

#include "base/date.h"
#include "library/field.h"
#include "markup/yaml.h"

struct field_value {
	const struct yaml_node *node; /* NULL: not there */
	struct span key_span;
	str text;	      /* TEXT, PARAGRAPHS, CHOICE, URL */
	struct moment moment; /* DATE, MOMENT */
	uint64_t number;      /* NUMBER, TRUTH (0, 1) */
	const str *items;     /* TEXT_LIST */
	size_t item_count;
};

struct front_matter {
	enum resource_type type;
	struct field_value *values; /* field_count items */
	struct span span;	    /* of the block between the --- lines */
	size_t body_start;	    /* byte offset of the body in the source */
};

/*
 * A parsed _defaults.yaml and the one that it inherits from. Its mistakes are
 * reported once, for it; resources below a broken one cannot be read either,
 * but are not blamed for what they would have inherited.
 */
struct defaults {
	str folder;    /* "content/jyj/", with the slash */
	uint32_t file; /* of the snapshot */
	struct yaml_node mapping;
	struct field_value *values; /* field_count items; NULL when broken */
	bool is_broken;
	const struct defaults *parent; /* the next one above, or NULL */
};

/*
 * Reads the front matter at the head of `source`. Strings live in the arena
 * or point into `source`. Every mistake found is recorded; false means that
 * `out` is unusable.
 */
MUST_USE bool front_matter_parse(struct front_matter *out,
				 const struct source *source,
				 const struct defaults *defaults,
				 int32_t offset, struct arena *arena,
				 struct diag_list *diags);

/*
 * Checks a _defaults.yaml by itself. `parent` is left for the caller to set.
 * After false `out` can still stand in a chain: it is marked as broken.
 */
MUST_USE bool defaults_parse(struct defaults *out, const struct source *source,
			     int32_t offset, struct arena *arena,
			     struct diag_list *diags);

/*
 * Finds the front matter without reading it: its text is [*start, *end), the
 * body begins at *body. False when it is missing or not closed.
 */
MUST_USE bool front_matter_find(size_t *start, size_t *end, size_t *body,
				const struct source *source,
				struct diag_list *diags);

/* The value of a key of field_table; never NULL. */
const struct field_value *front_matter_get(const struct front_matter *matter,
					   const char *key);

#endif
