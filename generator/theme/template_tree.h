/*
 * A compiled template: the tree that the parser makes, the linker completes
 * and the checker and the evaluator walk. Private to theme/template_*.c.
 *
 * Always true: nodes belong to the set's arena; after template_set_freeze()
 * nothing in them changes; names are interned, so equal names have equal ids.
 */
#ifndef JIYUE_THEME_TEMPLATE_TREE_H
#define JIYUE_THEME_TEMPLATE_TREE_H

#include "base/list.h"
#include "base/map.h"
#include "theme/template.h"
#include "theme/template_context.h"
#include "theme/template_filter.h"

enum {
	TEMPLATE_SIZE_LIMIT = 1024 * 1024, /* bytes of one template */
	TEMPLATE_NESTING_LIMIT = 64,	   /* tags in tags */
	TEMPLATE_PATH_LIMIT = 16,	   /* names in a dotted name */
	TEMPLATE_INDENT_LIMIT = 256,	   /* bytes added to each line */
};

struct name {
	str text;
	uint32_t id; /* from 0, in the order of first use */
};

/* What the loop around a tag knows about itself. */
enum loop_fact {
	LOOP_NONE,
	LOOP_FIRST,
	LOOP_LAST,
	LOOP_INDEX, /* from 1 */
	LOOP_LENGTH,
};

/* `a.b.c`; no parts at all is `.`, the item itself. */
struct path {
	const struct name **parts;
	size_t count;
	enum loop_fact fact;
	bool is_broken; /* a mistake that was told: answers everything */
};

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,
	NODE_SECTION,
	NODE_INVERTED,
	NODE_PARTIAL,
	NODE_PARENT, /* its children are NODE_BLOCKs, the overrides */
	NODE_BLOCK,
};

struct node {
	enum node_kind kind;
	enum print_context context; /* VALUE: where it is printed */
	uint32_t start;		    /* the tag in the template's source */
	uint32_t end;
	struct node *next;
	struct node *first; /* child */
	str text;	    /* TEXT: the text; others: the name as written */
	struct path path;   /* VALUE, SECTION, INVERTED, dynamic PARTIAL */
	const struct filter_call *filters;
	size_t filter_count;
	const struct name *block;   /* BLOCK */
	struct template *target;    /* PARTIAL, PARENT; set by the linker */
	struct node *owner;	    /* BLOCK: the override it stands in */
	struct node *caller;	    /* override: the PARENT it belongs to */
	struct template *home;	    /* override: where it is written */
	struct context_state state; /* BLOCK: where it stands */
	enum { STATE_UNKNOWN, STATE_PENDING, STATE_KNOWN } state_progress;
	str indent;	 /* PARTIAL, PARENT, BLOCK: before every line */
	bool opens_line; /* the opening tag has its line for itself */
	bool closes_line;
	bool is_raw;	  /* VALUE: {{{ }}} or {{& }} */
	bool is_dynamic;  /* PARTIAL: {{>*name}} */
	bool is_override; /* BLOCK: child of a PARENT */
};

struct template
{
	str name;
	size_t number; /* in the set, in the order of adding */
	size_t layer;  /* 0 is the strongest */
	struct source source;
	struct digest digest;
	enum context_format format;
	struct node *first;
	struct map blocks; /* name -> the first struct node of that name */
	struct list calls; /* struct node *: PARTIAL and PARENT */
};

/* Where the fields of a shape are, by the id of their name. */
struct shape_index {
	const struct shape *shape;
	uint16_t *field_of; /* field + 1; 0: no such field */
};

struct template_set {
	struct arena *arena;
	enum template_mode mode;
	struct map templates;	   /* name -> struct template */
	struct map names;	   /* text -> struct name */
	const struct object *base; /* what lies beneath every page's data */
	struct digest base_digest;
	str date_form; /* {{strings.dates.day}}; empty: 2026-03-02 */
	str months;    /* {{strings.dates.months}} */
	struct shape_index *shapes; /* open addressing by pointer */
	size_t shape_slots;	    /* a power of two */
	size_t shape_count;
	size_t check_work; /* nodes that template_check() has followed */
	size_t layer;	   /* of what is added next */
	bool is_frozen;
};

/* The overrides of a {{<parent}} that is being shown. */
struct override_frame {
	const struct override_frame *outer;
	const struct node *parent;
	const struct template *home;
};

const struct name *template_intern(struct template_set *set, str text);

/* In the form of the language that the strings are of. */
void template_print_moment(struct buf *out, const struct template_set *set,
			   struct moment moment);

struct template *template_find(const struct template_set *set, str name);

static inline struct span node_span(const struct template *template,
				    const struct node *node)
{
	return (struct span){ template->source.number, node->start, node->end };
}

/*
 * The name that `wanted` most likely meant among the keys of `map`, or the
 * empty text.
 */
str template_nearest_key(const struct map *map, str wanted,
			 struct arena *arena);

/* Reads template->source into a tree. template_parser.c */
void template_parse(struct template *template, struct template_set *set,
		    struct diag_list *diags);

/* Works out the places of all tags. template_link.c */
void template_place(struct template_set *set, struct diag_list *diags);

/* The index of a known shape, or NULL. */
static inline const uint16_t *template_shape(const struct template_set *set,
					     const struct shape *shape)
{
	size_t mask = set->shape_slots - 1;
	size_t at = ((uintptr_t)shape >> 4) & mask;

	if (set->shape_slots == 0)
		return NULL;
	for (; set->shapes[at].shape != NULL; at = (at + 1) & mask)
		if (set->shapes[at].shape == shape)
			return set->shapes[at].field_of;
	return NULL;
}

#endif
