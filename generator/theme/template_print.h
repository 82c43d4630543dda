/*
 * Which kinds of value a tag of strict mode may print, said once for the
 * checker (from declared kinds) and the evaluator (from those it meets).
 */
#ifndef JIYUE_THEME_TEMPLATE_PRINT_H
#define JIYUE_THEME_TEMPLATE_PRINT_H

#include "theme/template_tree.h"

/* Bits 1 << enum value_kind. */
unsigned template_printable(const struct node *node);

/* Records why a value of `kind` cannot be printed by this tag. */
void template_report_kind(const struct template *template,
			  const struct node *node, enum value_kind kind,
			  struct diag_list *diags);

/*
 * Records that `part` of the tag's name is unknown; `names` are those it could
 * have meant.
 */
void template_report_unknown(const struct template *template, str part,
			     const str *names, size_t count,
			     struct diag_list *diags);

/* The text of part `number` of a dotted name in the source. */
str template_path_part(const struct node *node, size_t number);

#endif
