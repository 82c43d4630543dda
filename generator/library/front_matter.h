/*
 * The front matter of one resource: checked, typed, with what it inherits.
 *
 * Always true: `values` has one item a field of the type, in its order; an
 * absent field has `node` NULL. Values inherited from _defaults.yaml keep the
 * span of the file they stand in.
 */
#ifndef JIYUE_LIBRARY_FRONT_MATTER_H
#define JIYUE_LIBRARY_FRONT_MATTER_H

#include "base/date.h"
#include "library/schema.h"
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
	const struct resource_type *type;
	struct field_value *values; /* type->field_count items */
	struct span span;	    /* of the block between the --- lines */
	size_t body_start;	    /* byte offset of the body in the source */
};

/*
 * A key of a _defaults.yaml. Types may read one key in several ways, and the
 * resources below may be of any type.
 */
struct default_value {
	str key;
	struct span key_span;
	const struct yaml_node *node;
	struct default_form *forms; /* each way once, chained */
};

struct default_form {
	uint32_t form; /* struct field */
	bool is_right; /* the value can be read this way */
	struct field_value value;
	struct default_form *next;
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
	struct default_value *values; /* NULL when broken */
	size_t value_count;
	bool is_broken;
	const struct defaults *parent; /* the next one above, or NULL */
	struct digest overlay;	       /* of pairs that it did not have */
};

struct front_matter_options {
	const struct schema *schema;
	const struct defaults *defaults; /* the nearest, or NULL */
	int32_t offset;			 /* of moments without one, minutes */
	const struct yaml_pair *overlay; /* of a _defaults.yaml: they win */
	size_t overlay_count;
	bool is_preview; /* what has a title and a date is usable, without
			    the values that are wrong */
};

/*
 * Reads the front matter at the head of `source`. Strings live in the arena
 * or point into `source`. Every mistake found is recorded; false means that
 * `out` is unusable.
 */
MUST_USE bool front_matter_parse(struct front_matter *out,
				 const struct source *source,
				 const struct front_matter_options *options,
				 struct arena *arena, struct diag_list *diags);

/*
 * Checks a _defaults.yaml by itself. `parent` is left for the caller to set.
 * After false `out` can still stand in a chain: it is marked as broken.
 */
MUST_USE bool defaults_parse(struct defaults *out, const struct source *source,
			     const struct front_matter_options *options,
			     struct arena *arena, struct diag_list *diags);

/* From now on the mapping has these pairs, whatever it had. */
void defaults_overlay(struct defaults *defaults, const struct yaml_pair *pairs,
		      size_t count, struct arena *arena);

/*
 * Finds the front matter without reading it: its text is [*start, *end), the
 * body begins at *body. False when it is missing or not closed.
 */
MUST_USE bool front_matter_find(size_t *start, size_t *end, size_t *body,
				const struct source *source,
				struct diag_list *diags);

/*
 * The value of what the program takes for `meaning`: the first that is there
 * of the type's fields. Never NULL.
 */
const struct field_value *front_matter_get(const struct front_matter *matter,
					   enum field_meaning meaning);

/* The value of a key; never NULL. */
const struct field_value *front_matter_value(const struct front_matter *matter,
					     str key);

#endif
