/*
 * What libyaml says of a text that it refuses, where no slip explains it.
 *
 * Always true: exactly one error is recorded, with a help.
 *
 * Private to markup/yaml*.c.
 */
#ifndef JIYUE_MARKUP_YAML_REASON_H
#define JIYUE_MARKUP_YAML_REASON_H

#include "markup/yaml_mistake.h"

void yaml_reason_report(const struct yaml_mistake *mistake,
			struct diag_list *diags);

#endif
