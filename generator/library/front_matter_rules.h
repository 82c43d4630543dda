/*
 * What the front matter of one resource must have, and what its fields say
 * about each other.
 */
#ifndef JIYUE_LIBRARY_FRONT_MATTER_RULES_H
#define JIYUE_LIBRARY_FRONT_MATTER_RULES_H

#include "library/front_matter.h"

/*
 * Every required field of the type is there. `head` is the first line. What one
 * of the `unknown` keys, which were told, was meant as is not told as missing,
 * too. A draft may lack all but what every page needs: a warning.
 */
MUST_USE bool front_matter_check_required(const struct front_matter *matter,
					  const struct yaml_node *unknown,
					  struct span head,
					  struct diag_list *diags);

/* Fields that need, exclude or order each other; all must be well-formed. */
MUST_USE bool front_matter_check_rules(const struct front_matter *matter,
				       struct span head,
				       struct diag_list *diags);

/*
 * `key_span` is of its key when that stands there without a value. True when
 * that is only a warning to the platform.
 */
bool front_matter_report_missing(const struct field *field,
				 struct span key_span, struct span head,
				 struct diag_list *diags);

#endif
