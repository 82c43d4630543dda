/*
 * What was made of values that are the same for many pages: a header, a menu,
 * a footer. Nobody marks them: the evaluator sees which tags asked for a value
 * that does not last (struct shape), and what asked for none is kept as bytes
 * for the next page.
 *
 * Always true: a piece is what evaluating its node at this place would give,
 * with the steps that it would take, so that budgets and messages do not
 * depend on what was kept. A memory is for one thread, one set of templates
 * and as long as the lasting values last; it lies in the arena that it was
 * made in.
 */
#ifndef JIYUE_THEME_TEMPLATE_MEMORY_H
#define JIYUE_THEME_TEMPLATE_MEMORY_H

#include "theme/template_tree.h"

enum { TEMPLATE_PARENTS_LIMIT = 4 };

/* All that a node's bytes depend on beside lasting values. Made of zeroes. */
struct template_place {
	const struct node *node;
	const struct shape *shape; /* of the page */
	const struct node
		*parents[TEMPLATE_PARENTS_LIMIT]; /* innermost first */
	size_t depth;
	size_t nesting;
	size_t line_start;
};

struct template_piece {
	str bytes;
	size_t steps;
	int64_t peak; /* the most steps beyond those of bytes, from its start */
	struct span last;
	bool line_start;
};

/* NULL: nothing was kept for this place. */
const struct template_piece *
template_memory_get(const struct template_memory *memory,
		    const struct template_place *place);

/*
 * Keeps a copy, for the whole site when nothing of the column is in it;
 * nothing when the memory is full.
 */
void template_memory_put(struct template_memory *memory, bool is_of_site,
			 const struct template_place *place,
			 const struct template_piece *piece);

#endif
