/*
 * What reviews.c judges by and reviews_read.c reads: nobody else sees it.
 *
 * Always true once read: frozen, but for `waiting`.
 */
#ifndef JIYUE_SITE_REVIEWS_STATE_H
#define JIYUE_SITE_REVIEWS_STATE_H

#include "site/reviews.h"

/* A site that asks. */
struct asker {
	const struct site *site;
	str path; /* of its roles.yaml */
	const struct roles *today;
	const struct roles **states; /* one a state of the log; or NULL */
	str last; /* the blob of `found`, while they are read */
	const struct roles *found; /* what counted in the state before */
	struct snapshot start;	   /* texts that count as reviewed */
	bool *is_signed; /* one an entry; NULL: no signature is asked for */
};

struct reviews {
	struct arena *arena;
	const struct snapshot *snapshot;
	const struct cluster *cluster;
	struct review_log *log;
	struct sha256_maker *sums; /* while it is read */
	struct asker *askers;	   /* one a site of the cluster */
	struct map chains;	   /* entry + 1, by blob: the first of it */
	uint32_t *next;		   /* one an entry: the next of its blob + 1 */
	bool *is_shared;   /* one an entry: its commit speaks of others */
	struct map copies; /* blobs that several texts have */
	struct review_gate gate;
	struct list waiting; /* struct review_wait */
	uint32_t *waits;     /* by file, its place in them + 1; NULL: none */
};

/* The settings of a state, and the lines that it counts for. */
struct sign_input {
	struct reviews *reviews;
	const struct snapshot *snapshot;
	struct snapshot_reader *reader;
	size_t first; /* entries [first, behind) */
	size_t behind;
	struct diag_list *diags;
};

/* Fills in whose line is signed; reviews_sign.c. False when nobody can say. */
MUST_USE bool reviews_sign(const struct sign_input *input, struct asker *asker);

/* Of the lines of a blob those that count at all; NULL: all do. */
struct line_filter {
	void *context;
	bool (*takes)(void *context, const struct review_entry *entry);
};

void reviews_judge_lines(struct review_verdict *out,
			 const struct reviews *reviews, const struct site *site,
			 const uint8_t *blob, const struct line_filter *filter);

/* The lines of a blob, the oldest first: adds a struct review_entry * each. */
void reviews_lines_of(struct list *out, const struct reviews *reviews,
		      const uint8_t *blob, struct arena *arena);

/* What the text counted as before reviews began; or an empty snapshot. */
const struct snapshot *reviews_start_of(const struct reviews *reviews,
					const struct site *site);

/* A text that waits. */
struct review_wait *reviews_add_wait(struct reviews *reviews, uint32_t file);

/* Lets the library ask; `digest` is that of all answers. */
void reviews_answer(struct reviews *reviews, struct digest digest);

#endif
