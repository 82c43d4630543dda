/*
 * What belongs together: a policy and its interpretations (article 15), a
 * document and the one that replaces it, the neighbours in a column, and what
 * is related by keyword.
 *
 * Always true: links go both ways from one statement: `interprets`, `replaces`
 * and those of enum relation_kind are written once, and both pages show them.
 */
#ifndef JIYUE_PLAN_RELATIONS_H
#define JIYUE_PLAN_RELATIONS_H

#include "site/arrange.h"

enum {
	RELATED_LIMIT = 6,
	RELATED_WINDOW = 40, /* how far around its place a page looks */
	RELATION_LIMIT = 20, /* of one kind that a page shows */
};

struct relation_list {
	const uint32_t *items; /* resource numbers, newest first */
	size_t count;
};

struct relations {
	const struct arrangement *arrangement;
	/* all by resource number */
	const uint32_t *positions;    /* in its column's live list, or NONE */
	const uint32_t *named_starts; /* one more than resources */
	const uint32_t *named_items;  /* what names it, in whatever relation */
	size_t named_count;	      /* of the items */
	const uint32_t *replacements; /* what replaces it, or NONE */
	const uint32_t *replaced;     /* what it replaces, or NONE */
};

void relations_make(struct relations *out,
		    const struct arrangement *arrangement, struct arena *arena,
		    struct diag_list *diags);

/* All that names it in a relation that both pages show, of whatever kind. */
struct relation_list relations_named(const struct relations *relations,
				     uint32_t number);

/* What explains a policy: of those that name it; all of them, in the arena. */
struct relation_list
relations_interpretations(const struct relations *relations, uint32_t number,
			  struct arena *arena);

/*
 * What it says of others, and what others say of it, in one kind of relation;
 * those that have a page, at most RELATION_LIMIT.
 */
size_t relations_from(const struct relations *relations, uint32_t number,
		      enum relation_kind kind, uint32_t *out);
size_t relations_to(const struct relations *relations, uint32_t number,
		    enum relation_kind kind, uint32_t *out);

/* How many it names in a relation, with a page of their own or without. */
size_t relations_said(const struct relations *relations, uint32_t number,
		      enum relation_kind kind);

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

/*
 * Others of the same column that share a keyword, then those of the same topic,
 * then those for the same people; the nearest first, at most RELATED_LIMIT.
 */
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
