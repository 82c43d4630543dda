/*
 * Resources that lists say in other words than in the last build: their title,
 * their summary, where they come from. Nothing about the plan is another then:
 * the same pages, the same order; only who shows one of them must be found.
 *
 * Always true: a page that shows one is among those that are found; more may be
 * found, since their fingerprints are compared.
 */
#ifndef JIYUE_RECORD_NEW_ROWS_H
#define JIYUE_RECORD_NEW_ROWS_H

#include "record/plan_image.h"

struct new_rows {
	struct list numbers; /* uint32_t: resources in other words */
	bool *is_new;	     /* the same, one a resource */
	struct list shown;   /* uint32_t: whose own page may show a change */
	bool *is_shown;	     /* the same, one a resource */
	bool *is_listed_on;  /* one a site: a list of it has one */
	struct arena *arena;
};

void new_rows_init(struct new_rows *rows, struct arena *arena);

/*
 * Does a resource whose packed metadata is another now differ in words alone,
 * and can what depends on them be told from the image?
 */
bool new_rows_fit(const struct plan_image *image, uint32_t number, str packed);

/* A resource of which lists say something else. */
void new_rows_add(struct new_rows *rows, uint32_t number);

/* Its own page may show a change. */
void new_rows_show(struct new_rows *rows, uint32_t number);

/* All topics: they are few. */
void new_rows_show_topics(struct new_rows *rows,
			  const struct plan_image *image);

/*
 * Once the catalogue has the new metadata: works out the rows of the image and
 * finds who shows them. `touched` is everything that changed; its own pages are
 * shown, whatever is in other words. False when the record is damaged.
 */
MUST_USE bool new_rows_settle(struct new_rows *rows, struct plan_image *image,
			      const struct metadata_change *touched,
			      size_t count);

#endif
