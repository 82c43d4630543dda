/*
 * Of the texts of a block mostly one is another. Only it is taken apart as it
 * was and as it is; the others are asked for nothing but the terms in which
 * these two differ, without an order.
 */
#include "render/search_difference.h"

#include <stdlib.h>

#include "plan/search_blocks.h"
#include "render/search_block.h"

struct lines {
	str lines[SEARCH_BLOCK_MOST];
	bool is_shared[SEARCH_BLOCK_MOST];
	size_t count;
};

/* A block has no more lines than that; what is behind them stands in one. */
static void split(struct lines *out, str bytes)
{
	out->count = 0;
	while (out->count + 1 < SEARCH_BLOCK_MOST &&
	       str_split_next(&bytes, '\n', &out->lines[out->count]))
		out->is_shared[out->count++] = false;
	if (bytes.len > 0) {
		out->lines[out->count] = bytes;
		out->is_shared[out->count++] = false;
	}
}

/* Lines of a block are in one order, and few come or go at a time. */
static void share(struct lines *a, struct lines *b)
{
	size_t from = 0;

	for (size_t i = 0; i < a->count; i++)
		for (size_t k = from; k < b->count; k++)
			if (str_equal(a->lines[i], b->lines[k])) {
				a->is_shared[i] = b->is_shared[k] = true;
				from = k + 1;
				break;
			}
}

static void add_lines(struct search_postings *out, const struct lines *lines,
		      bool is_shared, uint64_t block)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->is_shared[i] == is_shared)
			search_block_postings(out, lines->lines[i], block);
}

/* A term of one side or both, with the class of each plus one; 0: none. */
struct term {
	uint32_t term;
	uint8_t before;
	uint8_t now;
};

static uint8_t class_of(search_posting posting)
{
	return (uint8_t)(search_posting_class(posting) + 1);
}

/* Where the two differ; both are settled. */
static void find_terms(struct list *out, const struct search_postings *before,
		       const struct search_postings *now, struct arena *arena)
{
	const search_posting *a = before->items;
	const search_posting *b = now->items;
	size_t i = 0, k = 0;

	list_init(out, sizeof(struct term));
	while (i < before->count || k < now->count) {
		uint32_t was = i < before->count ? search_posting_term(a[i])
						 : UINT32_MAX;
		uint32_t is =
			k < now->count ? search_posting_term(b[k]) : UINT32_MAX;
		struct term term = { was < is ? was : is, 0, 0 };

		if (was <= is)
			term.before = class_of(a[i++]);
		if (is <= was)
			term.now = class_of(b[k++]);
		if (term.before != term.now)
			*(struct term *)list_add(out, arena) = term;
	}
}

static int compare_terms(const void *left, const void *right)
{
	uint32_t a = ((const struct term *)left)->term;
	uint32_t b = ((const struct term *)right)->term;

	return (a > b) - (a < b);
}

/* What the others have of these terms stays, whatever else comes and goes. */
static void add_shared(const struct list *terms,
		       const struct search_postings *shared)
{
	enum { FEW = 12 }; /* bits of a term that say that it is none of them */
	uint8_t may_be[1 << FEW] = { 0 };
	struct term *all = terms->items;

	for (size_t i = 0; i < terms->count; i++)
		may_be[all[i].term & (COUNT_OF(may_be) - 1)] = 1;
	for (size_t i = 0; i < shared->count; i++) {
		struct term key = { search_posting_term(shared->items[i]), 0,
				    0 };
		uint8_t class = class_of(shared->items[i]);
		struct term *found;

		if (!may_be[key.term & (COUNT_OF(may_be) - 1)])
			continue;
		found = bsearch(&key, all, terms->count, sizeof(*all),
				compare_terms);
		if (found != NULL && found->before < class)
			found->before = class;
		if (found != NULL && found->now < class)
			found->now = class;
	}
}

static void add_changes(struct list *out, const struct list *terms,
			uint64_t block, struct arena *arena)
{
	const struct term *all = terms->items;

	for (size_t i = 0; i < terms->count; i++) {
		bool is_in = all[i].now > 0;
		enum search_class class = (enum search_class)(
			(is_in ? all[i].now : all[i].before) - 1);

		if (all[i].before != all[i].now)
			*(struct search_change *)list_add(
				out, arena) = (struct search_change){
				search_posting_of(all[i].term, block, class),
				is_in
			};
	}
}

void search_difference(struct list *out, str before, str now, uint64_t block,
		       struct arena *arena, struct arena *scratch)
{
	struct lines *was = arena_array(scratch, 1, sizeof(*was));
	struct lines *is = arena_array(scratch, 1, sizeof(*is));
	struct search_postings gone, come, shared;
	struct list terms;

	split(was, before);
	split(is, now);
	share(was, is);
	search_postings_init(&gone, scratch);
	search_postings_init(&come, scratch);
	search_postings_init(&shared, scratch);
	add_lines(&gone, was, false, block);
	add_lines(&come, is, false, block);
	search_postings_settle(&gone);
	search_postings_settle(&come);
	find_terms(&terms, &gone, &come, scratch);
	if (terms.count > 0) {
		add_lines(&shared, is, true, block);
		add_shared(&terms, &shared);
	}
	add_changes(out, &terms, block, arena);
}
