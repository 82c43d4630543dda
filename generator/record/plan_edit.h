/*
 * The image of a plan in which some resources came, went or moved: a new text,
 * one that is gone, a draft, another date, other keywords.
 *
 * The arrays are those that a whole plan would have, at the cost of copying
 * them: what moved is looked up in sorted lists, and nothing else is unpacked.
 * What is not as simple (an address of before, a text that others name) is
 * planned anew.
 *
 * Always true: the image of before stays as it was, and its numbers with it.
 */
#ifndef JIYUE_RECORD_PLAN_EDIT_H
#define JIYUE_RECORD_PLAN_EDIT_H

#include "record/plan_image.h"

/* A resource that moved, as it was and as it is. */
struct moved_resource {
	uint32_t before; /* number, or NONE: it came */
	uint32_t now;	 /* number, or NONE: it went */
	struct resource was;
	struct resource is;
	struct stored_placement from;
	struct stored_placement to;
};

/* The list of a column, one a column of the cluster. */
struct column_edit {
	struct column_list before;
	bool is_edited;
	size_t oldest; /* of its live list, counted from the oldest: from there
			  on it is another */
};

struct plan_edit {
	struct plan_image *image; /* as it is now */
	struct plan_image before;
	struct catalog catalog;		/* of before */
	struct arrangement arrangement; /* of before */
	struct metadata_index index;	/* of before */
	struct renumbering files;
	struct renumbering resources;
	struct list moved; /* struct moved_resource */
	bool *is_moved;	   /* one a resource of before */
	uint32_t *now_of;  /* one a resource of before: its number, or NONE */
	struct column_edit *columns;
	size_t *column_starts; /* by site: of these */
	bool *is_edited;       /* one a site: a list of it is another */
	bool *owns_moved;      /* one a site: what it publishes is another */
	struct search_cut *searches; /* one a site: which blocks are others */
	bool has_topics;	     /* what topics collect is another */
	struct arena *arena;
};

/* Nothing moved yet. The image's lists are those of the cluster's columns. */
void plan_edit_init(struct plan_edit *edit, struct plan_image *image,
		    struct arena *arena);

/*
 * Once the list of files is another: `now` is the snapshot with it, and `edit->
 * files` says how numbers moved. The catalogue has the numbers of now, and of
 * what came nothing yet. False when what came or went is no resource.
 */
MUST_USE bool plan_edit_number(struct plan_edit *edit,
			       const struct snapshot *now);

/*
 * A resource that moved, with its packed metadata of now. False when it must be
 * planned anew.
 */
MUST_USE bool plan_edit_add(struct plan_edit *edit, uint32_t before,
			    uint32_t now, str packed);

/* After the last of them, when the catalogue has their metadata. */
MUST_USE bool plan_edit_apply(struct plan_edit *edit);

/* --- for the files of plan_edit --- */

void plan_edit_copy(uint32_t *out, const uint32_t *from, size_t count);

/* Numbers of before as they are now; what moved is left out. */
uint32_t *plan_edit_stayed(const struct plan_edit *edit,
			   const uint32_t *numbers, size_t *count);

typedef int plan_edit_compare(const void *left, const void *right,
			      void *context);

/* Puts the sorted numbers into a list in the same order. */
struct numbers {
	const uint32_t *items;
	size_t count;
};

struct numbers plan_edit_merge(struct numbers stayed, struct numbers put,
			       plan_edit_compare *compare, void *context,
			       struct arena *arena);

/* The lists of columns and sites; false: planned anew. */
MUST_USE bool plan_edit_lists(struct plan_edit *edit);
MUST_USE bool plan_edit_search(struct plan_edit *edit);
MUST_USE bool plan_edit_topics(struct plan_edit *edit);

#endif
