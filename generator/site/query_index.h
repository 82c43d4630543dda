/*
 * Which resources a column has to look at: those that have what it asks for
 * least often, by type, topic, keyword, audience or folder. So a column costs
 * what it may show, and a hundred columns of rare keywords do not go through
 * the whole library a hundred times.
 *
 * Only what some column asks for is indexed. Lives in the arena it was given;
 * `looked_at` counts what all columns were given.
 */
#ifndef JIYUE_SITE_QUERY_INDEX_H
#define JIYUE_SITE_QUERY_INDEX_H

#include "site/column_query.h"

enum query_text {
	QUERY_TOPIC,
	QUERY_KEYWORD,
	QUERY_AUDIENCE,
	QUERY_TEXT_COUNT
};

struct query_index {
	struct map texts[QUERY_TEXT_COUNT];	/* struct list * of uint32_t */
	struct list types[RESOURCE_TYPE_LIMIT]; /* uint32_t */
	struct type_set wanted;			/* types that are asked for */
	const struct candidate *candidates;	/* by resource number */
	size_t looked_at;
	struct arena *arena;
};

void query_index_init(struct query_index *index,
		      const struct candidate *candidates, struct arena *arena);

/* First what all columns ask for, then all resources by their numbers. */
void query_index_want(struct query_index *index,
		      const struct column_query *query);
void query_index_add(struct query_index *index, uint32_t number);

/*
 * Of resources [first, behind) those that may match, ascending, each once; at
 * most as many as that are. Whether they do, column_query_matches says.
 */
size_t query_index_take(uint32_t *out, struct query_index *index,
			const struct column_query *query, size_t first,
			size_t behind);

#endif
