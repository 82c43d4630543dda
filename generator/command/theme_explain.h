/* `jiyue theme --explain TEMPLATE`. */
#ifndef JIYUE_COMMAND_THEME_EXPLAIN_H
#define JIYUE_COMMAND_THEME_EXPLAIN_H

#include "pipeline/build.h"

/*
 * Prints every tag of the template, how long what it makes lasts, and which
 * names it asks for that last no longer. Gives the exit code.
 */
int theme_explain(const struct build_options *options, const char *name);

#endif
