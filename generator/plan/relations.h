/*
 * What belongs together: a policy and its interpretations (article 15), a
 * document and the one that replaces it, the neighbours in a column, and what
 * is related by keyword.
 *
 * Always true: links go both ways from one statement: `interprets` and
 * `replaces` are written once, and both pages show them.
 */
#ifndef JIYUE_PLAN_RELATIONS_H
#define JIYUE_PLAN_RELATIONS_H

#include "site/arrange.h"

enum {
	RELATED_LIMIT = 5,
	RELATED_WINDOW = 40, /* how far around its place a page looks */
};

struct relation_list {
	const uint32_t *items; /* resource numbers, newest first */
	size_t count;
};

struct relations {
	const struct arrangement *arrangement;
	/* all by resource number */
	const uint32_t *positions; /* in its column's live list, or NONE */
	const uint32_t *interpretation_starts; /* one more than resources */
	const uint32_t *interpretation_items;
	size_t interpretation_count;  /* of the items */
	const uint32_t *replacements; /* what replaces it, or NONE */
	const uint32_t *replaced;     /* what it replaces, or NONE */
};

void relations_make(struct relations *out,
		    const struct arrangement *arrangement, struct arena *arena,
		    struct diag_list *diags);

/* What explains a policy. */
struct relation_list
relations_interpretations(const struct relations *relations, uint32_t number);

/* What replaces it, and what it replaces, or NONE. */
uint32_t relations_replacement(const struct relations *relations,
			       uint32_t number);
uint32_t relations_replaced(const struct relations *relations, uint32_t number);

/* Neighbours in the canonical column, or NONE. */
uint32_t relations_newer(const struct relations *relations, uint32_t number);
uint32_t relations_older(const struct relations *relations, uint32_t number);

/* The policies that an interpretation explains; at most `limit`. */
size_t relations_policies(const struct relations *relations, uint32_t number,
			  uint32_t *out, size_t limit);

/* Others of the same column that share a keyword; at most RELATED_LIMIT. */
size_t relations_related(const struct relations *relations, uint32_t number,
			 uint32_t *out);

/*
 * The other way: which of a list's own resources may show the one at this place
 * of it, as a neighbour or as related. Adds uint32_t to `out`, perhaps some
 * that do not.
 */
void relations_around(const struct relations *relations,
		      const struct column_list *list, size_t position,
		      struct list *out, struct arena *arena);

/* The resource named by an id, "id:…" or "content/….md", or RESOURCE_NONE. */
uint32_t relations_find(const struct catalog *catalog, str name);

#endif
