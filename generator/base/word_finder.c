/*
 * The words are a tree with a node for each beginning of one:
 *
 *	root -- 登 -- 陆* -- 艇*
 *	  '---- 陆 -- 路*
 *
 * A node's `back` is the longest other beginning that its own text ends with:
 * that of 登陆 is 陆. Where the text does not go on as the node does, it goes
 * on from there, and nothing is read twice. `shorter` leads along `back` to the
 * next node that is a word. Most characters of a text begin no word: a set of
 * the low bits of all that do says so before any edge is looked for.
 */
#include "base/word_finder.h"

enum { POINT_BITS = 21, FIRST_BITS = 1024 * 64 };

struct finder_node {
	uint32_t parent;
	uint32_t point;
	uint32_t depth;
	uint32_t back;
	uint32_t word;	  /* its number and one; 0: it is none */
	uint32_t shorter; /* node, or 0 */
};

struct finder_word {
	uint32_t equal; /* the next word like it, and one */
};

static struct finder_node *node_at(const struct word_finder *finder,
				   uint32_t number)
{
	return (struct finder_node *)finder->nodes.items + number;
}

static struct finder_word *word_at(const struct word_finder *finder,
				   uint32_t number)
{
	return (struct finder_word *)finder->words.items + number;
}

/* --- edges ---------------------------------------------------------------- */

static uint64_t edge_of(uint32_t node, uint32_t point)
{
	return ((uint64_t)node << POINT_BITS | point) + 1;
}

static size_t slot_of(const struct word_finder *finder, uint64_t edge)
{
	size_t at = (size_t)((edge * UINT64_C(0x9e3779b97f4a7c15)) >> 32) &
		    (finder->edge_room - 1);

	while (finder->edges[at] != 0 && finder->edges[at] != edge)
		at = (at + 1) & (finder->edge_room - 1);
	return at;
}

/* 0: there is none, as no edge leads to the root. */
static uint32_t child_of(const struct word_finder *finder, uint32_t node,
			 uint32_t point)
{
	return finder->children[slot_of(finder, edge_of(node, point))];
}

static void set_room(struct word_finder *finder, size_t room)
{
	finder->edge_room = room;
	finder->edges =
		arena_array(finder->arena, room, sizeof(*finder->edges));
	finder->children =
		arena_array(finder->arena, room, sizeof(*finder->children));
}

static void grow(struct word_finder *finder)
{
	const uint64_t *edges = finder->edges;
	const uint32_t *children = finder->children;
	size_t room = finder->edge_room;

	set_room(finder, room * 2);
	for (size_t i = 0; i < room; i++) {
		size_t slot;

		if (edges[i] == 0)
			continue;
		slot = slot_of(finder, edges[i]);
		finder->edges[slot] = edges[i];
		finder->children[slot] = children[i];
	}
}

static uint32_t add_child(struct word_finder *finder, uint32_t parent,
			  uint32_t point)
{
	uint32_t number = (uint32_t)finder->nodes.count;
	struct finder_node *node = list_add(&finder->nodes, finder->arena);
	size_t slot;

	node->parent = parent;
	node->point = point;
	node->depth = node_at(finder, parent)->depth + 1;
	if (2 * ++finder->edge_count > finder->edge_room)
		grow(finder);
	slot = slot_of(finder, edge_of(parent, point));
	finder->edges[slot] = edge_of(parent, point);
	finder->children[slot] = number;
	return number;
}

/* --- words ---------------------------------------------------------------- */

void word_finder_init(struct word_finder *finder, struct arena *arena)
{
	*finder = (struct word_finder){ .arena = arena };
	list_init(&finder->nodes, sizeof(struct finder_node));
	list_init(&finder->words, sizeof(struct finder_word));
	list_add(&finder->nodes, arena);
	set_room(finder, 1024);
}

void word_finder_add(struct word_finder *finder, const uint32_t *points,
		     size_t count)
{
	struct finder_word *word = list_add(&finder->words, finder->arena);
	uint32_t node = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t child = child_of(finder, node, points[i]);

		node = child != 0 ? child : add_child(finder, node, points[i]);
	}
	if (count == 0)
		return;
	finder->firsts[points[0] % FIRST_BITS / 64] |= UINT64_C(1)
						       << points[0] % 64;
	word->equal = node_at(finder, node)->word;
	node_at(finder, node)->word = (uint32_t)finder->words.count;
}

static uint32_t step(const struct word_finder *finder, uint32_t node,
		     uint32_t point)
{
	for (;;) {
		uint32_t child = child_of(finder, node, point);

		if (child != 0 || node == 0)
			return child;
		node = node_at(finder, node)->back;
	}
}

static void link_node(const struct word_finder *finder, uint32_t number)
{
	struct finder_node *node = node_at(finder, number);
	const struct finder_node *parent = node_at(finder, node->parent);
	const struct finder_node *back;

	node->back =
		node->parent == 0 ? 0 : step(finder, parent->back, node->point);
	back = node_at(finder, node->back);
	node->shorter = back->word != 0 ? node->back : back->shorter;
}

/* Nodes by their depth: what a node is linked with is linked before it. */
void word_finder_freeze(struct word_finder *finder)
{
	size_t count = finder->nodes.count;
	uint32_t *next = arena_array(finder->arena, count, sizeof(*next));
	uint32_t *first = arena_array(finder->arena, count + 1, sizeof(*first));
	uint32_t deepest = 0;

	for (uint32_t i = (uint32_t)count - 1; i > 0; i--) {
		uint32_t depth = node_at(finder, i)->depth;

		next[i] = first[depth];
		first[depth] = i;
		deepest = depth > deepest ? depth : deepest;
	}
	for (uint32_t depth = 1; depth <= deepest; depth++)
		for (uint32_t i = first[depth]; i != 0; i = next[i])
			link_node(finder, i);
}

/* --- a text --------------------------------------------------------------- */

static void tell(const struct word_finder *finder, uint32_t number, size_t end,
		 word_found *found, void *context)
{
	const struct finder_node *node = node_at(finder, number);

	if (node->word == 0)
		number = node->shorter;
	for (; number != 0; number = node_at(finder, number)->shorter) {
		node = node_at(finder, number);
		for (uint32_t word = node->word; word != 0;
		     word = word_at(finder, word - 1)->equal)
			found(context, word - 1, end - node->depth, end);
	}
}

static bool begins_word(const struct word_finder *finder, uint32_t point)
{
	return (finder->firsts[point % FIRST_BITS / 64] >> point % 64 & 1) != 0;
}

void word_finder_scan(const struct word_finder *finder, const uint32_t *points,
		      size_t count, word_found *found, void *context)
{
	uint32_t node = 0;

	for (size_t i = 0; i < count; i++) {
		if (node == 0 && !begins_word(finder, points[i]))
			continue;
		node = step(finder, node, points[i]);
		if (node != 0)
			tell(finder, node, i + 1, found, context);
	}
}
