/*
 * A type of resource (内容类型): its fields, the rules between them, and what
 * the program does with resources of it. Made by library/schema.c from YAML.
 *
 * Always true: frozen; fields of types/common.yaml come first; every field
 * that the program needs is there and has the kind it must have.
 */
#ifndef JIYUE_LIBRARY_RESOURCE_TYPE_H
#define JIYUE_LIBRARY_RESOURCE_TYPE_H

#include "base/digest.h"
#include "base/source.h"
#include "library/field.h"

/*
 * Types of a schema; their numbers are bytes in the catalogue and in the
 * record, and bits in what columns select.
 */
enum {
	RESOURCE_TYPE_LIMIT = 128,
	TYPE_FIELD_LIMIT = 200,
	TYPE_PART_LIMIT = 50,
	TYPE_RULE_LIMIT = 500 /* each resource is held against all of them */
};

_Static_assert(RESOURCE_TYPE_LIMIT <= UINT8_MAX + 1,
	       "the number of a type is a byte");
_Static_assert(RESOURCE_TYPE_LIMIT % 64 == 0,
	       "struct type_set has whole words");

/* A set of types, by number. */
struct type_set {
	uint64_t words[RESOURCE_TYPE_LIMIT / 64];
};

enum { FIELD_NONE = UINT16_MAX };

_Static_assert(RESOURCE_TYPE_LIMIT *TYPE_FIELD_LIMIT < FIELD_NONE,
	       "the number of a field of all types together is 16 bits");

enum rule_kind {
	FIELD_RULE_NEEDS,    /* with that value, `other` must be there */
	FIELD_RULE_EXCLUDES, /* with that value, `other` must not be there */
	FIELD_RULE_ORDER,    /* the value is at most that of `other` */
};

struct field_rule {
	enum rule_kind kind;
	uint16_t field; /* numbers of fields */
	uint16_t other;
	const char *const *values; /* NULL-terminated; NULL: any value */
	const char *instead;	   /* a value of `field` that allows it */
};

struct resource_type {
	uint32_t number;	    /* in the schema */
	const char *name;	    /* as written in `type:` */
	const char *label;	    /* 新闻动态 */
	const struct field *fields; /* ends with a row without key */
	size_t field_count;
	const uint16_t *slots; /* by hash of the key: field number + 1 */
	size_t slot_count;     /* a power of two */
	uint16_t meanings[FIELD_MEANING_COUNT]; /* first field, FIELD_NONE */
	uint16_t *same_meaning; /* by field: the next of its meaning */
	const struct field_rule *rules;
	size_t rule_count;
	const uint16_t *facts; /* fields that its page shows as a table */
	size_t fact_count;
	const uint16_t *parts; /* fields that it shows below headings */
	size_t part_count;
	const uint16_t *searched; /* fields it is found by, beside those */
	size_t searched_count;
	const uint16_t *listed; /* fields that lists know, too */
	size_t listed_count;
	const char *const *templates; /* the best first; NULL-terminated */
	struct span template_span;    /* where the platform names the first */
	const char *layout;	 /* of a list of nothing else: the template is
				    column-<layout>; NULL: any other list's */
	struct span layout_span; /* where the platform says so */
	bool found_everywhere;	 /* by the search of each site listing it */
	bool needs_text;	 /* its body is what it publishes */
	bool is_broken;		 /* its file has mistakes: cannot be read */
	struct digest digest;	 /* of the platform's files it is made from */
};

void type_set_add(struct type_set *set, uint32_t type);
bool type_set_has(const struct type_set *set, uint32_t type);
bool type_set_is_empty(const struct type_set *set);

/* Number of the field with this key, or FIELD_NONE. */
uint16_t resource_type_field(const struct resource_type *type, str key);

/* Whether it has a field that the program takes for this. */
bool resource_type_means(const struct resource_type *type,
			 enum field_meaning meaning);

#endif
