/*
 * Versions of themes that loaded but could not make every page of a site: a
 * page ran beyond a budget of templates. Then the site is shown with the newest
 * version that makes all of them, so a build begins anew with the one before.
 *
 * Always true: what is tried depends on the library alone and not on what an
 * earlier build left, since a page that a version cannot make is never kept.
 * After THEME_TRIALS versions, or when there is no other, it is today's that
 * counts, without the pages that it cannot make: then texts are at fault, or
 * nobody knows better.
 */
#ifndef JIYUE_PIPELINE_THEME_TRIALS_H
#define JIYUE_PIPELINE_THEME_TRIALS_H

#include "record/page_work.h"

enum { THEME_TRIALS = 3 };

struct theme_trial {
	str site;		    /* its id */
	str versions[THEME_TRIALS]; /* commits; empty: what is there today */
	size_t count;
	bool is_over;
};

struct theme_trials {
	struct arena arena;
	struct list items;	/* struct theme_trial */
	struct diag_list diags; /* what was said of today's files */
};

void theme_trials_init(struct theme_trials *trials);
void theme_trials_release(struct theme_trials *trials);

/* The trial of a site, or NULL; `trials` may be NULL. */
struct theme_trial *theme_trials_find(const struct theme_trials *trials,
				      str site);

/* Whether the version was tried; when all is over none is ruled out. */
bool theme_trial_has(const struct theme_trial *trial, str version);

/*
 * After pages were made: notes the themes that could not make some. True when
 * there is another version to try. `said` has the messages of the pages.
 */
bool theme_trials_note(struct theme_trials *trials,
		       const struct page_work *work,
		       const struct diag_list *said);

#endif
