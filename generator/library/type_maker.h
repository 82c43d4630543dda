/*
 * Makes a struct resource_type out of the files that it builds on: first
 * types/common.yaml, then the type that it is like, then its own in the
 * program, then the platform's. A later file adds fields, rules and facts; it
 * may say a field's label, choices or example anew and make it required.
 *
 * Private to library/schema.c and type_*.c.
 */
#ifndef JIYUE_LIBRARY_TYPE_MAKER_H
#define JIYUE_LIBRARY_TYPE_MAKER_H

#include "base/list.h"
#include "library/resource_type.h"
#include "library/type_file.h"

struct type_maker {
	struct list fields;   /* struct field, without a row at the end */
	struct list rules;    /* struct field_rule */
	struct list facts;    /* uint16_t */
	struct list parts;    /* uint16_t */
	struct list searched; /* uint16_t */
	struct list listed;   /* uint16_t */
	uint32_t *next_form;  /* of the schema */
	struct arena *arena;
	struct diag_list *diags;
};

/* A text list of YAML: one text, or each of several. */
size_t type_item_count(const struct yaml_node *node);
const struct yaml_node *type_item(const struct yaml_node *node, size_t number);

/* What `from` has so far, to build on. */
void type_maker_init(struct type_maker *maker, const struct type_maker *from);

/* Adds what a file says; false after a mistake. */
MUST_USE bool type_maker_add(struct type_maker *maker,
			     const struct type_file *file);

/* Adds rows of `fields:`. type_fields.c */
MUST_USE bool type_fields_add(struct type_maker *maker,
			      const struct yaml_node *rows);

/* Adds rows of one kind of rules. type_rules.c */
MUST_USE bool type_rules_add(struct type_maker *maker, enum rule_kind kind,
			     const struct yaml_node *rows);

/* The fields so far, and the number of the one at `node`; says if none is. */
const struct field *type_maker_table(struct type_maker *maker);
MUST_USE bool type_maker_find(uint16_t *out, struct type_maker *maker,
			      const struct yaml_node *node);

/* Fills fields, rules, facts and the tables to find them by. */
void type_maker_finish(struct resource_type *out, struct type_maker *maker);

#endif
