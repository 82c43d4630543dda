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

#include "markup/yaml_line.h"

void yaml_reason_report(const struct yaml_mistake *mistake,
			struct diag_list *diags);

/* The line of the mistaken text that holds byte `at` (markup/yaml_mistake.c).
 */
struct yaml_line yaml_mistake_line(const struct yaml_mistake *mistake,
				   size_t at);

#endif
