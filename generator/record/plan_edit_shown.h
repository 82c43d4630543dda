/*
 * Which pages an edited plan has others than before: those that may show what
 * moved, and those that are gone.
 */
#ifndef JIYUE_RECORD_PLAN_EDIT_SHOWN_H
#define JIYUE_RECORD_PLAN_EDIT_SHOWN_H

#include "record/new_rows.h"
#include "record/plan_edit.h"

/*
 * Adds to `rows`, which are settled, whose own pages may show what moved, and
 * which sites list it.
 */
void plan_edit_show(const struct plan_edit *edit, struct new_rows *rows);

/* As struct recall_options has them. */
const struct list_change *const *
plan_edit_changes(const struct plan_edit *edit);

/* Which rows of plan/exports.h have other texts on the site, a bit each. */
unsigned plan_edit_exports(const struct plan_edit *edit,
			   const struct site *site);

/*
 * Paths that a site had and may not have any more: all pages that are gone are
 * among them.
 */
struct list plan_edit_left(const struct plan_edit *edit,
			   const struct site *site);

/*
 * May something still lead to a page that is gone, by what redirects.csv of any
 * site says?
 */
bool plan_edit_is_target(const struct plan_edit *edit, str path);

#endif
