/*
 * What of a page's templates is evaluated once for many pages, told to theme
 * authors: `jiyue theme --explain TEMPLATE`. The evaluator finds it out while
 * it works (theme/template_memory.h); here it is read off the shapes, as the
 * checker follows the templates.
 *
 * A tag lasts as long as the least lasting of the names that it, and all that
 * is inside it, may ask the page for. A block says so of what fills it.
 */
#ifndef JIYUE_THEME_TEMPLATE_FOLDS_H
#define JIYUE_THEME_TEMPLATE_FOLDS_H

#include "theme/template_tree.h"

enum template_lasting { LASTS_SITE, LASTS_COLUMN, LASTS_PAGE };

enum { FOLD_NAMES_LIMIT = 6 };

/* Names of the page that were asked for, and do not last for the site. */
struct template_reach {
	enum template_lasting lasting;
	str names[FOLD_NAMES_LIMIT]; /* those that last least, each once */
	size_t name_count;
	bool has_more_names;
};

/* One tag, in the order in which the page is made. */
struct template_fold {
	str template;
	size_t line;
	str tag; /* as it is written */
	size_t depth;
	struct template_reach reach;
	bool is_indented; /* never kept: its lines depend on where it stands */
};

/*
 * The tags of the template for pages of this shape, outside of sections of
 * lists and objects; nothing below a tag that lasts for the whole site. False
 * when the template has mistakes, which are told.
 */
MUST_USE bool template_folds(struct list *out, struct template_set *set,
			     str name, const struct shape *shape,
			     struct arena *arena, struct diag_list *diags);

/* --- for theme/template_check.c ------------------------------------------- */

struct template_folder {
	struct list *folds;
	struct arena *arena;
	struct template_reach reach; /* of the tag that is followed */
	size_t depth;
};

/* A new tag begins; gives what was gathered for the one around it. */
struct template_reach template_fold_begin(struct template_folder *folder);

/* It ends: `before`, which begin gave, gets what it asked for. */
void template_fold_end(struct template_folder *folder,
		       struct template_reach *before);

/* The page is asked for its field `name`, by a tag that says `written`. */
void template_fold_read(struct template_folder *folder,
			const struct shape *shape, str name, str written);
void template_fold_join(struct template_reach *reach,
			const struct template_reach *more);
size_t template_fold_open(struct template_folder *folder,
			  const struct template *template,
			  const struct node *node, bool is_indented);
void template_fold_close(struct template_folder *folder, size_t place);

#endif
