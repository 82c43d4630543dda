/*
 * Which member of a struct resource holds which field of front matter. What is
 * read from front matter, packed, unpacked and compared goes over these tables,
 * so that no field can be forgotten in one of them.
 */
#ifndef JIYUE_LIBRARY_RESOURCE_MEMBER_H
#define JIYUE_LIBRARY_RESOURCE_MEMBER_H

#include "library/field_meaning.h"
#include "library/resource.h"

struct resource_member {
	enum field_meaning meaning;
	size_t offset; /* in a struct resource */
};

enum {
	RESOURCE_MEMBER_TEXTS = 14,
	RESOURCE_MEMBER_LISTS = 4,
	RESOURCE_MEMBER_MOMENTS = 13,
	RESOURCE_MEMBER_SPANS = 8,
};

/* A str. */
extern const struct resource_member
	resource_member_texts[RESOURCE_MEMBER_TEXTS];
/* A str of packed texts (base/pack.h). */
extern const struct resource_member
	resource_member_lists[RESOURCE_MEMBER_LISTS];
extern const struct resource_member
	resource_member_moments[RESOURCE_MEMBER_MOMENTS];
extern const struct resource_member
	resource_member_spans[RESOURCE_MEMBER_SPANS];

/* The member of row `i` of its table. */
static inline str *resource_member_text(struct resource *resource, size_t i)
{
	return (str *)((char *)resource + resource_member_texts[i].offset);
}

static inline str *resource_member_list(struct resource *resource, size_t i)
{
	return (str *)((char *)resource + resource_member_lists[i].offset);
}

static inline struct moment *resource_member_moment(struct resource *resource,
						    size_t i)
{
	return (struct moment *)((char *)resource +
				 resource_member_moments[i].offset);
}

static inline struct span *resource_member_span(struct resource *resource,
						size_t i)
{
	return (struct span *)((char *)resource +
			       resource_member_spans[i].offset);
}

/* Unit, id, slug and whether it has a folder, as the path of `out` says. */
void resource_take_path(struct resource *out);

#endif
