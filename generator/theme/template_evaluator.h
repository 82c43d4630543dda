/*
 * A template while it is rendered: what theme/template_eval.c and
 * theme/template_find.c share. Private to these.
 */
#ifndef JIYUE_THEME_TEMPLATE_EVALUATOR_H
#define JIYUE_THEME_TEMPLATE_EVALUATOR_H

#include "theme/template_filter.h"
#include "theme/template_tree.h"

/* A value that a section opened. */
struct scope {
	const struct scope *outer;
	const struct object *object; /* NULL: no names in it */
	const uint16_t *field_of;    /* NULL: compare names */
	struct value value;
	size_t index;  /* of a list's item, from 0 */
	size_t length; /* of the list; 0: not in a list */
};

struct indent {
	const struct indent *outer;
	str text;
};

struct evaluator {
	const struct template_set *set;
	const struct template_budget *budget;
	struct buf *out;
	size_t start;	   /* out->len at first */
	size_t byte_limit; /* of out->len */
	struct diag_list *diags;
	size_t steps;
	size_t depth;	/* templates */
	size_t nesting; /* calls */
	bool line_start;
	struct span last; /* of the last tag */
	const struct scope *page;
	size_t column_reads; /* of what is not the same for the whole site */
	size_t page_reads;   /* of what is not the same for the column */
	int64_t peak;	     /* see struct template_piece */
};

/* Where the evaluator is. */
struct eval_position {
	const struct template *template;
	const struct scope *scope;
	const struct override_frame *frame;
	const struct indent *indent;
};

/* The scope of a value that is opened inside `outer`. */
struct scope evaluator_scope(const struct evaluator *evaluator,
			     const struct scope *outer, struct value value);

/* False after an error only; what is absent is VALUE_NONE. */
bool evaluator_path(struct value *out, struct evaluator *evaluator,
		    const struct eval_position *position,
		    const struct node *node);

/* The same with the filters of the tag. */
bool evaluator_value(struct value *out, struct evaluator *evaluator,
		     const struct eval_position *position,
		     const struct node *node);

#endif
