/*
 * Whose a mistake is that shows in a template of a weaker layer.
 *
 * What is in the program, or in one theme, fits together. Where a template of a
 * site or of a theme stands in front of one of these, or shows one, and that no
 * longer fits, it is the file of the site or theme that has to change: the
 * message is about it, since nobody can change the other. Private to
 * theme/template_*.c.
 */
#ifndef JIYUE_THEME_TEMPLATE_BLAME_H
#define JIYUE_THEME_TEMPLATE_BLAME_H

#include "theme/template_tree.h"

/* A template without a block that weaker ones fill. */
struct block_lack {
	const struct template *template;
	const struct node *override; /* one of those that fill it */
};

/* The template that this one stands in front of, or NULL. */
const struct template *template_hidden(const struct template_set *set,
				       const struct template *template);

/*
 * Of `called` and what it stands in front of, the weakest template that is
 * stronger than `weak`; or NULL.
 */
const struct template *template_in_front(const struct template_set *set,
					 const struct template *called,
					 const struct template *weak);

/* Once a block of a template; no more than a reader would want to know. */
void block_lack_add(struct list *lacks, const struct template *template,
		    const struct node *override, struct arena *arena);

/*
 * A slip of the pen is said of the block that was meant; all other blocks that
 * a template lacks are one message.
 */
void block_lacks_report(const struct list *lacks, struct arena *scratch,
			struct diag_list *diags);

/*
 * Tells `said`, which are mistakes in the weaker template `home`, of the tag
 * `node` of `template`, which shows it.
 */
void template_blame(const struct template *template, const struct node *node,
		    const struct template *home, const struct diag_list *said,
		    struct diag_list *diags);

#endif
