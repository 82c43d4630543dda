/*
 * What is looked at in each scalar of YAML, value or key, beyond its syntax.
 *
 * Private to markup/yaml*.c.
 */
#ifndef JIYUE_MARKUP_YAML_SCALAR_H
#define JIYUE_MARKUP_YAML_SCALAR_H

#include "markup/yaml.h"

/*
 * Whether the value is free of characters that no text may have. The text of
 * the file was asked when it was read; escapes between double quotes ("\u202e",
 * "\0") make new ones, and each is reported at its own place.
 */
MUST_USE bool yaml_scalar_check_text(const struct source *source,
				     struct span span, str value,
				     struct diag_list *diags);

#endif
