/*
 * What a text with mistakes still says of being published: a draft, a
 * withdrawal, an expiry and what is not for everyone are no matter of mistakes,
 * and hold from today.
 */
#ifndef JIYUE_LIBRARY_TAKEDOWN_H
#define JIYUE_LIBRARY_TAKEDOWN_H

#include "library/resource.h"
#include "library/schema.h"
#include "markup/yaml.h"

struct takedown {
	str status;	/* as it is written; empty: nothing takes it down */
	str expires_on; /* the same */
	str disclosure; /* the same */
	str consent;	/* "false", of who wrote a message */
};

/*
 * Of the lines of front matter or of a _defaults.yaml, as far as they can be
 * made out. Slices of `text`.
 */
struct takedown takedown_written(str text, const struct schema *schema);

/* Which type the same lines name; empty: none. */
str takedown_type(str text, const struct schema *schema);

/* Under which date; empty: none. */
str takedown_date(str text, const struct schema *schema);

/* And what title they have; empty: none. */
str takedown_title(str text, const struct schema *schema);

/* Of a _defaults.yaml that was read. */
struct takedown takedown_inherited(const struct yaml_node *mapping,
				   const struct schema *schema);

/* What the file itself does not say is what it inherits. */
void takedown_inherit(struct takedown *takedown, const struct takedown *above);

/* Only what holds: a status that takes down, a moment that is one. */
void takedown_check(struct takedown *takedown, int32_t offset);

/* The same as pairs of a mapping; how many. */
size_t takedown_pairs(const struct yaml_pair **out,
		      const struct takedown *takedown,
		      const struct schema *schema, struct span span,
		      struct arena *arena);

/* Of a checked one. */
void takedown_apply(struct resource *resource, const struct takedown *takedown,
		    int32_t offset);

#endif
